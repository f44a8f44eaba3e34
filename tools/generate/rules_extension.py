"""Rules for the document's frame and for `x-counterfoil`, whose words extension.schema.json spells out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs

from .document import Document, escape
from .durations import seconds

Finding = tuple[str, str, str]
SCHEMA = Path(__file__).with_name("extension.schema.json")


def frame(document: Document) -> Iterator[Finding]:
    """OpenAPI 3.1, one server at least, a title and a version."""
    version = str(document.root.get("openapi", ""))
    if not version.startswith("3.1"):
        yield "/openapi", f"the document is OpenAPI {version or '(none)'}", "Write it as OpenAPI 3.1"
    if not document.root.get("servers"):
        yield "", "no server is named", "Name the API's host under `servers`"
    for word in ("title", "version"):
        if not document.root.get("info", {}).get(word):
            yield "/info", f"info has no {word}", "Give it one"


def extension(document: Document) -> Iterator[Finding]:
    """Every `x-counterfoil` has known words of the right form, and every operation has the ones it needs."""
    for pointer, words in _extensions(document.root, ""):
        for error in _validator(_kind(pointer)).iter_errors(words):
            where = "".join(f"/{escape(str(part))}" for part in error.instance_path)
            yield (
                f"{pointer}/x-counterfoil{where}",
                f"x-counterfoil: {error.message}",
                "See extension.schema.json for the words it takes",
            )
    for operation in document.operations():
        for word in ("resource", "method", "retry"):
            if word not in operation.words:
                yield (
                    operation.pointer,
                    f"x-counterfoil says no {word}",
                    "Every operation has resource, method and retry",
                )


def spans(document: Document) -> Iterator[Finding]:
    """Spans of time can be read."""
    for operation in document.operations():
        for block, names in (("rate-limit", ("per",)), ("window", ("longest", "history"))):
            words: dict[str, Any] = operation.words.get(block) or {}
            for name in names:
                if name in words and not _is_span(words[name]):
                    place = f"{operation.pointer}/x-counterfoil/{block}/{name}"
                    yield place, f"{words[name]!r} is no span of time", "Write 1s, 5m, 2h, 7d, or P7D, P6M"


def _is_span(text: Any) -> bool:
    try:
        return seconds(str(text)) > 0
    except ValueError:
        return False


def _extensions(node: Any, pointer: str) -> Iterator[tuple[str, Any]]:
    if isinstance(node, dict):
        if "x-counterfoil" in node and not pointer.endswith("/properties"):
            yield pointer, node["x-counterfoil"]
        children = [(key, child) for key, child in node.items() if key not in ("x-counterfoil", "example", "examples", "value")]
        for key, child in children:
            yield from _extensions(child, f"{pointer}/{escape(key)}")
    elif isinstance(node, list):
        for index, child in enumerate(node):
            yield from _extensions(child, f"{pointer}/{index}")


def _kind(pointer: str) -> str:
    """Tell which definition of the schema holds for an `x-counterfoil`, by where it stands."""
    parts = pointer.split("/")
    if not pointer:
        return "root"
    if len(parts) == 4 and parts[1] == "paths":
        return "operation"
    if pointer.startswith("/components/securitySchemes/"):
        return "scheme"
    return "variable" if parts[1] == "servers" else "node"


@cache
def _validator(kind: str) -> jsonschema_rs.Draft202012Validator:
    definitions = json.loads(SCHEMA.read_text())
    return jsonschema_rs.Draft202012Validator({**definitions, "$ref": f"#/$defs/{kind}"})


EXTENSION_RULES = {"frame": frame, "extension": extension, "span": spans}
