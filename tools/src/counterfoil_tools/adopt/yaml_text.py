"""Plain data as YAML in house style: block form, long texts folded or literal, blank lines between
entries.

The text reads back as the same data with the core schema of YAML 1.2 and with the older rules of
1.1.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

WIDTH = 120
PLAIN = re.compile(r"[A-Za-z0-9_/(.$][^\x00-\x1f\x7f-\x9f\ufeff\u2028\u2029]*")
UNSAFE = re.compile(r":(\s|$)|\s#|^(- |\? |---|\.\.\.)|\s$")
ESCAPED = re.compile("[\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
NUMBER = re.compile(  # of YAML 1.2 or 1.1, which knows 0b1, 1_000 and 1:30 too
    r"[-+]?(0b[01_]+|0x[0-9a-f_]+|0o?[0-7_]+|[0-9][0-9_]*(:[0-9]+)*(\.[0-9_]*)?(e[-+]?[0-9]+)?"
    r"|\.[0-9_]+(e[-+]?[0-9]+)?|\.inf)|\.nan",
    re.IGNORECASE,
)
DATE = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}")
UNPRINTABLE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
WORDS = {"y", "n", "yes", "no", "on", "off", "true", "false", "null", "~", "=", "<<"}
SPACED = {("paths",), ("components", "schemas")}  # what holds entries that a blank line parts


def to_yaml(root: dict[str, Any]) -> str:
    """Return a document as YAML text."""
    lines: list[str] = []
    for number, (key, value) in enumerate(root.items()):
        lines += [""] if number else []
        lines += _entry(key, value, 0, (key,))
    return "\n".join(lines) + "\n"


def _entry(key: str, value: Any, indent: int, path: tuple[str, ...]) -> Iterator[str]:
    """Yield the lines of one key and its value."""
    start = f"{' ' * indent}{spell_key(key)}:"
    if isinstance(value, dict) and value:
        yield start
        for number, (name, child) in enumerate(value.items()):
            if number and path in SPACED:
                yield ""
            yield from _entry(str(name), child, indent + 2, (*path, str(name)))
    elif isinstance(value, list) and value:
        if _is_short(value, indent + len(key)):
            yield f"{start} [{', '.join(spell(one, in_flow=True) for one in value)}]"
            return
        yield start
        for one in value:
            yield from _item(one, indent + 2)
    elif isinstance(value, str) and _is_block(value, indent):
        yield from _block(start, value, indent + 2)
    else:
        yield f"{start} {spell(value)}"


def _item(value: Any, indent: int) -> Iterator[str]:
    """Yield the lines of one item of a list."""
    if isinstance(value, dict) and value:
        lines: list[str] = []
        for name, one in value.items():
            lines += _entry(str(name), one, indent + 2, ())
        yield f"{' ' * indent}- {lines[0].lstrip()}"
        yield from lines[1:]
    elif isinstance(value, list) and value:
        yield f"{' ' * indent}-"
        for one in value:
            yield from _item(one, indent + 2)
    elif isinstance(value, str) and _is_block(value, indent):
        yield from _block(f"{' ' * indent}-", value, indent + 2)
    else:
        yield f"{' ' * indent}- {spell(value)}"


def _is_short(value: list[Any], used: int) -> bool:
    if any(isinstance(one, (dict, list)) for one in value):
        return False
    return used + sum(len(str(one)) + 4 for one in value) < WIDTH


def _is_block(text: str, indent: int) -> bool:
    """Tell whether a text is written over several lines: it has some, or is long, and a block can
    hold it.
    """
    if text != text.strip() or "\t" in text or not _is_printable(text):
        return False
    if any(line != line.rstrip() for line in text.split("\n")):
        return False
    if "\n" in text:
        return not text.startswith((" ", "\n"))
    return len(text) + indent > WIDTH and "  " not in text


def _is_printable(text: str) -> bool:
    return UNPRINTABLE.search(text) is None


def _block(start: str, text: str, indent: int) -> Iterator[str]:
    if "\n" in text:
        yield f"{start} |-"
        for line in text.split("\n"):
            yield f"{' ' * indent}{line}" if line else ""
        return
    yield f"{start} >-"
    yield from (f"{' ' * indent}{line}" for line in _fold(text, WIDTH - indent))


def _fold(text: str, width: int) -> Iterator[str]:
    """Yield a text in lines: each ends where a space was."""
    line = ""
    for word in text.split(" "):
        if line and len(line) + len(word) + 1 > width:
            yield line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield line


def spell_key(key: str) -> str:
    return _spell_text(key, in_flow=False) if ":" not in key else _quote(key)


def spell(value: Any, *, in_flow: bool = False) -> str:
    """Return a single value, or an empty collection, as YAML."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case Decimal() | float():
            return _spell_number(Decimal(str(value)))
        case str():
            return _spell_text(value, in_flow=in_flow)
    return "{}" if isinstance(value, dict) else "[]"


def _spell_number(value: Decimal) -> str:
    """Write a number so that both versions of YAML see one: with a point, and a sign before the
    exponent.
    """
    if not value.is_finite():
        return _quote(str(value))
    text = str(value) if abs(value.adjusted()) > 30 else format(value, "f")
    head, letter, exponent = text.partition("E")
    head = head if "." in head else f"{head}.0"
    return f"{head}e{exponent}" if letter else head


def _spell_text(text: str, *, in_flow: bool) -> str:
    is_word = text.lower() in WORDS
    is_number = NUMBER.fullmatch(text) or DATE.match(text)
    if not text or is_word or is_number or not PLAIN.fullmatch(text) or UNSAFE.search(text):
        return _quote(text)
    if in_flow and re.search(r"[,\[\]{}:]", text):
        return _quote(text)
    return text


def _quote(text: str) -> str:
    if _is_printable(text) and "\n" not in text:
        return "'" + text.replace("'", "''") + "'"
    quoted = json.dumps(text, ensure_ascii=False)
    return ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", quoted)
