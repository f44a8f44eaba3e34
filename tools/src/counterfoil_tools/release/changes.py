"""Find the changes since a package's last release, and check that the changelog mentions them."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

from .. import WORKSPACE
from ..surface import Verdict, judge
from .bump import choose_version, draft, find_next
from .packages import Package, ReleaseError, find_packages

KINDS_OF = {"major": "+NAME.broken.md", "minor": "+NAME.added.md", "patch": "+NAME.fixed.md"}


def judge_since_release(package: Package, root: Path = WORKSPACE) -> Verdict:
    """Return the changes for the package's users since its last release, the tag NAME-VERSION.

    Raises ReleaseError if it was never released.
    """
    if not is_released(package, root):
        raise ReleaseError(
            f"{package.name} {package.version} was never released: "
            f"there is no tag {package.tag}. "
            f"Publish it, and tag its commit: `git tag {package.tag}`."
        )
    return judge(package.name, package.tag, root)


def propose(package: Package, today: date, root: Path = WORKSPACE) -> list[str]:
    """Return the changes for users, the next version and its changelog entry, as lines.

    The changes are those since the last release, or since the last commit before a first release.
    """
    released = is_released(package, root)
    against = package.tag if released else "HEAD"
    verdict = judge(package.name, against, root)
    lines = [f"{package.name}: {verdict.level} since {against}"]
    lines += [f"  {one.level}: {one.sentence}" for one in verdict.reasons]
    if verdict.level == "none":
        return lines
    if not package.fragments:
        folder = package.home.relative_to(root)
        fragment = KINDS_OF[verdict.level]
        return [*lines, f"not in the changelog yet: write {fragment} into {folder}/changes/"]
    version = find_next(package.version, verdict.level) if released else package.version
    return [*lines, f"next version: {version}", "", draft(package, version, today).strip()]


def preview_bump(
    package: Package, today: date, to: str | None = None, root: Path = WORKSPACE
) -> list[str]:
    """Return the result of a bump as lines, without writing it.

    Raises ReleaseError like `bump`, except for a package that was never released.
    """
    if is_released(package, root):
        version = choose_version(package, judge_since_release(package, root).level, to)
        first = f"{package.name} {package.version} -> {version}"
    else:
        version = package.version
        first = (
            f"{package.name} was never released (the tag {package.tag} does not exist): "
            f"its first release is {version}, unbumped"
        )
    lines = [first, *_show_draft(package, version, today)]
    return [*lines, "dry run: nothing was written"]


def _show_draft(package: Package, version: str, today: date) -> list[str]:
    if not package.fragments:
        return [f"{package.changelog.name} does not change: there are no fragments in changes/"]
    entry = draft(package, version, today).strip()
    return [f"{package.changelog.name} would get this entry:", "", entry, ""]


def require_fragments(root: Path = WORKSPACE) -> list[str]:
    """Check each package, and return a line about each.

    Raises ReleaseError, which names each package with changes for its users but no fragments.
    """
    lines = []
    missing = []
    for package in find_packages(root).values():
        name = package.name
        if not is_released(package, root):
            lines.append(f"{name}: {package.version} is not released yet, nothing to compare")
            continue
        verdict = judge(name, package.tag, root)
        count = len(package.fragments)
        lines.append(f"{name}: {verdict.level} since {package.version}, {count} fragments")
        if verdict.level != "none" and not count:
            missing.append(f"{name} ({verdict.level}: {verdict.reasons[0].sentence})")
    if missing:
        raise ReleaseError(
            f"a public API changed without a changelog entry: {'; '.join(missing)}. "
            "Write NAME.<kind>.md into changes/ of each."
        )
    return lines


def is_released(package: Package, root: Path = WORKSPACE) -> bool:
    """Return whether this version was released: then its tag exists."""
    command = ["git", "tag", "--list", package.tag]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True)
    return bool(done.stdout.strip())
