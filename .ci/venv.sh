#!/bin/sh
# Makes .venv hold exactly what the given lock file says; quick when it does already. One sentence when it cannot.
set -eu
lock=$1
venv=${VENV:-.venv}
fail() { printf '%s\n' "groundswell: $1" >&2; exit 1; }

sum=$(cksum < "$lock" | tr ' ' '-')
stamp="$venv/.has-$(basename "$lock" .txt)"
[ -f "$stamp" ] && [ "$(cat "$stamp")" = "$sum" ] && exit 0
# What tests is a superset of what runs: an environment for tests serves as well.
if [ "$lock" = requirements.txt ] && [ -f "$venv/.has-requirements-dev" ] &&
   [ "$(cat "$venv/.has-requirements-dev")" = "$(cksum < requirements-dev.txt | tr ' ' '-')" ]; then exit 0; fi

if [ ! -x "$venv/bin/python" ]; then
  found=
  for candidate in ${PYTHON:-} python3 python3.13 python3.12 python3.11 python; do
    command -v "$candidate" >/dev/null 2>&1 || continue
    "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { found=$candidate; break; }
  done
  [ -n "$found" ] || fail "Python 3.11 or newer is needed; install it, or name one with PYTHON=/path/to/python3."
  "$found" -c 'import venv, ensurepip' 2>/dev/null || fail "this Python has no venv module; install it (on Debian and Ubuntu: apt install python3-venv)."
  echo "· making a virtual environment with $("$found" --version)"
  "$found" -m venv "$venv" || fail "the virtual environment could not be made in $venv."
fi
echo "· installing $(grep -c '==' "$lock") locked libraries (a minute or two, once)"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-input --require-hashes -r "$lock" 2> "$venv/pip.log" ||
  { tail -5 "$venv/pip.log" >&2; fail "the libraries could not be installed; the last lines above say why."; }
printf '%s' "$sum" > "$stamp"
