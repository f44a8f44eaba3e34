"""Find the packages in the tree; no list of them is kept by hand."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cached_property
from graphlib import TopologicalSorter
from pathlib import Path

from .. import WORKSPACE

PLACES = ("runtime", "tools", "sandbox", "generated/*", "overlay")


class ReleaseError(Exception):
    """A release is not possible. The message names the remedy."""


@dataclass(frozen=True)
class Package:
    """One distribution.

    `folder` contains its pyproject.toml, and `home` its version, changelog and fragments. The two
    differ for generated packages, whose home is the folder of the spec.
    """

    name: str
    version: str
    folder: Path
    home: Path
    requires: frozenset[str]

    @property
    def changelog(self) -> Path:
        return self.home / "CHANGELOG.md"

    @property
    def fragments(self) -> list[Path]:
        """The fragments of changes since the last release."""
        files = sorted((self.home / "changes").glob("*.md"))
        return [path for path in files if path.name != "README.md"]

    @property
    def version_file(self) -> Path:
        """The file with the version: package.toml for a generated package."""
        settings = self.home / "package.toml"
        return settings if settings.is_file() else self.folder / "pyproject.toml"

    @cached_property
    def tag(self) -> str:
        """The git tag of this version's release."""
        return f"{self.name}-{self.version}"


def find_packages(root: Path = WORKSPACE) -> dict[str, Package]:
    """Return all packages by name, each after its dependencies."""
    homes = {}
    for path in root.glob("specs/*/package.toml"):
        dist = tomllib.loads(path.read_text())["dist"]
        homes[dist] = path.parent
    found = {}
    for place in PLACES:
        for path in sorted(root.glob(f"{place}/pyproject.toml")):
            package = _read(path, homes)
            found[package.name] = package
    dependencies = {name: package.requires & found.keys() for name, package in found.items()}
    order = TopologicalSorter(dependencies).static_order()
    return {name: found[name] for name in order}


def find_package(name: str) -> Package:
    """Return a package by its name or its folder in specs/. Raises ReleaseError if none matches."""
    packages = find_packages()
    for package in packages.values():
        if name in (package.name, package.home.name):
            return package
    raise ReleaseError(f"unknown package {name!r}; the packages are {', '.join(packages)}")


def _read(path: Path, homes: dict[str, Path]) -> Package:
    project = tomllib.loads(path.read_text())["project"]
    name = project["name"]
    needs = list(project.get("dependencies", ()))
    for extra in project.get("optional-dependencies", {}).values():
        needs += extra
    names = frozenset(re.split(r"[\s\[<>=!~;]", need, maxsplit=1)[0] for need in needs)
    home = homes.get(name, path.parent)
    # An extra may refer to the package itself, as `all` does.
    return Package(name, project["version"], path.parent, home, names - {name})
