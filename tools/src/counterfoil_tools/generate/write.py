"""Stage 6, write: files -> generated/ and the sandbox's specs; atomically, and only after every package was made."""

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
    """Return a unified diff from what lies there to what should; [] if all is as generated."""
    return [
        line
        for path in sorted({*files, *_present(root, files)})
        for line in _diff(root, path, files.get(path, ""))
    ]


def write(root: Path, files: Files) -> list[str]:
    """Write what differs and prune what is no longer made; return the paths that changed."""
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
    """Nothing is written, or pruned, where a link leads out of the repository."""
    folders = sorted({str(Path(path).parent) for path in files})
    strangers = [
        path
        for path in folders
        if not (root / path).resolve().is_relative_to((root / path.split("/")[0]).resolve())
    ]
    strangers += [
        path
        for path in {"generated", "sandbox"}
        if not (root / path).resolve().is_relative_to(root.resolve())
    ]
    remedy = "Remove the link: a package lies in generated/ itself"
    if strangers:
        raise SpecErrors(
            [
                SpecError(Location(path), "write", "a link leads elsewhere", remedy)
                for path in strangers
            ]
        )


def forget(root: Path, dist: str) -> None:
    """Remove the package of a spec that is no more."""
    shutil.rmtree(root / "generated" / dist)


def _replace(root: Path, files: Files) -> None:
    """Write all files aside, then move each into place: a full disk or a kill leaves whole files only."""
    if not files:
        return
    with tempfile.TemporaryDirectory(dir=root, prefix=".generating-") as name:
        for number, text in enumerate(files.values()):
            (Path(name) / str(number)).write_text(text)
        for number, path in enumerate(files):
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            os.replace(Path(name) / str(number), root / path)


def _present(root: Path, files: Files) -> Iterator[str]:
    """The files that lie in the packages' folders now."""
    for folder in sorted(
        {"/".join(path.split("/")[:2]) for path in files if path.startswith("generated/")}
    ):
        for path in (root / folder).rglob("*"):
            if path.is_file() and not LEFT_ALONE & set(path.parts):
                yield str(path.relative_to(root))


def _read(path: Path) -> str | None:
    return path.read_text() if path.is_file() else None


def _diff(root: Path, path: str, text: str) -> Iterator[str]:
    old = (_read(root / path) or "").splitlines(keepends=True)
    yield from difflib.unified_diff(old, text.splitlines(keepends=True), f"a/{path}", f"b/{path}")


def _drop_empty(root: Path, folder: Path) -> None:
    while folder != root and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
