"""The ground the house stands on: where `site` is, what the environment may leave out, what a log line may say."""

import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=clean | environment,
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )


def test_site_is_never_a_package_and_the_standard_librarys_is_found():
    assert not (ROOT / "site" / "__init__.py").exists()
    found = run("-c", "import site; print(site.__file__)")
    assert Path(found.stdout.strip()).name == "site.py"
    assert str(ROOT / "site") not in found.stdout


PRODUCTION = {
    "SECRET_KEY": "k" * 60,
    "ALLOWED_HOSTS": "groundswell.example.org",
    "SITE_URL": "https://groundswell.example.org",
    "EMAIL_URL": "smtp://localhost:25",
    "DATABASE_URL": "sqlite:///:memory:",
}


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL", "EMAIL_URL"])
def test_a_production_start_without_a_variable_refuses_and_names_it(name):
    given = {key: value for key, value in PRODUCTION.items() if key != name}
    done = run("manage.py", "check", **given)
    assert done.returncode != 0
    assert f"Set {name} in the environment" in done.stderr


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("SITE_URL", "groundswell.example.org", "SITE_URL has to be an origin"),
        ("SITE_URL", "https://groundswell.example.org/sub", "SITE_URL has to be an origin"),
        ("EMAIL_URL", "gopher://localhost", "EMAIL_URL is not understood"),
        ("DATABASE_URL", "carrier-pigeon://loft", "DATABASE_URL is not understood"),
        ("SITE_URL", "http://intranet", "Set DEFAULT_FROM_EMAIL"),
        ("DEFAULT_FROM_EMAIL", "nobody", "Set DEFAULT_FROM_EMAIL"),
        ("TIME_ZONE", "Europe/Nowhere", "TIME_ZONE has to be a name such as Europe/Berlin"),
        ("LOG_LEVEL", "LOUD", "LOG_LEVEL has to be DEBUG, INFO, WARNING or ERROR"),
        ("TRUSTED_PROXIES", "two", "TRUSTED_PROXIES has to be a whole number"),
    ],
)
def test_a_malformed_variable_is_refused_by_name(name, text, sentence):
    done = run("manage.py", "check", **PRODUCTION | {name: text})
    assert done.returncode != 0
    assert sentence in done.stderr


def test_debug_is_off_unless_asked_for():
    done = run(
        "manage.py", "shell", "-v", "0", "-c", "from django.conf import settings; print(settings.DEBUG)", **PRODUCTION
    )
    assert done.stdout.strip().endswith("False")


def test_a_log_line_is_one_line_and_names_no_address():
    from config.logs import Discreet, OneLine

    record = logging.LogRecord(
        "x", logging.ERROR, "f", 1, "refused for %s\nagain", ("wren.salt+x@larkfield.example",), None
    )
    assert Discreet().filter(record)
    assert OneLine("%(levelname)s %(message)s").format(record) == "ERROR refused for <address> ⏎ again"


def test_the_web_process_loads_none_of_the_heavy_libraries():
    code = (
        "import sys, django; sys.path[:0] = ['site', '.']; django.setup();"
        "from django.urls import get_resolver; get_resolver().url_patterns;"
        "print(sorted({'scipy', 'numpy', 'networkx', 'vl_convert'} & set(sys.modules)))"
    )
    done = run("-c", code, DJANGO_SETTINGS_MODULE="config.settings", LOCAL="1", PYTHONPATH="site:.")
    assert done.stdout.strip() == "[]", done.stderr
