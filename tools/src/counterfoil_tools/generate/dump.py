"""Show the result of a stage: `--show`."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from ..openapi.bundle import bundle
from ..openapi.ingest import read
from .lint import lint
from .model import model
from .sandbox_data import write_operations


def dump_model(folder: Path, what: str) -> str:
    """Return an API's IR as an outline, or its resolved document or operations as JSON."""
    document = lint(read(folder))
    if what == "document":
        return bundle(document)
    if what == "operations":
        return write_operations(document)
    return "\n".join(_outline(model(document)))


def _outline(value: Any, indent: str = "", name: str = "") -> list[str]:
    label = f"{indent}{name}: " if name else indent
    deeper = f"{indent}  "
    if is_dataclass(value):
        lines = [f"{label}{type(value).__name__}"]
        for one in fields(value):
            lines += _outline(getattr(value, one.name), deeper, one.name)
        return lines
    if isinstance(value, tuple) and value and is_dataclass(value[0]):
        lines = [label]
        for one in value:
            lines += _outline(one, deeper)
        return lines
    return [f"{label}{value!r}"]
