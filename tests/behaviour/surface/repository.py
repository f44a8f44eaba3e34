"""A separate repository for each test: one API's spec, its generator and its committed files."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[3]
LEFT_OUT = shutil.ignore_patterns("__pycache__", ".*", "dist")


def copy(api: str, folder: Path) -> Path:
    """Copy what one API needs, and commit it as the release 0.1.0."""
    dist = f"counterfoil-{api}"
    for path in (
        "templates",
        f"specs/{api}",
        f"generated/{dist}",
        "runtime",
        "tests/typing",
        "sandbox/src/counterfoil_sandbox/specs",
    ):
        shutil.copytree(ROOT / path, folder / path, ignore=LEFT_OUT)
    commit(folder, f"{dist}-0.1.0")
    return folder


def commit(folder: Path, tag: str) -> None:
    if not (folder / ".git").is_dir():
        git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(
        folder,
        "-c",
        "user.name=Ada",
        "-c",
        "user.email=ada@example.com",
        "commit",
        "--quiet",
        "--message",
        tag,
    )
    git(folder, "tag", tag)


def git(folder: Path, *words: str) -> None:
    subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True)


def edit(path: Path, *edits: tuple[str, str]) -> None:
    """Replace texts in a file, or in all files below a folder."""
    for file in sorted(path.rglob("*.*")) if path.is_dir() else [path]:
        text = file.read_text()
        for old, new in edits:
            assert path.is_dir() or text.count(old) == 1, old
            text = text.replace(old, new)
        file.write_text(text)
