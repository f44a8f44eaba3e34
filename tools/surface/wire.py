"""What changed on the wire: two revisions of a spec, by the comparison that also serves the vendors' files."""

from __future__ import annotations

from pathlib import Path

from tools.drift.compare import ADDITION, BREAKING, FIX, compare
from tools.drift.facts import Described, InputError
from tools.generate.errors import SpecErrors
from tools.generate.ingest import ingest

from . import Change
from .sources import SurfaceError

LEVEL = {BREAKING: "major", ADDITION: "minor", FIX: "patch"}


def compare_specs(before: Path | None, after: Path) -> list[Change]:
    """Return what changed between two revisions of a spec; [] for a package that has none. Raises SurfaceError."""
    if before is None or not (after / "openapi.yaml").is_file():
        return []
    try:
        old, new = (Described(ingest(folder).root).operations for folder in (before, after))
        found = compare(old, new)
    except (SpecErrors, InputError) as error:
        raise SurfaceError(f"the spec of {after.name} cannot be compared: {error}") from error
    return [Change(LEVEL[one.kind], one.place, f"{one.place}: {one.sentence}") for one in found]
