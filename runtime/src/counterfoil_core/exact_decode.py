"""The slow decoder, which reads a response value by value along its type.

msgspec decodes most responses in one pass. A response comes here only if that pass rejects it or
would lose information: a union member that no model describes, an integer written as 1000.0, an
amount that may be out of bounds or no JSON number, or a time in a position where its digits
cannot be truncated beforehand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from functools import cache
from types import UnionType
from typing import Any, TypeAlias, Union, get_args, get_origin

import msgspec
from msgspec import Raw, Struct, ValidationError, structs

from .one_of import OneOf, add_path
from .type_information import convert
from .types import Unknown, read_custom, write_custom

Tags: TypeAlias = Mapping[str, tuple[str, ...]]  # by model name, for models with several tags

MOST_WHOLE = 60  # digits of an amount before the point
MOST_PLACES = 30  # digits of an amount after the point
BEYOND = f"an amount has more than {MOST_WHOLE} digits before or {MOST_PLACES} after the point"
NUMBER = r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?"  # JSON's grammar, RFC 8259

_NUMBER = re.compile(NUMBER)
_NOT_FINITE = re.compile(r"\s*[+-]?s?(?:nan\d*|inf(?:inity)?)\s*", re.IGNORECASE)
_FINE_TIME = re.compile(r"(.{10}[Tt ].{8}\.[0-9]{6})[0-9]+(.*)")
# msgspec rejects integers with more digits than Python's limit, even in fields it would skip.
_HUGE = re.compile(rb"(?<=[:\[,\s])-?[0-9]{4000,}(?=[\s,}\]])")
_FAR_BEYOND = "1e4000"
# Types of values that msgspec alone would decode differently.
_CAREFUL = frozenset({Decimal, int, float, datetime, Any, Raw})


def _read_number(digits: str) -> Decimal:
    """Parse a number with a point or an exponent.

    A number that Decimal cannot represent is replaced with one that is out of bounds.
    """
    try:
        return Decimal(digits)
    except ArithmeticError:
        return Decimal(_FAR_BEYOND)


_PLAIN = msgspec.json.Decoder(float_hook=_read_number)
_ENCODER = msgspec.json.Encoder(decimal_format="number")


def read_exactly(content: bytes, kind: Any, tags: Tags) -> Any:
    """Decode JSON to `kind`.

    Union members that no model describes become Unknown, times are truncated to microseconds, and
    integers may be written with a point or an exponent.

    Raises msgspec.ValidationError, with a path, if a value does not fit or an amount is out of
    bounds.
    """
    try:
        value = _PLAIN.decode(content)
    except ValidationError:
        value = _PLAIN.decode(_HUGE.sub(_FAR_BEYOND.encode(), content))
    return _read(kind, value, tags, "$")


def read_json_values(content: bytes) -> Any:
    """Decode JSON to plain values, with a Decimal for each number that has a point or exponent."""
    return _PLAIN.decode(content)


def read_values(values: Any, kind: Any, tags: Tags) -> Any:
    """Convert JSON values to `kind` as `read_exactly` does. They may contain models and Decimals.

    Raises msgspec.ValidationError, with a path, if a value does not fit, also for an amount that is
    a float.
    """
    plain = msgspec.to_builtins(values, enc_hook=write_custom, builtin_types=(Decimal,))
    return _read(kind, plain, tags, "$")


@cache
def holds_union(kind: Any) -> bool:
    """Whether a type contains a union of several models."""
    return any(_lists_models(each) for each in list_parts(kind))


@cache
def list_parts(kind: Any) -> tuple[Any, ...]:
    """Return a type and all types that it consists of, each once."""
    found: dict[Any, None] = {}
    waiting = [kind]
    while waiting:
        part = waiting.pop()
        if part in found:
            continue
        found[part] = None
        if is_struct(part):
            waiting += [field.type for field in list_fields(part)]
        elif not isinstance(part, OneOf):  # its members have decoders of their own
            waiting += get_args(part)
    return tuple(found)


def list_one_ofs(kind: Any) -> list[OneOf]:
    """Return the unions within a type that msgspec cannot decode, except nested ones."""
    return [part for part in list_parts(kind) if isinstance(part, OneOf)]


def list_members(kind: Any) -> tuple[Any, ...]:
    """Return the members of a union, or the type itself."""
    if isinstance(kind, OneOf):
        return kind.parts
    return get_args(kind) if is_union(kind) else (kind,)


@cache
def list_fields(model: type[Struct]) -> tuple[structs.FieldInfo, ...]:
    """Return the fields of a model with their types resolved."""
    return structs.fields(model)


def is_struct(kind: Any) -> bool:
    """Whether a type is a model."""
    return isinstance(kind, type) and issubclass(kind, Struct)


def is_union(kind: Any) -> bool:
    """Whether a type is a union, in either notation."""
    return get_origin(kind) in (Union, UnionType)


def find_model(kind: Any, value: Mapping[str, Any], tags: Tags) -> type[Struct] | None:
    """Return the model of a union that matches an object's tag, or None."""
    models: list[type[Struct]] = [member for member in get_args(kind) if is_struct(member)]
    if len(models) == 1:
        return models[0]
    tag = value.get(models[0].__struct_config__.tag_field or "")
    for model in models:
        if tag in _list_tags(model, tags):
            return model
    return None


