#!/bin/sh
# The whole suite, on SQLite or on PostgreSQL and Redis. The browser walk runs by itself after the rest: it needs the
# machine's cores for a server, a worker, a mail sink and a browser.
set -u
venv=${VENV:-.venv}
case $1 in
  sqlite) unset DATABASE_URL REDIS_URL ;;
  services)
    DATABASE_URL=${DATABASE_URL:-postgres://postgres@127.0.0.1:5432/postgres}
    REDIS_URL=${REDIS_URL:-redis://127.0.0.1:6379/5}
    export DATABASE_URL REDIS_URL
    if ! "$venv/bin/python" .ci/services.py; then
      if [ "${CI:-}" = true ]; then echo "groundswell: PostgreSQL and Redis are needed in CI."; exit 1; fi
      echo "groundswell: the suite on PostgreSQL and Redis was NOT RUN (no servers)."; exit 0
    fi ;;
esac
"$venv/bin/python" -m pytest -n 2 --dist worksteal -m "not e2e and not slow"; first=$?
"$venv/bin/python" -m pytest -n 0 --reruns 1 -m "e2e and not slow"; second=$?
[ $first -eq 0 ] && [ $second -eq 0 ]
