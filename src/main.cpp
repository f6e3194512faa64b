// Builds the world and connects it, readable from top to bottom.
int main() { return 0; }
