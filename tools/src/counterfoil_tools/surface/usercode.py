"""Type-check earlier user code against the current package, to find breaking changes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from ..release.packages import Package
from .sources import SurfaceError, unpack_paths

PATTERN = "right_*.py"


def check_types(
    package: Package, others: list[Package], folder: Path, against: str, root: Path
) -> list[str]:
    """Type-check a folder's right_*.py of an earlier revision with mypy --strict.

    Returns mypy's errors. Against a wheel, the current files are checked. Raises SurfaceError if no
    file uses the package, or if mypy cannot run.
    """
    folders = [str(one.folder / "src") for one in (package, *others)]
    sources = os.pathsep.join(folders)
    with tempfile.TemporaryDirectory() as place:
        found_files = _find_files(folder, against, root, Path(place))
        files = [path for path in found_files if _uses(path, package)]
        if not files:
            raise SurfaceError(f"no file {PATTERN} in {folder.name}/ uses {package.name}")
        words = [
            "--strict",
            "--follow-imports=silent",
            "--no-error-summary",
            "--config-file=",
            f"--cache-dir={place}/cache",
        ]
        done = subprocess.run(
            [sys.executable, "-m", "mypy", *words, *map(str, files)],
            capture_output=True,
            text=True,
            cwd=files[0].parent,
            env={**os.environ, "MYPYPATH": sources},
        )
    found = [line for line in done.stdout.splitlines() if ": error: " in line]
    if done.returncode and not found:
        raise SurfaceError(f"mypy could not run: {(done.stderr or done.stdout).strip()[-500:]}")
    return [line.rpartition("/")[2] for line in found]


def _find_files(folder: Path, against: str, root: Path, place: Path) -> list[Path]:
    if against.endswith(".whl") or not folder.is_relative_to(root):
        return sorted(folder.glob(PATTERN))
    unpack_paths(against, root, place, folder)
    return sorted((place / folder.relative_to(root)).glob(PATTERN))


def _uses(path: Path, package: Package) -> bool:
    module = package.name.replace("-", "_")
    return bool(re.search(rf"^(from|import) {module}\b", path.read_text(), re.MULTILINE))
