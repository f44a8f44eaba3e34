"""A fast check whether msgspec decoded the amounts of a response safely.

msgspec makes a Decimal of everything that Decimal() accepts: "NaN", "1_000", " 5 ", digits of any
script, 1e999999999. Inspecting each value afterwards would take longer than decoding. Instead the
response is decoded a second time to a reduced copy of its models, which contains only their
amounts, as floats and as strings with a pattern; msgspec skips the rest. A response that this copy
rejects, or whose digits a float cannot represent, is doubtful and is decoded again by
`exact_decode`, which decides.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from .exact_decode import MOST_PLACES, MOST_WHOLE, list_parts
from .sketch import make_sketch

_TEXT = rf"^-?(?:0|[1-9][0-9]{{0,{MOST_WHOLE - 1}}})(?:\.[0-9]{{1,{MOST_PLACES}}})?\Z"
_AMOUNT = (
    Annotated[float, Meta(gt=-(10.0**MOST_WHOLE), lt=10.0**MOST_WHOLE)]
    | Annotated[str, Meta(pattern=_TEXT)]
)
# A negative exponent. The pattern starts at the sign, which is rarer than digits.
_SMALL = re.compile(rb"-(?<=[0-9][eE]-)[0-9]")
_UNREADABLE = (msgspec.MsgspecError, ValueError, TypeError, ArithmeticError, RecursionError)

# A run of 31 digits covers at least 3 of every 10th byte, so inspecting a tenth is enough.
_STEP = 10
_DIGITS = bytearray(b"." * 256)  # a translation table: each digit becomes 0, all else a point
_DIGITS[ord("0") : ord("9") + 1] = b"0" * 10
_SAMPLE = b"0" * ((MOST_PLACES + 1) // _STEP)


class AmountCheck:
    """The check of responses of one type."""

    def __init__(self, kind: Any) -> None:
        parts = list_parts(kind)
        self._holds_numbers = Decimal in parts or int in parts
        self._holds_amounts = Decimal in parts
        self._sketch = _make_sketch(kind)

    def doubts(self, content: bytes) -> bool:
        """Whether a response may contain an amount that is out of bounds or no JSON number.

        Can be called before the response is known to fit its type. A response that does not fit is
        doubtful; no exception is raised.
        """
        if self._holds_amounts:
            if self._sketch is None or _SMALL.search(content):
                return True
            try:
                self._sketch.decode(content)
            except _UNREADABLE:
                return True
        return self._holds_numbers and _has_long_run(content)


def _look(kind: Any, name: str) -> Any:
    return _AMOUNT if kind is Decimal else None


def _make_sketch(kind: Any) -> msgspec.json.Decoder[Any] | None:
    """Return the decoder of the amounts, or None if there are none.

    Also returns None if a model contains itself: every response is doubtful then.
    """
    try:
        return make_sketch(kind, _look)
    except RecursionError:
        return None


def _has_long_run(content: bytes) -> bool:
    """Whether a run of digits exceeds the bounds of an amount."""
    sample = content[::_STEP].translate(_DIGITS)
    at = sample.find(_SAMPLE)
    while at >= 0:
        first = at * _STEP
        before = content[max(0, first - MOST_WHOLE) : first]
        after = content[first : first + MOST_WHOLE + 1]
        head = before.rstrip(b"0123456789")
        following = len(after) - len(after.lstrip(b"0123456789"))
        length = len(before) - len(head) + following
        if length > (MOST_PLACES if head.endswith(b".") else MOST_WHOLE):
            return True
        at = sample.find(_SAMPLE, at + following // _STEP + 1)
    return False
