"""The types of a package by name, and the decoders built from them."""

from __future__ import annotations

import builtins
import datetime
import decimal
import importlib
from typing import Any

import msgspec

Difference = tuple[str, str]  # the model it is about, "" for none; what differs


def describe_error(error: Exception) -> str:
    """Return an exception in one line."""
    message = " ".join(str(error).split())
    return f"{type(error).__name__}: {message}"


def make_scope(models: Any) -> dict[str, Any]:
    """Return the names used by the types in models.py and in SURFACE.md."""
    types = importlib.import_module("counterfoil_core.types")
    unions = importlib.import_module("counterfoil_core.one_of")
    files = importlib.import_module("counterfoil_core.multipart")
    own = {name: getattr(models, name) for name in dir(models) if not name.startswith("_")}
    return {
        **{name: getattr(types, name) for name in types.__all__},
        "DecimalOrStr": unions.DecimalOrStr,
        "Variant": importlib.import_module("counterfoil_core.variants").Variant,
        "FileInput": files.FileInput,
        **own,
        "builtins": builtins,
        "Decimal": decimal.Decimal,
        "Any": Any,
        "UnsetType": msgspec.UnsetType,
        "models": models,
        "datetime": datetime,
        "date": datetime.date,
    }


def read_type(text: str, scope: dict[str, Any]) -> Any:
    """Return the type that an annotation names."""
    found = eval(text, scope)  # noqa: S307 -- the generator wrote it
    return type(None) if found is None else found


def build_decoder(kind: Any) -> None:
    """Build the decoder that a client builds at its first call."""
    msgspec.json.Decoder(kind, dec_hook=lambda kind, value: value)


def inspect_type(kind: Any) -> None:
    """Inspect a type as the check of requests does."""
    msgspec.inspect.type_info(kind)
