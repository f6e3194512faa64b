# ./dev sim [--seeds N] [--first S] [--plant NAME] [--prove]: whole nodes in virtual time (tests/sim). Optimised, for many
# seeds; the test group runs 500 of them with the sanitizers.
run_sim() {
  CMAKE_OPTIONS=-DCOSTAGE_TESTS=ON build_with_tests debug sim
  "$ROOT/build/debug/sim" "$@"
}

prepare_sim() { build_with_tests asan sim; }
# In parts, as many at once as there are cores: one seed is one thread.
group_sim() {
  local failed=0 part=125 fixed
  fixed=$(setarch -R true 2>/dev/null && echo setarch -R) || true  # see run_sanitized
  $fixed build/asan/sim --prove || failed=1
  seq 1 $part 500 | xargs -P "$(nproc)" -I{} $fixed build/asan/sim --seeds $part --first {} || failed=1
  return $failed
}
