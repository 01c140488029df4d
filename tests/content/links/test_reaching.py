"""Asking other sites whether they are still there, without a way into a private network."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from content.links.reaching import Bounds, Unreachable, is_public, reach

PATHS = {"/ok": 200, "/login": 403, "/gone": 404, "/broken": 500}
SEEN: list[tuple[str, str]] = []


class OtherSite(BaseHTTPRequestHandler):
    def do_HEAD(self) -> None:
        SEEN.append((self.command, self.path))
        if self.path.startswith("/to?"):
            self.send_response(302)
            self.send_header("Location", self.path.removeprefix("/to?"))
        elif self.path == "/no-head":
            self.send_response(200 if self.command == "GET" else 501)
        else:
            self.send_response(PATHS.get(self.path, 404))
        self.end_headers()

    do_GET = do_HEAD

    def log_message(self, *_args: object) -> None:
        """The suite's output is its result."""


@pytest.fixture(scope="module")
def other_site() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), OtherSite)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture
def bounds(other_site: str) -> Bounds:
    SEEN.clear()
    return Bounds(may_connect=lambda ip: ip == "127.0.0.1", ports=[int(other_site.rpartition(":")[2])])


@pytest.mark.parametrize("path", ["/ok", "/login", "/no-head", "/to?/ok", "/to?/to?/ok"])
def test_what_answers_is_alive(other_site, bounds, path):
    reach(other_site + path, bounds)


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/gone", "answers 404"),
        ("/broken", "answers 500"),
        ("/to?/gone", "answers 404"),
        ("/to?file:///etc/passwd", "is not an ordinary address of the web"),
        ("/to?http://169.254.169.254/latest/", "is not an ordinary address of the web"),
    ],
)
def test_what_does_not_says_why(other_site, bounds, path, why):
    with pytest.raises(Unreachable, match=why):
        reach(other_site + path, bounds)


def test_redirects_end(other_site, bounds):
    with pytest.raises(Unreachable, match="without end"):
        reach(other_site + "/to?" * 20 + "/ok", bounds)


def test_head_is_asked_first_and_get_only_after_a_failure(other_site, bounds):
    reach(other_site + "/ok", bounds)
    reach(other_site + "/no-head", bounds)
    assert SEEN == [("HEAD", "/ok"), ("HEAD", "/no-head"), ("GET", "/no-head")]


def test_a_redirect_into_a_private_network_is_not_followed(other_site):
    port = int(other_site.rpartition(":")[2])
    only_by_number = Bounds(may_connect=lambda ip: ip == "127.0.0.1", ports=[port])
    with pytest.raises(Unreachable, match="is not on the public internet"):
        reach(f"{other_site}/to?http://127.0.0.2:{port}/ok", only_by_number)


@pytest.mark.parametrize(
    "address",
    [
        "http://localhost/",
        "http://127.0.0.1/",
        "http://127.1/",
        "http://2130706433/",
        "http://0.0.0.0/",
        "http://10.0.0.1/",
        "http://192.168.1.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[fe80::1]/",
        "http://[fd00::1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://100.64.0.1/",
        "http://224.0.0.1/",
        "http://example.org:8080/",
        "http://user:secret@example.org/",
        "ftp://example.org/",
        "gopher://example.org/",
        "http:///nothing",
        "http://[broken/",
        "http://example.org:99999/",
        "http://" + "a" * 300 + ".example/",
    ],
)
def test_nothing_private_or_odd_is_asked(address):
    with pytest.raises(Unreachable):
        reach(address)


@pytest.mark.parametrize(
    ("ip", "public"), [("93.184.216.34", True), ("2606:2800:220:1::1", True), ("127.0.0.1", False)]
)
def test_what_is_public(ip, public):
    assert is_public(ip) is public
