"""A small OpenID Connect provider: real HTTP on loopback, real signed tokens, and whoever one likes signed in."""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
CLIENT, SECRET = "groundswell", "s3cret"


class Provider(ThreadingHTTPServer):
    """`who` is signed in over there: the claims of their next token. `asked` is what the last visit asked for."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.who: dict[str, Any] = {}
        self.asked: dict[str, str] = {}
        self.url = f"http://127.0.0.1:{self.server_port}"

    def id_token(self) -> str:
        claims = {"iss": self.url, "aud": CLIENT, "iat": int(time.time()), "exp": int(time.time()) + 60}
        return jwt.encode(claims | self.who, KEY, algorithm="RS256", headers={"kid": "1"})


class Handler(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        path, asked = urlsplit(self.path).path, parse_qs(urlsplit(self.path).query)
        url = self.server.url
        if path == "/.well-known/openid-configuration":
            ends = {"authorization_endpoint": "authorize", "token_endpoint": "token", "userinfo_endpoint": "userinfo"}
            self.answer({"issuer": url, "jwks_uri": f"{url}/jwks"} | {key: f"{url}/{end}" for key, end in ends.items()})
        elif path == "/jwks":
            self.answer({"keys": [json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key())) | {"kid": "1"}]})
        elif path == "/authorize":
            self.server.asked = {name: values[0] for name, values in asked.items()}
            back = {"code": "once", "state": self.server.asked["state"]}
            self.send_response(302)
            self.send_header("Location", f"{self.server.asked['redirect_uri']}?{urlencode(back)}")
            self.end_headers()
        elif path == "/userinfo" and self.headers["Authorization"] == "Bearer opaque":
            self.answer(self.server.who)
        else:
            self.answer({"error": "nothing here"}, status=404)

    def do_POST(self) -> None:
        sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        verifier = sent.get("code_verifier", [""])[0].encode()
        proof = base64.urlsafe_b64encode(hashlib.sha256(verifier).digest()).rstrip(b"=").decode()
        known = (sent["client_id"], sent["client_secret"], sent["code"]) == ([CLIENT], [SECRET], ["once"])
        if known and proof == self.server.asked.get("code_challenge"):
            self.answer({"access_token": "opaque", "token_type": "Bearer", "id_token": self.server.id_token()})
        else:
            self.answer({"error": "invalid_grant"}, status=400)

    def answer(self, said: dict[str, Any], status: int = 200) -> None:
        body = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: Any) -> None:
        """Says nothing."""


@contextmanager
def running() -> Iterator[Provider]:
    with Provider() as provider:
        thread = threading.Thread(target=provider.serve_forever, args=(0.05,))
        thread.start()
        yield provider
        provider.shutdown()
        thread.join()
