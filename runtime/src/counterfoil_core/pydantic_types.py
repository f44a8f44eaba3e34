"""Models as types of pydantic. Imported only by pydantic, which is no dependency.

A field of a `pydantic.BaseModel` can be a model, and so can a `response_model` of FastAPI.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from pydantic_core import core_schema

from .types import NaiveDateTime, Secret, Unknown

_REF = "#/$defs/"


def make_core_schema(cls: type[Any]) -> core_schema.CoreSchema:
    """Return pydantic's schema of a model: an instance, or the values of `from_dict`."""

    def validate(value: Any) -> Any:
        return value if isinstance(value, cls) else cls.from_dict(value)

    # In JSON, pydantic writes the Decimals of the dict as texts.
    return core_schema.no_info_plain_validator_function(
        validate,
        serialization=core_schema.plain_serializer_function_ser_schema(cls.to_dict),
    )


def make_json_schema(cls: type[Any]) -> dict[str, Any]:
    """Return the JSON Schema of a model with its parts in place; one within itself is an object."""
    (schema,), parts = msgspec.json.schema_components(
        (cls,), schema_hook=_describe, ref_template=_REF + "{name}"
    )
    found: dict[str, Any] = _inline(schema, parts, ())
    return found


def _describe(kind: type) -> dict[str, Any]:
    if kind is Unknown:
        return {}
    if kind in (NaiveDateTime, Secret):
        return {"type": "string"}
    raise NotImplementedError(kind)  # msgspec's way to say that a hook does not know a type


def _inline(node: Any, parts: Mapping[str, Any], within: tuple[str, ...]) -> Any:
    if isinstance(node, list):
        return [_inline(child, parts, within) for child in node]
    if not isinstance(node, dict):
        return node
    name = str(node.get("$ref", "")).removeprefix(_REF)
    if name in within:
        return {"type": "object", "title": name}
    if name:
        return _inline(parts[name], parts, (*within, name))
    return {key: _inline(child, parts, within) for key, child in node.items()}
