"""Check plain data against a JSON schema, and describe each error with its remedy."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs

from .document import escape

Finding = tuple[str, str, str]  # JSON pointer, message, remedy
LONGEST = 160  # characters of a message that quotes what it found
Kind = jsonschema_rs.ValidationErrorKind


def faults(file: Path, definition: str, value: Any, pointer: str = "") -> Iterator[Finding]:
    """Yield the errors of a value against a definition of a schema file.

    The remedy of an error is the nearest `$comment` in the schema.
    """
    for error in _validator(file, definition).iter_errors(value):
        where = pointer + "".join(f"/{escape(str(part))}" for part in error.instance_path)
        remedy = _remedy(_schema(file), error.schema_path)
        if isinstance(error.kind, Kind.AdditionalProperties):
            for word in error.kind.unexpected:
                yield f"{where}/{escape(word)}", f"{word!r} is not allowed here", remedy
        elif isinstance(error.kind, Kind.PropertyNames):
            inner = error.kind.error
            yield f"{where}/{escape(str(inner.instance))}", say(inner), remedy
        else:
            yield where, say(error), remedy


def say(error: Any) -> str:
    """Describe one error; for an enum, list the allowed values."""
    if isinstance(error.kind, Kind.Enum):
        allowed = ", ".join(map(_quote, error.kind.options))
        return f"{_quote(error.instance)} is none of {allowed}"
    return _shorten(" ".join(error.message.split()))


def _quote(value: Any) -> str:
    return _shorten(json.dumps(value, ensure_ascii=False, default=str))


def _shorten(message: str) -> str:
    """Cut the middle out of a long message: it starts with the value and ends with the rule."""
    if len(message) <= LONGEST:
        return message
    half = LONGEST // 2
    return f"{message[:half]} ... {message[-half:]}"


def _remedy(schema: Any, path: list[str | int]) -> str:
    found = ""
    for part in path:
        found = schema.get("$comment", found) if isinstance(schema, dict) else found
        schema = schema[part]
    return found


@cache
def _schema(file: Path) -> Any:
    return json.loads(file.read_text())


@cache
def _validator(file: Path, definition: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator({**_schema(file), "$ref": f"#/$defs/{definition}"})
