"""Why a request was refused or disturbed, with the node of the spec that says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .faults import FaultRule
from .http import Response
from .provider import Problem, Rejection, Violation
from .spec_lines import SpecLines, point_to
from .specification import Operation

UNREACHED = {
    Rejection.UNKNOWN_ROUTE: "The API has no such path.",
    Rejection.WRONG_METHOD: "The path has no operation for this method.",
    Rejection.TOO_LARGE: "The body exceeds 1 MiB.",
    Rejection.FAILURE: "The sandbox itself failed; its log says why.",
}
NO_PLATFORM_RULE = "A rule of the platform refuses it; the response says which."


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason, and the line of the spec's openapi.yaml that has the rule, if any."""

    message: str
    line: int | None = None
    fields: tuple[str, ...] = ()  # the violated fields, whose values can be secret


class Explainer:
    """Explains the refusals of one API."""

    def __init__(self, lines: SpecLines) -> None:
        self._lines = lines

    def explain(self, problem: Problem) -> Iterator[Reason]:
        """Yield the reasons of a request that does not reach its operation."""
        operation = problem.operation
        if problem.fault in UNREACHED or operation is None:
            line = self._lines.find_line(point_to(operation)) if operation else None
            yield Reason(UNREACHED.get(problem.fault, problem.fault.name), line)
        elif problem.fault is Rejection.TOO_MANY:
            limit = operation.rate_limit
            allowed = f": {limit.requests} requests in {limit.seconds} seconds" if limit else ""
            pointer = f"{point_to(operation)}/x-counterfoil/rate-limit"
            yield self._reason(f"The rate limit is exceeded{allowed}.", pointer)
        elif problem.fault is Rejection.WRONG_MEDIA_TYPE:
            media_type = operation.body.media_type if operation.body else "no body"
            message = f"The body must be {media_type}."
            yield self._reason(message, f"{point_to(operation)}/requestBody")
        elif problem.fault is Rejection.BROKEN_BODY:
            yield self._reason("The body cannot be read.", f"{point_to(operation)}/requestBody")
        for violation in problem.violations:
            yield self._explain_violation(violation, operation)

    def explain_credentials(self, operation: Operation) -> Reason:
        """Return the reason of a caller without valid credentials."""
        pointer = f"{point_to(operation)}/security"
        return self._reason("The credentials are missing, expired or of another API.", pointer)

    def explain_refusal(self, operation: Operation, answer: Response) -> Reason:
        """Return the reason of a valid call that the platform refuses."""
        word = "/x-counterfoil/errors" if operation.errors else ""
        return self._reason(answer.refusal or NO_PLATFORM_RULE, point_to(operation) + word)

    def _explain_violation(self, violation: Violation, operation: Operation | None) -> Reason:
        where = ".".join((violation.place, *violation.path))
        message = f"{where}: {violation.message}"
        if operation is None:
            return Reason(message)
        pointer = self._lines.find_field(operation, violation.place, violation.path)
        return Reason(message, self._lines.find_line(pointer), violation.path)

    def _reason(self, message: str, pointer: str) -> Reason:
        return Reason(message, self._lines.find_line(pointer))


def explain_fault(rule: FaultRule) -> Reason:
    """Return the reason of a call that a fault rule disturbs."""
    return Reason(f"A fault rule of this sandbox: {rule.kind}.")
