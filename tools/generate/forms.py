"""Hold plain data to a JSON schema of this folder, and say what breaks it in a maintainer's words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs

from .document import escape

Finding = tuple[str, str, str]  # JSON pointer, what is wrong, what to do
LONGEST = 160  # characters of a message that quotes what it found


def faults(file: str, definition: str, value: Any, pointer: str = "") -> Iterator[Finding]:
    """Yield what breaks a definition of a schema file; the remedy is the nearest `$comment` there."""
    for error in _validator(file, definition).iter_errors(value):
        where = pointer + "".join(f"/{escape(str(part))}" for part in error.instance_path)
        remedy = _remedy(_schema(file), error.schema_path)
        if isinstance(error.kind, jsonschema_rs.ValidationErrorKind.AdditionalProperties):
            yield from ((f"{where}/{escape(word)}", f"{word!r} is no word here", remedy) for word in error.kind.unexpected)
        elif isinstance(error.kind, jsonschema_rs.ValidationErrorKind.PropertyNames):
            inner = error.kind.error
            yield f"{where}/{escape(str(inner.instance))}", inner.message, remedy
        else:
            yield where, _shorten(" ".join(error.message.split())), remedy


def _shorten(message: str) -> str:
    """Cut what a message quotes: it begins with that, and ends in what was wanted."""
    return message if len(message) <= LONGEST else f"{message[: LONGEST // 2]} ... {message[-LONGEST // 2 :]}"


def _remedy(schema: Any, path: list[str | int]) -> str:
    found = ""
    for part in path:
        found = schema.get("$comment", found) if isinstance(schema, dict) else found
        schema = schema[part]
    return found


@cache
def _schema(file: str) -> Any:
    return json.loads(Path(__file__).with_name(file).read_text())


@cache
def _validator(file: str, definition: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator({**_schema(file), "$ref": f"#/$defs/{definition}"})
