# The unit tests run where a fault shows: all of them under AddressSanitizer and UBSan, and those of what threads share
# under ThreadSanitizer as well. Nothing is suppressed and nothing is left out: no library had a finding.

# Where threads meet: the media loop, the storage worker and the gateways. Not what links protobuf:
# its headers lay out maps differently under ThreadSanitizer (map_field.h), Debian's library does not, and reading one crashes.
TSAN_TESTS=(media_io_test storage_test http_test)
FINDING='(ERROR|WARNING): (Address|Leak|Thread)Sanitizer|runtime error:'

prepare_unit() {
  build_with_tests asan unit_tests
  CMAKE_OPTIONS=-DCOSTAGE_TESTS=ON build_with_tests release allocations_test  # a sanitizer allocates on its own
}
group_unit() {
  local failed=0
  build/release/allocations_test || failed=1
  export UBSAN_OPTIONS=print_stacktrace=1
  export ASAN_OPTIONS=detect_stack_use_after_return=1:check_initialization_order=1:strict_init_order=1
  run_sanitized asan $(cd build/asan && echo *_test) || failed=1
  return $failed
}

prepare_threads() { build_with_tests tsan "${TSAN_TESTS[@]}"; }
group_threads() {
  export TSAN_OPTIONS=second_deadlock_stack=1
  run_sanitized tsan "${TSAN_TESTS[@]}"
}

# run_sanitized PRESET PROGRAM ...: every program to its end, as many at once as there are cores; what was found comes last.
run_sanitized() {
  local preset=$1 logs program failed=0 fixed
  shift
  cd "$ROOT/build/$preset"  # tests find their files relative to where they were compiled
  logs=$(mktemp -d)
  # Some kernels scatter memory more than the sanitizers can follow; with fixed addresses they start there, too.
  fixed=$(setarch -R true 2>/dev/null && echo setarch -R) || true
  if ! $fixed "./$1" --gtest_list_tests >"$logs/start" 2>&1; then
    if grep -qE 'unexpected memory mapping|[Ss]hadow memory|DEADLYSIGNAL' "$logs/start"; then
      echo "[  SKIPPED ] $# tests: $preset: its programs do not start on this kernel (sysctl vm.mmap_rnd_bits=28 may help)"
      return
    elif grep -q 'does not work under ptrace' "$logs/start"; then
      echo "[  SKIPPED ] 1 test: $preset: leaks are not looked for, this system forbids ptrace"
      ASAN_OPTIONS+=:detect_leaks=0
    fi
  fi
  printf '%s\n' "$@" | xargs -P "$(nproc)" -I{} sh -c "$fixed ./{} >$logs/{} 2>&1 || touch $logs/{}.failed"
  for program in "$@"; do
    echo "== $preset: $program"
    cat "$logs/$program"
    [ -e "$logs/$program.failed" ] || continue
    failed=1
    # Whom a finding ended did not count its tests; whom it did not end calls them passed.
    grep -qE '^\[  FAILED  \] [0-9]+ test' "$logs/$program" || echo "sanitize: 0 passed, 1 failed"
    { echo "== $preset: $program"; grep -E -A 30 "$FINDING" "$logs/$program" | head -n 60; } >>"$logs/reports"
  done
  [ $failed -eq 0 ] || cat "$logs/reports"
  rm -rf "$logs"
  return $failed
}
