"""Compare two revisions of a spec, with the comparison for vendors' documents."""

from __future__ import annotations

from pathlib import Path

from ..drift.compare import ADDITION, BREAKING, FIX, compare
from ..openapi.errors import SpecErrors
from ..openapi.ingest import ingest
from ..openapi.shapes import ApiDescription, InputError
from .change import Change
from .sources import SurfaceError

LEVEL = {BREAKING: "major", ADDITION: "minor", FIX: "patch"}


def compare_specs(before: Path | None, after: Path) -> list[Change]:
    """Return the changes between two revisions of a spec, [] without a spec.

    Raises SurfaceError if one of them cannot be read.
    """
    if before is None or not (after / "openapi.yaml").is_file():
        return []
    try:
        old = ApiDescription(ingest(before).root)
        new = ApiDescription(ingest(after).root)
        found = compare(old.operations, new.operations)
    except (SpecErrors, InputError) as error:
        raise SurfaceError(f"the spec of {after.name} cannot be compared: {error}") from error
    return [Change(LEVEL[one.kind], one.place, f"{one.place}: {one.sentence}") for one in found]
