"""A client's settings: from its arguments or, if they are absent, from the environment."""

from __future__ import annotations

import os
import re
from base64 import b64encode
from collections import deque
from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from msgspec import Struct, field

from .addresses import encode_address, find_address_problem
from .api import Api, RateLimit, SecurityScheme, ServerVariable, TokenExchange
from .errors import ConfigurationError
from .redaction import Redact, clean_error, make_redactor
from .token_exchange import find_operation
from .types import Secret, hide

_HOST_PART = re.compile(r"[\w.:\[\]-]+", re.ASCII)
_URL = re.compile(r"https?://[^\s/?#@\\]+(/[^\s?#\\]*)?")
_COOKIE_TEXT = re.compile(r"[!#-+\--:<-\[\]-~]+")  # the characters of a cookie, RFC 6265
HEADER_TEXT = re.compile(r"[!-~]([ -~]*[!-~])?")


class Credential(NamedTuple):
    """A credential as it is sent: in a header, a query parameter or a cookie."""

    place: Literal["header", "query", "cookie"]
    name: str
    value: str


class Settings(Struct, frozen=True):
    """A client's settings, checked. The repr shows no values, because some are secret."""

    api: Api
    values: Mapping[str, str]
    base_url: str | None
    # The latest tokens that credentials were exchanged for.
    obtained: deque[str] = field(default_factory=lambda: deque(maxlen=64))
    redactors: dict[tuple[str, ...], Redact] = field(default_factory=dict)  # only the latest

    def __repr__(self) -> str:
        return f"Settings({self.api.name})"

    def find_server(self, template: str | None = None) -> str:
        """Return the base URL of an operation, without a slash at its end.

        `template` is the operation's own server, if it has one.
        """
        if self.base_url is not None:
            return self.base_url
        server = template or self.api.server
        for variable in self.api.variables:
            hole = f"{{{variable.wire}}}"
            if hole in server:
                server = server.replace(
                    hole, self.require(variable.name, variable.default, ", or base_url")
                )
        return server.rstrip("/")

    def choose(self, security: tuple[tuple[str, ...], ...]) -> tuple[SecurityScheme, ...]:
        """Return the schemes of the first alternative whose credentials are set or can be obtained.

        Raises ConfigurationError, naming the missing credentials, if no alternative is complete.
        """
        for alternative in security:
            if all(map(self._can_write, alternative)):
                return tuple(map(self._find_scheme, alternative))
        if not security:
            return ()
        described = " or ".join(self._describe_ways(security))
        raise ConfigurationError(f"credentials are missing: give {described}")

    def check_credentials(self, arguments: Mapping[str, str | None]) -> None:
        """Check that the credentials of some operation are set or can be obtained.

        A client without credentials can call operations that need none, such as a login. Some of
        them, or an empty text, are a mistake. Raises ConfigurationError, naming the credentials
        that each alternative lacks. No operation is imported.
        """
        ways = [way for way in self.api.credentials if way]
        complete = [way for way in ways if all(map(self._can_supply, way))]
        if complete or not ways:
            return
        given = set(self.values)
        given |= {name for name, value in arguments.items() if value is not None}
        is_given = not given.isdisjoint(self._list_credentials())
        if is_given or () not in self.api.credentials:
            described = " or ".join(dict.fromkeys(self._describe_ways(tuple(ways))))
            raise ConfigurationError(f"credentials are missing: give {described}")

    def _list_credentials(self) -> set[str]:
        """Return the client's arguments that are credentials, or are exchanged for one."""
        names = set()
        for scheme in self.api.security:
            names.add(scheme.name)
            for exchange in scheme.exchanges:
                names |= {*exchange.credentials, *exchange.optional}
        return names

    def _can_supply(self, name: str) -> bool:
        """Return whether a credential is set, or can be obtained with others that are set."""
        if name in self.values:
            return True
        others = [scheme.name for scheme in self.api.security if scheme.name != name]
        for exchange in self._find_scheme(name).exchanges:
            if exchange.credentials and self._has_all(exchange.credentials):
                return True
            if not exchange.credentials and any(map(self._can_supply, others)):
                return True
        return False

    def _has_all(self, names: tuple[str, ...]) -> bool:
        return all(name in self.values for name in names)

    def list_credential_headers(self) -> frozenset[str]:
        """Return the names of the headers that credentials are sent in, in lower case."""
        names = set()
        for scheme in self.api.security:
            if scheme.kind == "header":
                names.add(self.values.get(f"{scheme.name}_header", scheme.header).lower())
            elif scheme.kind not in ("query", "cookie"):
                names.add("authorization")
        return frozenset(names)

    def list_credential_parameters(self) -> frozenset[str]:
        """Return the names of the query parameters that credentials are sent in."""
        return frozenset(scheme.header for scheme in self.api.security if scheme.kind == "query")

    def write_credential(self, scheme: SecurityScheme, value: str) -> Credential:
        """Return a credential as it is sent."""
        if scheme.kind == "basic":  # RFC 7617: the value is the user, with an empty password
            return Credential("header", "authorization", write_basic(f"{value}:"))
        if scheme.kind == "password":  # RFC 7617: the value is user and password
            return Credential("header", "authorization", write_basic(value))
        if scheme.kind == "bearer":  # RFC 6750
            return Credential("header", "authorization", Secret(f"Bearer {value}"))
        if scheme.kind == "header":
            header = self.values.get(f"{scheme.name}_header", scheme.header)
            return Credential("header", header.lower(), Secret(value))
        return Credential(scheme.kind, scheme.header, Secret(value))

    def find_exchange(self, scheme: SecurityScheme) -> TokenExchange | None:
        """Return the first way to obtain a credential for which all that it needs is given."""
        for exchange in scheme.exchanges:
            if self._can_exchange(exchange):
                return exchange
        return None

    def redact(self, text: str) -> str:
        """Remove the credentials from a text of a server, which may repeat them."""
        return self._find_redactor()(text)

    def clean(self, error: BaseException) -> None:
        """Remove the credentials from an error and its causes."""
        clean_error(error, self._find_redactor())

    def _find_redactor(self) -> Redact:
        """Return the redactor of the current secrets. A new token requires a new one."""
        secrets = tuple(map(str, self._list_secrets()))
        if secrets not in self.redactors:
            self.redactors.clear()
            self.redactors[secrets] = make_redactor(secrets)
        return self.redactors[secrets]

    def require(self, name: str, default: str | None = None, instead: str = "") -> str:
        """Return a setting.

        Raises ConfigurationError, naming argument and environment variable, if it is missing.
        """
        value = self.values.get(name, default)
        if value is None:
            raise ConfigurationError(f"give {self._describe(name)}{instead}")
        return value

    def _describe(self, name: str) -> str:
        return f"`{name}` (or the environment variable {name_variable(self.api, name)})"

    def _describe_ways(self, security: tuple[tuple[str, ...], ...]) -> Iterator[str]:
        """Yield the alternatives: credentials, and the credentials that are exchanged for them."""
        for alternative in security:
            yield " and ".join(map(self._describe, alternative))
            for name in alternative:
                for exchange in self._find_scheme(name).exchanges:
                    if exchange.credentials:
                        yield " and ".join(map(self._describe, exchange.credentials))
                    else:
                        yield from self._describe_ways(find_operation(exchange).security)

    def _find_scheme(self, name: str) -> SecurityScheme:
        for scheme in self.api.security:
            if scheme.name == name:
                return scheme
        raise LookupError(name)

    def _can_write(self, name: str) -> bool:
        return name in self.values or self.find_exchange(self._find_scheme(name)) is not None

    def _can_exchange(self, exchange: TokenExchange) -> bool:
        if not self._has_all(exchange.credentials):
            return False
        security = find_operation(exchange).security
        return not security or any(
            all(map(self._can_write, alternative)) for alternative in security
        )

    def _list_secrets(self) -> Iterator[str]:
        yield from self.obtained
        for scheme in self.api.security:
            for exchange in scheme.exchanges:
                for name in exchange.credentials:
                    if name in self.values:
                        yield self.values[name]
            value = self.values.get(scheme.name)
            if value:
                yield value
                if scheme.kind == "password":
                    yield value.partition(":")[2]


