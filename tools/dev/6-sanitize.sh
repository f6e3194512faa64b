# ./dev test sanitize: the unit tests under AddressSanitizer and UBSan, those of threads under ThreadSanitizer.

# Where threads meet: the media loop, the storage worker, the control loop and what it publishes. Not what links protobuf:
# its headers lay out maps differently under ThreadSanitizer (map_field.h), Debian's library does not, and reading one crashes.
TSAN_TESTS=(media_io_test storage_test http_test realtime_test)
FINDING='(ERROR|WARNING): (Address|Leak|Thread)Sanitizer|runtime error:'

prepare_sanitize() {
  CMAKE_OPTIONS="-DCOSTAGE_TESTS=ON" build_with_tests asan unit_tests
  CMAKE_OPTIONS="-DCOSTAGE_TESTS=ON" build_with_tests tsan "${TSAN_TESTS[@]}"
}

# Nothing is suppressed and nothing is left out: no library had a finding, and every test is quick enough.
group_sanitize() {
  local failed=0 reports
  reports=$(mktemp)
  export UBSAN_OPTIONS=print_stacktrace=1
  export ASAN_OPTIONS=detect_stack_use_after_return=1:check_initialization_order=1:strict_init_order=1
  export TSAN_OPTIONS=second_deadlock_stack=1
  run_sanitized asan "$reports" $(cd build/asan && echo *_test) || failed=1
  run_sanitized tsan "$reports" "${TSAN_TESTS[@]}" || failed=1
  cat "$reports"
  rm -f "$reports"
  return $failed
}

# run_sanitized PRESET REPORTS PROGRAM ...: every program to its end; what was found is also written to the file REPORTS.
run_sanitized() {
  local preset=$1 reports=$2 program log failed=0 fixed
  shift 2
  cd "$ROOT/build/$preset"  # tests find their files relative to where they were compiled
  log=$(mktemp)
  # Some kernels scatter memory more than the sanitizers of g++ 12 can follow; with fixed addresses they start there, too.
  fixed=$(setarch -R true 2>/dev/null && echo setarch -R) || true
  if ! $fixed "./$1" --gtest_list_tests >"$log" 2>&1; then
    if grep -qE 'unexpected memory mapping|[Ss]hadow memory|DEADLYSIGNAL' "$log"; then
      echo "[  SKIPPED ] $# tests: $preset: its programs do not start on this kernel (sysctl vm.mmap_rnd_bits=28 may help)"
      return
    elif grep -q 'does not work under ptrace' "$log"; then
      echo "[  SKIPPED ] 1 test: $preset: leaks are not looked for, this system forbids ptrace"
      ASAN_OPTIONS+=:detect_leaks=0
    fi
  fi
  for program in "$@"; do
    echo "== $preset: $program"
    $fixed "./$program" 2>&1 | tee "$log" && continue
    failed=1
    # Whom a finding ended did not count its tests; whom it did not end calls them passed.
    grep -qE '^\[  FAILED  \] [0-9]+ test' "$log" || echo "sanitize: 0 passed, 1 failed"
    { echo "== $preset: $program"; grep -E -A 30 "$FINDING" "$log" | head -n 60; } >>"$reports"
  done
  rm -f "$log"
  return $failed
}
