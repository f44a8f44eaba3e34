"""Which packages need no work: a hash over all that goes in **and** the output as it lies there. Imports next to nothing."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

TOOLS = (
    "counterfoil_tools-",
    "datamodel_code_generator-",
    "openapi_python_client-",
    "ruff-",
    "jinja2-",
    "pyyaml-",
    "msgspec-",
)
STAMPS = ".generated"  # not committed: a fresh clone generates once
IGNORED = ("__pycache__", "dist")


def is_up_to_date(root: Path, api: str) -> bool:
    stamp = root / STAMPS / api
    return stamp.is_file() and stamp.read_text() == digest(root, api)


def note(root: Path, api: str) -> None:
    """Remember that an API's package lies there as generated."""
    (root / STAMPS).mkdir(exist_ok=True)
    (root / STAMPS / api).write_text(digest(root, api))


def digest(root: Path, api: str) -> str:
    found = hashlib.sha256(repr((sys.version_info[:2], _versions())).encode())
    package = f"generated/{_dist(root, api)}"
    for folder in (f"specs/{api}", "templates", "tools", package):
        _add_folder(found, root, folder)
    for name in (f"{api}.json", f"{api}.operations.json"):
        _add_file(found, root, f"sandbox/src/counterfoil_sandbox/specs/{name}")
    return found.hexdigest()


def _dist(root: Path, api: str) -> str:
    lines = (root / "specs" / api / "package.toml").read_text().splitlines()
    return next(
        (
            line.partition("=")[2].strip(" \"'")
            for line in lines
            if line.partition("=")[0].strip() == "dist"
        ),
        api,
    )


def _versions() -> list[str]:
    """The generators' versions, read off the names of their metadata folders."""
    locations = [
        location
        for location in sys.path
        if location.endswith("site-packages") and os.path.isdir(location)
    ]
    names = (name for location in locations for name in os.listdir(location))
    return sorted(
        name for name in names if name.endswith(".dist-info") and name.lower().startswith(TOOLS)
    )


def _add_folder(found: hashlib._Hash, root: Path, folder: str) -> None:
    for location, folders, files in os.walk(root / folder):
        folders[:] = sorted(name for name in folders if name not in IGNORED)
        for name in sorted(files):
            _add_file(found, root, os.path.relpath(os.path.join(location, name), root))


def _add_file(found: hashlib._Hash, root: Path, path: str) -> None:
    target = root / path
    found.update(
        path.encode() + b"\0" + (target.read_bytes() if target.is_file() else b"-") + b"\0"
    )
