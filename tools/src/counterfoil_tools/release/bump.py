"""Raise a package's version by the step that its changes require, and write its changelog."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from pathlib import Path

from .. import WORKSPACE
from .packages import Package, ReleaseError

LEVELS = ("none", "patch", "minor", "major")  # a fix, an addition, a break
# The kinds of changelog fragments, NAME.<kind>.md, and their steps.
KINDS = {"broken": "major", "added": "minor", "changed": "minor", "fixed": "patch"}
CONFIGURATION = Path(__file__).with_name("towncrier.toml")
_VERSION = re.compile(r"(\d+)\.(\d+)\.(\d+)")


def find_next(version: str, level: str) -> str:
    """Return the version after a change of this level.

    Before 1.0 a breaking change raises the second number, and any other change the third.
    """
    found = _VERSION.fullmatch(version)
    if not found or level not in LEVELS[1:]:
        raise ReleaseError(f"no version follows {version!r} by a change of level {level!r}")
    major, minor, patch = map(int, found.groups())
    step = level if major else {"major": "minor"}.get(level, "patch")
    return {
        "major": f"{major + 1}.0.0",
        "minor": f"{major}.{minor + 1}.0",
        "patch": f"{major}.{minor}.{patch + 1}",
    }[step]


def bump(package: Package, level: str, today: date, to: str | None = None) -> str:
    """Write the next version and its changelog from the fragments, remove them, return the version.

    `level` is the step that the surface requires; fragments can raise it. Raises ReleaseError
    before anything is written, if `to` is a smaller step or no fragment exists.
    """
    chosen = choose_version(package, level, to)
    text = package.version_file.read_text()
    line = f'version = "{chosen}"'
    changed = re.sub(r'^version = ".*"$', line, text, count=1, flags=re.MULTILINE)
    _write_changelog(package, chosen, today)
    package.version_file.write_text(changed)
    return chosen


def choose_version(package: Package, level: str, to: str | None = None) -> str:
    """Return the version that a bump would write: `to`, if the step is large enough.

    Raises ReleaseError like `bump`.
    """
    if not package.fragments:
        raise ReleaseError(
            f"{_show(package.home)}/changes/ has no fragments: "
            f"write NAME.<{'|'.join(KINDS)}>.md for each change"
        )
    levels = [level, *map(_read_level, package.fragments)]
    needed = find_next(package.version, max(levels, key=LEVELS.index))
    chosen = to or needed
    if _order(chosen) < _order(needed):
        raise ReleaseError(
            f"{package.name} {package.version} needs {needed} or more, because of its changes; "
            f"{chosen} would hide them"
        )
    return chosen


def draft(package: Package, version: str, today: date) -> str:
    """Return the changelog entry, without writing it."""
    return _run_towncrier(package, version, today, "--draft")


def _read_level(fragment: Path) -> str:
    kind = fragment.name.removesuffix(".md").rpartition(".")[2]
    if kind not in KINDS:
        raise ReleaseError(
            f"{_show(fragment)} has an unknown kind: name it NAME.<{'|'.join(KINDS)}>.md"
        )
    return KINDS[kind]


def _write_changelog(package: Package, version: str, today: date) -> None:
    if "<!-- changes -->" not in package.changelog.read_text():
        raise ReleaseError(
            f"{_show(package.changelog)} has no line `<!-- changes -->`, "
            "below which entries are added: add it"
        )
    _run_towncrier(package, version, today, "--yes")


def _run_towncrier(package: Package, version: str, today: date, mode: str) -> str:
    options = {
        "--config": str(CONFIGURATION),
        "--dir": str(package.home),
        "--name": package.name,
        "--version": version,
        "--date": today.isoformat(),
    }
    command = [sys.executable, "-m", "towncrier", "build", mode]
    for option, value in options.items():
        command += [option, value]
    done = subprocess.run(command, capture_output=True, text=True, cwd=package.home)
    if done.returncode:
        reason = done.stderr.strip() or done.stdout.strip()
        raise ReleaseError(f"towncrier could not write the changelog of {package.name}: {reason}")
    return done.stdout


def _order(version: str) -> tuple[int, ...]:
    found = _VERSION.fullmatch(version)
    if not found:
        raise ReleaseError(f"{version!r} is not a version: write three numbers, 1.2.3")
    return tuple(map(int, found.groups()))


def _show(path: Path) -> str:
    return str(path.relative_to(WORKSPACE)) if path.is_relative_to(WORKSPACE) else str(path)
