"""specs + templates -> generated, in seven stages: ingest -> lint -> model -> render -> stamp -> trial -> write.

This module imports nothing of the stages until they are needed, so that a run with nothing to do ends at once.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from .. import WORKSPACE, find_templates

if TYPE_CHECKING:
    from ..openapi.document import Document
    from .ir import Package

T = TypeVar("T")


def make(folder: Path, templates: Path) -> dict[str, str]:
    """Make every file of one API's package but for its last form; raise SpecErrors for all that is wrong with its spec."""
    return _make(folder, templates)[2]


def _make(folder: Path, templates: Path) -> tuple[Document, Package, dict[str, str]]:
    from ..openapi.ingest import read
    from .lint import lint, warn
    from .model import model
    from .render import render

    document = lint(read(folder))
    warn(document)
    package = model(document)
    return document, package, render(document, package, templates)


def generate(
    folders: list[Path], root: Path = WORKSPACE, templates: Path | None = None
) -> list[str]:
    """Generate the packages of some APIs and return the paths that changed; nothing is written if anything fails."""
    from .write import write

    return write(root, _choose(root, make_all(folders, templates or find_templates())))


def check(folders: list[Path], root: Path = WORKSPACE, templates: Path | None = None) -> list[str]:
    """Return the diff from what lies there to what would be generated; [] if nothing would change."""
    from .write import compare

    return compare(root, _choose(root, make_all(folders, templates or find_templates())))


def _choose(root: Path, files: dict[str, str]) -> dict[str, str]:
    """Leave out the sandbox's specs where there is no sandbox: in a workspace other than this repository."""
    if (root / "sandbox" / "src").is_dir():
        return files
    return {path: text for path, text in files.items() if not path.startswith("sandbox/")}


def lint_all(folders: list[Path]) -> None:
    """Hold specs to the house's rules and to the cross-check; raise SpecErrors for all that is wrong."""
    from ..openapi.ingest import read
    from .lint import lint, warn

    _collect(folders, lambda folder: warn(lint(read(folder))))


def make_all(folders: list[Path], templates: Path) -> dict[str, str]:
    """Make the packages of all folders, in memory, and try them out; the errors of all specs come together."""
    from .stamp import stamp
    from .trial import try_out

    made = _collect(folders, lambda folder: (folder.name, _make(folder, templates)))
    files = stamp({api: files for api, (_, _, files) in made})
    return try_out({api: (document, package) for api, (document, package, _) in made}, files)


def _collect(folders: list[Path], work: Callable[[Path], T]) -> list[T]:
    from ..openapi.errors import SpecError, SpecErrors

    results: list[T] = []
    errors: list[SpecError] = []
    for folder in folders:
        try:
            results.append(work(folder))
        except SpecErrors as found:
            errors += found.errors
    if errors:
        raise SpecErrors(errors)
    return results
