"""The production server under measurement: one gunicorn worker, so that figures are those of one core."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Server:
    port: int
    pid: int
    cold_start_s: float

    def processes(self) -> list[int]:
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        return [self.pid, *map(int, children)]

    def cpu_seconds(self) -> float:
        """User and system time of the server's processes so far."""
        fields = [Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split() for pid in self.processes()]
        return sum(int(field[11]) + int(field[12]) for field in fields) / TICKS

    def pss_mb(self) -> float:
        """Proportional set size of the server's processes, in MB."""
        rollups = [Path(f"/proc/{pid}/smaps_rollup").read_text() for pid in self.processes()]
        kilobytes = [int(line.split()[1]) for text in rollups for line in text.splitlines() if line.startswith("Pss:")]
        return sum(kilobytes) / 1024


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@contextmanager
def running(application: str, environment: dict[str, str], warm_path: str) -> Iterator[Server]:
    """gunicorn with this application; cold start is from the command to the first answer of `warm_path`."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}", "--workers", "1"]
    command += ["--worker-class", "gthread", "--threads", "4", "--keep-alive", "30", "--log-level", "warning"]
    begun = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, env=os.environ | environment)
    try:
        cold = first_answer(f"http://127.0.0.1:{port}{warm_path}", process, begun)
        yield Server(port=port, pid=process.pid, cold_start_s=cold)
    finally:
        process.terminate()
        process.wait(20)


def first_answer(url: str, process: subprocess.Popen[bytes], begun: float) -> float:
    request = urllib.request.Request(url, headers={"Host": "localhost"})
    while time.perf_counter() - begun < 60 and process.poll() is None:
        try:
            urllib.request.urlopen(request, timeout=30).read()
            return time.perf_counter() - begun
        except ConnectionError:
            time.sleep(0.02)
        except urllib.error.URLError as error:
            if not isinstance(error.reason, ConnectionError):
                raise
            time.sleep(0.02)
    raise SystemExit(f"{url} did not answer")
