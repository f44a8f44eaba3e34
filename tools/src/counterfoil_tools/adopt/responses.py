"""Pass 5, responses: one success, and errors by status, by range (4XX, 5XX) or by default.

A range (2XX) or `default` that describes the only success becomes 200. Where there is none, a
redirect is the success, and its address the result.
"""

from __future__ import annotations

import re

from ..openapi.document import Node, list_successes
from .state import LEFT_OUT, ORIGIN, Adoption, origin
from .upgrade import mapping

STATUS = re.compile(r"[1-5][0-9][0-9]")
ERRORS = {"4XX", "5XX"}
REDIRECTS = ("301", "302", "303", "307", "308")
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
        successes = list_successes(made)
        for status, answer in operation["responses"].items():
            name = f"{method.upper()} {path} {status}"
            _finish(adoption, name, status, answer, is_success=status in successes)


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
    redirects = [made[status] for status in REDIRECTS if status in made]
    if redirects:
        _return_address(adoption, operation, redirects)
        return
    adoption.note(
        "no success response is described: 200 without a body is expected", origin(operation)
    )
    made["200"] = {
        "description": "Success. The vendor does not describe the response.",
        ORIGIN: origin(operation),
    }


def _return_address(adoption: Adoption, operation: Node, redirects: list[Node]) -> None:
    """Let a method whose success is a redirect without a body return its address.

    Redirects are not followed: the address is for a browser, or is a file on another host.
    """
    if any(mapping(one.get("content")) for one in redirects):
        return
    adoption.note("a redirect is the success: its address is returned", origin(redirects[0]))
    operation["x-counterfoil"] = {"result-header": "Location"}
    for one in redirects:
        headers = mapping(one.get("headers"))
        if "location" not in map(str.lower, headers):
            one["headers"] = headers | {"Location": {"schema": {"type": "string"}}}


def _finish(adoption: Adoption, name: str, status: str, answer: Node, *, is_success: bool) -> None:
    if answer.pop("links", None):
        adoption.note("links between responses are dropped", origin(answer))
    if LEFT_OUT in answer and not is_success:
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
