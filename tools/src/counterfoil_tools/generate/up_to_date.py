"""Packages that need no work, by a hash over all inputs and the output. Imports little."""

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
    """Record that an API's package is as generated."""
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
    """Return the distribution's name; reading one line is faster than importing a TOML parser."""
    for line in (root / "specs" / api / "package.toml").read_text().splitlines():
        key, _, value = line.partition("=")
        if key.strip() == "dist":
            return value.strip(" \"'")
    return api


def _versions() -> list[str]:
    """Return the generators' versions, read from the names of their metadata folders."""
    versions = []
    for location in sys.path:
        if not location.endswith("site-packages") or not os.path.isdir(location):
            continue
        for name in os.listdir(location):
            if name.endswith(".dist-info") and name.lower().startswith(TOOLS):
                versions.append(name)
    return sorted(versions)


def _add_folder(found: hashlib._Hash, root: Path, folder: str) -> None:
    for location, folders, files in os.walk(root / folder):
        folders[:] = sorted(name for name in folders if name not in IGNORED)
        for name in sorted(files):
            path = os.path.join(location, name)
            _add_file(found, root, os.path.relpath(path, root))


def _add_file(found: hashlib._Hash, root: Path, path: str) -> None:
    target = root / path
    content = target.read_bytes() if target.is_file() else b"-"
    found.update(path.encode() + b"\0" + content + b"\0")
