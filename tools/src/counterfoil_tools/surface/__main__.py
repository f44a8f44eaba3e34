"""List the changes for a package's users: `python -m counterfoil_tools.surface PACKAGE`.

Exit status: 0 compared; 1 user code no longer type-checks; 2 bad input.
"""

from __future__ import annotations

import argparse
import difflib
import json
import sys
from pathlib import Path

from .. import WORKSPACE
from ..release.packages import Package, ReleaseError, find_packages
from . import Verdict, judge
from .sources import read_before
from .usercode import check_types


def main(words: list[str]) -> int:
    """Run the command and return its exit status."""
    options = _make_parser().parse_args(words)
    root = options.root.resolve()
    try:
        packages = find_packages(root)
        name = _find_name(options.package, packages)
        verdict = judge(name, options.against, root)
        package = packages[name]
        others = [one for one in packages.values() if one is not package]
        folder = options.check_types
        errors = []
        if folder:
            errors = check_types(package, others, folder.resolve(), options.against, root)
    except ReleaseError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    if options.json:
        found = {
            "package": name,
            "against": options.against,
            "level": verdict.level,
            "reasons": [vars(one) for one in verdict.reasons],
            "type_errors": errors,
        }
        print(json.dumps(found, indent=1))
    else:
        lines = _show(package, options.against, verdict)
        if folder:
            lines += ["", *(errors or ["user code type-checks as before"])]
        lines += _diff_surface(package, options.against, root)
        print("\n".join(lines))
    return 1 if errors else 0


def _find_name(word: str, packages: dict[str, Package]) -> str:
    """Return the package with this name or folder; the word itself if there is none."""
    for package in packages.values():
        if word in (package.name, package.home.name):
            return package.name
    return word


def _show(package: Package, against: str, verdict: Verdict) -> list[str]:
    reasons = [f"  {one.level}: {one.sentence}" for one in verdict.reasons]
    return [f"{package.name} since {against}: {verdict.level}", *reasons]


def _diff_surface(package: Package, against: str, root: Path) -> list[str]:
    """Return the changed lines of SURFACE.md; wheels do not have that file."""
    surface = package.folder / "SURFACE.md"
    if against.endswith(".whl") or not surface.is_file():
        return []
    before = read_before(surface, against, root).splitlines()
    now = surface.read_text().splitlines()
    lines = difflib.unified_diff(before, now, lineterm="", n=0)
    changed = [line[:200] for line in lines if not line.startswith(("---", "+++", "@@"))]
    return ["", "SURFACE.md", *changed] if changed else []


def _make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "counterfoil_tools.surface", description="List the changes for a package's users."
    )
    parser.add_argument("package", help="a distribution, or its folder in specs/")
    parser.add_argument(
        "--against",
        default="HEAD",
        metavar="REV|WHEEL",
        help="a commit, a tag, or a wheel; default: HEAD",
    )
    parser.add_argument("--json", action="store_true")
    parser.add_argument(
        "--check-types",
        type=Path,
        metavar="FOLDER",
        help="type-check the earlier right_*.py of that folder",
    )
    parser.add_argument("--root", type=Path, default=WORKSPACE, help=argparse.SUPPRESS)
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
