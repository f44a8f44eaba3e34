"""specs + templates -> generated, in six stages: ingest -> lint -> model -> render -> stamp -> write.

This module imports nothing of the stages until they are needed, so that a run with nothing to do ends at once.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
ROOT = Path(__file__).resolve().parents[2]


def make(folder: Path, templates: Path) -> dict[str, str]:
    """Make every file of one API's package but for its last form; raise SpecErrors for all that is wrong with its spec."""
    from .ingest import ingest
    from .lint import lint
    from .model import model
    from .render import render

    document = lint(ingest(folder))
    return render(document, model(document), templates)


def generate(folders: list[Path], root: Path = ROOT, templates: Path | None = None) -> list[str]:
    """Generate the packages of some APIs and return the paths that changed; nothing is written if anything fails."""
    from .write import write

    return write(root, make_all(folders, templates or root / "templates"))


def check(folders: list[Path], root: Path = ROOT, templates: Path | None = None) -> list[str]:
    """Return the diff from what lies there to what would be generated; [] if nothing would change."""
    from .write import compare

    return compare(root, make_all(folders, templates or root / "templates"))


def lint_all(folders: list[Path]) -> None:
    """Hold specs to the house's rules and to the referee; raise SpecErrors for all that is wrong."""
    from .ingest import ingest
    from .lint import lint
    from .model import model

    _collect(folders, lambda folder: model(lint(ingest(folder))))


def make_all(folders: list[Path], templates: Path) -> dict[str, str]:
    """Make the packages of all folders, in memory; the errors of all specs come together."""
    from .stamp import stamp

    made = _collect(folders, lambda folder: (folder.name, make(folder, templates)))
    return stamp(dict(made))


def _collect(folders: list[Path], work: Callable[[Path], T]) -> list[T]:
    from .errors import SpecError, SpecErrors

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
