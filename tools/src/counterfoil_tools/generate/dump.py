"""`--show`: look into a stage."""

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
    """Return the IR of one API as an outline, or as JSON its resolved document or its operations."""
    document = lint(read(folder))
    if what == "document":
        return bundle(document)
    if what == "operations":
        return write_operations(document)
    return "\n".join(_outline(model(document)))


def _outline(value: Any, indent: str = "", name: str = "") -> list[str]:
    label = f"{indent}{name}: " if name else indent
    if is_dataclass(value):
        inner = [
            line
            for one in fields(value)
            for line in _outline(getattr(value, one.name), f"{indent}  ", one.name)
        ]
        return [f"{label}{type(value).__name__}", *inner]
    if isinstance(value, tuple) and value and is_dataclass(value[0]):
        return [f"{label}", *(line for one in value for line in _outline(one, f"{indent}  "))]
    return [f"{label}{value!r}"]
