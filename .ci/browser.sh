#!/bin/sh
# A browser for the browser tests: an installed one, else by apt when root, else by playwright. Never fails itself:
# the suite reports "not run" (and CI fails) when none can be had.
venv=${VENV:-.venv}
have() { for name in chromium chromium-browser google-chrome google-chrome-stable; do command -v $name >/dev/null 2>&1 && return 0; done; return 1; }
have && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "· installing a browser for the browser tests"
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium; } >/dev/null 2>&1
  have && exit 0
fi
"$venv/bin/python" -m playwright install chromium >/dev/null 2>&1
exit 0
