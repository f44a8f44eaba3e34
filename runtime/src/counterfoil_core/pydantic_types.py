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

    def serialize(value: Any, info: core_schema.SerializationInfo) -> Any:
        return value.to_dict() if info.mode == "python" else to_json_values(value)

    return core_schema.no_info_plain_validator_function(
        validate,
        serialization=core_schema.plain_serializer_function_ser_schema(serialize, info_arg=True),
    )


def to_json_values(value: Any) -> Any:
    """Return the values of `to_dict` with texts for amounts, so that no digit is lost."""
    return _amounts_to_text(value.to_dict())


def _amounts_to_text(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _amounts_to_text(part) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_amounts_to_text(part) for part in value]
    if isinstance(value, (str, bool, int, float, type(None))):
        return value
    return format(value, "f")


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
