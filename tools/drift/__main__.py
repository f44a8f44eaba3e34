"""`python -m tools.drift API FILE ...`: hold a spec against what its vendor publishes.

Exit status: 0 nothing new differs, 1 something does, or what was accepted is stale, 2 the input is bad.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tools.generate import ROOT
from tools.generate.errors import SpecErrors
from tools.generate.ingest import ingest

from .baseline import read_baseline, split
from .compare import compare, count_elsewhere
from .facts import Described, InputError
from .read import read
from .report import Report, clean, show_json, show_markdown, show_text

FORMATS = {"text": show_text, "json": show_json, "markdown": show_markdown}


def main(words: list[str]) -> int:
    """Run the command and return its exit status."""
    options = _make_parser().parse_intermixed_args(words)
    try:
        report = make_report(options.specs / options.api, options.files, tuple(options.ref))
    except (InputError, SpecErrors) as error:
        print(f"error: {chr(10).join(map(clean, str(error).splitlines()))}", file=sys.stderr)
        return 2
    except RecursionError:
        print("error: a schema is nested too deeply", file=sys.stderr)
        return 2
    print(FORMATS[options.format](report))
    return 1 if report.new or report.stale else 0


def make_report(folder: Path, files: list[Path], others: tuple[Path, ...] = ()) -> Report:
    """Compare the spec in a folder with a vendor's files. Raises InputError and SpecErrors."""
    if not (folder / "openapi.yaml").is_file():
        known = ", ".join(sorted(path.parent.name for path in folder.parent.glob("*/openapi.yaml")))
        raise InputError(f"{folder.name!r} is no folder of specs/ ({known})")
    document = ingest(folder)
    ours = Described(document.root).operations
    theirs = {key: operation for file in files for key, operation in read(file, others).operations.items()}
    names = ", ".join(file.name for file in files)
    if not ours.keys() & theirs.keys():
        raise InputError(f"{names} has none of the operations of {folder.name}: is it the file of another API?")
    new, accepted, stale = split(compare(ours, theirs, vendor=True), read_baseline(folder), ours.keys() & theirs.keys())
    return Report(document, names, new, accepted, stale, count_elsewhere(ours, theirs))


def _make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("tools.drift", description="Hold a spec against what its vendor publishes.")
    parser.add_argument("api", help="a folder of specs/")
    parser.add_argument(
        "files",
        type=Path,
        nargs="+",
        metavar="FILE",
        help="OpenAPI 3, Swagger 2.0, service.json or a saved page",
    )
    parser.add_argument("--ref", type=Path, action="append", default=[], metavar="FILE", help="a file that references lead to")
    parser.add_argument("--format", choices=FORMATS, default="text")
    parser.add_argument("--specs", type=Path, default=ROOT / "specs", help=argparse.SUPPRESS)
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
