"""What is published: read from the tree, never listed by hand."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cached_property
from graphlib import TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parents[2]
PLACES = ("runtime", "sandbox", "generated/*", "overlay")


class ReleaseError(Exception):
    """What stands in the way of a release, and what to do about it."""


@dataclass(frozen=True)
class Package:
    """One distribution: `folder` holds its pyproject.toml, `home` its version, changelog and fragments."""

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
        return sorted(path for path in (self.home / "changes").glob("*.md") if path.name != "README.md")

    @property
    def version_file(self) -> Path:
        """Where the version stands: beside the spec, for what is generated."""
        return next(path for path in (self.home / "package.toml", self.folder / "pyproject.toml") if path.is_file())

    @cached_property
    def tag(self) -> str:
        """The name of the commit that this version was made of."""
        return f"{self.name}-{self.version}"


def find_packages(root: Path = ROOT) -> dict[str, Package]:
    """All packages by name, each after those that it needs."""
    homes = {tomllib.loads(path.read_text())["dist"]: path.parent for path in root.glob("specs/*/package.toml")}
    files = [path for place in PLACES for path in sorted(root.glob(f"{place}/pyproject.toml"))]
    found = {package.name: package for package in (_read(path, homes) for path in files)}
    order = TopologicalSorter({name: package.requires & found.keys() for name, package in found.items()}).static_order()
    return {name: found[name] for name in order}


def find_package(name: str) -> Package:
    """A package by its name, or by that of its folder in specs/. Raises ReleaseError."""
    packages = find_packages()
    for package in packages.values():
        if name in (package.name, package.home.name):
            return package
    raise ReleaseError(f"there is no package {name!r}; there are {', '.join(packages)}")


def _read(path: Path, homes: dict[str, Path]) -> Package:
    project = tomllib.loads(path.read_text())["project"]
    needs = [project.get("dependencies", ()), *project.get("optional-dependencies", {}).values()]
    names = frozenset(re.split(r"[\s\[<>=!~;]", need, maxsplit=1)[0] for group in needs for need in group)
    home = homes.get(project["name"], path.parent)
    return Package(project["name"], project["version"], path.parent, home, names - {project["name"]})
