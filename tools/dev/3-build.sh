# build_server [preset] [target ...]: configures once, then builds. The program lands in build/<preset>/costage.
build_server() {
  local preset=${1:-release}
  [ $# -gt 0 ] && shift
  setup_node
  [ -f "build/$preset/build.ninja" ] || step "cmake: configure $preset" cmake --preset "$preset" ${CMAKE_OPTIONS:-}
  step "build: ${*:-costage} ($preset)" cmake --build "build/$preset" --target ${*:-costage}
}

build_web() {
  setup_node
  npm_ci web
  local stamp=build/web.stamp
  if [ -f "$stamp" ] && [ -d web/apps/studio/dist ] &&
    [ -z "$(find web api -path '*/node_modules' -prune -o -path '*/dist' -prune -o -path '*/generated' -prune -o -type f -newer "$stamp" -print -quit)" ]; then
    return
  fi
  step "web: build the studio" npm run build --prefix web
  mkdir -p build && touch "$stamp"
}

# Guides and API reference, which clear the folder, then the stories below it. A link that leads nowhere fails it.
build_docs() {
  setup_node
  npm_ci web
  step "docs: guides and API reference" npm run site --workspace @costage/docs --prefix web
  step "docs: stories" npm run stories --workspace @costage/storybook --prefix web
}

run_server() {
  echo "  ready to start after $((SECONDS - STARTED)) s"
  exec build/release/costage --dev --data build/dev-data "$@"
}
