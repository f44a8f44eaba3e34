"""What changed since a package was last released, and whether it is told."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

from tools.surface import Verdict, judge

from .bump import draft, find_next
from .packages import ROOT, Package, ReleaseError, find_packages

KINDS_OF = {"major": "+NAME.broken.md", "minor": "+NAME.added.md", "patch": "+NAME.fixed.md"}


def judge_since_release(package: Package, root: Path = ROOT) -> Verdict:
    """What changed for the package's users since its last release, which is the tag NAME-VERSION.

    Raises ReleaseError where it was never released.
    """
    if not is_released(package, root):
        raise ReleaseError(
            f"{package.name} {package.version} was never released: there is no tag {package.tag}. Publish it first."
        )
    return judge(package.name, package.tag, root)


def propose(package: Package, today: date, root: Path = ROOT) -> list[str]:
    """What changed for users, since the last release or else the last commit; the next version, and what it would say."""
    released = is_released(package, root)
    against = package.tag if released else "HEAD"
    verdict = judge(package.name, against, root)
    said = [f"{package.name}: {verdict.level} since {against}", *(f"  {one.level}: {one.sentence}" for one in verdict.reasons)]
    if verdict.level == "none":
        return said
    if not package.fragments:
        return [*said, f"not told yet: write {KINDS_OF[verdict.level]} into {package.home.relative_to(root)}/changes/"]
    version = find_next(package.version, verdict.level) if released else package.version
    return [*said, f"next version: {version}", "", draft(package, version, today).strip()]


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
