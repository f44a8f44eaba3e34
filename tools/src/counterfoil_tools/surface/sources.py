"""Unpack an earlier state of a package into a folder: from a commit, or from a wheel."""

from __future__ import annotations

import io
import subprocess
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

from ..release.packages import Package, ReleaseError


class SurfaceError(ReleaseError):
    """A package cannot be compared. The message names the remedy."""


@dataclass(frozen=True)
class Unpacked:
    """The folders of an earlier state: of the import package and of the spec, if they existed."""

    source: Path | None
    spec: Path | None = None


def unpack(package: Package, against: str, root: Path, folder: Path) -> Unpacked:
    """Unpack a package of a commit or a wheel. Raises SurfaceError if there is neither."""
    if against.endswith(".whl"):
        return Unpacked(_unpack_wheel(Path(against), package.name, folder))
    unpack_paths(against, root, folder, package.folder, package.home)
    source = folder / (package.folder / "src").relative_to(root)
    spec = folder / package.home.relative_to(root)
    has_spec = (spec / "openapi.yaml").is_file()
    return Unpacked(source if source.is_dir() else None, spec if has_spec else None)


def unpack_paths(revision: str, root: Path, folder: Path, *paths: Path) -> None:
    """Unpack some paths of a commit; missing ones are skipped. Raises SurfaceError."""
    words = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    commit = _git(root, *words).decode().strip()
    if not commit:
        raise SurfaceError(f"{revision!r} is not a commit, a tag or a wheel (FILE.whl)")
    names = dict.fromkeys(str(path.relative_to(root)) for path in paths)
    existing = [name for name in names if _git(root, "ls-tree", commit, "--", name)]
    if existing:
        archive = _git(root, "archive", "--format=tar", commit, "--", *existing)
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            tar.extractall(folder, filter="data")


def read_before(file: Path, revision: str, root: Path) -> str:
    """Return the text of a file at a revision, or "" if it did not exist."""
    return _git(root, "show", f"{revision}:./{file.relative_to(root)}").decode()


def _unpack_wheel(wheel: Path, name: str, folder: Path) -> Path:
    if not wheel.is_file():
        raise SurfaceError(f"the file {wheel.name} does not exist at that path")
    if not wheel.name.startswith(f"{name.replace('-', '_')}-"):
        raise SurfaceError(f"{wheel.name} is not a wheel of {name}")
    try:
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(folder)  # noqa: S202 -- zipfile keeps members inside the folder
    except zipfile.BadZipFile:
        raise SurfaceError(
            f"{wheel.name} is not a wheel, or is incomplete: build or download it again"
        ) from None
    return folder


def _git(root: Path, *words: str) -> bytes:
    """Return git's standard output, which is empty if the command fails."""
    return subprocess.run(["git", *words], cwd=root, capture_output=True).stdout  # noqa: S607
