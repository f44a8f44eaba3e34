"""Rewrite the expected files of the golden cases (`nox -s golden`); then review the diff."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.golden.cases import FIRST_LOOK, HERE, MESSAGE, case_names, expected, outcome


def rewrite(name: str) -> None:
    """Write a case's message, or those of its files that are kept (all of them for `minimal`)."""
    with tempfile.TemporaryDirectory() as folder:
        made = outcome(name, Path(folder))
    if MESSAGE in made:
        (HERE / name / MESSAGE).write_text(made[MESSAGE])
        return
    kept = set(expected(name)) & made.keys() or set(FIRST_LOOK)
    if name == "minimal":
        kept = set(made)
    for path in sorted(kept):
        target = HERE / name / "expected" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(made[path])


for case in sys.argv[1:] or case_names():
    rewrite(case)
