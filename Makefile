# Two commands matter: `make serve` and `make test`. Each does its own set-up.
SHELL := /bin/sh
VENV ?= .venv
PY := $(VENV)/bin/python
export PORT EMAIL_URL DATABASE_URL REDIS_URL DEMO

.PHONY: help serve test test-services test-slow bench lint types contracts migrations checks lock clean

help:
	@echo "make serve          the whole site at http://localhost:8000 (PORT, EMAIL_URL, DATABASE_URL, REDIS_URL, DEMO=0)"
	@echo "make test           the whole suite on SQLite, in a real browser too"
	@echo "make test-services  the same suite on PostgreSQL and Redis"
	@echo "make bench          measurements of the production server, one table"
	@echo "make checks         lint, types, import contracts, migrations, deployment settings"

serve:
	@sh .ci/venv.sh requirements.txt
	@PYTHONPATH=site exec $(PY) -m config.serve

test:
	@sh .ci/venv.sh requirements-dev.txt
	@sh .ci/browser.sh
	@sh .ci/tests.sh sqlite

test-services:
	@sh .ci/venv.sh requirements-dev.txt
	@sh .ci/browser.sh
	@sh .ci/tests.sh services

test-slow:
	@sh .ci/venv.sh requirements-dev.txt
	@$(PY) -m pytest -m slow -n 0

bench:
	@sh .ci/venv.sh requirements-dev.txt
	@PYTHONPATH=site:. $(PY) -m tests.bench $(ARGS)

checks: lint types contracts migrations
	@LOCAL=0 DEBUG=0 SECRET_KEY=$$($(PY) -c "import secrets; print(secrets.token_urlsafe(60))") SITE_URL=https://groundswell.example.org \
	  ALLOWED_HOSTS=groundswell.example.org EMAIL_URL=smtp://localhost:25 DATABASE_URL=sqlite:///var/check.sqlite3 \
	  $(PY) manage.py check --deploy --fail-level WARNING

lint:
	@$(PY) -m ruff check . && $(PY) -m ruff format --check . && $(VENV)/bin/djlint --lint --quiet templates

types:
	@LOCAL=1 PYTHONPATH=site:. $(VENV)/bin/mypy site/config site/accounts site/postbox site/conversation site/ui content movement clubs

contracts:
	@LOCAL=1 PYTHONPATH=site:. $(VENV)/bin/lint-imports

migrations:
	@LOCAL=1 $(PY) manage.py makemigrations --check --dry-run

lock:
	@$(VENV)/bin/uv pip compile pyproject.toml --generate-hashes --no-header --python-version 3.11 --universal -q -o requirements.txt
	@$(VENV)/bin/uv pip compile pyproject.toml --group dev --generate-hashes --no-header --python-version 3.11 --universal -q -c requirements.txt -o requirements-dev.txt

clean:
	rm -rf var $(VENV)
