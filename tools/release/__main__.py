"""`python -m tools.release COMMAND`: build, publish, bump, fragments. Errors are sentences, exit status 1."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from .packages import ROOT, ReleaseError

DIST = ROOT / "dist"
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
    parser = argparse.ArgumentParser("tools.release", description="Build, number and publish the packages.")
    commands = parser.add_subparsers(title="commands", required=True)
    build = commands.add_parser("build", help="build every package twice into dist/; both must be equal")
    build.add_argument("--dist", type=Path, default=DIST)
    build.set_defaults(run=_build)
    publish = commands.add_parser("publish", help="upload dist/; to a throwaway index, and use it from there, by default")
    publish.add_argument("--dist", type=Path, default=DIST)
    publish.add_argument("--to", metavar="URL", help="pypi, or the upload address of another index")
    publish.add_argument("--simple", metavar="URL", help="where that index lists its files; default: the address, /simple")
    publish.set_defaults(run=_publish)
    bump = commands.add_parser("bump", help="raise a package's version by what changed for its users, and write its changelog")
    bump.add_argument("package", help="a distribution, or its folder in specs/")
    bump.add_argument("--to", metavar="VERSION", help="a larger step than the one that is needed")
    bump.set_defaults(run=_bump)
    propose = commands.add_parser("propose", help="say what changed for a package's users, the next version and its changelog")
    propose.add_argument("package", help="a distribution, or its folder in specs/")
    propose.set_defaults(run=_propose)
    fragments = commands.add_parser("fragments", help="refuse a surface that changed since the last release and is told nowhere")
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
    simple, upload = INDEXES.get(options.to, (options.simple or f"{options.to.rstrip('/')}/simple", options.to))
    done = publish(options.dist, Index(simple.rstrip("/"), upload))
    print(f"{len(done)} files uploaded" if done else "everything is published already; nothing was uploaded")


def _bump(options: argparse.Namespace) -> None:
    from .bump import bump
    from .changes import judge_since_release
    from .packages import find_package

    package = find_package(options.package)
    verdict = judge_since_release(package)
    print(f"{package.name} {package.version} -> {bump(package, verdict.level, date.today(), options.to)}")


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
