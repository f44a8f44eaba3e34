"""Build every package twice, in different folders, and keep the result if both are equal."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from .. import WORKSPACE
from .packages import ReleaseError, find_packages

SUMS = "SHA256SUMS"
LEFT_OUT = shutil.ignore_patterns("__pycache__", "*.egg-info", "dist", ".*")


def build(target: Path, root: Path = WORKSPACE) -> dict[str, str]:
    """Build wheels and source distributions into `target`, and return their SHA-256 by name.

    The folder is replaced. Raises ReleaseError if a package cannot be built, or if two builds of
    it differ.
    """
    packages = find_packages(root).values()
    with (
        tempfile.TemporaryDirectory() as first,
        tempfile.TemporaryDirectory(prefix="elsewhere-") as second,
    ):
        for place in (Path(first), Path(second)):
            # The build hook of tools/ looks for the templates in the folder beside it.
            if (root / "templates").is_dir():
                _copy(root / "templates", place / "templates")
            for package in packages:
                _build(_copy(package.folder, place / package.name), place / "dist")
        sums = _compare(Path(first, "dist"), Path(second, "dist"))
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(Path(first, "dist"), target)
    lines = [f"{digest}  {name}\n" for name, digest in sums.items()]
    (target / SUMS).write_text("".join(lines))
    return sums


def _copy(folder: Path, target: Path) -> Path:
    """Copy a folder, with new modification times.

    Packages are built outside of the repository, because hatchling would apply its .gitignore.
    """
    shutil.copytree(folder, target, ignore=LEFT_OUT, copy_function=shutil.copyfile)
    return target


def _build(folder: Path, target: Path) -> None:
    options = ["--no-isolation", "--outdir", str(target)]
    command = [sys.executable, "-m", "build", *options, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        output = done.stdout[-2000:] + done.stderr[-2000:]
        raise ReleaseError(f"{folder.name} cannot be built:\n{output}")


def _compare(first: Path, second: Path) -> dict[str, str]:
    sums = _sum_up(first)
    again = _sum_up(second)
    names = sorted(sums.keys() | again.keys())
    differing = [name for name in names if sums.get(name) != again.get(name)]
    if differing:
        raise ReleaseError(
            f"two builds differ: {', '.join(differing)}. "
            "Something in them depends on the time or the folder."
        )
    return sums


def _sum_up(folder: Path) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
    }
