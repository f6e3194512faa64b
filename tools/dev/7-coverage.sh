# ./dev coverage: what domain_test and app_test reach of the two rings that hold the rules. It counts anew each time,
# and random tests take one seed, so that two runs differ by what was changed.
run_coverage() {
  CMAKE_OPTIONS="-DCOSTAGE_TESTS=ON" build_with_tests coverage domain_test app_test
  find build/coverage -name '*.gcda' -delete
  local program
  for program in domain_test app_test; do
    step "run: $program" env -C build/coverage RC_PARAMS=seed=1 "./$program"
  done
  node tools/coverage.mjs build/coverage src/domain src/app
}
