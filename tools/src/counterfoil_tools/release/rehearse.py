"""Rehearse a release: publish to a temporary index, and install from that index alone."""

from __future__ import annotations

import socket
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from .. import WORKSPACE
from .packages import ReleaseError
from .publish import Index, forget_settings, publish

WANTED = "counterfoil[all,cli]"
ALSO = ("counterfoil-sandbox",)
DEMO = WORKSPACE / "docs" / "demo.py"


def rehearse(dist: Path) -> None:
    """Publish to a temporary index, install from it alone, and run the demo outside the repository.

    Raises ReleaseError if any step fails.
    """
    with tempfile.TemporaryDirectory() as folder, serve_index(Path(folder, "index")) as index:
        publish(dist, index)
        _fetch_dependencies(dist, Path(folder, "index"))
        python = install(Path(folder, "venv"), index, WANTED, *ALSO, "rich")
        script = Path(folder, "demo.py")
        script.write_text(DEMO.read_text())
        _run([str(python), "-I", str(script)], Path(folder), "the demo failed")


@contextmanager
def serve_index(folder: Path) -> Iterator[Index]:
    """Serve an empty index that accepts uploads without credentials, on loopback."""
    folder.mkdir(parents=True)
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    options = ["-i", "127.0.0.1", "-p", str(port), "--disable-fallback", "--hash-algo", "sha256"]
    no_password = ["-a", ".", "-P", "."]
    command = [sys.executable, "-m", "pypiserver", "run", *options, *no_password, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _wait_for(f"{address}/health", process)
            yield Index(f"{address}/simple", f"{address}/", open_to_all=True)
        finally:
            process.terminate()


def install(folder: Path, index: Index, *wanted: str) -> Path:
    """Make an environment, install packages from one index alone, and return its Python."""
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    # --isolated ignores this machine's settings, which may name other indexes.
    options = ["--isolated", "--quiet", "--no-cache-dir", "--index-url", f"{index.simple}/"]
    command = [str(python), "-m", "pip", "install", *options, *wanted]
    _run(command, folder, "the published packages cannot be installed from the index alone")
    return python


def _fetch_dependencies(dist: Path, folder: Path) -> None:
    """Download the wheels of our dependencies into the index's folder."""
    wheels = []
    for wheel in sorted(dist.glob("*.whl")):
        extras = "[all,cli]" if wheel.name.split("-")[0] == "counterfoil" else ""
        wheels.append(f"{wheel}{extras}")
    options = ["--quiet", "--prefer-binary", "--dest", str(folder)]
    command = [sys.executable, "-m", "pip", "download", *options, *wheels, "rich"]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise ReleaseError(f"the dependencies cannot be downloaded:\n{done.stderr[-2000:]}")


def _run(command: list[str], folder: Path, failure: str) -> None:
    environment = forget_settings()
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    print(done.stdout, end="", flush=True)
    if done.returncode:
        raise ReleaseError(f"{failure}:\n{done.stderr[-3000:]}")


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(1000):  # 100 seconds; the server usually starts within one
        try:
            with urlopen(url, timeout=10):  # noqa: S310 -- our own
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
        if process.poll() is not None:
            break
    raise ReleaseError("the temporary index did not start: is pypiserver installed?")
