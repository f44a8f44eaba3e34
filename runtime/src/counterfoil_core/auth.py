"""Credentials: writing them into headers, and exchanging them for tokens.

A token is kept until shortly before it expires. One call obtains it, and other calls wait for that
one. If a token is rejected that had been accepted before, it is obtained again, once in each call.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from copy import copy
from time import monotonic
from typing import Any, Protocol
from urllib.parse import quote

import msgspec
from msgspec import structs

from .api import Operation, SecurityScheme, TokenExchange
from .deadline import Deadline
from .decode import follow
from .effects import AwaitFuture, CallEffects
from .errors import (
    AuthenticationFailed,
    CounterfoilError,
    DeadlineExceeded,
    DecodeError,
    InvalidRequest,
    PermissionDenied,
)
from .locks import COUNTS
from .response import Response
from .settings import HEADER_TEXT, Credential, Settings, write_basic
from .token_exchange import find_operation
from .type_information import convert
from .types import Secret, read_custom

# A token is not used in its last seconds: these, or the last tenth of its life if that is shorter.
EARLY = 60.0
# The errors after which a token is obtained again, if it had been accepted before.
REFUSALS = (AuthenticationFailed, PermissionDenied)

Arguments = dict[str, Any]
# The scheme, the body of its exchange, and the process, because a fork inherits no flight.
_Key = tuple[str, bytes, int]


class Call(Protocol):
    """Performs the call that obtains a token."""

    def __call__(
        self, operation: Operation[Any], arguments: Arguments, *, headers: Mapping[str, str]
    ) -> CallEffects[Response[Any]]: ...


class Token:
    """A token, the time until which it is used, and whether the API has accepted it before."""

    def __init__(self, value: str, good_until: float) -> None:
        self.value = value
        self.good_until = good_until
        self.proven = False


class Credentials:
    """The credentials of a signed request, and the tokens in them. The repr shows neither."""

    def __init__(self) -> None:
        self.headers: dict[str, str] = {}
        self.query: list[tuple[str, str]] = []
        self.cookies: list[str] = []
        self.tokens: dict[_Key, Token] = {}

    def add(self, credential: Credential) -> None:
        if credential.place == "header":
            self.headers[credential.name] = credential.value
        elif credential.place == "query":
            self.query.append((credential.name, credential.value))
        else:
            self.cookies.append(f"{credential.name}={credential.value}")


class Authenticator:
    """The tokens of one client, shared by its threads and tasks."""

    def __init__(self, settings: Settings, clock: Callable[[], float] = monotonic) -> None:
        self.clock = clock
        self._settings = settings
        self._tokens: dict[_Key, Token] = {}
        self._flights: dict[_Key, Future[CounterfoilError | None]] = {}
        # Credentials that were replaced at their last exchange, such as a refresh token.
        self._renewed: dict[str, str] = {}

    def sign(
        self, operation: Operation[Any], deadline: Deadline, call: Call
    ) -> CallEffects[Credentials]:
        """Return the credentials for `operation`. `call` performs the calls that obtain tokens.

        Raises ConfigurationError if credentials are missing, AuthenticationFailed if they are
        rejected, and every other error of a call.
        """
        credentials = Credentials()
        for scheme in self._settings.choose(operation.security):
            value = self._settings.values.get(scheme.name)
            exchange = self._settings.find_exchange(scheme) if value is None else None
            if exchange is not None:
                body = _fill(exchange.body, {"method": operation.method, "path": operation.path})
                key = scheme.name, msgspec.json.encode(body), os.getpid()
                credentials.tokens[key] = token = yield from self._obtain(
                    key, scheme, exchange, body, deadline, call
                )
                value = token.value
            credentials.add(self._settings.write_credential(scheme, value or ""))
        return credentials

    def mark_accepted(self, credentials: Credentials) -> None:
        """Record that the API accepted the tokens of a request."""
        for token in credentials.tokens.values():
            token.proven = True

    def refresh(self, credentials: Credentials) -> bool:
        """Drop the tokens of a rejected request that had been accepted before.

        Returns whether there was one.
        """
        worn = {key: token for key, token in credentials.tokens.items() if token.proven}
        with COUNTS:
            for key, token in worn.items():
                if self._tokens.get(key) is token:
                    del self._tokens[key]
        return bool(worn)

    def _obtain(
        self,
        key: _Key,
        scheme: SecurityScheme,
        exchange: TokenExchange,
        body: Any,
        deadline: Deadline,
        call: Call,
    ) -> CallEffects[Token]:
        while True:
            with COUNTS:
                token = self._tokens.get(key)
                flight = self._flights.get(key)
                if token is not None and self.clock() < token.good_until:
                    return token
                if flight is None:
                    mine = self._flights[key] = Future()
                    break
            yield AwaitFuture(flight, deadline.remaining())
            _require_landing(flight)
        failure: CounterfoilError | None = None
        try:
            self._tokens[key] = token = yield from self._trade(scheme, exchange, body, call)
        except CounterfoilError as error:
            failure = error
            raise
        finally:  # also if the call is cancelled; then the next one tries
            with COUNTS:
                del self._flights[key]
            mine.set_result(failure)
        return token

    def _trade(
        self, scheme: SecurityScheme, exchange: TokenExchange, body: Any, call: Call
    ) -> CallEffects[Token]:
        operation = find_operation(exchange)
        began = self.clock()
        values = {**self._settings.values, **self._renewed}
        filled = _fill(body, values)
        headers = _write_basic_header(exchange, values)
        sent = exchange.optional if headers else (*exchange.optional, *exchange.basic)
        filled |= {name: values[name] for name in sent if name in values}
        try:
            response = yield from call(
                operation, _write_arguments(operation, filled), headers=headers
            )
        except InvalidRequest as refusal:
            if not exchange.credentials:
                raise
            raise _blame_credentials(scheme, exchange, refusal) from refusal
        value = follow(response.value, exchange.token)
        if not isinstance(value, str) or not HEADER_TEXT.fullmatch(value):
            raise DecodeError(
                f"{operation.name} gave a token that no header can carry (not shown)",
                status=response.status,
            )
        self._settings.obtained.append(Secret(value))
        renewed = follow(response.value, exchange.renewed) if exchange.renewed else None
        if exchange.renews is not None and isinstance(renewed, str) and renewed:
            self._renewed[exchange.renews] = Secret(renewed)
            self._settings.obtained.append(Secret(renewed))
        lifetime = _read_lifetime(response.value, exchange)
        reserve = min(EARLY, lifetime / 10)
        return Token(Secret(value), began + lifetime - reserve)


def _write_basic_header(exchange: TokenExchange, values: Mapping[str, str]) -> dict[str, str]:
    """Return the header in which an OAuth client names itself, by RFC 6749, section 2.3.1."""
    if not exchange.basic or not all(name in values for name in exchange.basic):
        return {}
    name, password = (quote(values[each], safe="") for each in exchange.basic)
    return {"authorization": write_basic(f"{name}:{password}")}


def _read_lifetime(value: Any, exchange: TokenExchange) -> float:
    """Return the lifetime of a token in seconds; infinity if the response has no such number."""
    told: Any = follow(value, exchange.lifetime) if exchange.lifetime else None
    try:
        seconds = float(told)
    except (TypeError, ValueError, OverflowError):
        return float("inf")
    return max(0.0, seconds) if seconds == seconds else float("inf")  # NaN is not equal to itself


def _require_landing(flight: Future[CounterfoilError | None]) -> None:
    """Raise the error of the call that obtained the token.

    Its DeadlineExceeded is not raised, because this call's deadline may be later.
    """
    if not flight.done():
        raise DeadlineExceeded(
            "the time was up while another call was obtaining a token", sent=False
        )
    failure = flight.result()
    if failure is not None and not isinstance(failure, DeadlineExceeded):
        raise copy(failure)


def _blame_credentials(
    scheme: SecurityScheme, exchange: TokenExchange, refusal: InvalidRequest
) -> AuthenticationFailed:
    names = " and ".join(f"`{name}`" for name in exchange.credentials)
    blame = AuthenticationFailed("")
    vars(blame).update(vars(refusal))
    blame.message = (
        f"no {scheme.name} was given for {names}: {refusal.message} {AuthenticationFailed.advice}"
    )
    return blame


def _write_arguments(operation: Operation[Any], body: Any) -> dict[str, Any]:
    if operation.body is None:
        return {}
    model = convert(body, operation.body.type, dec_hook=read_custom)
    return {operation.body.argument: model} if operation.body.argument else structs.asdict(model)


def _fill(node: Any, values: Any) -> Any:
    """Replace each text "{name}" with its value; an unknown name is left as it is."""
    if isinstance(node, dict):
        return {name: _fill(part, values) for name, part in node.items()}
    if isinstance(node, (list, tuple)):
        return [_fill(part, values) for part in node]
    if isinstance(node, str) and node.startswith("{") and node.endswith("}"):
        return values.get(node[1:-1], node)
    return node
