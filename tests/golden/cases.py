"""The golden cases: folders with a tiny spec, and with its error message or its generated files."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from counterfoil_tools.generate import make_all
from counterfoil_tools.openapi.errors import SpecErrors

HERE = Path(__file__).parent
TEMPLATES = HERE.parents[1] / "templates"
PACKAGE = "generated/counterfoil-parcels/"
SOURCE = f"{PACKAGE}src/counterfoil_parcels/"
MESSAGE = "expected.txt"
# The line and text of another spec, which may change.
SAMPLE = re.compile(r"(As in specs/[\w-]+/openapi\.yaml):\d+: .*")
# The files that a new case is compared by, until its author chooses others.
FIRST_LOOK = ("models.py", "_operations.py")


def case_names() -> list[str]:
    return sorted(path.parent.name for path in HERE.glob("*/openapi.yaml"))


def outcome(name: str, folder: Path) -> dict[str, str]:
    """Make a case in `folder` and return its files by short path, or only its message."""
    spec = folder / "specs" / name
    spec.mkdir(parents=True)
    shutil.copy(HERE / name / "openapi.yaml", spec)
    shutil.copy(HERE / "package.toml", spec)
    try:
        files = make_all([spec], TEMPLATES)
    except SpecErrors as errors:
        return {MESSAGE: SAMPLE.sub(r"\1", str(errors)) + "\n"}
    return {
        path.removeprefix(SOURCE).removeprefix(PACKAGE): text
        for path, text in files.items()
        if path.startswith(PACKAGE)
    }


def expected(name: str) -> dict[str, str]:
    """Return a case's expected message, or the files under expected/."""
    folder = HERE / name
    if (folder / MESSAGE).is_file():
        return {MESSAGE: (folder / MESSAGE).read_text()}
    kept = (path for path in (folder / "expected").rglob("*") if path.is_file())
    return {str(path.relative_to(folder / "expected")): path.read_text() for path in kept}
