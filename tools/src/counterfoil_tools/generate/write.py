"""Stage 7, write: files -> generated/ and the sandbox's specs, after every package was made."""

from __future__ import annotations

import difflib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from ..openapi.errors import Location, SpecError, SpecErrors
from .render import Files

LEFT_ALONE = {"__pycache__", "dist", ".pytest_cache", ".mypy_cache", ".ruff_cache"}


def compare(root: Path, files: Files) -> list[str]:
    """Return a unified diff from the existing files to the generated ones; [] if they are equal."""
    lines: list[str] = []
    for path in sorted({*files, *_present(root, files)}):
        lines += _diff(root, path, files.get(path, ""))
    return lines


def write(root: Path, files: Files) -> list[str]:
    """Write the files that differ, remove those no longer made; return the paths that changed."""
    _check_places(root, files)
    present = set(_present(root, files))
    changed = [path for path, text in sorted(files.items()) if _read(root / path) != text]
    gone = sorted(present - files.keys())
    _replace(root, {path: files[path] for path in changed})
    for path in gone:
        (root / path).unlink()
        _drop_empty(root, (root / path).parent)
    return changed + gone


def _check_places(root: Path, files: Files) -> None:
    """Refuse to write or remove anything behind a link that leads out of the repository."""
    strangers = []
    for folder in sorted({str(Path(path).parent) for path in files}):
        top = folder.split("/")[0]
        if not _is_within(root / folder, root / top):
            strangers.append(folder)
    strangers += [top for top in ("generated", "sandbox") if not _is_within(root / top, root)]
    if strangers:
        remedy = "Remove the link: a package must be in generated/ itself"
        message = "a link leads elsewhere"
        raise SpecErrors(SpecError(Location(one), "write", message, remedy) for one in strangers)


def _is_within(path: Path, folder: Path) -> bool:
    return path.resolve().is_relative_to(folder.resolve())


def forget(root: Path, dist: str) -> None:
    """Remove the package of a spec that was removed."""
    shutil.rmtree(root / "generated" / dist)


def _replace(root: Path, files: Files) -> None:
    """Write all files aside, then move each into place, so that a kill leaves whole files."""
    if not files:
        return
    with tempfile.TemporaryDirectory(dir=root, prefix=".generating-") as name:
        for number, text in enumerate(files.values()):
            (Path(name) / str(number)).write_text(text)
        for number, path in enumerate(files):
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            os.replace(Path(name) / str(number), root / path)


def _present(root: Path, files: Files) -> Iterator[str]:
    """Yield the files that are in the packages' folders now."""
    folders = set()
    for path in files:
        if path.startswith("generated/"):
            folders.add("/".join(path.split("/")[:2]))
    for folder in sorted(folders):
        for present in (root / folder).rglob("*"):
            if present.is_file() and not LEFT_ALONE & set(present.parts):
                yield str(present.relative_to(root))


def _read(path: Path) -> str | None:
    return path.read_text() if path.is_file() else None


def _diff(root: Path, path: str, text: str) -> Iterator[str]:
    old = (_read(root / path) or "").splitlines(keepends=True)
    yield from difflib.unified_diff(old, text.splitlines(keepends=True), f"a/{path}", f"b/{path}")


def _drop_empty(root: Path, folder: Path) -> None:
    while folder != root and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
