"""Build every package twice, at different times and places, and keep the result only if both are equal."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from .packages import ROOT, ReleaseError, find_packages

SUMS = "SHA256SUMS"
LEFT_OUT = shutil.ignore_patterns("__pycache__", "*.egg-info", "dist", ".*")


def build(target: Path, root: Path = ROOT) -> dict[str, str]:
    """Fill `target` with wheels, source distributions and their sums; returns the sums. What was there is replaced.

    Raises ReleaseError where a package cannot be built, or two builds of it differ.
    """
    packages = find_packages(root).values()
    with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory(prefix="elsewhere-") as second:
        for place in (Path(first), Path(second)):
            for package in packages:
                _build(_copy(package.folder, place / package.name), place / "dist")
        sums = _compare(Path(first, "dist"), Path(second, "dist"))
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(Path(first, "dist"), target)
    (target / SUMS).write_text("".join(f"{digest}  {name}\n" for name, digest in sums.items()))
    return sums


def _copy(folder: Path, target: Path) -> Path:
    """A copy of a package's folder elsewhere, its files dated as of now; hatchling takes a .gitignore above it along."""
    shutil.copytree(folder, target, ignore=LEFT_OUT, copy_function=shutil.copyfile)
    return target


def _build(folder: Path, target: Path) -> None:
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(target), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise ReleaseError(f"{folder.name} cannot be built:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")


def _compare(first: Path, second: Path) -> dict[str, str]:
    sums, again = _sum_up(first), _sum_up(second)
    differing = sorted(name for name in sums.keys() | again.keys() if sums.get(name) != again.get(name))
    if differing:
        raise ReleaseError(f"two builds differ: {', '.join(differing)}. Something in them depends on the time or the place.")
    return sums


def _sum_up(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}
