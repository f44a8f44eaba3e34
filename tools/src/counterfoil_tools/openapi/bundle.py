"""Bundle a document for other tools: only references to schemas are left unresolved."""

from __future__ import annotations

from typing import Any

import msgspec

from .document import Document
from .walk import NAMED, is_data

ENCODER = msgspec.json.Encoder(decimal_format="number")


def bundle(document: Document) -> str:
    """Return the document as JSON. Decimals keep every digit."""
    root = {}
    for key, node in document.root.items():
        root[key] = _resolve(document, node, is_named=key in NAMED)
    if "components" in root:
        # The other components were put in the place of the references to them.
        components = root["components"]
        kept = [key for key in components if key in ("schemas", "securitySchemes")]
        root["components"] = {key: components[key] for key in kept}
    return to_json(root, indent=1) + "\n"


def to_json(value: Any, indent: int = 0) -> str:
    """Return a value as JSON. Decimals keep every digit."""
    encoded = ENCODER.encode(value)
    if indent:
        encoded = msgspec.json.format(encoded, indent=indent)
    return encoded.decode()


def _resolve(document: Document, node: Any, is_named: bool = False) -> Any:
    if isinstance(node, list):
        return [_resolve(document, child) for child in node]
    if not isinstance(node, dict):
        return node
    reference = None if is_named else node.get("$ref")
    if isinstance(reference, str) and not reference.startswith("#/components/schemas/"):
        node = document.resolve(node)
    made = {}
    for key, child in node.items():
        if is_named:
            made[key] = _resolve(document, child)
        elif is_data(key, child):
            made[key] = child
        else:
            made[key] = _resolve(document, child, is_named=key in NAMED)
    return made
