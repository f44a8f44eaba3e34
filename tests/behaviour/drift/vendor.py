"""The vendors' files of tests/fixtures/vendor, and a maintainer who holds a spec against one."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.described_apis import DESCRIBED

ROOT = Path(__file__).parents[3]
VENDOR = ROOT / "tests" / "fixtures" / "vendor"
FILES = {api: each.vendor_file for api, each in DESCRIBED.items() if each.vendor_file}


def drift(*words: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command as it is run by nox."""
    return subprocess.run(
        [sys.executable, "-m", "counterfoil_tools.drift", *map(str, words)],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )


def find(api: str, file: Path, *words: str | Path) -> list[tuple[str, str, str]]:
    """Return the new differences: class, place and change of each."""
    done = drift(api, file, "--format", "json", *words)
    assert not done.stderr, done.stderr
    assert done.returncode in (0, 1)
    report = json.loads(done.stdout)
    return [(one["kind"], one["place"], one["change"]) for one in report["new"]]


def edited(api: str, folder: Path, *edits: tuple[str, str]) -> Path:
    """A copy of a vendor's file in which some texts are others."""
    text = (VENDOR / FILES[api]).read_text()
    for old, new in edits:
        assert text.count(old), old
        text = text.replace(old, new, 1)
    target = folder / FILES[api]
    target.write_text(text)
    return target


def write(folder: Path, root: Any, name: str = "vendor.json") -> Path:
    (folder / name).write_text(json.dumps(root))
    return folder / name


def copy_specs(api: str, folder: Path) -> Path:
    """A folder of specs/ with one API, to be spoiled."""
    shutil.copytree(ROOT / "specs" / api, folder / "specs" / api)
    return folder / "specs"
