"""specs + templates -> generated: ingest -> lint -> model -> render -> stamp -> trial -> write.

The stages are imported when they are needed, so that a run with nothing to do ends at once.
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
    """Make every file of one API's package, not yet stamped or formatted.

    Raises SpecErrors with everything that is wrong with the spec.
    """
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
    """Generate the packages of some APIs and return the paths that changed.

    Nothing is written if anything fails.
    """
    from .write import write

    files = make_all(folders, templates or find_templates())
    return write(root, _choose(root, files))


def check(folders: list[Path], root: Path = WORKSPACE, templates: Path | None = None) -> list[str]:
    """Return the diff between the files and what would be generated; [] if nothing would change."""
    from .write import compare

    files = make_all(folders, templates or find_templates())
    return compare(root, _choose(root, files))


def _choose(root: Path, files: dict[str, str]) -> dict[str, str]:
    """Leave out the sandbox's specs in a workspace without a sandbox."""
    if (root / "sandbox" / "src").is_dir():
        return files
    return {path: text for path, text in files.items() if not path.startswith("sandbox/")}


def lint_all(folders: list[Path]) -> None:
    """Check specs against the rules and the cross-check. Raises SpecErrors with every finding."""
    from ..openapi.ingest import read
    from .lint import lint, warn

    def check_one(folder: Path) -> None:
        warn(lint(read(folder)))

    _collect(folders, check_one)


def make_all(folders: list[Path], templates: Path) -> dict[str, str]:
    """Make the packages of all folders in memory, and try them out.

    Raises SpecErrors with the errors of all specs together.
    """
    from .stamp import stamp
    from .trial import Trial

    def make_one(folder: Path) -> tuple[str, Document, Package, dict[str, str]]:
        return folder.name, *_make(folder, templates)

    with Trial() as trial:
        made = _collect(folders, make_one)
        files = stamp({api: rendered for api, _, _, rendered in made})
        packages = {api: (document, package) for api, document, package, _ in made}
        return trial.try_out(packages, files)


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
