"""Truncation of times to microseconds.

msgspec would round finer times, possibly up to the next day or year.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any, get_args, get_origin

import msgspec
from msgspec import Raw, Struct

from .exact_decode import is_struct, is_union, list_fields, list_one_ofs, list_parts
from .sketch import make_sketch

# msgspec itself drops a seventh digit below 5.
_FINE = re.compile(rb"\.[0-9]{6}([5-9][0-9]*)")
_MOMENT = re.compile(rb'"[^"\\]{10}[Tt ][^"\\]{8}\Z')
_LENGTH = len('"2026-02-03T14:05:09')
_LONGEST = 6 * _LENGTH  # if every character is escaped


class TimeCutter:
    """Truncates the times in responses of one type.

    Digits are removed after the names of fields that contain times. If a text field elsewhere has
    the same name, its original text is restored. If times occur without a field name, or in objects
    with arbitrary names, the response has to be decoded value by value.
    """

    def __init__(self, kind: Any) -> None:
        parts = list_parts(kind)
        fields = [field for part in parts if is_struct(part) for field in list_fields(part)]
        moments = {field.encode_name for field in fields if _is_moment(field.type)}
        others = {field.encode_name for field in fields if not _is_moment(field.type)}
        self._shared = moments & others
        self._names = {name.encode() for name in moments}
        self._holds_moments = datetime in parts
        hides_moments = any(map(_hides_moments, parts)) or bool(list_one_ofs(kind))
        self._names_tell = not hides_moments and not _is_moment(kind)
        self._texts = self._sketch_texts(kind) if self._shared else None

    def cut(self, content: bytes) -> bytes | None:
        """Return the response with its times truncated.

        Returns None if it must be decoded value by value.
        """
        if not self._holds_moments:
            return content
        pieces = []
        done = 0
        for fine in _FINE.finditer(content):
            start = fine.start()
            if not _MOMENT.match(content, max(0, start - _LENGTH), start):
                if b"\\u00" in content[max(0, start - _LONGEST) : start]:
                    return None
                continue
            name = _find_name(content, start - _LENGTH)
            if not self._names_tell or b"\\" in name:
                return None
            if name in self._names:
                pieces.append(content[done : fine.start(1)])
                done = fine.end()
        if not pieces:
            return content
        return b"".join([*pieces, content[done:]])

    def restore(self, value: Any, content: bytes) -> None:
        """Restore text fields that share the name of a time, in a `value` decoded from `cut`."""
        if self._texts is not None:
            _put_back(value, self._texts.decode(content))

    def _sketch_texts(self, kind: Any) -> msgspec.json.Decoder[Any] | None:
        try:
            return make_sketch(kind, self._look)
        except RecursionError:
            self._names_tell = False
            return None

    def _look(self, kind: Any, name: str) -> Any:
        return str if kind is str and name in self._shared else None


def _is_moment(kind: Any) -> bool:
    return kind is datetime or (is_union(kind) and datetime in get_args(kind))


def _hides_moments(part: Any) -> bool:
    """Whether a type contains values without names, or with arbitrary names."""
    if part in (dict, Any, Raw):
        return True
    origin = get_origin(part)
    if origin is list:
        return _is_moment(get_args(part)[0])
    return origin is dict


def _find_name(content: bytes, at: int) -> bytes:
    """Return the member name of the value at `at`, or empty bytes if it has none."""
    before = content[max(0, at - 200) : at].rstrip()
    if not before.endswith(b":"):
        return b""
    quoted = before[:-1].rstrip()
    return quoted[quoted.rfind(b'"', 0, -1) + 1 : -1]


def _put_back(value: Any, texts: Any) -> None:
    """Copy the strings of a sketch into the value decoded alongside it."""
    if isinstance(texts, list):
        for index, part in enumerate(texts):
            if isinstance(part, str):
                value[index] = part
            else:
                _put_back(value[index], part)
    elif isinstance(texts, Struct):
        for name in texts.__struct_fields__:
            part = getattr(texts, name)
            if isinstance(part, str):
                setattr(value, name, part)
            else:
                _put_back(getattr(value, name), part)
