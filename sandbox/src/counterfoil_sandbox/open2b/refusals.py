"""How a store refuses: with an error in status 200, or with text where the method is not reached."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from ..exchange import Answer, Fault, Problem, answer_json, answer_text
from ..limits import FixedWindow, Limiter
from ..options import Option
from ..specification import ErrorRow, RateLimit

CALLS = Option(1000, "calls in 5 minutes; a store may allow fewer", (1000, 200))
TEXTS = {
    Fault.UNKNOWN_ROUTE: "404 Not Found",
    Fault.WRONG_METHOD: "405 Method Not Allowed",
    Fault.TOO_LARGE: "413 Content Too Large",
    Fault.WRONG_MEDIA_TYPE: "415 Unsupported Media Type",
    Fault.TOO_MANY: "429 Too Many Requests",
    Fault.FAILURE: "500 Internal Server Error",
}
# A store names one error: first the fields it does not know, then those it misses, then wrong values.
RANKS = {"additionalProperties": (0, "UnknownField"), "required": (1, "Missing")}
WRONG_VALUES = frozenset({"enum", "const", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"})


class Refused(Exception):
    """The store refuses a request."""

    def __init__(self, field: str, kind: str, description: str) -> None:
        super().__init__(description)
        self.field, self.kind, self.description = field, kind, description


def refuse(rows: tuple[ErrorRow, ...], field: str, kind: str, values: Mapping[str, Any], words: str = "") -> Refused:
    """Make the refusal of a documented row, with values in its places."""
    [row] = [each for each in rows if (each.field, each.type) == (field, kind) and words in each.message]
    return Refused(field, kind, re.sub(r"<(\w+)>", lambda place: str(values[place[1]]), row.message))


def limit_calls(calls: int) -> Callable[[RateLimit], Limiter]:
    """Count calls in the documented stretch of time."""
    return lambda limit: FixedWindow(replace(limit, requests=calls))


def answer_problem(problem: Problem) -> Answer:
    """Answer a request that does not reach its method, or breaks the specification."""
    if problem.fault in TEXTS:
        text = TEXTS[problem.fault]
        return answer_text(text, int(text[:3]))
    if problem.violations:
        return answer_error(_name_refusal(problem))
    method = problem.operation.id if problem.operation else ""
    return answer_error(Refused(method, "Malformed", "The request is not JSON"))


def answer_key(key: str) -> Answer:
    """Answer somebody whose key opens nothing."""
    return answer_text(f"403 Forbidden, {'malformed' if key else 'missing'} key", 403)


def answer_ok(headers: Mapping[str, str] | None = None, **values: Any) -> Answer:
    """Answer a request that was carried out."""
    return answer_json({"status": "ok", **values}, headers=headers)


def answer_error(refused: Refused) -> Answer:
    """Answer with one error, in status 200."""
    error = {"field": refused.field, "type": refused.kind, "description": refused.description}
    return answer_json({"status": "error", "error": error})


def _name_refusal(problem: Problem) -> Refused:
    worst = min(problem.violations, key=lambda each: RANKS.get(each.keyword, (2, ""))[0])
    kind = RANKS.get(worst.keyword, (2, "InvalidValue" if worst.keyword in WRONG_VALUES else "Malformed"))[1]
    if kind == "UnknownField":
        return Refused("unknown", kind, f"Field '{worst.field}' is unknown")
    if kind == "Missing":
        return Refused(worst.field, kind, f"Field '{worst.field}' is missing")
    if worst.keyword == "maxItems" and problem.operation:
        return refuse(problem.operation.errors, worst.field, kind, {})
    method = problem.operation.id if problem.operation else ""
    return Refused(worst.field or method, kind, f"Value of '{worst.field or method}' is wrong: {worst.message}")
