from tests.postbox.conftest import server, sink

__all__ = ["server", "sink"]
