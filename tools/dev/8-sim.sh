# ./dev sim [--seeds N] [--first S] [--plant NAME] [--prove]: whole nodes in virtual time (tests/sim).
run_sim() {
  build_server release sim
  "$ROOT/build/release/sim" "$@"
}

prepare_sim() { build_server release sim; }
group_sim() {
  local failed=0
  build/release/sim --prove || failed=1
  build/release/sim --seeds 500 || failed=1
  return $failed
}
