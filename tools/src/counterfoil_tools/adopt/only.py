"""Which operations are adopted: all, or those that `--only` names; and not those that adopt.toml
leaves out.
"""

from __future__ import annotations

from ..openapi.document import METHODS, Node
from .state import AdoptError, Adoption


def select(adoption: Adoption) -> None:
    """Drop the operations that nobody asked for; raise AdoptError for a word that names none."""
    choices = adoption.choices
    unused = set(choices.only)
    kept = 0
    for path, method, operation in list(adoption.operations()):
        names = _names(path, method, operation)
        found = {word for word in choices.only if word in names or _is_prefix(word, path)}
        unused -= found
        is_dropped = bool(set(choices.left_out) & names)
        if is_dropped:
            adoption.note("operations that adopt.toml leaves out", f"{method.upper()} {path}")
        if is_dropped or (choices.only and not found):
            del adoption.root["paths"][path][method]
        else:
            kept += 1
    if unused:
        words = ", ".join(map(repr, sorted(unused)))
        advice = "Name tags, path prefixes such as /v2/invoices, or operationIds"
        raise AdoptError(
            f"{adoption.file}: --only names {words}, of which the document has none. {advice}."
        )
    adoption.total = kept
    if choices.only:
        adoption.webhooks.clear()
    paths = adoption.root["paths"]
    kept_paths = {}
    for path, item in paths.items():
        if item.keys() & set(METHODS):
            kept_paths[path] = item
    adoption.root["paths"] = kept_paths


def _names(path: str, method: str, operation: Node) -> set[str]:
    tags = operation.get("tags")
    tags = [str(tag) for tag in tags] if isinstance(tags, list) else []
    return {*tags, str(operation.get("operationId")), f"{method.upper()} {path}"}


def _is_prefix(word: str, path: str) -> bool:
    return word.startswith("/") and (path == word or path.startswith(f"{word.rstrip('/')}/"))
