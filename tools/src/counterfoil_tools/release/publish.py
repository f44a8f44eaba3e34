"""Upload the built files, dependencies first.

Files that an index already has are compared with ours, and never replaced.
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

from .. import WORKSPACE
from .build import SUMS
from .packages import ReleaseError, find_packages

JSON_INDEX = "application/vnd.pypi.simple.v1+json"
REASONS = {
    401: "the index does not accept these credentials: set TWINE_USERNAME and TWINE_PASSWORD",
    403: "the credentials are wrong, or the package belongs to somebody else",
    409: "the index already has a file of this name: raise the version, files are never replaced",
    413: "the index does not accept files of this size",
    507: "the index has no space left",
}


@dataclass(frozen=True)
class Index:
    """A package index: the address of its lists of files, and the address for uploads."""

    simple: str
    upload: str
    open_to_all: bool = False

    def find_digests(self, name: str) -> dict[str, str]:
        """Return the SHA-256 of a package's published files by name, {} for an unknown package.

        Raises ReleaseError if the index cannot be reached.
        """
        address = f"{self.simple}/{name}/"
        accepted = {"Accept": f"{JSON_INDEX}, text/html;q=0.1"}
        request = urllib.request.Request(address, headers=accepted)  # noqa: S310 -- a given address
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 -- likewise
                text = answer.read().decode()
                kind = answer.headers.get("Content-Type", "")
        except urllib.error.HTTPError as error:
            if error.code == 404:
                return {}
            raise ReleaseError(
                f"{self.simple} returned {error.code} for {name}. Nothing was uploaded."
            ) from error
        except OSError as error:
            raise ReleaseError(
                f"{self.simple} cannot be reached ({error}). Nothing was uploaded; try again later."
            ) from error
        return dict(_read_json(text) if kind.startswith(JSON_INDEX) else _read_links(text))


def publish(dist: Path, index: Index, root: Path = WORKSPACE) -> list[str]:
    """Upload the files that the index lacks, and return their names.

    Another call after a failure uploads the rest. Raises ReleaseError if an upload fails, and
    before any upload if a file differs from the published file of the same name.
    """
    missing: list[Path] = []
    for name, files in _list_files(dist, root).items():
        missing += _find_missing(index, name, files)
    for number, file in enumerate(missing):
        _upload(file, index, done=number, left=len(missing) - number)
    return [file.name for file in missing]


def require_clean_tree(root: Path = WORKSPACE) -> None:
    """Raise ReleaseError if there are uncommitted changes: a release must belong to a commit."""
    command = ["git", "status", "--porcelain"]
    changed = subprocess.run(command, cwd=root, capture_output=True, text=True).stdout
    if changed.strip():
        raise ReleaseError(
            f"the work tree is not clean:\n{changed.rstrip()}\n"
            "Commit or stash the changes, and build again."
        )


def _list_files(dist: Path, root: Path) -> dict[str, list[Path]]:
    """Return the files of each package in upload order. Raises ReleaseError if one changed."""
    if not (dist / SUMS).is_file():
        raise ReleaseError(f"{dist.name}/ has no built packages: run `nox -s build` first")
    sums = {}
    for line in (dist / SUMS).read_text().splitlines():
        digest, _, name = line.partition("  ")
        sums[name] = digest
    changed = [name for name, digest in sums.items() if _digest(dist / name) != digest]
    if changed:
        raise ReleaseError(
            f"changed since they were built: {', '.join(changed)}. Run `nox -s build` again."
        )
    files = {}
    for package in find_packages(root).values():
        stem = f"{package.name.replace('-', '_')}-{package.version}"
        names = [name for name in sums if name.startswith((f"{stem}-", f"{stem}.tar"))]
        if len(names) != 2:  # a wheel and a source distribution
            raise ReleaseError(
                f"{package.name} {package.version} is not in {dist.name}/: run `nox -s build` again"
            )
        files[package.name] = [dist / name for name in names]
    return files


def _find_missing(index: Index, name: str, files: list[Path]) -> list[Path]:
    """Return the files that the index does not have. Raises ReleaseError if one of them differs."""
    published = index.find_digests(name)
    missing = []
    for file in files:
        if file.name not in published:
            missing.append(file)
        elif published[file.name] != _digest(file):
            raise ReleaseError(
                f"{file.name} is published already, with other content. "
                f"Raise the version (`nox -s bump -- {name}`): published files do not change. "
                "Nothing was uploaded."
            )
    return missing


def _upload(file: Path, index: Index, done: int, left: int) -> None:
    options = ["--non-interactive", "--disable-progress-bar", "--repository-url", index.upload]
    command = [sys.executable, "-m", "twine", "upload", *options, str(file)]
    environment = {**os.environ, "NO_COLOR": "1"}
    if index.open_to_all:  # twine asks for credentials even if the index needs none
        environment |= {"TWINE_USERNAME": "anyone", "TWINE_PASSWORD": "nothing"}
    ended = subprocess.run(command, capture_output=True, text=True, env=environment)
    if ended.returncode:
        reason = _explain((ended.stderr or ended.stdout).strip().splitlines())
        rest = f"{done} files were uploaded, {left} remain: call again to continue."
        raise ReleaseError(f"{file.name} was not accepted: {reason}. {rest}")
    print(f"uploaded {file.name}", flush=True)


def _explain(output: list[str]) -> str:
    """Return the reason for a failed upload: by its HTTP status, else twine's last line."""
    for code, reason in REASONS.items():
        if any(f"{code} " in line for line in output):
            return reason
    return output[-1] if output else "the upload failed without a message"


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else "missing"


def _read_json(text: str) -> Iterator[tuple[str, str]]:
    """Yield the files of a PEP 691 page and their digests."""
    for file in json.loads(text)["files"]:
        yield file["filename"], file["hashes"].get("sha256", "")


def _read_links(text: str) -> Iterator[tuple[str, str]]:
    """Yield the files of a PEP 503 page and their digests, from links with #sha256=."""
    for link in text.split('href="')[1:]:
        target = link.partition('"')[0]
        address, _, fragment = target.partition("#")
        yield address.rsplit("/", 1)[-1], fragment.removeprefix("sha256=")


def forget_settings() -> dict[str, str]:
    """Return an environment without settings of pip, uv and twine."""
    own = ("PIP_", "UV_", "TWINE_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(own)}
    return {**kept, "PIP_CONFIG_FILE": os.devnull}
