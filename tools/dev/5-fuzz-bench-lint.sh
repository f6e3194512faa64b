run_lint() { bash tools/lint.sh; }

# The fuzz targets are all programs named fuzz_* in build/fuzz.
build_fuzz() { CMAKE_OPTIONS="-DCOSTAGE_TESTS=OFF" build_server fuzz fuzz_targets; }

fuzz_programs() { find build/fuzz/fuzz -maxdepth 1 -name 'fuzz_*' -type f -executable -printf '%p\n' | sort; }

# run_fuzz_targets SECONDS [NAME] [SEED]: replays the kept corpus, then searches; a crash keeps its input in
# build/fuzz/found. Seed 0 is another search each time.
run_fuzz_targets() {
  local seconds=$1 only=${2:-} seed=${3:-0} program name passed=0 failed=0
  mkdir -p build/fuzz/found
  for program in $(fuzz_programs); do
    name=${program##*/fuzz_}
    [ -z "$only" ] || [ "$only" = "$name" ] || continue
    mkdir -p "build/fuzz/corpus/$name" "fuzz/corpus/$name"
    if "$program" -runs=0 "fuzz/corpus/$name" &&
      "$program" -seed="$seed" -max_total_time="$seconds" -timeout=5 -rss_limit_mb=2048 -max_len=8192 -print_final_stats=1 \
        -artifact_prefix=build/fuzz/found/"$name"- "build/fuzz/corpus/$name" "fuzz/corpus/$name"; then
      passed=$((passed + 1))
    else
      failed=$((failed + 1))
      echo "FAIL fuzz target $name"
    fi
  done
  echo "fuzz: $passed passed, $failed failed"
  [ $failed -eq 0 ] && [ $passed -gt 0 ]
}

run_fuzz() {
  build_fuzz
  run_fuzz_targets "${1:-20}" "${2:-}"
}

run_bench() {
  CMAKE_OPTIONS="-DCOSTAGE_BENCH=ON" build_with_tests release
  build_web
  npm_ci tests
  # 10,000 WebSockets need as many file descriptors.
  case "${1:-}" in
    presence | chat) ulimit -n 20000; node "bench/$1.mjs" "${@:2}"; return ;;
  esac
  node bench/run.mjs "$@"
}
