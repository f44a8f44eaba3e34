"""Write the reference of an API's client as Markdown: `counterfoil-tools docs API [--into FOLDER]`.

Each method has its arguments with their limits, an example, its errors, how it is retried, and what
the vendor's documentation leaves open. The pages are shown by code hosts and site generators alike.

  API              a folder of specs/
  --into FOLDER    where to write; without it docs/API
  --site           also write zensical.toml, so that `pip install zensical && zensical serve` shows
                   the pages as a site

Exit status: 0 done; 1 the spec is wrong; 2 the command line is wrong.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from .. import WORKSPACE, find_templates
from ..openapi.errors import SpecErrors

MARK = "<!-- Made by `counterfoil-tools docs`. Do not edit: the next run replaces it. -->"
SITE = """\
[project]
site_name = "{title}"
docs_dir = "{folder}"
site_dir = "site"

[project.theme]
font = false
features = ["content.code.copy", "navigation.footer", "search.highlight"]
"""


def main(words: list[str]) -> int:
    """Run the command and return its exit status."""
    options = _parse(words)
    known = sorted(path.parent.name for path in (WORKSPACE / "specs").glob("*/openapi.yaml"))
    if options.api not in known:
        listed = ", ".join(known) or "empty"
        return _refuse(f"{options.api!r} is not a folder of specs/ ({listed})", 2)
    target = options.into or Path("docs") / options.api
    foreign = [path.name for path in sorted(target.glob("*.md")) if MARK not in _read(path)]
    if foreign:
        return _refuse(
            f"{target}/{foreign[0]} was not written by this command; name another folder: --into",
            2,
        )
    from .pages import make_pages

    try:
        pages = make_pages(WORKSPACE / "specs" / options.api, find_templates())
    except SpecErrors as found:
        print(found, file=sys.stderr)
        return _refuse("nothing was written", 1)
    write_pages(target, pages)
    print(f"{target}: {len(pages)} pages")
    if options.site:
        _write_site(options.api, target)
    return 0


def _parse(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        "counterfoil-tools docs", description="Write the reference of an API's client."
    )
    parser.add_argument("api", help="a folder of specs/")
    parser.add_argument(
        "--into", type=Path, metavar="FOLDER", help="where to write; default: docs/API"
    )
    parser.add_argument(
        "--site", action="store_true", help="also write zensical.toml, to show the pages as a site"
    )
    return parser.parse_args(words)


def write_pages(target: Path, pages: dict[str, str]) -> None:
    """Write the pages; those of an earlier run that are no more are removed."""
    target.mkdir(parents=True, exist_ok=True)
    for path in target.glob("*.md"):
        if path.name not in pages:
            path.unlink()
    for name, text in pages.items():
        (target / name).write_text(f"{text}\n{MARK}\n", encoding="utf-8")


def _write_site(api: str, target: Path) -> None:
    path = Path("zensical.toml")
    if path.exists():
        print(f"{path} exists, and was not changed")
        return
    path.write_text(SITE.format(title=api, folder=target), encoding="utf-8")
    print(f"{path}: pip install zensical, and zensical serve")


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


def _refuse(message: str, status: int) -> int:
    print(f"counterfoil-tools docs: {message}", file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