def _read(kind: Any, value: Any, tags: Tags, path: str) -> Any:
    if not _needs_care(kind):
        return _convert(kind, value, path)
    if isinstance(kind, OneOf):
        return _read_one_of(kind, value, path)
    if kind is Any or kind is Raw:
        return _read_free(kind, value)
    if kind in _CAREFUL:
        return _read_scalar(kind, value, path)
    if is_union(kind):
        return _read_union(kind, value, tags, path)
    if is_struct(kind) and isinstance(value, dict):
        return _read_struct(kind, value, tags, path)
    if get_origin(kind) is list and isinstance(value, list):
        item = get_args(kind)[0]
        return [_read(item, part, tags, f"{path}[{index}]") for index, part in enumerate(value)]
    if get_origin(kind) is tuple and isinstance(
        value, list
    ):  # only models written by hand have tuples
        item = get_args(kind)[0]
        return tuple(
            _read(item, part, tags, f"{path}[{index}]") for index, part in enumerate(value)
        )
    if get_origin(kind) is dict and isinstance(value, dict):
        item = get_args(kind)[1]
        return {key: _read(item, part, tags, f"{path}[...]") for key, part in value.items()}
    return _convert(kind, value, path)


@cache
def _needs_care(kind: Any) -> bool:
    """Return whether a type contains values that msgspec alone would decode differently."""
    if holds_union(kind) or list_one_ofs(kind):
        return True
    return not _CAREFUL.isdisjoint(list_parts(kind))


def _read_one_of(kind: OneOf, value: Any, path: str) -> Any:
    try:
        return kind.read(_ENCODER.encode(value))
    except ValidationError as error:
        raise ValidationError(add_path(str(error), path)) from error


def _read_union(kind: Any, value: Any, tags: Tags, path: str) -> Any:
    if isinstance(value, dict) and _lists_models(kind):
        model = find_model(kind, value, tags)
        if model is None:
            return Unknown(_ENCODER.encode(value))
        return _read(model, value, tags, path)
    for member in get_args(kind):
        if _fits(member, value):
            return _read(member, value, tags, path)
    return _convert(kind, value, path)


def _read_struct(kind: type[Struct], value: dict[str, Any], tags: Tags, path: str) -> Any:
    config = kind.__struct_config__
    tag = value.get(config.tag_field) if config.tag_field else None
    if tag is not None and tag not in _list_tags(kind, tags):
        raise ValidationError(f"Invalid value {tag!r} - at `{path}.{config.tag_field}`")
    made = {}
    for field in list_fields(kind):
        name = field.encode_name
        if name in value:
            made[field.name] = _read(field.type, value[name], tags, f"{path}.{name}")
        elif field.required:
            raise ValidationError(f"Object missing required field `{name}` - at `{path}`")
    return kind(**made)


