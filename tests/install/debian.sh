#!/usr/bin/env bash
# debian.sh SUITE [state ...]: the first command of the README on a Debian that has nothing, as new users have it. Run by
# hand, as root, with the package debootstrap; takes some minutes per state. SUITE: bookworm (12), trixie (13). States:
#   bare   only what debootstrap leaves
#   gtest  libgtest-dev, and no other package of the tests
#   all    every package of the tests; the tests' build and the users' build share a folder
set -euo pipefail
suite=$1
shift
states=("${@:-bare}")
[ $# -gt 0 ] || states=(bare gtest all)
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/costage-$suite-XXXXXX")
system=$work/system
port=7990

clean_up() {
  umount -q "$system/proc" || true
  rm -rf --one-file-system "$work"
}
trap clean_up EXIT

inside() { chroot "$system" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root CCACHE_DIR=/ccache "${certificates[@]}" bash -c "$1"; }

# A network that reads along has a certificate authority of its own; npm must know it.
certificates=()
if [ -n "${NODE_EXTRA_CA_CERTS:-}" ]; then certificates=("NODE_EXTRA_CA_CERTS=/etc/extra-ca.crt" "npm_config_cafile=/etc/extra-ca.crt"); fi

new_system() {
  debootstrap --variant=minbase "$suite" "$system" >"$work/debootstrap.log" 2>&1 || { tail -20 "$work/debootstrap.log"; exit 1; }
  mount -t proc proc "$system/proc"
  cp /etc/resolv.conf "$system/etc/"
  if [ -n "${NODE_EXTRA_CA_CERTS:-}" ]; then cp "$NODE_EXTRA_CA_CERTS" "$system/etc/extra-ca.crt"; fi
  git clone -q "$root" "$system/costage"
  inside 'apt-get -q update && apt-get -q install -y --no-install-recommends curl git' >"$work/apt.log" 2>&1
}

# ./dev run until it serves, then its end.
serves() {
  local log=$work/run.log
  inside "cd /costage && exec ./dev run --port $port" >"$log" 2>&1 &
  local job=$! begun=$SECONDS
  until grep -q 'is ready' "$log"; do
    if ! kill -0 $job 2>/dev/null || [ $((SECONDS - begun)) -gt 3000 ]; then
      echo "not ok - $1: ./dev run"
      tail -60 "$log"
      kill $job 2>/dev/null || true
      return 1
    fi
    sleep 1
  done
  inside "curl -fsS http://127.0.0.1:$port/healthz && curl -fsS http://127.0.0.1:$port/ | grep -q costage" >/dev/null
  pkill -TERM -P $job 2>/dev/null || kill -TERM $job
  wait $job || true
  echo "ok - $1: ./dev run serves after $((SECONDS - begun)) s"
}

packages_of_the_tests() { inside "cd /costage && ROOT=. && . tools/dev/1-say.sh && . tools/dev/2-setup.sh && packages_for test"; }

try_state() {
  inside 'rm -rf /costage/build'
  case $1 in
    bare) serves bare ;;
    gtest)
      inside 'apt-get -q install -y --no-install-recommends libgtest-dev' >"$work/apt.log" 2>&1
      serves gtest
      ;;
    all)
      inside "apt-get -q install -y --no-install-recommends $(packages_of_the_tests | tr '\n' ' ')" >"$work/apt.log" 2>&1
      serves all
      inside 'cd /costage && ./dev test unit' >"$work/unit.log" 2>&1 || { echo "not ok - all: ./dev test unit"; grep -E -B15 'Failure|FAILED' "$work/unit.log" || tail -40 "$work/unit.log"; return 1; }
      echo "ok - all: ./dev test unit: $(tail -1 "$work/unit.log")"
      serves 'all, after the tests'
      ;;
  esac
}

new_system
failed=0
for state in "${states[@]}"; do try_state "$state" || failed=1; done
exit $failed
