# step "what" command...: runs the command quietly, prints one line with its time; on failure prints what it said.
step() {
  local what=$1 begun=$SECONDS log
  shift
  log=$(mktemp)
  printf '  %-58s ' "$what"
  if "$@" >"$log" 2>&1 </dev/null; then
    printf '%4d s\n' $((SECONDS - begun))
    rm -f "$log"
  else
    local code=$?
    printf 'failed after %d s\n' $((SECONDS - begun))
    tail -n 60 "$log" >&2
    echo "./dev: '$*' failed (exit code $code). Its whole output: $log" >&2
    exit 1
  fi
}

have() { command -v "$1" >/dev/null 2>&1; }
