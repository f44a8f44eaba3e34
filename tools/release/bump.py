"""The next version of a package, as large a step as what changed for its users demands, and its changelog."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from pathlib import Path

from .packages import ROOT, Package, ReleaseError

LEVELS = ("none", "patch", "minor", "major")  # a fix, an addition, a break
KINDS = {"broken": "major", "added": "minor", "changed": "minor", "fixed": "patch"}  # of fragments: NAME.<kind>.md
_VERSION = re.compile(r"(\d+)\.(\d+)\.(\d+)")


def find_next(version: str, level: str) -> str:
    """The version after a change of this level. Before 1.0 a break raises the second number, and all else the third."""
    found = _VERSION.fullmatch(version)
    if not found or level not in LEVELS[1:]:
        raise ReleaseError(f"no version follows {version!r} by a change of level {level!r}")
    major, minor, patch = map(int, found.groups())
    step = level if major else {"major": "minor"}.get(level, "patch")
    return {"major": f"{major + 1}.0.0", "minor": f"{major}.{minor + 1}.0", "patch": f"{major}.{minor}.{patch + 1}"}[step]


def bump(package: Package, level: str, today: date, to: str | None = None) -> str:
    """Write the next version and its changelog, made of the fragments, which go; returns the version.

    `level` is what the surface and the wire say, which fragments can raise. Raises ReleaseError, before anything is
    written, where `to` is a smaller step than that, or there is nothing to tell.
    """
    if not package.fragments:
        raise ReleaseError(
            f"nothing is told in {_show(package.home)}/changes/: write NAME.<{'|'.join(KINDS)}>.md for each change"
        )
    needed = find_next(package.version, max(level, *map(_read_level, package.fragments), key=LEVELS.index))
    chosen = to or needed
    if _order(chosen) < _order(needed):
        raise ReleaseError(
            f"{package.name} {package.version} needs {needed} or more, because of what changed; {chosen} would hide it"
        )
    text = package.version_file.read_text()
    changed = re.sub(r'^version = ".*"$', f'version = "{chosen}"', text, count=1, flags=re.MULTILINE)
    _write_changelog(package, chosen, today)
    package.version_file.write_text(changed)
    return chosen


def draft(package: Package, version: str, today: date) -> str:
    """What the changelog would say."""
    return _run_towncrier(package, version, today, "--draft")


def _read_level(fragment: Path) -> str:
    kind = fragment.name.removesuffix(".md").rpartition(".")[2]
    if kind not in KINDS:
        raise ReleaseError(f"{_show(fragment)} is of no known kind: call it NAME.<{'|'.join(KINDS)}>.md")
    return KINDS[kind]


def _write_changelog(package: Package, version: str, today: date) -> None:
    if "<!-- changes -->" not in package.changelog.read_text():
        raise ReleaseError(f"{_show(package.changelog)} has no line `<!-- changes -->`, below which changes go: add it")
    _run_towncrier(package, version, today, "--yes")


def _run_towncrier(package: Package, version: str, today: date, mode: str) -> str:
    words = ["--config", str(ROOT / "pyproject.toml"), "--dir", str(package.home), "--name", package.name]
    command = [sys.executable, "-m", "towncrier", "build", mode, *words, "--version", version, "--date", today.isoformat()]
    done = subprocess.run(command, capture_output=True, text=True, cwd=package.home)
    if done.returncode:
        raise ReleaseError(
            f"towncrier could not write the changelog of {package.name}: {done.stderr.strip() or done.stdout.strip()}"
        )
    return done.stdout


def _order(version: str) -> tuple[int, ...]:
    found = _VERSION.fullmatch(version)
    if not found:
        raise ReleaseError(f"{version!r} is no version: write three numbers, 1.2.3")
    return tuple(map(int, found.groups()))


def _show(path: Path) -> str:
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)
