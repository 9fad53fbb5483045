# Shared by the project's scripts: saying what happens and how long it took, and asking for root.
# Sourced, never run.

say() { printf '%s\n' "$*"; }
die() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

# Runs a command as one named step and prints its time. A failure ends the script with its name.
step() {
  local name=$1 start=$SECONDS status=0
  shift
  say "==> $name"
  "$@" || status=$?
  if [ "$status" != 0 ]; then
    die "$name failed after $((SECONDS - start)) s"
  fi
  say "<== $name: $((SECONDS - start)) s"
  STEP_TIMES+=("$(printf '%5d s  %s' "$((SECONDS - start))" "$name")")
}

STEP_TIMES=()

print_step_times() {
  say "Time of each step:"
  printf '  %s\n' "${STEP_TIMES[@]}"
  say "  $(printf '%5d s' "$SECONDS")  in all"
}

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    die "this needs root: $* (run it by hand, or install sudo, and start again)"
  fi
}
