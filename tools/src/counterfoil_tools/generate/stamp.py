"""Stage 5, stamp: every file says what made it, and ruff gives the Python files one form."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from ..openapi.errors import Location, SpecError, SpecErrors
from .render import Files

HEADER = "# Generated from specs/{api}/ by `nox -s generate`. Do not edit: change the spec, or templates/.\n"
MARKDOWN = "<!-- Generated from specs/{api}/ by `nox -s generate`. Do not edit. -->\n"
RUFF = [sys.executable, "-m", "ruff"]
ISOLATED = ["--isolated", "--no-cache", "--quiet", "--line-length=120", "--target-version=py311"]
ISOLATED += ["--no-respect-gitignore"]  # the temporary folder may lie in one that git ignores


def stamp(packages: dict[str, Files]) -> Files:
    """Return the files of all packages with their header, formatted; nothing but the input decides the result."""
    headed = {
        path: _head(api, path, text)
        for api, files in packages.items()
        for path, text in files.items()
    }
    return {
        **headed,
        **_format({path: text for path, text in headed.items() if path.endswith(".py")}),
    }


def _head(api: str, path: str, text: str) -> str:
    if path.endswith((".py", ".toml")):
        return HEADER.format(api=api) + text
    return MARKDOWN.format(api=api) + text if path.endswith(".md") else text


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


def _run(*extension: str, cwd: Path) -> None:
    done = subprocess.run([*RUFF, *extension], cwd=cwd, capture_output=True, text=True)
    if done.returncode:
        message = f"ruff refuses what the templates made: {' '.join(f'{done.stdout} {done.stderr}'.split())}"
        raise SpecErrors(
            [
                SpecError(
                    Location("templates"),
                    "stamp",
                    message,
                    "Mend the template; a spec brought its fault to light",
                )
            ]
        )
