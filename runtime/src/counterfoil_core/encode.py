"""Serialization of Python values: URL and header values, JSON and form bodies."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, Literal
from urllib.parse import quote

import msgspec

from .types import NaiveDateTime, write_custom

# Four patterns, because one that begins with a letter is searched for as fast as that letter.
# They are compiled at the first body, which many processes never write.
_NEEDS_SPELLING = (
    rb"E(?=[+-]?\d)(?<=\dE)",
    rb"N(?=aN)",
    rb"I(?=nfinity)",
    rb'T(?=\d\d:\d\d:\d\d(?:\.\d+)?[+-]\d\d:\d\d")',
)
_LONGEST_NUMBER = 400


def write_text(value: object) -> str:
    """Serialize one value as a str.

    Booleans become true or false, an enum member its value, an aware datetime UTC time ending in
    Z, a Decimal its digits without an exponent. Raises ValueError for a naive datetime or a
    non-finite Decimal, and TypeError for types without such a form, such as float or a struct.
    """
    match value:
        case Enum():
            return write_text(value.value)
        case str():
            return str(value)
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case Decimal():
            return _write_decimal(value)
        case NaiveDateTime():
            return str(value)
        case datetime():
            return _write_instant(value)
        case date():
            return value.isoformat()
    raise TypeError(f"a {type(value).__name__} cannot be written as a text")


def write_query(pairs: list[tuple[str, object]]) -> str:
    """Serialize a query string or form. An array repeats its parameter for each item."""
    written = []
    for name, value in pairs:
        key = quote(name, safe="")
        parts = value if isinstance(value, (list, tuple)) else (value,)
        for part in parts:
            text = quote(write_text(part), safe="")
            written.append(f"{key}={text}")
    return "&".join(written)


def write_list(value: object) -> str:
    """Serialize a value, or the items of an array separated by commas, percent-encoded.

    A comma within an item becomes %2C.
    """
    if isinstance(value, (list, tuple)):
        return ",".join([quote(write_text(part), safe="") for part in value])
    return quote(write_text(value), safe="")


def write_form(body: object) -> bytes:
    """Serialize a struct as application/x-www-form-urlencoded, using its wire names."""
    fields: dict[str, object] = msgspec.to_builtins(
        body, enc_hook=write_custom, builtin_types=(Decimal, datetime, date)
    )
    pairs = [(name, value) for name, value in fields.items() if value is not None]
    return write_query(pairs).encode()


def make_body_writer(decimals: Literal["number", "string"]) -> Callable[[object], bytes]:
    """Return a JSON serializer that writes Decimals as JSON numbers or as strings.

    Decimals keep every digit. Most bodies are encoded in one pass. Only if the result contains an
    exponent, NaN, Infinity or a UTC offset is the body encoded again, value by value. The
    serializer raises ValueError for NaN and Infinity.
    """
    encoder = msgspec.json.Encoder(decimal_format=decimals, enc_hook=write_custom)

    def write(body: object) -> bytes:
        content = encoder.encode(body)
        if any(re.search(pattern, content) for pattern in _NEEDS_SPELLING):
            parts = msgspec.to_builtins(
                body, enc_hook=write_custom, builtin_types=(Decimal, datetime)
            )
            content = encoder.encode(_spell_out(parts, decimals))
        return content

    return write


def _spell_out(value: Any, decimals: str) -> Any:
    match value:
        case dict():
            return {name: _spell_out(part, decimals) for name, part in value.items()}
        case list() | tuple():
            return [_spell_out(part, decimals) for part in value]
        case Decimal():
            digits = _write_decimal(value)
            return msgspec.Raw(digits.encode()) if decimals == "number" else digits
        case datetime() if value.utcoffset() is not None:
            return _write_instant(value)
        case _:
            return value


def _write_decimal(value: Decimal) -> str:
    if not value.is_finite() or abs(value.adjusted()) > _LONGEST_NUMBER:
        raise ValueError(f"{value} is not a number that can be written out")
    return format(value, "f")


def _write_instant(value: datetime) -> str:
    if value.utcoffset() is None:
        raise ValueError(f"{value} has no time zone")
    return value.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"
