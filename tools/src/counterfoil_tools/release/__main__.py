"""Build, number and publish the packages: `python -m counterfoil_tools.release COMMAND`.

Exit status: 0 done; 1 refused, with the reason; 2 the command line is wrong.
"""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from .. import WORKSPACE
from .packages import ReleaseError

DIST = WORKSPACE / "dist"
INDEXES = {"pypi": ("https://pypi.org/simple", "https://upload.pypi.org/legacy/")}


def main(words: list[str]) -> int:
    """Run a command and return its exit status."""
    options = _make_parser().parse_args(words)
    try:
        options.run(options)
    except ReleaseError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


def _make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "counterfoil_tools.release", description="Build, number and publish the packages."
    )
    commands = parser.add_subparsers(title="commands", required=True)

    build = commands.add_parser("build", help="build every package twice into dist/, and compare")
    build.add_argument("--dist", type=Path, default=DIST)
    build.set_defaults(run=_build)

    publish = commands.add_parser(
        "publish", help="upload dist/; by default to a temporary index, to test the packages"
    )
    publish.add_argument("--dist", type=Path, default=DIST)
    publish.add_argument("--to", metavar="URL", help="pypi, or the upload address of another index")
    publish.add_argument(
        "--simple",
        metavar="URL",
        help="the address of that index's list of files; default: URL/simple",
    )
    publish.set_defaults(run=_publish)

    bump = commands.add_parser("bump", help="raise a package's version, and write its changelog")
    bump.add_argument("package", help="a distribution, or its folder in specs/")
    bump.add_argument("--to", metavar="VERSION", help="a larger step than the required one")
    bump.add_argument("--dry-run", action="store_true", help="print the result, write nothing")
    bump.set_defaults(run=_bump)

    propose = commands.add_parser(
        "propose", help="print the changes for a package's users, the next version and changelog"
    )
    propose.add_argument("package", help="a distribution, or its folder in specs/")
    propose.set_defaults(run=_propose)

    fragments = commands.add_parser(
        "fragments", help="fail if a public API changed without a changelog entry"
    )
    fragments.set_defaults(run=_check_fragments)
    return parser


def _build(options: argparse.Namespace) -> None:
    from .build import build

    for name, digest in build(options.dist).items():
        print(digest, "", name)


def _publish(options: argparse.Namespace) -> None:
    from .publish import Index, publish, require_clean_tree
    from .rehearse import rehearse

    if options.to is None:
        rehearse(options.dist)
        return
    require_clean_tree()
    default = options.simple or f"{options.to.rstrip('/')}/simple"
    simple, upload = INDEXES.get(options.to, (default, options.to))
    done = publish(options.dist, Index(simple.rstrip("/"), upload))
    if done:
        print(f"{len(done)} files uploaded")
    else:
        print("everything is published already; nothing was uploaded")


def _bump(options: argparse.Namespace) -> None:
    from .bump import bump
    from .changes import judge_since_release, preview_bump
    from .packages import find_package

    package = find_package(options.package)
    if options.dry_run:
        print("\n".join(preview_bump(package, date.today(), options.to)))
        return
    verdict = judge_since_release(package)
    version = bump(package, verdict.level, date.today(), options.to)
    print(f"{package.name} {package.version} -> {version}")


def _propose(options: argparse.Namespace) -> None:
    from .changes import propose
    from .packages import find_package

    print("\n".join(propose(find_package(options.package), date.today())))


def _check_fragments(options: argparse.Namespace) -> None:
    from .changes import require_fragments

    for sentence in require_fragments():
        print(sentence)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
