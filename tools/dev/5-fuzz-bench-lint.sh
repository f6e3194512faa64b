run_lint() { bash tools/lint.sh; }

# run_fuzz_targets PRESET SECONDS [NAME] [SEED]: every program named fuzz_*, as many at once as there are cores. Seed 0 is
# another search each time.
run_fuzz_targets() {
  local preset=$1 seconds=$2 only=${3:-*} seed=${4:-0} failed=0 programs
  programs=$(find "build/$preset/fuzz" -maxdepth 1 -name "fuzz_$only" -type f -executable | sort)
  [ -n "$programs" ] || { echo "there is no fuzz target '$only'"; return 1; }
  mkdir -p build/fuzz/found
  export -f run_fuzz_target
  xargs -P "$(nproc)" -I{} bash -c 'run_fuzz_target "$@"' - {} "$seconds" "$seed" <<<"$programs" || failed=1
  return $failed
}

# Replays the kept corpus, then searches; a crash keeps its input in build/fuzz/found.
run_fuzz_target() {
  local program=$1 seconds=$2 seed=$3 name=${1##*/fuzz_} log
  local found=build/fuzz/corpus/$name kept=fuzz/corpus/$name
  log=$(mktemp)
  mkdir -p "$found" "$kept"
  if { "$program" -runs=0 "$kept" &&
    "$program" -seed="$seed" -max_total_time="$seconds" -timeout=5 -rss_limit_mb=2048 -max_len=8192 -print_final_stats=1 \
      -artifact_prefix=build/fuzz/found/"$name"- "$found" "$kept"; } >"$log" 2>&1; then
    grep stat::number_of_executed_units "$log" | tail -n 1
    echo "fuzz: 1 passed, 0 failed"
  else
    tail -n 60 "$log"
    echo "FAIL fuzz target $name"
    echo "fuzz: 0 passed, 1 failed"
    return 1
  fi
  rm -f "$log"
}

# ./dev fuzz: optimised, so that it reaches further.
run_fuzz() {
  build_server fuzz fuzz_targets
  run_fuzz_targets fuzz "${1:-20}" "${2:-}"
}

run_bench() {
  CMAKE_OPTIONS="-DCOSTAGE_BENCH=ON" build_with_tests release
  build_web
  npm_ci tests
  # 10,000 WebSockets need as many file descriptors.
  case "${1:-}" in
    presence | chat | storage | kills | capacity) ulimit -n 20000; node "bench/$1.mjs" "${@:2}"; return ;;
  esac
  node bench/run.mjs "$@"
}
