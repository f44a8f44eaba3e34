"""One API: match a request to an operation, admit it, validate it, answer it and log it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from .faults import FaultRule
from .http import Request, Response
from .provider import Clock, Problem, Provider, Rejection
from .rate_limits import Plan
from .reasons import Explainer, Reason, explain_fault
from .request_log import Censor, RequestLog
from .spec_lines import load_lines
from .specification import Operation, Specification
from .validation import InvalidRequest, RequestReader, prepare_schemas

Route = tuple[list[str], dict[str, RequestReader]]
"""The segments of a path, placeholders included, and its operations by method."""

Answered = tuple[Response, list[Reason]]
"""The response to a request, and why it was not simply carried out."""

Strike = Callable[[str, Operation], list[FaultRule]]
"""Draws the faults for one call of an operation."""

logger = logging.getLogger(__name__)


class ApiApplication:
    """Serves one API, without its prefix."""

    def __init__(
        self,
        specification: Specification,
        provider: Provider,
        log: RequestLog,
        strike: Strike,
        clock: Clock | None,
    ) -> None:
        """Set up the routes. Without a clock, the documented rate limits do not apply."""
        self.specification = specification
        self.provider = provider
        self._log = log
        self._strike = strike
        self._clock = clock
        self._plan = Plan(specification, provider.limiter)
        self._explainer = Explainer(load_lines(specification.name))
        self._censor = Censor(specification, provider.credentials)
        self._routes = self._make_routes()

    def exchange(self, request: Request, segments: Sequence[str]) -> Response:
        """Answer a request. The segments are the decoded path without the API's prefix."""
        began = (datetime.now(UTC), time.perf_counter())
        readers, values = self._find_route(segments, request.method)
        reader = readers.get(request.method)
        operation = reader.operation if reader else None
        if reader is None:
            answer, reasons = self._refuse_route(readers)
        elif request.body is None:
            answer, reasons = self._refuse(Problem(Rejection.TOO_LARGE, operation))
        else:
            answer, reasons = self._answer(request, _join_path(segments), reader, values)
        self._record(request, operation, answer, reasons, began)
        return answer

    def _answer(
        self, request: Request, path: str, reader: RequestReader, values: Mapping[str, str]
    ) -> Answered:
        operation = reader.operation
        struck = self._strike(self.specification.name, operation)
        for rule in struck:
            if rule.fault:
                answer = self.provider.refuse(Problem(rule.fault, operation))
                return rule.disturb(answer, operation), [explain_fault(rule)]
        answer, reasons = self._carry_out(request, path, reader, values)
        for rule in struck:
            answer = rule.disturb(answer, operation)
            reasons.append(explain_fault(rule))
        return answer, reasons

    def _carry_out(
        self, request: Request, path: str, reader: RequestReader, values: Mapping[str, str]
    ) -> Answered:
        operation = reader.operation
        try:
            refused = self._admit(operation, path, request)
            if refused is not None:
                return refused
            answer = self.provider.answer(reader.read(request, path, values))
        except InvalidRequest as invalid:
            return self._refuse(invalid.explain(operation))
        except Exception:
            logger.exception("The sandbox failed at %s", operation.id)
            return self._refuse(Problem(Rejection.FAILURE, operation))
        is_refused = answer.refusal or answer.status >= 400
        return answer, [self._explainer.explain_refusal(operation, answer)] if is_refused else []

    def _admit(self, operation: Operation, path: str, request: Request) -> Answered | None:
        """Check credentials and rate limit; return the refusal, or None."""
        if operation.secured:
            refusal = self.provider.authenticate(operation, path, request)
            if refusal is not None:
                return refusal, [self._explainer.explain_credentials(operation)]
        if self._clock is None:
            return None
        now = self._clock().timestamp()
        if self._plan.admit(operation, now):
            return None
        return self._refuse(Problem(Rejection.TOO_MANY, operation))

    def _refuse(self, problem: Problem) -> Answered:
        return self.provider.refuse(problem), list(self._explainer.explain(problem))

    def _find_route(
        self, segments: Sequence[str], method: str
    ) -> tuple[Mapping[str, RequestReader], Mapping[str, str]]:
        """Return the operations of a path and the values of its placeholders.

        If several routes match, one with an operation for the method wins, else the first.
        """
        found = []
        for names, readers in self._routes:
            values = _match(names, segments)
            if values is None:
                continue
            if method in readers:
                return readers, values
            found.append((readers, values))
        return found[0] if found else ({}, {})

    def _refuse_route(self, readers: Mapping[str, RequestReader]) -> Answered:
        if not readers:
            return self._refuse(Problem(Rejection.UNKNOWN_ROUTE))
        [first, *_] = readers.values()
        answer, reasons = self._refuse(Problem(Rejection.WRONG_METHOD, first.operation))
        allowed = {**answer.headers, "Allow": ", ".join(readers)}
        return replace(answer, headers=allowed), reasons

    def _record(
        self,
        request: Request,
        operation: Operation | None,
        answer: Response,
        reasons: list[Reason],
        began: tuple[datetime, float],
    ) -> None:
        at, started = began
        seconds = time.perf_counter() - started + answer.delay
        self._log.add(
            lambda number: self._censor.log(
                self.specification.name,
                request,
                operation,
                answer,
                reasons,
                number=number,
                at=at,
                seconds=seconds,
            )
        )

    def _make_routes(self) -> list[Route]:
        schemas = prepare_schemas(
            self.specification.schemas, closed=self.provider.refuses_unknown_fields
        )
        paths: dict[str, dict[str, RequestReader]] = {}
        for each in self.specification.operations:
            paths.setdefault(each.path, {})[each.method] = RequestReader(each, schemas)
        routes = []
        for path, readers in paths.items():
            names = path.removeprefix("/").split("/")
            routes.append((names, readers))
        return routes


def _join_path(segments: Sequence[str]) -> str:
    """Join decoded segments to a path. A slash within a segment stays encoded."""
    return "".join(f"/{each.replace('/', '%2F')}" for each in segments)


def _match(names: list[str], segments: Sequence[str]) -> dict[str, str] | None:
    if len(names) != len(segments):
        return None
    values: dict[str, str] = {}
    for name, segment in zip(names, segments, strict=True):
        if name.startswith("{") and segment:
            values[name[1:-1]] = segment
        elif name != segment:
            return None
    return values
