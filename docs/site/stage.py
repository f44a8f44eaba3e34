"""Copy the Markdown of the repository into one folder, so that every link works in the site.

In the repository, documents are where they are needed, and link to each other and to files. The
site has one tree of pages. A link to a document leads to its page, a link to another file to a page
that shows the file.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).parents[2]
HOME = "docs/index.md"
DOCUMENTS = {  # documents outside of docs/, with their pages
    "README.md": "index.md",
    "docs/README.md": "index.md",
    HOME: "index.md",
    "CONTRIBUTING.md": "project/contributing.md",
    "SECURITY.md": "project/security.md",
    "specs/README.md": "reference/x-counterfoil.md",
    "overlay/README.md": "packages/counterfoil.md",
    "runtime/README.md": "packages/counterfoil-core.md",
    "sandbox/README.md": "packages/counterfoil-sandbox.md",
    "tools/README.md": "packages/counterfoil-tools.md",
}
FOLDERS = {  # where the documents of docs/ go that are in none of its folders
    "project": (
        "adding-a-provider",
        "architecture",
        "documented-limits",
        "maintaining",
        "msgspec-threads",
        "publishing",
    ),
    "reference": ("benchmarks", "faults", "warnings", "wire"),
    "guides": ("accounting", "adopting", "einvoices", "models", "observability", "scaling"),
    "why-not": ("compared",),
}
LANGUAGES = {".py": "python", ".yaml": "yaml", ".toml": "toml", ".json": "json", ".sql": "sql"}
LINK = re.compile(r"(\]\()([^)#\s]+)((?:#[^)\s]*)?\))")
FENCE = re.compile(r"^(```.*?^```)", re.MULTILINE | re.DOTALL)


class StageError(Exception):
    """A document links to a file that does not exist."""


def list_documents() -> dict[str, str]:
    """Return the page of every document, by their paths from the repository's root."""
    pages = dict(DOCUMENTS)
    for path in sorted((ROOT / "docs").rglob("*.md")):
        name = path.relative_to(ROOT).as_posix()
        pages.setdefault(name, _place(path.relative_to(ROOT / "docs")))
    for path in sorted(ROOT.glob("generated/*/README.md")):
        api = path.parent.name.removeprefix("counterfoil-")
        pages[path.relative_to(ROOT).as_posix()] = f"apis/{api}/index.md"
    return pages


def _place(path: Path) -> str:
    """Return the page of a document in docs/."""
    if path.name == "README.md":
        return (path.parent / "index.md").as_posix()
    for folder, names in FOLDERS.items():
        if path.parent == Path() and path.stem in names:
            return f"{folder}/{path.name}"
    return path.as_posix()


def stage(target: Path) -> dict[str, str]:
    """Write the pages of all documents into a folder; return them by the documents' paths.

    Those of generated packages are left out: the reference of an API says what they say, and more.
    Raises StageError with every link that leads nowhere.
    """
    pages = list_documents()
    missing: list[str] = []
    files: set[str] = set()
    for document, page in pages.items():
        is_replaced = page == "index.md" and document != HOME
        if is_replaced or document.startswith("generated/"):
            continue
        text = (ROOT / document).read_text(encoding="utf-8")
        write(target / page, _rewrite_links(text, document, pages, files, missing))
    if missing:
        raise StageError("links that lead nowhere:\n  " + "\n  ".join(missing))
    for file in sorted(files):
        _write_source(target, file)
    return pages


def write(path: Path, text: str) -> None:
    """Write a page, and the folders that it needs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _rewrite_links(
    text: str, document: str, pages: dict[str, str], files: set[str], missing: list[str]
) -> str:
    """Return a document with the links of its page."""
    page = pages[document]

    def rewrite(found: re.Match[str]) -> str:
        target = found[2]
        if re.match(r"[a-z]+:", target):
            return found[0]
        path = os.path.normpath(PurePosixPath(document).parent / target)
        if path == "docs/demo.py":
            return f"{found[1]}{_relate('demo.md', page)}{found[3]}"
        if (ROOT / path).is_dir() and f"{path}/README.md" in pages:
            path = f"{path}/README.md"
        if path in pages:
            return f"{found[1]}{_relate(pages[path], page)}{found[3]}"
        if not (ROOT / path).is_file():
            missing.append(f"{document}: {target}")
            return found[0]
        files.add(path)
        return f"{found[1]}{_relate(_name_source(path), page)}{found[3]}"

    parts = FENCE.split(text)
    return "".join(part if FENCE.fullmatch(part) else LINK.sub(rewrite, part) for part in parts)


def _relate(target: str, page: str) -> str:
    return os.path.relpath(target, PurePosixPath(page).parent)


def _name_source(file: str) -> str:
    """Return the page that shows a file; the file itself is beside it."""
    path = PurePosixPath(file)
    return f"source/{path.parent}/{path.name.replace('.', '-')}.md"


def _write_source(target: Path, file: str) -> None:
    path = ROOT / file
    language = LANGUAGES.get(path.suffix, "text")
    text = path.read_text(encoding="utf-8").rstrip()
    fence = "````" if "```" in text else "```"
    copy = target / "source" / file
    copy.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, copy)
    shown = f"# {path.name}\n\n`{file}` in the repository ([download]({path.name})):"
    write(target / _name_source(file), f"{shown}\n\n{fence}{language}\n{text}\n{fence}\n")
