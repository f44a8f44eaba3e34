"""Error responses of a store: an error in status 200, or text if the method is not reached."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from ...http import Response, answer_json, answer_text
from ...options import Option
from ...provider import Problem, Rejection, Violation
from ...rate_limits import FixedWindow, Limiter
from ...specification import ErrorRow, RateLimit

CALLS = Option(1000, "calls allowed in 5 minutes", (1000, 200))
TEXTS = {
    Rejection.UNKNOWN_ROUTE: "404 Not Found",
    Rejection.WRONG_METHOD: "405 Method Not Allowed",
    Rejection.TOO_LARGE: "413 Content Too Large",
    Rejection.WRONG_MEDIA_TYPE: "415 Unsupported Media Type",
    Rejection.TOO_MANY: "429 Too Many Requests",
    Rejection.FAILURE: "500 Internal Server Error",
}
# A store reports one error: unknown fields before missing ones, and these before wrong values.
RANKS = {"additionalProperties": 0, "required": 1}
WRONG_VALUES = frozenset(
    {"enum", "const", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"}
)
PLACEHOLDER = re.compile(r"<(\w+)>")


class Refused(Exception):
    """The store refuses a request."""

    def __init__(self, field: str, kind: str, description: str) -> None:
        super().__init__(description)
        self.field = field
        self.kind = kind
        self.description = description


def refuse(
    rows: tuple[ErrorRow, ...], field: str, kind: str, values: Mapping[str, Any], words: str = ""
) -> Refused:
    """Make the refusal of a documented error, with values for its placeholders.

    `words` is a part of the message, for a field and type with several errors.
    """
    documented = [row for row in rows if row.field == field and row.type == kind]
    [row] = [row for row in documented if words in row.message]
    description = PLACEHOLDER.sub(lambda found: str(values[found[1]]), row.message)
    return Refused(field, kind, description)


def limit_calls(calls: int) -> Callable[[RateLimit], Limiter]:
    """Return the maker of limiters that allow a number of calls per documented window."""
    return lambda limit: FixedWindow(replace(limit, requests=calls))


def answer_problem(problem: Problem) -> Response:
    """Answer a request that does not reach its method, or violates the specification."""
    if problem.fault in TEXTS:
        text = TEXTS[problem.fault]
        status, _, _ = text.partition(" ")
        return answer_text(text, int(status))
    if problem.violations:
        return answer_error(_name_refusal(problem))
    method = problem.operation.id if problem.operation else ""
    return answer_error(Refused(method, "Malformed", "The request is not JSON"))


def answer_key(key: str) -> Response:
    """Answer a request whose key is wrong or missing."""
    fault = "malformed" if key else "missing"
    return answer_text(f"403 Forbidden, {fault} key", 403)


def answer_ok(headers: Mapping[str, str] | None = None, **values: Any) -> Response:
    """Answer a successful request."""
    return answer_json({"status": "ok", **values}, headers=headers)


def answer_error(refused: Refused) -> Response:
    """Answer with one error, in status 200."""
    error = {"field": refused.field, "type": refused.kind, "description": refused.description}
    answer = answer_json({"status": "error", "error": error})
    return replace(answer, refusal=f"{refused.field}: {refused.description}")


def _name_refusal(problem: Problem) -> Refused:
    worst = min(problem.violations, key=_rank)
    if worst.keyword == "additionalProperties":
        return Refused("unknown", "UnknownField", f"Field '{worst.field}' is unknown")
    if worst.keyword == "required":
        return Refused(worst.field, "Missing", f"Field '{worst.field}' is missing")
    kind = "InvalidValue" if worst.keyword in WRONG_VALUES else "Malformed"
    if worst.keyword == "maxItems" and problem.operation:
        return refuse(problem.operation.errors, worst.field, kind, {})
    method = problem.operation.id if problem.operation else ""
    field = worst.field or method
    return Refused(field, kind, f"Value of '{field}' is wrong: {worst.message}")


def _rank(violation: Violation) -> int:
    return RANKS.get(violation.keyword, len(RANKS))
