"""Upload what was built, in the order of who needs whom. What an index has already is compared, and never replaced.

Without an address the index is a throwaway one on this machine, and what was published is then used from there alone.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .build import SUMS
from .packages import ROOT, ReleaseError, find_packages

JSON_INDEX = "application/vnd.pypi.simple.v1+json"
REASONS = {
    401: "the index does not know these credentials: set TWINE_USERNAME and TWINE_PASSWORD",
    403: "the index refuses these credentials, or the package belongs to somebody else",
    409: "the index has a file of this name already: raise the version, for what is published stays as it is",
    413: "the index takes no files of this size",
    507: "the index has no room left",
}


@dataclass(frozen=True)
class Index:
    """A package index: where it lists files, and where it takes them."""

    simple: str
    upload: str
    open_to_all: bool = False

    def find_digests(self, name: str) -> dict[str, str]:
        """The files that the index has of a package, and their SHA-256; {} where it does not know the package.

        Raises ReleaseError where it cannot be reached, or says no digests.
        """
        request = urllib.request.Request(f"{self.simple}/{name}/", headers={"Accept": f"{JSON_INDEX}, text/html;q=0.1"})  # noqa: S310
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 -- an address that was given
                text, kind = answer.read().decode(), answer.headers.get("Content-Type", "")
        except urllib.error.HTTPError as error:
            if error.code == 404:
                return {}
            raise ReleaseError(f"{self.simple} answers {error.code} when asked for {name}. Nothing was uploaded.") from error
        except OSError as error:
            raise ReleaseError(f"{self.simple} cannot be reached ({error}). Nothing was uploaded; call again later.") from error
        return dict(_read_json(text) if kind.startswith(JSON_INDEX) else _read_links(text))


def publish(dist: Path, index: Index, root: Path = ROOT) -> list[str]:
    """Upload what the index lacks, package by package; returns the names of the uploaded files.

    Calling it again after a failure goes on where it stopped. Raises ReleaseError before anything is uploaded where a
    file differs from the published one of its name, and where an upload fails.
    """
    files = _list_files(dist, root)
    missing = [file for name, own in files.items() for file in _find_missing(index, name, own)]
    for number, file in enumerate(missing):
        _upload(file, index, done=number, left=len(missing) - number)
    return [file.name for file in missing]


def require_clean_tree(root: Path = ROOT) -> None:
    """Raises ReleaseError where the work tree differs from its commit: what is published must be found again."""
    changed = subprocess.run(["git", "status", "--porcelain"], cwd=root, capture_output=True, text=True).stdout  # noqa: S607
    if changed.strip():
        raise ReleaseError(f"the work tree is not clean:\n{changed.rstrip()}\nCommit or put away what is there, and build again.")


def _list_files(dist: Path, root: Path) -> dict[str, list[Path]]:
    """The files of each package, in the order of upload; all must be as they were built."""
    if not (dist / SUMS).is_file():
        raise ReleaseError(f"there is nothing built in {dist.name}/: run `nox -s build` first")
    lines = (line.partition("  ") for line in (dist / SUMS).read_text().splitlines())
    sums = {name: digest for digest, _, name in lines}
    spoiled = [name for name, digest in sums.items() if _digest(dist / name) != digest]
    if spoiled:
        raise ReleaseError(f"changed since they were built: {', '.join(spoiled)}. Run `nox -s build` again.")
    files = {}
    for package in find_packages(root).values():
        stem = f"{package.name.replace('-', '_')}-{package.version}"
        files[package.name] = [dist / name for name in sums if name.startswith((f"{stem}-", f"{stem}.tar"))]
        if len(files[package.name]) != 2:
            raise ReleaseError(f"{package.name} {package.version} is not in {dist.name}/: run `nox -s build` again")
    return files


def _find_missing(index: Index, name: str, files: list[Path]) -> list[Path]:
    there = index.find_digests(name)
    for file in files:
        if there.get(file.name, _digest(file)) != _digest(file):
            raise ReleaseError(
                f"{file.name} is published already, with other content. Raise the version (`nox -s bump -- {name}`): "
                "what is published stays as it is. Nothing was uploaded."
            )
    return [file for file in files if file.name not in there]


def _upload(file: Path, index: Index, done: int, left: int) -> None:
    command = [sys.executable, "-m", "twine", "upload", "--non-interactive", "--disable-progress-bar"]
    anyone = {"TWINE_USERNAME": "anyone", "TWINE_PASSWORD": "nothing"} if index.open_to_all else {}
    words = [*command, "--repository-url", index.upload, str(file)]
    ended = subprocess.run(words, capture_output=True, text=True, env={**os.environ, "NO_COLOR": "1", **anyone})
    if ended.returncode:
        reason = _explain((ended.stderr or ended.stdout).strip().splitlines())
        rest = f"{done} files were uploaded, {left} are left: call again to go on."
        raise ReleaseError(f"{file.name} was not taken: {reason}. {rest}")
    print(f"uploaded {file.name}", flush=True)


def _explain(said: list[str]) -> str:
    known = (text for code, text in REASONS.items() if any(f"{code} " in line for line in said))
    return next(known, said[-1] if said else "the upload failed without a word")


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else "missing"


def _read_json(text: str) -> Iterator[tuple[str, str]]:
    yield from ((file["filename"], file["hashes"].get("sha256", "")) for file in json.loads(text)["files"])


def _read_links(text: str) -> Iterator[tuple[str, str]]:
    """The links of a PEP 503 page: name#sha256=digest."""
    for link in text.split('href="')[1:]:
        address, _, fragment = link.partition('"')[0].partition("#")
        yield address.rsplit("/", 1)[-1], fragment.removeprefix("sha256=")


def forget_settings() -> dict[str, str]:
    """An environment in which pip knows nothing but what it is told."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "UV_", "TWINE_"))}
    return {**kept, "PIP_CONFIG_FILE": os.devnull}
