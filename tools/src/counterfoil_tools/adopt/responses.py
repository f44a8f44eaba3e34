"""Pass 5, responses: one success, and errors by status, by range (4XX, 5XX) or by default.

A range (2XX) or `default` that describes the only success becomes 200.
"""

from __future__ import annotations

import re

from ..openapi.document import Node
from .state import LEFT_OUT, ORIGIN, Adoption, mark, origin
from .upgrade import mapping

STATUS = re.compile(r"[1-5][0-9][0-9]")
ERRORS = {"4XX", "5XX"}
HEADER_WORDS = {"schema", "description", "required", "deprecated", ORIGIN}


def responses(adoption: Adoption) -> None:
    """Rewrite the answers of every operation."""
    for path, method, operation in adoption.operations():
        found = dict(operation["responses"])
        made = {status: one for status, one in found.items() if STATUS.fullmatch(status)}
        _read_ranges(adoption, found, made)
        _find_success(adoption, operation, made)
        ordered = sorted(made, key=lambda status: (not status.isdigit(), status))
        operation["responses"] = {status: made[status] for status in ordered}
        for status, answer in operation["responses"].items():
            _finish(adoption, f"{method.upper()} {path} {status}", status, answer)


def _read_ranges(adoption: Adoption, found: Node, made: Node) -> None:
    """Use the range, or the default, that describes success; note the others."""
    has_success = any(status.startswith("2") for status in made)
    others = sorted(
        found.keys() - made.keys(), key=lambda status: (not status.upper().startswith("2"), status)
    )
    for status in others:
        answer = found[status]
        is_range = status.upper() == "2XX"
        is_only = status == "default" and not any(map(STATUS.fullmatch, made))
        if not has_success and (is_range or is_only):
            made["200"] = answer
            has_success = True
            adoption.note(f"the response `{status}` is used as 200", origin(answer))
        elif status.upper() in ERRORS or status == "default":
            made[status.upper() if status != "default" else status] = answer
        else:
            adoption.note(f"the response `{status}` is dropped", origin(answer))


def _find_success(adoption: Adoption, operation: Node, made: Node) -> None:
    if any(status.startswith("2") for status in made):
        return
    redirects = [status for status in made if status.startswith("3")]
    if redirects:
        mark(
            operation,
            f"the only success is a redirect ({redirects[0]})",
            origin(made[redirects[0]]),
        )
        return
    adoption.note(
        "no success response is described: 200 without a body is expected", origin(operation)
    )
    made["200"] = {
        "description": "Success. The vendor does not describe the response.",
        ORIGIN: origin(operation),
    }


def _finish(adoption: Adoption, name: str, status: str, answer: Node) -> None:
    if answer.pop("links", None):
        adoption.note("links between responses are dropped", origin(answer))
    if LEFT_OUT in answer and not status.startswith("2"):
        adoption.leave_out("response", name, answer.pop(LEFT_OUT)["reason"], origin(answer))
    answer["description"] = (
        str(answer.get("description") or "").strip()
        or "The vendor does not describe this response."
    )
    if status in ("204", "205", "304") and answer.pop("content", None):
        adoption.note(
            f"the content of the response {status} is dropped: HTTP allows none", origin(answer)
        )
    headers = mapping(answer.pop("headers", None))
    kept = {
        str(name): _header(one)
        for name, one in headers.items()
        if isinstance(one, dict) and "schema" in one
    }
    if kept:
        answer["headers"] = kept


def _header(node: Node) -> Node:
    return {word: one for word, one in node.items() if word in HEADER_WORDS}
