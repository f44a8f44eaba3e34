"""A small workspace of two packages, one of which needs the other, and an index of our own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.release.build import build
from tools.release.publish import Index
from tools.release.rehearse import serve_index

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
    project = PROJECT.format(name=name, module=module, needs=", ".join(f'"{need}"' for need in needs))
    (folder / "pyproject.toml").write_text(project)


@pytest.fixture(scope="session")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("workspace")
    write_package(root / "overlay", "parcels", "from parcels_core import VERSE\n", "parcels-core>=0.1.0")
    write_package(root / "runtime", "parcels-core", "VERSE = 'neither snow nor rain'\n")
    return root


@pytest.fixture(scope="session")
def dist(workspace: Path) -> Path:
    build(workspace / "dist", workspace)
    return workspace / "dist"


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with serve_index(tmp_path / "index") as found:
        yield found
