"""Logging that fits one line and names nobody."""

import logging
import re
from typing import Any

ADDRESS = re.compile(r"[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


def without_addresses(text: str) -> str:
    return ADDRESS.sub("<address>", text)


class Discreet(logging.Filter):
    """Takes e-mail addresses out of the message before any handler sees it."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = without_addresses(record.getMessage()), ()
        return True


class OneLine(logging.Formatter):
    """Tracebacks stay, but on the same line, so that one event is one line."""

    def format(self, record: logging.LogRecord) -> str:
        return without_addresses(super().format(record)).replace("\r", "").replace("\n", " ⏎ ")


def one_line_each(level: str) -> dict[str, Any]:
    """Django's LOGGING: everything on stderr, a line an event."""
    line = {"()": "config.logs.OneLine", "format": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"discreet": {"()": "config.logs.Discreet"}},
        "formatters": {"line": line},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "filters": ["discreet"], "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {"django.server": {"handlers": ["stderr"], "propagate": False}, "post_office": {"handlers": []}},
    }
