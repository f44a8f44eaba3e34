"""Stage 5, stamp: every file gets a header with its origin, and ruff formats the Python files."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from ..openapi.errors import Location, SpecError, SpecErrors
from .render import Files

HEADER = (
    "# Generated from specs/{api}/ by `nox -s generate`. "
    "Do not edit: change the spec, or templates/.\n"
)
MARKDOWN = "<!-- Generated from specs/{api}/ by `nox -s generate`. Do not edit. -->\n"
RUFF = [sys.executable, "-m", "ruff"]
ISOLATED = ["--isolated", "--no-cache", "--quiet", "--line-length=100", "--target-version=py311"]
# Imports that ruff drops leave a comma, for which it would write the others one a line.
ISOLATED += ["--config=lint.isort.split-on-trailing-comma=false"]
ISOLATED += ["--config=format.skip-magic-trailing-comma=true"]
ISOLATED += ["--no-respect-gitignore"]  # the temporary folder may lie in one that git ignores


def stamp(packages: dict[str, Files]) -> Files:
    """Return the files of all packages with their header, formatted."""
    stamped = {}
    for api, files in packages.items():
        for path, text in files.items():
            stamped[path] = _head(api, path, text)
    python = {path: text for path, text in stamped.items() if path.endswith((".py", ".pyi"))}
    return stamped | _format(python)


def _head(api: str, path: str, text: str) -> str:
    if path.endswith((".py", ".pyi", ".toml")):
        return HEADER.format(api=api) + text
    if path.endswith(".md"):
        return MARKDOWN.format(api=api) + text
    return text


def _format(files: Files) -> Files:
    """Run ruff over all files at once: drop unused imports, sort the others, format."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path, text in files.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text)
        _run("check", "--fix", "--select=F401,I", *ISOLATED, ".", cwd=folder)
        _run("format", *ISOLATED, ".", cwd=folder)
        return {path: (folder / path).read_text() for path in files}


def _run(*arguments: str, cwd: Path) -> None:
    done = subprocess.run([*RUFF, *arguments], cwd=cwd, capture_output=True, text=True)
    if done.returncode:
        printed = " ".join(f"{done.stdout} {done.stderr}".split())
        message = f"ruff rejects the output of the templates: {printed}"
        remedy = "Correct the template; this spec is the first to show its fault"
        raise SpecErrors([SpecError(Location("templates"), "stamp", message, remedy)])