def read_settings(api: Api, arguments: Mapping[str, str | None], base_url: str | None) -> Settings:
    """Read and check each setting, from the arguments or else from the environment.

    Raises ConfigurationError if a value is invalid, or is missing and every call needs it.
    """
    values = {}
    secrets = list_secret_names(api)
    for name, argument in arguments.items():
        value = argument if argument is not None else os.environ.get(name_variable(api, name))
        value = hide(value) if name in secrets else value
        if value is not None and not isinstance(value, str):
            raise ConfigurationError(f"{name} must be a text, not {_name_type(value)}")
        if value:
            values[name] = value
    settings = Settings(api, values, _check_base_url(api, base_url))
    for variable in api.variables:
        _check_variable(settings, variable)
    for scheme in api.security:
        _check_scheme(settings, scheme)
    _check_server(settings.find_server())
    settings.check_credentials(arguments)
    return settings


def list_secret_names(api: Api) -> frozenset[str]:
    """Return the arguments of a client that are credentials, or are exchanged for them."""
    traded: list[str] = []
    for scheme in api.security:
        for exchange in scheme.exchanges:
            traded += exchange.credentials
    return frozenset([*(scheme.name for scheme in api.security), *traded])


def name_variable(api: Api, argument: str) -> str:
    """Return the environment variable of a client's argument: COUNTERFOIL_PARCEL_POST_KEY."""
    return f"COUNTERFOIL_{api.name}_{argument}".upper().replace("-", "_")


