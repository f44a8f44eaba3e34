"""From the wire to Python values: one pass, finite money only, and a path where something does not fit."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import msgspec

from .errors import DecodeError
from .refusal import show_body
from .response import Reply, find_request_id
from .types import read_custom

Tags = Mapping[str, tuple[str, ...]]
_NO_TAGS: Tags = {}
_PLACE = re.compile(r" - at `(.+)`$")
_MISSING = re.compile(r"missing required field `([^`]+)`")

# Decimal takes the strings "NaN" and " -Infinity " for numbers, and msgspec asks Decimal. They are searched for in
# a way that costs little beside decoding: every character that such a string can begin with becomes \1, and three
# of them after a quote are a place to look at closely. An answer that is suspected is gone through, value by value.
_BEGINNERS = frozenset(b"nNaAiIfFsS+- ") | frozenset(range(128, 256))
_MARKED = bytes(1 if code in _BEGINNERS else code for code in range(256))
_NOT_FINITE = re.compile(rb'"[\s\x80-\xff]*[+-]?s?(?:nan\d*|inf(?:inity)?)[\s\x80-\xff]*"', re.IGNORECASE)
_ESCAPED = re.compile(rb'"\\[tnrfu]|\\u00[4-7]')


def make_reader(kind: Any, tags: Tags = _NO_TAGS) -> Callable[[Reply], Any]:
    """The reader of answers of one type: None for an empty body, str and bytes for those, else JSON.

    The reader raises DecodeError where the answer does not fit. `tags` names the models that go by several.
    """
    if kind is None:
        return lambda _: None
    if kind is bytes:
        return lambda reply: reply.content
    decoder = msgspec.json.Decoder(kind, dec_hook=read_custom)

    def read(reply: Reply) -> Any:
        if kind is str and "json" not in reply.headers.get("content-type", ""):
            return _read_text(reply)
        content = reply.content.removeprefix(b"\xef\xbb\xbf")
        try:
            value = _decode(decoder, content, kind, tags)
        except msgspec.ValidationError as error:
            raise refuse_answer(reply, *_place(str(error))) from error
        except (ValueError, TypeError, OverflowError, RecursionError, ArithmeticError) as error:
            raise refuse_answer(reply, str(error)) from error
        path = _find_not_finite(value) if _may_not_be_finite(reply.content) else None
        if path is not None:
            raise refuse_answer(reply, "an amount is not a finite number", f"${path}")
        return value

    return read


def _decode(decoder: msgspec.json.Decoder[Any], content: bytes, kind: Any, tags: Tags) -> Any:
    """Read in one pass; only what is refused for a value that no model lists is read again, the slow way."""
    try:
        return decoder.decode(content)
    except msgspec.ValidationError as error:
        if not str(error).startswith("Invalid value"):
            raise
        from .unions import holds_union, read_with_unknown

        if not holds_union(kind):
            raise
        return read_with_unknown(content, kind, tags)


def follow(value: Any, path: tuple[str, ...]) -> Any:
    """Go along attributes; None where one on the way is absent or null."""
    for name in path:
        value = getattr(value, name, None)
        if value is None or value is msgspec.UNSET:
            return None
    return value


def refuse_answer(reply: Reply, problem: str, path: str | None = None) -> DecodeError:
    """The error for an answer that is not what the API documents."""
    kind = reply.headers.get("content-type", "no content type")
    received = "an empty body" if not reply.content else f"{len(reply.content)} bytes of {kind}"
    where = f" at {path}" if path else ""
    return DecodeError(
        f"the answer ({reply.status}, {received}) is not what the API documents: {problem}{where}. "
        "If the API has changed, a newer version of this package may know it.",
        path=path,
        status=reply.status,
        request_id=find_request_id(reply.headers),
        body=show_body(reply.content),
    )


def _place(message: str) -> tuple[str, str]:
    """Split msgspec's message into the problem and the path, which leads to a missing field as well."""
    place, missing = _PLACE.search(message), _MISSING.search(message)
    path = (place[1] if place else "$") + (f".{missing[1]}" if missing else "")
    return _PLACE.sub("", message), path


def _read_text(reply: Reply) -> str:
    try:
        return reply.content.decode()
    except UnicodeDecodeError as error:
        raise refuse_answer(reply, "it is not UTF-8") from error


def _may_not_be_finite(content: bytes) -> bool:
    marked = content.translate(_MARKED)
    at = marked.find(b'"\1\1\1')
    while at >= 0:
        if _NOT_FINITE.match(content, at):
            return True
        at = marked.find(b'"\1\1\1', at + 4)
    return b"\\" in content and _ESCAPED.search(content) is not None


def _find_not_finite(value: Any) -> str | None:
    """The path to the first amount that is not finite."""
    if isinstance(value, Decimal):
        return None if value.is_finite() else ""
    if isinstance(value, msgspec.Struct):
        parts = [(f".{name}", getattr(value, name)) for name in value.__struct_fields__]
    elif isinstance(value, Mapping):
        parts = [(f"[{key!r}]", part) for key, part in value.items()]
    elif isinstance(value, list):
        parts = [(f"[{index}]", part) for index, part in enumerate(value)]
    else:
        return None
    paths = ((step, _find_not_finite(part)) for step, part in parts)
    return next((step + path for step, path in paths if path is not None), None)
