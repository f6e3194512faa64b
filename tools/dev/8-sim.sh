# ./dev sim [--seeds N] [--first S] [--plant NAME] [--prove]: whole nodes in virtual time (tests/sim). Optimised, for many
# seeds; the test group runs some of them with the sanitizers, too.
run_sim() {
  CMAKE_OPTIONS=-DCOSTAGE_TESTS=ON build_with_tests debug sim
  "$ROOT/build/debug/sim" "$@"
}

prepare_sim() {
  build_with_tests asan sim
  CMAKE_OPTIONS=-DCOSTAGE_TESTS=ON build_with_tests debug sim
}
group_sim() {
  local failed=0 fixed
  fixed=$(setarch -R true 2>/dev/null && echo setarch -R) || true  # see run_sanitized
  build/debug/sim --prove || failed=1
  build/debug/sim --seeds 500 || failed=1
  $fixed build/asan/sim --seeds 20 --first 501 || failed=1
  return $failed
}