def check_options(timeout: float, max_attempts: int) -> None:
    """Raise ConfigurationError if an option of a client or a call is invalid."""
    if not _is_number(timeout) or not 0 < timeout < float("inf"):
        raise ConfigurationError(f"timeout must be a number of seconds above 0, not {timeout!r}")
    if isinstance(max_attempts, bool) or not isinstance(max_attempts, int) or max_attempts < 1:
        raise ConfigurationError(f"max_attempts must be 1 or more, not {max_attempts!r}")


def check_rate_limit(limit: RateLimit | None) -> None:
    """Raise ConfigurationError if a rate limit is invalid."""
    if limit is None:
        return
    if not isinstance(limit, RateLimit):
        raise ConfigurationError(f"rate_limit must be a RateLimit, not {_name_type(limit)}")
    for name, least in (("requests", 1e-9), ("per", 1e-9), ("burst", 0)):
        value = getattr(limit, name)
        if not _is_number(value) or not least <= value <= 1e9:
            raise ConfigurationError(f"rate_limit: {name} must be a number above 0, not {value!r}")
    if limit.scope not in ("operation", "account"):
        scope = repr(limit.scope)
        raise ConfigurationError(f"rate_limit: scope must be operation or account, not {scope}")


def write_basic(text: str) -> Secret:
    return Secret("Basic " + b64encode(text.encode()).decode())


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _name_type(value: object) -> str:
    return f"a value of type {type(value).__name__}"


def _check_base_url(api: Api, argument: str | None) -> str | None:
    url = argument if argument is not None else os.environ.get(name_variable(api, "base_url"))
    if not url:
        return None
    if not isinstance(url, str):
        raise ConfigurationError(f"base_url must be a text, not {_name_type(url)}")
    if not _URL.fullmatch(url):
        raise ConfigurationError(
            f"base_url (or {name_variable(api, 'base_url')}) must look like https://host/path, "
            "without credentials, query or fragment"
        )
    _check_server(url)
    return encode_address(url.rstrip("/"))


def _check_server(url: str) -> None:
    problem = find_address_problem(url, ("http", "https"))
    if problem is not None:
        raise ConfigurationError(f"the server's address {url!r} cannot be used: {problem}")


def _check_variable(settings: Settings, variable: ServerVariable) -> None:
    value = settings.values.get(variable.name, variable.default)
    if value is None:
        return
    if variable.enum and value not in variable.enum:
        raise ConfigurationError(
            f"{variable.name} must be one of {', '.join(variable.enum)}, not {value!r}"
        )
    if not _HOST_PART.fullmatch(value):
        raise ConfigurationError(
            f"{variable.name} must be a bare name such as shop.example.com, not {value!r}"
        )


def _check_scheme(settings: Settings, scheme: SecurityScheme) -> None:
    value = settings.values.get(scheme.name)
    if value is not None and not HEADER_TEXT.fullmatch(value):
        raise ConfigurationError(
            f"{scheme.name} holds blanks at an end, line breaks "
            "or letters that no header can carry (not shown)"
        )
    if value is not None and scheme.kind == "basic" and ":" in value:
        raise ConfigurationError(
            f"{scheme.name} holds a colon, which a user name of basic authentication cannot"
        )
    if value is not None and scheme.kind == "password" and ":" not in value:
        raise ConfigurationError(
            f"{scheme.name} holds no colon (not shown): give name and password as `name:password`"
        )
    if value is not None and scheme.kind == "bearer" and " " in value:
        raise ConfigurationError(
            f"{scheme.name} holds a blank (not shown): give the token alone, without `Bearer`"
        )
    if value is not None and scheme.kind == "cookie" and not _COOKIE_TEXT.fullmatch(value):
        raise ConfigurationError(f"{scheme.name} holds a character that no cookie can carry")
    choice = settings.values.get(f"{scheme.name}_header")
    if choice is not None and choice not in scheme.headers:
        raise ConfigurationError(
            f"{scheme.name}_header must be one of {', '.join(scheme.headers)}, not {choice!r}"
        )
