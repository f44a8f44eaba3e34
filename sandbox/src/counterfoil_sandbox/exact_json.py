"""JSON whose numbers keep their digits: decoded to `Decimal`, written as they are."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from json.encoder import encode_basestring
from typing import Any, NoReturn

LARGEST_WHOLE = 2**63


class BrokenJson(ValueError):
    """The bytes are not JSON in UTF-8."""


class Raw(str):
    """JSON that was written before, and stands as it is."""

    __slots__ = ()


def decode(data: bytes, read_number: Callable[[str], Decimal | int] = Decimal) -> Any:
    """Decode JSON, numbers with a point to `Decimal`; refuse NaN, lone surrogates and bottomless nesting."""
    try:
        value = json.loads(data.decode(), parse_float=read_number, parse_constant=_refuse_constant)
        if b"\\u" in data:
            json.dumps(value, ensure_ascii=False, default=str).encode()  # fails on a lone surrogate
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise BrokenJson(str(error)) from error
    return value


def read_whole(text: str) -> Decimal | int:
    """Read a number with a point, as an int if it is whole: to JSON Schema 7.0 is an integer."""
    number = Decimal(text)
    return int(number) if abs(number) < LARGEST_WHOLE and number == int(number) else number


def encode(value: Any) -> str:
    """Write a value as JSON, a `Decimal` with exactly the digits it has."""
    if isinstance(value, str):
        return value if isinstance(value, Raw) else encode_basestring(value)
    if isinstance(value, dict):
        return "{" + ",".join(f"{encode_basestring(key)}:{encode(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(encode, value)) + "]"
    if isinstance(value, Decimal):
        return format(value, "f")
    return json.dumps(value)


def _refuse_constant(name: str) -> NoReturn:
    raise BrokenJson(f"{name} is not JSON")
