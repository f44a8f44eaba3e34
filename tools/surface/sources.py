"""A package as it was: of a commit, by `git archive`, or of a wheel; unpacked into a folder of its own."""

from __future__ import annotations

import io
import subprocess
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

from tools.release.packages import Package, ReleaseError


class SurfaceError(ReleaseError):
    """Why a package cannot be judged, and what to do about it."""


@dataclass(frozen=True)
class Unpacked:
    """The folder that holds the import package, None if there was none; and the spec's, if there is one."""

    source: Path | None
    spec: Path | None = None


def unpack(package: Package, against: str, root: Path, folder: Path) -> Unpacked:
    """Unpack a package as it was. Raises SurfaceError."""
    if against.endswith(".whl"):
        return Unpacked(_unpack_wheel(Path(against), package.name, folder))
    unpack_paths(against, root, folder, package.folder, package.home)
    source, spec = (folder / path.relative_to(root) for path in (package.folder / "src", package.home))
    return Unpacked(source if source.is_dir() else None, spec if (spec / "openapi.yaml").is_file() else None)


def unpack_paths(revision: str, root: Path, folder: Path, *paths: Path) -> None:
    """Unpack some paths of a commit; those that it did not have are left out. Raises SurfaceError."""
    commit = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}").decode().strip()
    if not commit:
        raise SurfaceError(f"there is no commit and no tag {revision!r} here, and it is no wheel (FILE.whl)")
    names = [str(path.relative_to(root)) for path in paths]
    there = [name for name in dict.fromkeys(names) if _git(root, "ls-tree", commit, "--", name)]
    if there:
        archive = _git(root, "archive", "--format=tar", commit, "--", *there)
        with tarfile.open(fileobj=io.BytesIO(archive)) as held:
            held.extractall(folder, filter="data")


def read_before(file: Path, revision: str, root: Path) -> str:
    """The text of a file as it was; "" where there was none."""
    return _git(root, "show", f"{revision}:./{file.relative_to(root)}").decode()


def _unpack_wheel(wheel: Path, name: str, folder: Path) -> Path:
    if not wheel.is_file():
        raise SurfaceError(f"there is no file {wheel.name} at that place")
    if not wheel.name.startswith(f"{name.replace('-', '_')}-"):
        raise SurfaceError(f"{wheel.name} is not a wheel of {name}")
    try:
        with zipfile.ZipFile(wheel) as held:
            held.extractall(folder)  # noqa: S202 -- a zip's members cannot lead out of it
    except zipfile.BadZipFile:
        raise SurfaceError(f"{wheel.name} is no wheel, or not whole: build or fetch it again") from None
    return folder


def _git(root: Path, *words: str) -> bytes:
    """What git says; nothing where it knows nothing."""
    return subprocess.run(["git", *words], cwd=root, capture_output=True).stdout  # noqa: S607
