"""Options of single calls, and how they change a request."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any, TypedDict

from msgspec import Struct, structs

from .api import Operation
from .encode import write_query
from .errors import ConfigurationError, InvalidRequest
from .settings import HEADER_TEXT, check_options

# Headers that describe the body or the connection; the client computes them.
_RESERVED = frozenset(
    {
        "accept",
        "accept-encoding",
        "connection",
        "content-encoding",
        "content-length",
        "content-type",
        "cookie",
        "host",
        "transfer-encoding",
    }
)
_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")  # a token of RFC 9110


class RequestOptions(TypedDict, total=False):
    """Options of one call, which every method accepts as keyword arguments.

    `timeout` is the time of the whole call in seconds, `max_attempts` the number of requests that
    it may send; both replace the client's. `extra_headers` and `extra_query` are sent in addition
    to what the method's arguments become. `idempotency_key` is the key of a request that must not
    be carried out twice, for operations that have one; without it, each call makes a new key.
    """

    timeout: float
    max_attempts: int
    extra_headers: Mapping[str, str]
    extra_query: Mapping[str, str | Sequence[str]]
    idempotency_key: str


NO_OPTIONS: RequestOptions = {}


class Extras(Struct, frozen=True):
    """What a call adds to its request. The repr shows no values, which can be secret."""

    headers: Mapping[str, str] = {}  # names in lower case
    query: Mapping[str, str | Sequence[str]] = {}
    idempotency_key: str | None = None

    def __repr__(self) -> str:
        return f"Extras({', '.join([*self.headers, *self.query])})"


class CallOptions(Struct, frozen=True):
    """Options of a call: seconds in total, number of attempts, and whether to check arguments.

    With `keep_unreadable`, a record that cannot be decoded does not fail its page. With `keep_raw`,
    a page has the JSON of its records.
    """

    timeout: float
    max_attempts: int
    validate: bool = True
    keep_unreadable: bool = False
    keep_raw: bool = False
    extras: Extras | None = None

    def merge(self, given: RequestOptions, operation: Operation[Any]) -> CallOptions:
        """Return these options with those of one call.

        Raises TypeError for an option that does not exist, ConfigurationError or InvalidRequest
        for one that is invalid.
        """
        if not given:
            return self
        _check_names(given, operation)
        timeout = given.get("timeout", self.timeout)
        max_attempts = given.get("max_attempts", self.max_attempts)
        check_options(timeout, max_attempts)
        return structs.replace(
            self,
            timeout=timeout,
            max_attempts=max_attempts,
            extras=_read_extras(given, operation),
        )

    def without_extras(self) -> CallOptions:
        """Return the options for a nested call, such as the one that obtains a token."""
        return self if self.extras is None else structs.replace(self, extras=None)


def check_default_headers(headers: Mapping[str, str], credentials: Collection[str]) -> None:
    """Raise ConfigurationError if a header cannot be sent with every request of a client."""
    for name, value in headers.items():
        problem = _find_header_problem(name, value, credentials)
        if problem is not None:
            raise ConfigurationError(f"default_headers: {problem}")


def check_app_info(app_info: str | None) -> None:
    """Raise ConfigurationError if a text cannot be part of the User-Agent header."""
    if app_info is None:
        return
    if not isinstance(app_info, str) or not HEADER_TEXT.fullmatch(app_info):
        raise ConfigurationError("app_info must be a printable ASCII text such as 'my-shop/1.2'")


def check_extra_headers(extras: Extras, credentials: Collection[str]) -> None:
    """Raise InvalidRequest if a header of a call cannot be sent. Nothing has been sent yet."""
    for name, value in extras.headers.items():
        problem = _find_header_problem(name, value, credentials)
        if problem is not None:
            raise _refuse(f"extra_headers: {problem}")


def write_extra_query(extras: Extras) -> str:
    """Return the additional part of a query, percent-encoded."""
    return write_query(list(extras.query.items()))


def _read_extras(given: RequestOptions, operation: Operation[Any]) -> Extras | None:
    headers = {name.lower(): text for name, text in given.get("extra_headers", {}).items()}
    query = given.get("extra_query", {})
    key = given.get("idempotency_key")
    if not headers and not query and key is None:
        return None
    wires = {(one.location, _fold(one.location, one.wire)) for one in operation.parameters}
    for location, names in (("header", headers), ("query", query)):
        taken = [name for name in names if (location, _fold(location, name)) in wires]
        if taken:
            message = f"{taken[0]} is an argument of {operation.name}"
            raise _refuse(f"extra_{'headers' if location == 'header' else location}: {message}")
    if key is not None and operation.idempotency_header is None:
        raise _refuse(f"idempotency_key: {operation.name} has no idempotency header")
    if key is not None and not (isinstance(key, str) and HEADER_TEXT.fullmatch(key)):
        raise _refuse("idempotency_key: must be a printable ASCII text without blanks at its ends")
    return Extras(headers, query, key)


def _fold(location: str, name: str) -> str:
    return name.lower() if location == "header" else name


def _check_names(given: RequestOptions, operation: Operation[Any]) -> None:
    allowed = RequestOptions.__optional_keys__
    for name in given:
        if name in allowed:
            continue
        arguments = [parameter.name for parameter in operation.parameters]
        if operation.body is not None and operation.body.argument is not None:
            arguments.append(operation.body.argument)
        elif operation.body is not None:
            arguments += getattr(operation.body.type, "__struct_fields__", ())
        from difflib import get_close_matches  # here, because few calls end with this error

        close = get_close_matches(name, [*arguments, *allowed], n=1)
        hint = f". Did you mean {close[0]!r}?" if close else ""
        raise TypeError(f"{operation.name}() got an unexpected keyword argument {name!r}{hint}")


def _find_header_problem(name: str, value: object, credentials: Collection[str]) -> str | None:
    lower = name.lower()
    if not _HEADER_NAME.fullmatch(name):
        return f"{name!r} is not the name of a header"
    if lower in _RESERVED or lower in credentials:
        return f"{name} is set by the client"
    if not isinstance(value, str) or (value and not HEADER_TEXT.fullmatch(value)):
        return f"{name} contains line breaks or characters that a header cannot carry"
    return None


def _refuse(violation: str) -> InvalidRequest:
    field = violation.partition(":")[0]
    return InvalidRequest(f"not sent: {violation}", field=field, violations=(violation,))
