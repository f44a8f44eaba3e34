"""What changed for the users of a package: its Python surface by griffe, types by direction, the wire by tools.drift.

    sources   both states of a package, unpacked; nothing of them is imported
    python    names, signatures, fields, enums: old against new
    types     annotations: the same, wider, narrower, or another
    usercode  code of users, as it was, type-checked against the package as it is

`python -m tools.surface PACKAGE` and tools.release ask `judge`.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from tools.release.packages import ROOT, find_packages

LEVELS = ("none", "patch", "minor", "major")


@dataclass(frozen=True)
class Change:
    """One thing that changed for users: how large a step it asks for, where it is, and what it is."""

    level: str  # patch, minor or major
    place: str
    sentence: str


@dataclass(frozen=True)
class Verdict:
    """What a new version must be, and why; the reasons with the largest level come first."""

    level: str
    reasons: tuple[Change, ...]


def judge(package: str, against: str, root: Path = ROOT) -> Verdict:
    """Say what changed for the users of a package since a commit, a tag, or a wheel.

    A wheel holds no spec, so that against one only the Python surface is judged. Raises SurfaceError, which is a
    ReleaseError, where the package, the commit or the wheel is not there, or cannot be read.
    """
    from .python import compare_packages
    from .sources import SurfaceError, unpack
    from .wire import compare_specs

    packages = find_packages(root)
    if package not in packages:
        raise SurfaceError(f"there is no package {package!r}; there are {', '.join(packages)}")
    now = packages[package]
    with tempfile.TemporaryDirectory() as folder:
        before = unpack(now, against, root, Path(folder))
        if before.source is None:
            return Verdict("minor", (Change("minor", package, f"{package} is new"),))
        found = [*compare_packages(before.source, now.folder / "src"), *compare_specs(before.spec, now.home)]
    reasons = sorted(set(found), key=lambda one: (-LEVELS.index(one.level), one.place, one.sentence))
    return Verdict(max((one.level for one in reasons), key=LEVELS.index, default="none"), tuple(reasons))
