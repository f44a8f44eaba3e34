"""The document as other tools get it: examples taken in, every reference resolved but those to schemas."""

from __future__ import annotations

from typing import Any

import msgspec

from .document import Document

ENCODER = msgspec.json.Encoder(decimal_format="number")


def resolved(document: Document) -> str:
    """Write the document as JSON, digit for digit."""
    root = {key: _resolve(document, node) for key, node in document.root.items()}
    root["components"] = {key: node for key, node in root["components"].items() if key in ("schemas", "securitySchemes")}
    return to_json(root, indent=1) + "\n"


def to_json(value: Any, indent: int = 0) -> str:
    """Write JSON, decimals digit for digit."""
    encoded = ENCODER.encode(value)
    return (msgspec.json.format(encoded, indent=indent) if indent else encoded).decode()


def _resolve(document: Document, node: Any) -> Any:
    if isinstance(node, list):
        return [_resolve(document, child) for child in node]
    if not isinstance(node, dict):
        return node
    if isinstance(node.get("$ref"), str) and not node["$ref"].startswith("#/components/schemas/"):
        node = document.resolve(node)
    return {key: _resolve(document, child) for key, child in node.items()}
