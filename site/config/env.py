"""What the environment says, read once and refused loudly.

Every variable that Groundswell knows is read here and in `config.sign_on`, nowhere else. A missing or malformed one
stops the start with one sentence that names it. `LOCAL=1` (set by `make serve` and by the tests) supplies harmless
defaults for a single machine; without it nothing that matters is guessed.
"""

from collections.abc import Collection
from email.utils import parseaddr
from logging import getLevelNamesMapping
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email
from environs import Env, EnvError

ROOT = Path(__file__).resolve().parents[2]
env = Env()

LOCAL = env.bool("LOCAL", False)
DEBUG = env.bool("DEBUG", False)


def required(name: str, local: str) -> str:
    """The variable's text; `local` stands in for it only under LOCAL=1. Empty counts as missing (make exports so)."""
    text = env.str(name, "").strip() or (local if LOCAL else "")
    if not text:
        raise ImproperlyConfigured(f"Set {name} in the environment (or LOCAL=1 for a trial on this machine only).")
    return text


def number(name: str, default: int) -> int:
    try:
        return env.int(name, default)
    except EnvError as error:
        raise ImproperlyConfigured(f"{name} has to be a whole number.") from error


def one_of(name: str, default: str, allowed: Collection[str], such_as: str) -> str:
    text = env.str(name, "") or default
    if text not in allowed:
        raise ImproperlyConfigured(f"{name} has to be {such_as}, not {text!r}.")
    return text


def origin(name: str, local: str) -> str:
    """A web origin such as https://groundswell.example.org, without a path."""
    text = required(name, local).rstrip("/")
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.path:
        raise ImproperlyConfigured(f"{name} has to be an origin such as https://groundswell.example.org.")
    return text


def sender(name: str, host: str | None) -> str:
    """An address mails can come from; made up from the site's host where that gives a valid one."""
    address = env.str(name, "") or f"groundswell@{host}"
    try:
        validate_email(parseaddr(address)[1])
    except ValidationError as error:
        raise ImproperlyConfigured(f"Set {name}: {address} is no address that mails can come from.") from error
    return address


VAR = Path(env.str("VAR_DIR", str(ROOT / "var"))).resolve()
SECRET_KEY = required("SECRET_KEY", "local-trial-only-" + "x" * 40)
SECRET_KEY_FALLBACKS = [key.strip() for key in env.str("SECRET_KEY_FALLBACKS", "").split(",") if key.strip()]
SITE_URL = origin("SITE_URL", f"http://localhost:{env.str('PORT', '') or '8000'}")
ALLOWED_HOSTS = [host.strip() for host in required("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]").split(",")]
DATABASE_URL = env.str("DATABASE_URL", "") or f"sqlite:///{VAR / 'groundswell.sqlite3'}"
REDIS_URL = env.str("REDIS_URL", "")
EMAIL_URL = required("EMAIL_URL", "folder")
DEFAULT_FROM_EMAIL = sender("DEFAULT_FROM_EMAIL", urlsplit(SITE_URL).hostname)
MEDIA_ROOT = env.str("MEDIA_ROOT", "") or str(VAR / "media")
PRIVATE_ROOT = env.str("PRIVATE_ROOT", "") or str(VAR / "private")  # no web server may look in here
TIME_ZONE = one_of("TIME_ZONE", "UTC", available_timezones(), "a name such as Europe/Berlin")
LANGUAGE_CODE = env.str("LANGUAGE_CODE", "en")
TRUSTED_PROXIES = number("TRUSTED_PROXIES", 0)
PAGE_CACHE_SECONDS = number("PAGE_CACHE_SECONDS", 300)
HOLD_FIRST_COMMENTS = env.bool("HOLD_FIRST_COMMENTS", True)  # an address without a login waits once for an editor
CHECK_LINKS = env.bool("CHECK_LINKS", not LOCAL)  # whether links to other sites are asked once a week
MAIL_RATE = number("MAIL_RATE", 0)  # mails a minute, at most, whatever number of workers there are; 0: no limit
BOUNCE_ADDRESS = sender("BOUNCE_ADDRESS", None) if env.str("BOUNCE_ADDRESS", "") else ""
BOUNCE_MAILBOX = env.str("BOUNCE_MAILBOX", "")  # where mail to that address can be read
if urlsplit(BOUNCE_MAILBOX).scheme not in ("", "imaps", "pop3s", "maildir", "mbox"):
    raise ImproperlyConfigured("BOUNCE_MAILBOX begins with imaps://, pop3s://, maildir:/// or mbox:///.")
LOG_LEVEL = one_of("LOG_LEVEL", "INFO", getLevelNamesMapping(), "DEBUG, INFO, WARNING or ERROR")
PEERTUBE_HOSTS = [host.strip().lower() for host in env.str("PEERTUBE_HOSTS", "").split(",") if host.strip()]
PLAIN_STATIC = env.bool("PLAIN_STATIC", False)  # the tests: no manifest to build first
