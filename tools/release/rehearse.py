"""A release without an audience: an index of our own, and an environment that knows no other."""

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

from .packages import ROOT, ReleaseError
from .publish import Index, forget_settings, publish

WANTED = "counterfoil[all,cli]"
ALSO = ("counterfoil-sandbox",)
DEMO = ROOT / "docs" / "demo.py"


def rehearse(dist: Path) -> None:
    """Publish to a throwaway index, install from it alone, and run the demo from outside the repository.

    Raises ReleaseError where any of it fails.
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
    """Serve an empty index that takes uploads from anyone on this machine."""
    folder.mkdir(parents=True)
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    words = ["run", "-i", "127.0.0.1", "-p", str(port), "-a", ".", "-P", ".", "--disable-fallback", "--hash-algo", "sha256"]
    command = [sys.executable, "-m", "pypiserver", *words, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _wait_for(f"http://127.0.0.1:{port}/health", process)
            yield Index(f"http://127.0.0.1:{port}/simple", f"http://127.0.0.1:{port}/", open_to_all=True)
        finally:
            process.terminate()


def install(folder: Path, index: Index, *wanted: str) -> Path:
    """Make an environment and install into it from one index, whatever this machine is set to; returns its Python."""
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    command = [str(python), "-m", "pip", "install", "--isolated", "--quiet", "--no-cache-dir", "--index-url", f"{index.simple}/"]
    _run([*command, *wanted], folder, "what was published cannot be installed from the index alone")
    return python


def _fetch_dependencies(dist: Path, folder: Path) -> None:
    """Put the wheels of others beside ours, from wherever this machine has them."""
    extras = {"counterfoil": "[all,cli]"}
    wheels = [f"{wheel}{extras.get(wheel.name.split('-')[0], '')}" for wheel in sorted(dist.glob("*.whl"))]
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--prefer-binary", "--dest", str(folder), *wheels, "rich"]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise ReleaseError(f"the packages that ours need cannot be fetched:\n{done.stderr[-2000:]}")


def _run(command: list[str], folder: Path, failure: str) -> None:
    done = subprocess.run(command, cwd=folder, env=forget_settings(), capture_output=True, text=True)
    print(done.stdout, end="", flush=True)
    if done.returncode:
        raise ReleaseError(f"{failure}:\n{done.stderr[-3000:]}")


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(100):
        try:
            with urlopen(url, timeout=1):  # noqa: S310 -- our own
                return
        except (URLError, ConnectionError):
            time.sleep(0.1)
        if process.poll() is not None:
            break
    raise ReleaseError("the throwaway index did not start: is pypiserver installed?")
