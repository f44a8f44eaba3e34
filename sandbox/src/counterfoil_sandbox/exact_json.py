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
    """Text that is JSON already and is written unchanged."""

    __slots__ = ()


def decode(data: bytes, read_number: Callable[[str], Decimal | int] = Decimal) -> Any:
    """Decode JSON. A number with a point becomes a `Decimal`.

    Raises:
        BrokenJson: it is not JSON, has a NaN or a lone surrogate, or is nested too deeply.
    """
    try:
        value = json.loads(data.decode(), parse_float=read_number, parse_constant=_refuse_constant)
        if b"\\u" in data:
            json.dumps(value, ensure_ascii=False, default=str).encode()  # fails on a lone surrogate
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise BrokenJson(str(error)) from error
    return value


def read_whole(text: str) -> Decimal | int:
    """Read a number with a point; an int if it is whole, because JSON Schema accepts 7.0 as one."""
    number = Decimal(text)
    if abs(number) < LARGEST_WHOLE and number == int(number):
        return int(number)
    return number


def encode(value: Any) -> str:
    """Encode a value as JSON. A `Decimal` keeps all of its digits."""
    if isinstance(value, str):
        return value if isinstance(value, Raw) else encode_basestring(value)
    if isinstance(value, dict):
        members = [f"{encode_basestring(key)}:{encode(item)}" for key, item in value.items()]
        return "{" + ",".join(members) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(encode, value)) + "]"
    if isinstance(value, Decimal):
        return format(value, "f")
    return json.dumps(value)


def _refuse_constant(name: str) -> NoReturn:
    raise BrokenJson(f"{name} is not JSON")
