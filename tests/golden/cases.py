"""The golden cases: a folder each, with a tiny spec and either the message it earns or the files it becomes."""

from __future__ import annotations

import shutil
from pathlib import Path

from tools.generate import make_all
from tools.generate.errors import SpecErrors

HERE = Path(__file__).parent
TEMPLATES = HERE.parents[1] / "templates"
PACKAGE = "generated/counterfoil-parcels/"
SOURCE = f"{PACKAGE}src/counterfoil_parcels/"
MESSAGE = "expected.txt"
FIRST_LOOK = ("models.py", "_operations.py")  # what a new case is compared by, until its author chooses


def case_names() -> list[str]:
    return sorted(path.parent.name for path in HERE.glob("*/openapi.yaml"))


def outcome(name: str, folder: Path) -> dict[str, str]:
    """Make a case and return its files by short path, or its message alone; `folder` is where the spec may be laid out."""
    spec = folder / "specs" / name
    spec.mkdir(parents=True)
    shutil.copy(HERE / name / "openapi.yaml", spec)
    shutil.copy(HERE / "package.toml", spec)
    try:
        files = make_all([spec], TEMPLATES)
    except SpecErrors as errors:
        return {MESSAGE: f"{errors}\n"}
    return {path.removeprefix(SOURCE).removeprefix(PACKAGE): text for path, text in files.items() if path.startswith(PACKAGE)}


def expected(name: str) -> dict[str, str]:
    """Return what is kept of a case: its message, or the files under expected/."""
    folder = HERE / name
    if (folder / MESSAGE).is_file():
        return {MESSAGE: (folder / MESSAGE).read_text()}
    kept = (path for path in (folder / "expected").rglob("*") if path.is_file())
    return {str(path.relative_to(folder / "expected")): path.read_text() for path in kept}
