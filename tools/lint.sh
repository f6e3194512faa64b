#!/usr/bin/env bash
# The rules a compiler does not check: the rings' includes, worlds in pure cores, secrets of style. Prints "lint: N passed, N failed".
set -uo pipefail
cd "$(dirname "$0")/.."
passed=0 failed=0

# check "what" "offending lines": passes when there are none.
check() {
  if [ -z "$2" ]; then
    passed=$((passed + 1))
    return
  fi
  failed=$((failed + 1))
  printf 'FAIL %s\n%s\n' "$1" "$2"
}

# usrsctp is one per process, so the one lock of the cores stands in front of it.
USRSCTP='^src/sfu/peer/sctp.cpp:[0-9]*:  std::mutex mutex;'

includes() { grep -rnE "#include \"$2/" "src/$1" --include='*.hpp' --include='*.cpp' || true; }

for ring in domain sfu signal playback; do
  [ -d "src/$ring" ] || continue
  for other in domain sfu signal playback app adapters; do
    [ "$ring" = "$other" ] || check "src/$ring must not include $other/" "$(includes "$ring" "$other")"
  done
  check "src/$ring is pure: no clock, thread, lock, file or socket" "$(grep -rnE \
    'steady_clock::now|system_clock::now|gettimeofday\(|clock_gettime|std::(thread|mutex|fstream)|<sys/socket.h>|::(send|recv)msg' \
    "src/$ring" --include='*.hpp' --include='*.cpp' | grep -vE '_test\.[ch]pp|^[^:]*:[0-9]+: *//' | grep -v "$USRSCTP" || true)"
done
# Tests of the use cases run on real storage.
for ring in sfu signal adapters playback; do
  check "src/app must not include $ring/" "$(includes app "$ring" | grep -v '_test\.[ch]pp:.*adapters/storage/' || true)"
done
for ring in domain sfu signal playback app adapters; do check "src/base must not include $ring/" "$(includes base "$ring")"; done

check "clocks are read in media_io/clock.hpp alone" "$(grep -rnE '(system|steady|high_resolution)_clock::now|clock_gettime|gettimeofday\(' src \
  --include='*.hpp' --include='*.cpp' | grep -vE '^src/adapters/media_io/clock.hpp|:[0-9]+: *//|_test\.[ch]pp' || true)"
check "headers begin with #pragma once" "$(grep -rL '#pragma once' src bench tests --include='*.hpp' 2>/dev/null)"
check "no unfinished work" "$(grep -rnwE 'TODO|FIXME|XXX' src web/packages web/apps web/examples api tests bench fuzz 2>/dev/null \
  --include='*.hpp' --include='*.cpp' --include='*.ts' --include='*.tsx' --include='*.mjs' --include='*.yaml' --exclude-dir=node_modules --exclude-dir=dist || true)"
check "no test is switched off" "$(grep -rnE 'DISABLED_|\b(it|test|describe)\.(skip|todo|only)\(' src tests web \
  --include='*.cpp' --include='*.ts' --include='*.tsx' --include='*.mjs' --exclude-dir=node_modules || true)"
check "lock files name no download address" "$(grep -lE '"resolved": "http' protocol/package-lock.json web/package-lock.json tests/package-lock.json 2>/dev/null || true)"
check "files stay below 600 lines" "$(find src web/packages web/apps web/examples tests bench fuzz -path '*/node_modules' -prune -o -path '*/dist' -prune -o -path '*/generated' -prune -o \
  \( -name '*.cpp' -o -name '*.hpp' -o -name '*.ts' -o -name '*.tsx' -o -name '*.mjs' \) -print 2>/dev/null | xargs -r wc -l | awk '$2 != "total" && $1 > 600')"
if command -v clang-format-19 >/dev/null; then
  check "clang-format" "$(find src bench fuzz tests -path '*/node_modules' -prune -o \( -name '*.cpp' -o -name '*.hpp' \) -print | xargs -r clang-format-19 --dry-run 2>&1 | grep 'warning' | cut -c1-160 | head -20)"
fi

echo "lint: $passed passed, $failed failed"
[ $failed -eq 0 ]
