"""A load of keep-alive clients on one address, in a process of its own so that it does not share the server's GIL."""

import http.client
import json
import subprocess
import sys
import threading
import time
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Load:
    """What one run saw: requests per second, latencies in milliseconds, bytes of one body, answers other than 200."""

    per_second: float
    median_ms: float
    p99_ms: float
    bytes: int
    failures: int
    requests: int


def measure(*, port: int, path: str, cookie: str, clients: int, seconds: float) -> Load:
    """Runs the load in a child process and returns its figures."""
    given = json.dumps({"port": port, "path": path, "cookie": cookie, "clients": clients, "seconds": seconds})
    done = subprocess.run([sys.executable, "-m", "tests.bench.load", given], capture_output=True, text=True, check=True)
    return Load(**json.loads(done.stdout))


def run(*, port: int, path: str, cookie: str, clients: int, seconds: float) -> Load:
    latencies: list[float] = []
    failures, sizes = [0], [0]
    stop_at = time.perf_counter() + seconds

    def client() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        headers = {"Host": "localhost", "Accept-Encoding": "gzip", "Connection": "keep-alive"}
        if cookie:
            headers["Cookie"] = cookie
        while time.perf_counter() < stop_at:
            begun = time.perf_counter()
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            sizes[0] = len(answer.read())
            latencies.append(time.perf_counter() - begun)
            failures[0] += answer.status != 200
        connection.close()

    threads = [threading.Thread(target=client) for _ in range(clients)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - begun
    ordered = sorted(latencies)
    return Load(
        per_second=len(ordered) / took,
        median_ms=ordered[len(ordered) // 2] * 1000,
        p99_ms=ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))] * 1000,
        bytes=sizes[0],
        failures=failures[0],
        requests=len(ordered),
    )


if __name__ == "__main__":
    print(json.dumps(asdict(run(**json.loads(sys.argv[1])))))
