"""Find the changes that matter to a package's users, and the version step that they require.

    sources   unpacks both states of a package, without importing them
    python    compares names, signatures, fields and enums
    types     compares annotations: same, wider, narrower or other
    wire      compares the specs, with counterfoil_tools.drift
    usercode  type-checks earlier user code against the current package

`python -m counterfoil_tools.surface PACKAGE` and counterfoil_tools.release call `judge`.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from .. import WORKSPACE
from ..release.packages import find_packages
from .change import Change

LEVELS = ("none", "patch", "minor", "major")


@dataclass(frozen=True)
class Verdict:
    """The required version step, and the reasons, largest step first."""

    level: str
    reasons: tuple[Change, ...]


def judge(package: str, against: str, root: Path = WORKSPACE) -> Verdict:
    """Return the changes for a package's users since a commit, a tag, or a wheel.

    A wheel has no spec: against one, only the Python surface is compared. Raises SurfaceError, a
    ReleaseError, if the package, the commit or the wheel does not exist or cannot be read.
    """
    from .python import compare_packages
    from .sources import SurfaceError, unpack
    from .wire import compare_specs

    packages = find_packages(root)
    if package not in packages:
        raise SurfaceError(f"unknown package {package!r}; the packages are {', '.join(packages)}")
    now = packages[package]
    with tempfile.TemporaryDirectory() as folder:
        before = unpack(now, against, root, Path(folder))
        if before.source is None:
            return Verdict("minor", (Change("minor", package, f"{package} is new"),))
        found = [
            *compare_packages(before.source, now.folder / "src"),
            *compare_specs(before.spec, now.home),
        ]
    reasons = sorted(set(found), key=_by_level)
    level = reasons[0].level if reasons else "none"
    return Verdict(level, tuple(reasons))


def _by_level(change: Change) -> tuple[int, str, str]:
    """Sort key: the largest step first, then by place."""
    return (-LEVELS.index(change.level), change.place, change.sentence)
