"""Compare a spec with its vendor's document: `python -m counterfoil_tools.drift API FILE ...`.

Exit status: 0 no new differences; 1 new differences, or stale entries in drift.toml; 2 bad input.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from .. import WORKSPACE
from ..openapi.errors import SpecErrors
from ..openapi.ingest import ingest
from ..openapi.shapes import ApiDescription, InputError, Operation
from .adopted import is_adopted, read_as_adopted
from .baseline import read_baseline, split
from .compare import Operations, compare, count_elsewhere
from .read import read
from .report import Report, clean, show_json, show_markdown, show_text

FORMATS = {"text": show_text, "json": show_json, "markdown": show_markdown}


def main(words: list[str]) -> int:
    """Run the command and return its exit status."""
    options = _make_parser().parse_intermixed_args(words)
    try:
        report = make_report(options.specs / options.api, options.files, tuple(options.ref))
    except (InputError, SpecErrors) as error:
        lines = [clean(line) for line in str(error).splitlines()]
        print("error: " + "\n".join(lines), file=sys.stderr)
        return 2
    except RecursionError:
        print("error: a schema is nested too deeply", file=sys.stderr)
        return 2
    print(FORMATS[options.format](report))
    return 1 if report.new or report.stale else 0


def make_report(folder: Path, files: list[Path], others: tuple[Path, ...] = ()) -> Report:
    """Compare the spec in a folder with a vendor's files. Raises InputError and SpecErrors."""
    if not (folder / "openapi.yaml").is_file():
        names = sorted(path.parent.name for path in folder.parent.glob("*/openapi.yaml"))
        raise InputError(f"{folder.name!r} is not a folder of specs/ ({', '.join(names)})")
    document = ingest(folder)
    ours = ApiDescription(document.root).operations
    theirs = _read_theirs(folder, files, others)
    source = ", ".join(file.name for file in files)
    compared = ours.keys() & theirs.keys()
    if not compared:
        raise InputError(
            f"{source} has none of the operations of {folder.name}: is it the file of another API?"
        )
    adopted = is_adopted(folder)
    findings = compare(ours, theirs, vendor=not adopted)
    new, accepted, stale = split(findings, read_baseline(folder), compared)
    elsewhere = 0 if adopted else count_elsewhere(ours, theirs)
    return Report(document, source, new, accepted, stale, elsewhere)


def _read_theirs(folder: Path, files: list[Path], others: tuple[Path, ...]) -> Operations:
    """Return the operations of a vendor's files; those of an adopted spec as they are adopted."""
    if is_adopted(folder):
        return read_as_adopted(folder, files, others).operations
    found: dict[str, Operation] = {}
    for file in files:
        found |= read(file, others).operations
    return found


def _make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "counterfoil_tools.drift", description="Compare a spec with its vendor's document."
    )
    parser.add_argument("api", help="a folder of specs/")
    parser.add_argument(
        "files",
        type=Path,
        nargs="+",
        metavar="FILE",
        help="OpenAPI 3, Swagger 2.0, service.json or a saved page",
    )
    parser.add_argument(
        "--ref",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="a file that the document refers to",
    )
    parser.add_argument("--format", choices=FORMATS, default="text")
    parser.add_argument("--specs", type=Path, default=WORKSPACE / "specs", help=argparse.SUPPRESS)
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
