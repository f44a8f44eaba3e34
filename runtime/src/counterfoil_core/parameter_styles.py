"""Parameters outside the body, written in the styles that OpenAPI defines.

Each function takes a value as Python has it (a text, number, date, enum, list, mapping or struct)
and returns the characters that are sent. Text in URLs and cookies is percent-encoded as RFC 3986
asks: everything but letters, digits, `-`, `.`, `_` and `~`, in UTF-8.

    | place  | styles                                               |
    | query  | form, spaceDelimited, pipeDelimited, deepObject, json |
    | path   | simple, label, matrix, json                           |
    | header | simple, json                                          |
    | cookie | form, json                                            |

`json` is a parameter with `content`: its value is one JSON text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal
from urllib.parse import quote

import msgspec

from .encode import make_body_writer, write_text
from .types import write_custom

QueryStyle = Literal["form", "spaceDelimited", "pipeDelimited", "deepObject", "json"]
PathStyle = Literal["simple", "label", "matrix", "json"]
HeaderStyle = Literal["simple", "json"]
CookieStyle = Literal["form", "json"]

# Reserved characters that a query may hold as they are and that separate nothing in it: `&` and
# `+` would, and `#`, `[` and `]` do not belong in a query (RFC 3986, section 3.4).
_RESERVED = ":/?@!$'()*,;="
_TRIPLET = re.compile(r"%[0-9A-Fa-f]{2}")
_DELIMITERS = {"form": ",", "spaceDelimited": "%20", "pipeDelimited": "%7C"}

_encode_json = make_body_writer("number")

Plain = str | list["Plain"] | dict[str, "Plain"] | None
"""A value whose leaves are texts already."""


def write_query_parameter(
    name: str,
    value: object,
    *,
    style: QueryStyle = "form",
    explode: bool = True,
    allow_reserved: bool = False,
) -> list[str]:
    """Return the `name=value` pairs of one query parameter; none for an empty list or mapping.

    Lists within a `deepObject` are written with their index, `filter[ids][0]=7`: the form that PHP,
    Node's qs and Stripe read. OpenAPI does not define one.

    Raises ValueError or TypeError for a value that the style cannot express.
    """
    encoded_name = _encode(name)
    if style == "json":
        return [f"{encoded_name}={_encode(_write_json(value))}"]
    plain = _to_plain(value)
    if style == "deepObject":
        if isinstance(plain, str):
            return [f"{encoded_name}={_encode(plain, allow_reserved)}"]
        return [
            f"{encoded_name}{path}={_encode(text, allow_reserved)}"
            for path, text in _walk_deep(plain)
        ]
    match plain:
        case None:
            return []
        case str():
            return [f"{encoded_name}={_encode(plain, allow_reserved)}"]
        case list():
            texts = [_encode(_require_text(part), allow_reserved) for part in plain]
            if explode:
                return [f"{encoded_name}={text}" for text in texts]
            return [f"{encoded_name}={_DELIMITERS[style].join(texts)}"] if texts else []
        case dict():
            pairs = [
                (_encode(key), _encode(_require_text(part), allow_reserved))
                for key, part in _drop_absent(plain)
            ]
            if explode:
                return [f"{key}={text}" for key, text in pairs]
            texts = [text for pair in pairs for text in pair]
            return [f"{encoded_name}={_DELIMITERS[style].join(texts)}"] if texts else []


def write_path_parameter(
    name: str, value: object, *, style: PathStyle = "simple", explode: bool = False
) -> str:
    """Return the text that replaces a hole in a path.

    Raises ValueError or TypeError for a value that the style cannot express.
    """
    if style == "json":
        return _encode(_write_json(value))
    plain = _to_plain(value)
    prefix = {"simple": "", "label": ".", "matrix": ";"}[style]
    separator = {"simple": ",", "label": ".", "matrix": ";"}[style] if explode else ","
    encoded_name = _encode(name)
    match plain:
        case None:
            return ""
        case str():
            text = _encode(plain)
            return f";{encoded_name}={text}" if style == "matrix" else prefix + text
        case list():
            texts = [_encode(_require_text(part)) for part in plain]
            if style == "matrix" and explode:
                return "".join(f";{encoded_name}={text}" for text in texts)
            joined = separator.join(texts)
        case dict():
            pairs = [
                (_encode(key), _encode(_require_text(part))) for key, part in _drop_absent(plain)
            ]
            joined = _join_pairs(pairs, separator, explode=explode)
            if style == "matrix" and explode:
                return prefix + joined
    return f";{encoded_name}={joined}" if style == "matrix" else prefix + joined


def write_header_parameter(
    value: object, *, style: HeaderStyle = "simple", explode: bool = False
) -> str:
    """Return a header's text, which is not percent-encoded.

    Raises ValueError or TypeError for a value that the style cannot express, such as a list with
    a comma within one of its texts.
    """
    if style == "json":
        return _write_json(value, ascii_only=True)
    plain = _to_plain(value)
    match plain:
        case None:
            return ""
        case str():
            return plain
        case list():
            texts = [_require_text(part) for part in plain]
            if len(texts) > 1:
                _refuse_commas(texts)
            return ",".join(texts)
        case dict():
            pairs = [(key, _require_text(part)) for key, part in _drop_absent(plain)]
            _refuse_commas([text for pair in pairs for text in pair])
            return _join_pairs(pairs, ",", explode=explode)


def write_cookie_parameter(
    name: str, value: object, *, style: CookieStyle = "form", explode: bool = True
) -> list[str]:
    """Return the `name=value` pairs of one cookie parameter, to be joined with `; `.

    Percent-encoding keeps line breaks, semicolons and blanks out of the header.
    """
    return write_query_parameter(name, value, style=style, explode=explode)


def _encode(text: str, allow_reserved: bool = False) -> str:
    if not allow_reserved:
        return quote(text, safe="")
    parts: list[str] = []
    position = 0
    for triplet in _TRIPLET.finditer(text):  # what is encoded already stays as it is (RFC 6570)
        parts.append(quote(text[position : triplet.start()], safe=_RESERVED))
        parts.append(triplet.group())
        position = triplet.end()
    parts.append(quote(text[position:], safe=_RESERVED))
    return "".join(parts)


def _write_json(value: object, *, ascii_only: bool = False) -> str:
    """Return a value as JSON, amounts as numbers with their exact digits."""
    text = _encode_json(value).decode()
    if not ascii_only:
        return text
    return "".join(char if char < "\x7f" else _escape(char) for char in text)


def _escape(char: str) -> str:
    units = char.encode("utf-16-be")
    return "".join(f"\\u{units[index : index + 2].hex()}" for index in range(0, len(units), 2))


def _to_plain(value: object) -> Plain:
    """Return a value as nested lists and mappings whose leaves are texts."""
    builtin: Any = msgspec.to_builtins(
        value, enc_hook=write_custom, builtin_types=(Decimal, datetime, date)
    )
    return _write_leaves(builtin)


def _write_leaves(value: Any) -> Plain:
    if value is None:
        return None
    if isinstance(value, Mapping):
        return {str(key): _write_leaves(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_write_leaves(part) for part in value]
    return write_text(value)


def _walk_deep(plain: Plain, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield the bracketed path and the text of each leaf: `("%5Bstatus%5D", "open")`."""
    match plain:
        case None:
            return
        case str():
            yield path, plain
        case list():
            for index, part in enumerate(plain):
                yield from _walk_deep(part, f"{path}%5B{index}%5D")
        case dict():
            for key, part in plain.items():
                yield from _walk_deep(part, f"{path}%5B{_encode(key)}%5D")


def _require_text(part: Plain) -> str:
    if isinstance(part, str):
        return part
    if part is None:
        raise ValueError("a list or mapping in a parameter cannot hold null")
    raise ValueError("a list or mapping in a parameter cannot hold another one")


def _drop_absent(plain: dict[str, Plain]) -> list[tuple[str, Plain]]:
    return [(key, part) for key, part in plain.items() if part is not None]


def _join_pairs(pairs: list[tuple[str, str]], separator: str, *, explode: bool) -> str:
    if explode:
        return separator.join(f"{key}={text}" for key, text in pairs)
    return separator.join(text for pair in pairs for text in pair)


def _refuse_commas(texts: list[str]) -> None:
    if any("," in text for text in texts):
        raise ValueError("a value contains a comma, which separates the values of a header")
