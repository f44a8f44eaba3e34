"""One API: every request is matched to an operation, admitted, checked, carried out and logged the same way."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from .exchange import Answer, Clock, Fault, Problem, Provider, Request
from .faults import FaultRule
from .limits import Plan
from .request_log import Censor, LoggedRequest, RequestLog
from .specification import Operation, Specification
from .validation import InvalidRequest, RequestReader, prepare_schemas

Route = tuple[list[str], dict[str, RequestReader]]
"""The segments of a path, some of them placeholders, and the operations behind it by method."""

Strike = Callable[[str, Operation], list[FaultRule]]
"""Draws which faults strike a call of an API's operation."""

logger = logging.getLogger(__name__)


class ApiApplication:
    """Serves one API, without its prefix."""

    def __init__(
        self, specification: Specification, provider: Provider, log: RequestLog, strike: Strike, clock: Clock | None
    ) -> None:
        """Without a clock, no call is counted against the documented limits."""
        self.specification, self.provider = specification, provider
        self._log, self._strike, self._clock = log, strike, clock
        self._plan = Plan(specification, provider.limiter)
        self._censor = Censor(specification)
        self._routes = self._make_routes()

    def exchange(self, request: Request, segments: Sequence[str]) -> Answer:
        """Answer a request; the segments are those of its decoded path, without the API's prefix."""
        readers, values = self._find_route(segments, request.method)
        reader = readers.get(request.method)
        operation = reader.operation if reader else None
        if reader is None:
            answer = self._refuse_route(readers)
        elif request.body is None:
            answer = self.provider.refuse(Problem(Fault.TOO_LARGE, operation))
        else:
            path = "".join(f"/{each.replace('/', '%2F')}" for each in segments)  # a slash within a value divides nothing
            answer = self._answer(request, path, reader, values)
        self._record(request, operation, answer.status)
        return answer

    def _answer(self, request: Request, path: str, reader: RequestReader, values: Mapping[str, str]) -> Answer:
        operation, provider = reader.operation, self.provider
        struck = self._strike(self.specification.name, operation)
        for rule in struck:
            if rule.fault:
                return rule.disturb(provider.refuse(Problem(rule.fault, operation)), operation)
        try:
            answer = self._admit(operation, path, request) or provider.answer(reader.read(request, path, values))
        except InvalidRequest as invalid:
            answer = provider.refuse(invalid.explain(operation))
        except Exception:
            logger.exception("The sandbox failed at %s", operation.id)
            answer = provider.refuse(Problem(Fault.FAILURE, operation))
        for rule in struck:
            answer = rule.disturb(answer, operation)
        return answer

    def _admit(self, operation: Operation, path: str, request: Request) -> Answer | None:
        refusal = self.provider.authenticate(operation, path, request.headers) if operation.secured else None
        if refusal or self._clock is None or self._plan.admit(operation, self._clock().timestamp()):
            return refusal
        return self.provider.refuse(Problem(Fault.TOO_MANY, operation))

    def _find_route(self, segments: Sequence[str], method: str) -> tuple[Mapping[str, RequestReader], Mapping[str, str]]:
        """The operations behind a path, and the values of its placeholders; of two routes, the one with the method."""
        found = [(readers, values) for names, readers in self._routes if (values := _match(names, segments)) is not None]
        return next((each for each in found if method in each[0]), found[0] if found else ({}, {}))

    def _refuse_route(self, readers: Mapping[str, RequestReader]) -> Answer:
        if not readers:
            return self.provider.refuse(Problem(Fault.UNKNOWN_ROUTE))
        [first, *_] = readers.values()
        answer = self.provider.refuse(Problem(Fault.WRONG_METHOD, first.operation))
        return replace(answer, headers={**answer.headers, "Allow": ", ".join(readers)})

    def _record(self, request: Request, operation: Operation | None, status: int) -> None:
        headers, body = self._censor.hide_headers(request.headers), self._censor.hide_body(operation, request.body or b"")
        name = self.specification.name
        self._log.append(LoggedRequest(name, request.method, request.path, request.query, headers, body, status))

    def _make_routes(self) -> list[Route]:
        schemas = prepare_schemas(self.specification.schemas, closed=self.provider.refuses_unknown_fields)
        paths: dict[str, dict[str, RequestReader]] = {}
        for each in self.specification.operations:
            paths.setdefault(each.path, {})[each.method] = RequestReader(each, schemas)
        return [(path[1:].split("/"), readers) for path, readers in paths.items()]


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