def _read_scalar(kind: Any, value: Any, path: str) -> Any:
    if not isinstance(value, bool):
        if kind is Decimal and isinstance(value, (str, int, Decimal)):
            return _read_amount(value, path)
        if kind is int and isinstance(value, (int, Decimal)):
            return _read_integer(value, path)
        if kind is Decimal and isinstance(value, float):  # of `read_values` alone
            raise ValidationError(f"Expected a Decimal, int or text, got `float` - at `{path}`")
    if kind is float and isinstance(value, Decimal):
        return float(value)
    if kind is datetime and isinstance(value, str):
        return _convert(kind, cut_time(value), path)
    return _convert(kind, value, path)


def _read_amount(value: str | int | Decimal, path: str) -> Decimal:
    if isinstance(value, str) and not _NUMBER.fullmatch(value):
        if _NOT_FINITE.fullmatch(value):
            raise ValidationError(f"an amount is not a finite number - at `{path}`")
        raise ValidationError(f"an amount is not written as a JSON number - at `{path}`")
    try:
        amount = Decimal(value)
    except ArithmeticError as error:  # the exponent is out of Decimal's own range
        raise ValidationError(f"{BEYOND} - at `{path}`") from error
    _require_bounds(amount, path)
    return amount


def _read_integer(value: int | Decimal, path: str) -> int:
    """Read an integer as JSON Schema defines it, which includes 1000.0 and 1e3."""
    amount = Decimal(value)
    _require_bounds(amount, path)
    if amount != amount.to_integral_value():
        raise ValidationError(f"Expected `int`, got `float` - at `{path}`")
    return int(amount)


def _require_bounds(amount: Decimal, path: str) -> None:
    """Reject numbers out of bounds: no currency has them, and writing them out can take hours."""
    places = -int(amount.as_tuple().exponent)
    whole = amount.adjusted() + 1 if amount else 1
    if whole > MOST_WHOLE or places > MOST_PLACES:
        raise ValidationError(f"{BEYOND} - at `{path}`")


def cut_time(text: str) -> str:
    """Truncate a time to microseconds, which msgspec would round."""
    fine = _FINE_TIME.fullmatch(text)
    return fine[1] + fine[2] if fine else text


def _read_free(kind: Any, value: Any) -> Any:
    """Decode a value of an untyped field the way the fast decoder does."""
    content = _ENCODER.encode(value)
    return Raw(content) if kind is Raw else msgspec.json.decode(content)


def _convert(kind: Any, value: Any, path: str) -> Any:
    try:
        return convert(value, kind, dec_hook=read_custom)
    except ValidationError as error:
        # The caller does not know that numbers were decoded to Decimal first.
        message = str(error).replace("got `decimal`", "got `float`")
        problem, _, place = message.partition(" - at `$")
        inner_path = place.rstrip("`")
        raise ValidationError(f"{problem} - at `{path}{inner_path}`") from error


def _fits(member: Any, value: Any) -> bool:
    """Whether a JSON value belongs to this member of a union."""
    if member is int:
        is_whole = isinstance(value, Decimal) and value == value.to_integral_value()
        return is_whole or (isinstance(value, int) and not isinstance(value, bool))
    if member is float:
        return isinstance(value, (Decimal, float))
    if member is Decimal:
        return isinstance(value, (str, int, Decimal, float)) and not isinstance(value, bool)
    if member is datetime:
        return isinstance(value, str)
    if member is Any or member is Raw:
        return True
    container = dict if is_struct(member) else get_origin(member)
    return isinstance(container, type) and isinstance(value, container)


def _lists_models(kind: Any) -> bool:
    return is_union(kind) and sum(map(is_struct, get_args(kind))) > 1


def _list_tags(model: type[Struct], tags: Tags) -> tuple[Any, ...]:
    return (model.__struct_config__.tag, *tags.get(model.__name__, ()))
