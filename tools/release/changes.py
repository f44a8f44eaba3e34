"""What changed since a package was last released, and whether it is told."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tools.surface import Verdict, judge

from .packages import ROOT, Package, ReleaseError, find_packages


def judge_since_release(package: Package, root: Path = ROOT) -> Verdict:
    """What changed for the package's users since its last release, which is the tag NAME-VERSION.

    Raises ReleaseError where it was never released.
    """
    if not is_released(package, root):
        raise ReleaseError(
            f"{package.name} {package.version} was never released: there is no tag {package.tag}. Publish it first."
        )
    return judge(package.name, package.tag, root)


def require_fragments(root: Path = ROOT) -> list[str]:
    """Look at each package; returns a sentence about each.

    Raises ReleaseError, naming each package that changed for its users and has no fragment that tells it.
    """
    said, untold = [], []
    for package in find_packages(root).values():
        if not is_released(package, root):
            said.append(f"{package.name}: {package.version} is still to be released, nothing to compare")
            continue
        verdict = judge(package.name, package.tag, root)
        said.append(f"{package.name}: {verdict.level} since {package.version}, {len(package.fragments)} fragments")
        if verdict.level != "none" and not package.fragments:
            untold.append(f"{package.name} ({verdict.level}: {verdict.reasons[0].sentence})")
    if untold:
        raise ReleaseError(
            f"changed for users and told nowhere: {'; '.join(untold)}. Write NAME.<kind>.md into changes/ of each."
        )
    return said


def is_released(package: Package, root: Path = ROOT) -> bool:
    """Whether this version was released: its commit bears the tag."""
    command = ["git", "tag", "--list", package.tag]
    return bool(subprocess.run(command, cwd=root, capture_output=True, text=True).stdout.strip())
