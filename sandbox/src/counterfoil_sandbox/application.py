"""One API as an ASGI application: every request is read, admitted, checked, carried out and logged the same way."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route, Router
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocketClose

from .exchange import Answer, Call, Clock, Fault, Problem, Provider
from .limits import Plan
from .request_log import Censor, LoggedRequest, RequestLog
from .specification import Operation, Specification
from .validation import InvalidRequest, RequestReader, prepare_schemas

LARGEST_BODY = 1024 * 1024
MOST_DRAINED = 16 * LARGEST_BODY  # read to its end, so that the client gets round to reading the answer

SLASH = "\0"  # what an encoded slash is while the path is divided

logger = logging.getLogger(__name__)


class BodyTooLarge(Exception):
    """The body exceeds 1 MiB."""


class ApiApplication:
    """Serves one API, without its prefix."""

    def __init__(
        self, specification: Specification, provider: Provider, log: RequestLog, clock: Clock, rate_limits: bool
    ) -> None:
        self.specification, self.provider = specification, provider
        self._log, self._clock = log, clock
        self._plan = Plan(specification, provider.limiter) if rate_limits else None
        self._censor = Censor(specification)
        routes = [Route(path, _Endpoint(self, readers)) for path, readers in self._make_readers().items()]
        self._router = Router(routes, redirect_slashes=False, default=_Endpoint(self, None))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        await self._router(_keep_slashes(scope), receive, send)

    def admit(self, operation: Operation) -> bool:
        """Count a call against the documented limits."""
        return self._plan is None or self._plan.admit(operation, self._clock().timestamp())

    def record(self, request: Request, operation: Operation | None, body: bytes, status: int) -> None:
        """Log a request and the status of its answer."""
        headers, hidden = self._censor.hide_headers(request.headers), self._censor.hide_body(operation, body)
        name, query = self.specification.name, request.url.query
        path = request.scope.get("raw_path", request.url.path.encode()).partition(b"?")[0].decode("ascii", "replace")
        self._log.append(LoggedRequest(name, request.method, path, query, headers, hidden, status))

    def _make_readers(self) -> dict[str, dict[str, RequestReader]]:
        schemas = prepare_schemas(self.specification.schemas, closed=self.provider.refuses_unknown_fields)
        paths: dict[str, dict[str, RequestReader]] = {}
        for each in self.specification.operations:
            paths.setdefault(each.path, {})[each.method] = RequestReader(each, schemas)
        return paths


@dataclass(frozen=True)
class _Endpoint:
    """What stands behind one path; behind a path that does not exist when there are no readers."""

    api: ApiApplication
    readers: Mapping[str, RequestReader] | None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await WebSocketClose()(scope, receive, send)
            return
        request = Request(scope, receive)
        try:
            answer = await self._exchange(request)
        except ClientDisconnect:
            return
        await Response(answer.body, answer.status, answer.headers, answer.media_type)(scope, receive, send)

    async def _exchange(self, request: Request) -> Answer:
        reader = (self.readers or {}).get(request.method)
        operation = reader.operation if reader else None
        body = b""
        try:
            body = await _read_body(request)
            answer = self._answer(request, reader, body)
        except BodyTooLarge:
            answer = self.api.provider.refuse(Problem(Fault.TOO_LARGE, operation))
        self.api.record(request, operation, body, answer.status)
        return answer

    def _answer(self, request: Request, reader: RequestReader | None, body: bytes) -> Answer:
        if reader is None:
            return self._refuse_route()
        try:
            return self._admit(request, reader.operation) or self.api.provider.answer(_read(request, reader, body))
        except InvalidRequest as invalid:
            return self.api.provider.refuse(invalid.explain(reader.operation))
        except Exception:
            logger.exception("The sandbox failed at %s", reader.operation.id)
            return self.api.provider.refuse(Problem(Fault.FAILURE, reader.operation))

    def _refuse_route(self) -> Answer:
        if self.readers is None:
            return self.api.provider.refuse(Problem(Fault.UNKNOWN_ROUTE))
        [first, *_] = self.readers.values()
        answer = self.api.provider.refuse(Problem(Fault.WRONG_METHOD, first.operation))
        return Answer(answer.status, answer.body, answer.media_type, {**answer.headers, "Allow": ", ".join(self.readers)})

    def _admit(self, request: Request, operation: Operation) -> Answer | None:
        provider = self.api.provider
        refusal = provider.authenticate(operation, _name_path(request), request.headers) if operation.secured else None
        if refusal or self.api.admit(operation):
            return refusal
        return provider.refuse(Problem(Fault.TOO_MANY, operation))


def _keep_slashes(scope: Scope) -> Scope:
    """An encoded slash belongs to a value, such as an invoice's number: it must not divide the path."""
    raw = scope.get("raw_path", b"").partition(b"?")[0].decode("ascii", "replace")
    return {**scope, "path": unquote(re.sub("%2F", "%00", raw, flags=re.IGNORECASE))} if "%2f" in raw.lower() else scope


def _read(request: Request, reader: RequestReader, body: bytes) -> Call:
    values: Mapping[str, Any] = {name: text.replace(SLASH, "/") for name, text in request.path_params.items()}
    return reader.read(_name_path(request), values, request.url.query, request.headers, body)


def _name_path(request: Request) -> str:
    """The path without the API's prefix."""
    path, prefix = str(request.scope["path"]), str(request.scope.get("root_path", ""))
    return path.removeprefix(prefix)


async def _read_body(request: Request) -> bytes:
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > MOST_DRAINED:
        raise BodyTooLarge
    body, size = bytearray(), 0
    async for chunk in request.stream():
        size += len(chunk)
        body += chunk if size <= LARGEST_BODY else b""
        if size > MOST_DRAINED:
            break
    if size > LARGEST_BODY:
        raise BodyTooLarge
    return bytes(body)
