"""The mail server of the postbox's own tests."""

from tests.postbox.conftest import server, sink

__all__ = ["server", "sink"]
