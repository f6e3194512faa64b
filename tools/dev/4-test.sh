# ./dev test [group ...]: runs the groups in order, sums what each test runner counted, ends with "N passed, N failed".
TEST_GROUPS=(lint unit threads sim fuzz web contract conformance interop e2e)

# A group is "prepare_GROUP" (optional: packages, builds) and "group_GROUP" (prints its runners' own output).
run_tests() {
  local groups=("$@") group
  [ ${#groups[@]} -gt 0 ] || groups=("${TEST_GROUPS[@]}")
  for group in "${groups[@]}"; do
    [[ " ${TEST_GROUPS[*]} " == *" $group "* ]] || { echo "./dev test: no group '$group'; there are: ${TEST_GROUPS[*]}" >&2; exit 2; }
  done
  mkdir -p build/test-logs
  setup_packages test
  PASSED=0 FAILED=0 SKIPPED=0
  for group in "${groups[@]}"; do run_group "$group"; done
  echo "  all groups took $((SECONDS - STARTED)) s; their output is in build/test-logs"
  echo "$PASSED passed, $FAILED failed$([ $SKIPPED -eq 0 ] || echo ", $SKIPPED skipped")"
  [ $FAILED -eq 0 ]
}

run_group() {
  local group=$1 log=build/test-logs/$1.log code=0 begun
  ! declare -F "prepare_$group" >/dev/null || "prepare_$group"
  begun=$SECONDS
  printf '  test: %-52s ' "$group"
  (set -e; "group_$group") >"$log" 2>&1 </dev/null || code=$?
  read -r passed failed skipped < <(count_tests "$log")
  # A runner that died before it could count is one failure, and so is a group that ran nothing and does not say why.
  if [ $code -ne 0 ] && [ "$failed" -eq 0 ] || [ $((passed + skipped)) -eq 0 ]; then failed=$((failed + 1)); fi
  PASSED=$((PASSED + passed)) FAILED=$((FAILED + failed)) SKIPPED=$((SKIPPED + skipped))
  printf '%4d s   %d passed, %d failed%s\n' $((SECONDS - begun)) "$passed" "$failed" "$([ "$skipped" -eq 0 ] || echo ", $skipped skipped")"
  grep -aE 'SKIPPED|skipped aloud|RUN AGAIN' "$log" | sed 's/^/      /' | head -n 10 || true
  if [ "$failed" -gt 0 ]; then
    grep -aE '^\[  FAILED  \]|^not ok|✖|×|FAIL|Error:|runtime error:|(ERROR|WARNING): [A-Z][a-z]+Sanitizer' "$log" | sort -u | head -n 40 || true
    tail -n 40 "$log"
  fi
}

# Sums GoogleTest, node:test, Vitest and our own "GROUP: N passed, N failed" lines.
count_tests() {
  awk '
    { gsub(/\033\[[0-9;]*m/, "") }
    /^\[  PASSED  \] [0-9]+ test/ { passed += $4 }
    /^\[  FAILED  \] [0-9]+ test/ { failed += $4 }
    /^\[  SKIPPED \] [0-9]+ test/ { skipped += $4 }
    /^(#|ℹ) pass [0-9]+$/ { passed += $3 }
    /^(#|ℹ) fail [0-9]+$/ { failed += $3 }
    /^(#|ℹ) skipped [0-9]+$/ { skipped += $3 }
    /^ +Tests +.*(passed|failed|skipped)/ {
      for (i = 2; i <= NF; i++) {
        if ($i ~ /^passed/) passed += $(i - 1)
        if ($i ~ /^failed/) failed += $(i - 1)
        if ($i ~ /^skipped/) skipped += $(i - 1)
      }
    }
    /^[a-z]+: [0-9]+ passed, [0-9]+ failed$/ { passed += $2; failed += $4 }
    END { print passed + 0, failed + 0, skipped + 0 }' "$1"
}

# build_with_tests PRESET [TARGET ...]: configures with CMAKE_OPTIONS, then builds the targets or everything.
build_with_tests() {
  local preset=$1 what
  shift
  what=${*:-everything}
  [ $# -le 2 ] || what="$# programs"
  setup_node
  step "cmake: configure $preset with tests" cmake --preset "$preset" ${CMAKE_OPTIONS:-}
  step "build: $what ($preset)" cmake --build "build/$preset" ${*:+--target "$@"}
}

prepare_lint() { setup_packages lint; }
group_lint() { bash tools/lint.sh; }

# In the build of the unit tests. One seed, so that a change is judged by its own faults; ./dev fuzz searches further.
prepare_fuzz() { build_with_tests asan fuzz_targets; }
group_fuzz() { run_fuzz_targets asan 5 "" 1; }

prepare_web() { build_web; }
group_web() { npm test --prefix web; }

# Only this group needs Python: without it, it says so and is skipped.
prepare_contract() {
  build_server
  npm_ci tests
  python3 -c 'import ensurepip, venv' 2>/dev/null || { have apt-get && apt_get install -y --no-install-recommends python3-venv >/dev/null; } || true
}
group_contract() { npm run --silent contract --prefix tests; }

prepare_conformance() { build_server; npm_ci tests; }
group_conformance() { npm run --silent conformance --prefix tests; }

prepare_interop() { build_server; npm_ci tests; }
group_interop() { npm run --silent interop --prefix tests; }

prepare_e2e() { build_server; build_web; npm_ci tests; }
group_e2e() { npm run --silent e2e --prefix tests; }
