"""Rules for the document's frame, and for `x-counterfoil`: frame.schema.json and extension.schema.json spell out their words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .document import Document, escape
from .durations import seconds
from .forms import Finding, faults


def frame(document: Document) -> Iterator[Finding]:
    """The document is built of what the generators understand."""
    yield from faults("frame.schema.json", "document", document.root)


def extension(document: Document) -> Iterator[Finding]:
    """Every `x-counterfoil` has known words of the right form, and every operation has the ones it needs."""
    for pointer, words in _extensions(document.root, ""):
        for place, message, remedy in faults("extension.schema.json", _kind(pointer), words, f"{pointer}/x-counterfoil"):
            yield place, f"x-counterfoil: {message}", remedy
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
    for pointer, words in [("", document.words), *((one.pointer, one.words) for one in document.operations())]:
        for block, name in (("rate-limit", "per"), ("window", "longest"), ("window", "history")):
            span = words.get(block, {}).get(name, "1s")
            if not _is_span(span):
                place = f"{pointer}/x-counterfoil/{block}/{name}"
                yield place, f"{span!r} is no span of time", "Write 1s, 5m, 2h, 7d, or P7D, P6M"


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
