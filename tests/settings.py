"""The site's own settings, on a database of the tests' own. The services of the day come from the environment."""

import os
from urllib.parse import urlsplit

os.environ["LOCAL"] = "1"
os.environ["PLAIN_STATIC"] = "1"
os.environ["EMAIL_URL"] = "folder"
os.environ["SITE_URL"] = "http://groundswell.example"
os.environ["ALLOWED_HOSTS"] = "*"
os.environ.setdefault("LOG_LEVEL", "ERROR")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# Each worker of the suite has a Redis database of its own, next to the named one; its child processes find it too.
if os.environ.get("REDIS_URL") and (worker := os.environ.get("PYTEST_XDIST_WORKER", "").removeprefix("gw")):
    base = urlsplit(os.environ["REDIS_URL"])
    number = int(base.path.strip("/") or 0) + 1 + int(worker)
    os.environ["REDIS_URL"] = base._replace(path=f"/{number}").geturl()

from config.settings import *  # noqa: F403
from config.settings import DATABASES, STORAGES, VAR

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file: threads and worker processes of the tests must see the same rows. Each run has its own.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR / f"test-{os.getpid()}.sqlite3")}
else:
    # The server's own crash is not under test; waiting for its disk at each commit would be half of the suite's time.
    DATABASES["default"]["OPTIONS"]["options"] = "-c synchronous_commit=off"
# Empty, as on a fresh checkout: whitenoise looks at every file there for each client that a test makes.
STATIC_ROOT = VAR / "test-static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
MEDIA_ROOT = str(VAR / "test-media")
STORAGES["private"]["OPTIONS"]["location"] = str(VAR / "test-private")
# Each worker of the suite has its own: the page of the letters shows no other test's.
MAIL_FOLDER = EMAIL_FILE_PATH = VAR / "test-mails" / os.environ.get("PYTEST_XDIST_WORKER", "alone")
READS_KEPT_EVERY = 0  # no thread in the background: what is counted goes into the database when a test says so
