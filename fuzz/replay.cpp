// Runs a fuzz target over kept inputs, without libFuzzer: every file of the folders and every file that is named.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

int run_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  const std::vector<char> bytes{std::istreambuf_iterator<char>(in), {}};
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
  return 1;
}

int run(const std::filesystem::path& path) {
  if (!std::filesystem::is_directory(path)) return run_file(path);
  int count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(path)) count += run_file(entry.path());
  return count;
}

}  // namespace

int main(int argc, char** argv) {
  int count = 0;
  for (int i = 1; i < argc; ++i) count += run(argv[i]);
  std::printf("%d inputs\n", count);
  return count > 0 ? 0 : 1;
}
