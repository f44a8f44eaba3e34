"""From Python values to the wire: texts in URLs and headers, JSON and form bodies."""

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

_NEEDS_SPELLING = re.compile(rb"\dE[+-]?\d|NaN|Infinity|T\d\d:\d\d:\d\d(?:\.\d+)?[+-]\d\d:\d\d\"")
_LONGEST_NUMBER = 400


def write_text(value: object) -> str:
    """One value as a text: true/false, an enum's value, an instant in UTC ending in Z, a decimal without exponent.

    Raises ValueError or TypeError for what has no such form: a datetime without a zone, a float, a struct.
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
    """A query string or form; an array is its parameter repeated."""
    return "&".join(
        f"{quote(name, safe='')}={quote(write_text(part), safe='')}"
        for name, value in pairs
        for part in (value if isinstance(value, (list, tuple)) else (value,))
    )


def write_form(body: object) -> bytes:
    """A struct as application/x-www-form-urlencoded, by its wire names."""
    parts: Any = msgspec.to_builtins(body, enc_hook=write_custom, builtin_types=(Decimal, datetime, date))
    return write_query([(name, value) for name, value in parts.items() if value is not None]).encode()


def make_body_writer(decimals: Literal["number", "string"]) -> Callable[[object], bytes]:
    """The JSON writer of an API that takes decimals in this form.

    Decimals are written digit for digit. In the common case a struct becomes bytes in one pass; only where the
    result holds an exponent or an offset from UTC are the values gone through, to spell them as APIs want them.
    The writer raises ValueError for NaN and Infinity.
    """
    encoder = msgspec.json.Encoder(decimal_format=decimals, enc_hook=write_custom)

    def write(body: object) -> bytes:
        content = encoder.encode(body)
        if _NEEDS_SPELLING.search(content):
            parts = msgspec.to_builtins(body, enc_hook=write_custom, builtin_types=(Decimal, datetime))
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
