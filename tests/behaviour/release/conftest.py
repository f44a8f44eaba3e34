"""A small workspace of two packages, one of which needs the other, and an index of our own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from counterfoil_tools.release.build import build
from counterfoil_tools.release.publish import Index
from counterfoil_tools.release.rehearse import serve_index

from tests.sharing import make_once

PROJECT = """
[build-system]
requires = ["hatchling>=1.26"]
build-backend = "hatchling.build"

[project]
name = "{name}"
version = "0.1.0"
requires-python = ">=3.11"
dependencies = [{needs}]

[tool.hatch.build.targets.wheel]
packages = ["src/{module}"]
"""


def write_package(folder: Path, name: str, text: str, *needs: str) -> None:
    module = name.replace("-", "_")
    source = folder / "src" / module
    source.mkdir(parents=True, exist_ok=True)
    (source / "__init__.py").write_text(text)
    project = PROJECT.format(
        name=name, module=module, needs=", ".join(f'"{need}"' for need in needs)
    )
    (folder / "pyproject.toml").write_text(project)


@pytest.fixture(scope="session")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two packages and their dist/, built once for all processes."""
    return make_once(tmp_path_factory, "two-packages", write_and_build)


def write_and_build(root: Path) -> None:
    write_package(
        root / "overlay", "parcels", "from parcels_core import VERSE\n", "parcels-core>=0.1.0"
    )
    write_package(root / "runtime", "parcels-core", "VERSE = 'neither snow nor rain'\n")
    build(root / "dist", root)


@pytest.fixture
def dist(workspace: Path) -> Path:
    return workspace / "dist"


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with serve_index(tmp_path / "index") as found:
        yield found
