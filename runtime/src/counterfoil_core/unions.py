"""The slow way to read an answer: for unions whose tag no model bears. What is unknown is kept raw, every digit of it.

Answers are read in one pass by msgspec; only one that it refuses for a tag comes here.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin

import msgspec
from msgspec import Struct, structs

from .types import Unknown, read_custom

Tags = Mapping[str, tuple[str, ...]]  # by model name, for those that go by several tags

_PLAIN = msgspec.json.Decoder(float_hook=Decimal)
_ENCODER = msgspec.json.Encoder(decimal_format="number")


def read_with_unknown(content: bytes, kind: Any, tags: Tags) -> Any:
    """Read JSON as `kind`, members of unions that no model stands for as Unknown.

    Raises msgspec.ValidationError, with a path, where anything else does not fit.
    """
    return _build(kind, _PLAIN.decode(content), tags, "$")


@cache
def holds_union(kind: Any, seen: frozenset[Any] = frozenset()) -> bool:
    """Whether a type reaches a union of several models."""
    if kind in seen:
        return False
    if _is_struct(kind):
        return any(holds_union(field.type, seen | {kind}) for field in structs.fields(kind))
    members = get_args(kind)
    several = _is_union(kind) and sum(map(_is_struct, members)) > 1
    return several or any(holds_union(member, seen) for member in members if member is not Ellipsis)


def _build(kind: Any, value: Any, tags: Tags, path: str) -> Any:
    if not holds_union(kind):
        return _convert(kind, value, path)
    if _is_union(kind):
        return _build_union(kind, value, tags, path)
    if get_origin(kind) is list and isinstance(value, list):
        return [_build(get_args(kind)[0], part, tags, f"{path}[{index}]") for index, part in enumerate(value)]
    if get_origin(kind) is dict and isinstance(value, dict):
        return {key: _build(get_args(kind)[1], part, tags, f"{path}[...]") for key, part in value.items()}
    if _is_struct(kind) and isinstance(value, dict):
        return _build_struct(kind, value, tags, path)
    return _convert(kind, value, path)


def _build_union(kind: Any, value: Any, tags: Tags, path: str) -> Any:
    models = [member for member in get_args(kind) if _is_struct(member)]
    if isinstance(value, dict) and len(models) > 1:
        tag = value.get(models[0].__struct_config__.tag_field)
        named = (model for model in models if tag in (model.__struct_config__.tag, *tags.get(model.__name__, ())))
        model = next(named, None)
        return Unknown(_ENCODER.encode(value)) if model is None else _build(model, value, tags, path)
    fitting = [member for member in get_args(kind) if holds_union(member) and isinstance(value, _container(member))]
    return _build(fitting[0], value, tags, path) if fitting else _convert(kind, value, path)


def _build_struct(kind: type[Struct], value: dict[str, Any], tags: Tags, path: str) -> Any:
    made = {}
    for field in structs.fields(kind):
        if field.encode_name in value:
            made[field.name] = _build(field.type, value[field.encode_name], tags, f"{path}.{field.encode_name}")
        elif field.required:
            raise msgspec.ValidationError(f"Object missing required field `{field.encode_name}` - at `{path}`")
    return kind(**made)


def _convert(kind: Any, value: Any, path: str) -> Any:
    if _is_struct(kind) and isinstance(value, dict) and kind.__struct_config__.tag is not None:
        value = {**value, kind.__struct_config__.tag_field: kind.__struct_config__.tag}  # it may have come by another
    try:
        return msgspec.convert(value, kind, dec_hook=read_custom)
    except msgspec.ValidationError as error:
        problem, _, place = str(error).partition(" - at `$")
        raise msgspec.ValidationError(f"{problem} - at `{path}{place.rstrip('`')}`") from error


def _container(kind: Any) -> type:
    return dict if _is_struct(kind) else get_origin(kind) or object


def _is_struct(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Struct)


def _is_union(kind: Any) -> bool:
    return get_origin(kind) in (Union, UnionType)
