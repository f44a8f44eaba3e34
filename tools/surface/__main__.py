"""`python -m tools.surface PACKAGE`: what changed for its users, and how large a step that asks for.

Exit status: 0 judged, 1 code of users no longer type-checks, 2 the input is bad.
"""

from __future__ import annotations

import argparse
import difflib
import json
import sys
from pathlib import Path

from tools.release.packages import ROOT, Package, ReleaseError, find_packages

from . import Verdict, judge
from .sources import read_before
from .usercode import check_types


def main(words: list[str]) -> int:
    """Run the command and return its exit status."""
    options = _make_parser().parse_args(words)
    root = options.root.resolve()
    try:
        packages = find_packages(root)
        named = next((one.name for one in packages.values() if options.package in (one.name, one.home.name)), options.package)
        verdict = judge(named, options.against, root)
        others = [one for name, one in packages.items() if name != named]
        folder = options.check_types
        errors = check_types(packages[named], others, folder.resolve(), options.against, root) if folder else []
    except ReleaseError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    if options.json:
        found = {"package": named, "against": options.against, "level": verdict.level}
        print(json.dumps({**found, "reasons": [vars(one) for one in verdict.reasons], "type_errors": errors}, indent=1))
    else:
        print("\n".join(_show(packages[named], options.against, verdict, errors, root, checked=bool(folder))))
    return 1 if errors else 0


def _show(package: Package, against: str, verdict: Verdict, errors: list[str], root: Path, checked: bool) -> list[str]:
    said = [f"{package.name} since {against}: {verdict.level}", *(f"  {one.level}: {one.sentence}" for one in verdict.reasons)]
    if checked:
        said += ["", *(errors or ["the code of users type-checks as before"])]
    surface = package.folder / "SURFACE.md"
    if not against.endswith(".whl") and surface.is_file():
        texts = (read_before(surface, against, root).splitlines(), surface.read_text().splitlines())
        diff = [
            line[:200] for line in difflib.unified_diff(*texts, lineterm="", n=0) if not line.startswith(("---", "+++", "@@"))
        ]
        said += ["", "SURFACE.md", *diff] if diff else []
    return said


def _make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("tools.surface", description="Say what changed for the users of a package.")
    parser.add_argument("package", help="a distribution, or its folder in specs/")
    parser.add_argument("--against", default="HEAD", metavar="REV|WHEEL", help="a commit, a tag, or a wheel; default: HEAD")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--check-types", type=Path, metavar="FOLDER", help="type-check the right_*.py there, as they were")
    parser.add_argument("--root", type=Path, default=ROOT, help=argparse.SUPPRESS)
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
