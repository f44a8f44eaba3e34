"""The versions of the generators, for the provenance."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version

TOOLS = ("datamodel-code-generator", "openapi-python-client", "ruff")


@cache
def generators() -> str:
    return ", ".join(f"{tool} {version(tool)}" for tool in TOOLS)
