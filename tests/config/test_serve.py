"""`make serve` says one clear sentence where it cannot start."""

import os
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def serve(tmp_path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path), "PYTHONPATH": str(ROOT / "site")}
    return subprocess.run(
        [sys.executable, "-m", "config.serve"],
        cwd=ROOT,
        env=clean | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_port_in_use_is_one_sentence(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = serve(tmp_path, PORT=str(port))
    assert done.returncode == 1
    assert done.stderr == f"groundswell: port {port} is in use; choose another, for example `make serve PORT=8001`.\n"


def test_a_port_that_is_none_is_one_sentence(tmp_path):
    done = serve(tmp_path, PORT="eighty")
    assert (done.returncode, done.stderr) == (
        1,
        "groundswell: PORT has to be a number from 1 to 65535, not 'eighty'.\n",
    )


def test_a_python_that_is_too_old_is_one_sentence(tmp_path):
    old = tmp_path / "python-old"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    for name in ("python3", "python", "python3.11", "python3.12", "python3.13"):
        (tmp_path / name).symlink_to(old)
    environment = {"PATH": f"{tmp_path}:/usr/bin:/bin", "VENV": str(tmp_path / "venv"), "PYTHON": str(old)}
    done = subprocess.run(
        ["/bin/sh", ".ci/venv.sh", "requirements.txt"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("groundswell: Python 3.11 or newer is needed")
    assert len(done.stderr.splitlines()) == 1
