"""Credentials on their way: written into headers, and traded for tokens where the API wants tokens.

A token is kept until shortly before it expires. One call obtains it, the others wait for that one; where it is
refused although it worked before, it is obtained anew, once a call.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Future
from copy import copy
from threading import Lock
from time import monotonic
from typing import Any

import msgspec
from msgspec import structs

from .configuration import HEADER_TEXT, Settings
from .deadline import Deadline
from .decode import follow
from .errors import AuthenticationFailed, CounterfoilError, DeadlineExceeded, DecodeError, InvalidRequest, PermissionDenied
from .operation import Operation, SecurityScheme, TokenExchange
from .response import Response
from .steps import Conversation, Join
from .types import read_custom

EARLY = 60.0  # seconds before it expires that a token is no longer used, or a tenth of its life where that is less
REFUSALS = (AuthenticationFailed, PermissionDenied)  # after which a token that had worked is obtained anew

Call = Callable[[Operation[Any], dict[str, Any]], Conversation[Response[Any]]]
_Key = tuple[str, bytes, int]  # the scheme, what its exchange asks for, and the process: a fork inherits no flight


class Token:
    """A token that was obtained, until when it is used, and whether the API has taken it before."""

    def __init__(self, value: str, good_until: float) -> None:
        self.value, self.good_until, self.proven = value, good_until, False


class Signature:
    """The headers of a signed request, and the tokens in them. It has no repr of its own, which would show them."""

    def __init__(self) -> None:
        self.headers: dict[str, str] = {}
        self.tokens: dict[_Key, Token] = {}


class Wallet:
    """The tokens of one client, shared by its threads and tasks."""

    def __init__(self, settings: Settings, clock: Callable[[], float] = monotonic) -> None:
        self.clock = clock
        self._settings = settings
        self._tokens: dict[_Key, Token] = {}
        self._flights: dict[_Key, Future[CounterfoilError | None]] = {}
        self._lock = Lock()

    def sign(self, operation: Operation[Any], deadline: Deadline, call: Call) -> Conversation[Signature]:
        """The headers that let `operation` in; `call` holds the calls that obtain tokens.

        Raises ConfigurationError where credentials are missing, AuthenticationFailed where they are refused, and
        whatever else a call raises.
        """
        signature = Signature()
        for scheme in self._settings.choose(operation.security):
            value = self._settings.values.get(scheme.name)
            if value is None and scheme.exchange is not None:
                body = _fill(scheme.exchange.body, {"method": operation.method, "path": operation.path})
                key = scheme.name, msgspec.json.encode(body), os.getpid()
                signature.tokens[key] = token = yield from self._obtain(key, scheme, scheme.exchange, body, deadline, call)
                value = token.value
            name, text = self._settings.write_credential(scheme, value or "")
            signature.headers[name] = text
        return signature

    def prove(self, signature: Signature) -> None:
        """The request was let in."""
        for token in signature.tokens.values():
            token.proven = True

    def renew(self, signature: Signature) -> bool:
        """The request was refused: drop its tokens that had worked before. Tells whether there was one."""
        worn = {key: token for key, token in signature.tokens.items() if token.proven}
        with self._lock:
            for key, token in worn.items():
                if self._tokens.get(key) is token:
                    del self._tokens[key]
        return bool(worn)

    def _obtain(
        self, key: _Key, scheme: SecurityScheme, exchange: TokenExchange, body: Any, deadline: Deadline, call: Call
    ) -> Conversation[Token]:
        while True:
            with self._lock:
                token, flight = self._tokens.get(key), self._flights.get(key)
                if token is not None and self.clock() < token.good_until:
                    return token
                if flight is None:
                    mine = self._flights[key] = Future()
                    break
            yield Join(flight, deadline.remaining())
            _require_landing(flight)
        failure: CounterfoilError | None = None
        try:
            self._tokens[key] = token = yield from self._trade(scheme, exchange, body, call)
        except CounterfoilError as error:
            failure = error
            raise
        finally:  # also where the call is cancelled: then the next one tries
            with self._lock:
                del self._flights[key]
            mine.set_result(failure)
        return token

    def _trade(self, scheme: SecurityScheme, exchange: TokenExchange, body: Any, call: Call) -> Conversation[Token]:
        operation = exchange.find_operation()
        began = self.clock()
        try:
            response = yield from call(operation, _write_arguments(operation, _fill(body, self._settings.values)))
        except InvalidRequest as refusal:
            if not exchange.credentials:
                raise
            raise _blame_credentials(scheme, exchange, refusal) from refusal
        value = follow(response.value, exchange.token)
        if not isinstance(value, str) or not HEADER_TEXT.fullmatch(value):
            raise DecodeError(f"{operation.name} gave a token that no header can carry (not shown)", status=response.status)
        self._settings.obtained.append(str(value))
        lifetime = float(follow(response.value, exchange.lifetime)) if exchange.lifetime else float("inf")
        return Token(str(value), began + lifetime - min(EARLY, lifetime / 10))


def _require_landing(flight: Future[CounterfoilError | None]) -> None:
    """Raise what the call that obtained the token raised, unless its time was up: then ours need not be."""
    if not flight.done():
        raise DeadlineExceeded("the time was up while another call was obtaining a token", sent=False)
    failure = flight.result()
    if failure is not None and not isinstance(failure, DeadlineExceeded):
        raise copy(failure)


def _blame_credentials(scheme: SecurityScheme, exchange: TokenExchange, refusal: InvalidRequest) -> AuthenticationFailed:
    names = " and ".join(f"`{name}`" for name in exchange.credentials)
    blame = AuthenticationFailed("")
    vars(blame).update(vars(refusal))
    blame.message = f"no {scheme.name} was given for {names}: {refusal.message} {AuthenticationFailed.advice}"
    return blame


def _write_arguments(operation: Operation[Any], body: Any) -> dict[str, Any]:
    if operation.body is None:
        return {}
    model = msgspec.convert(body, operation.body.type, dec_hook=read_custom)
    return {operation.body.argument: model} if operation.body.argument else structs.asdict(model)


def _fill(node: Any, values: Any) -> Any:
    """Put values where "{name}" stands; a name that is not among them is left."""
    if isinstance(node, dict):
        return {name: _fill(part, values) for name, part in node.items()}
    if isinstance(node, (list, tuple)):
        return [_fill(part, values) for part in node]
    if isinstance(node, str) and node[:1] + node[-1:] == "{}":
        return values.get(node[1:-1], node)
    return node
