"""A client's settings: from its arguments or, if they are absent, from the environment."""

from __future__ import annotations

import os
import re
from base64 import b64encode
from collections import deque
from collections.abc import Iterator, Mapping

from msgspec import Struct, field

from .addresses import encode_address, find_address_problem
from .api import Api, RateLimit, SecurityScheme, ServerVariable
from .errors import ConfigurationError
from .redaction import Redact, clean_error, make_redactor
from .types import Secret, hide

_HOST_PART = re.compile(r"[\w.:\[\]-]+", re.ASCII)
_URL = re.compile(r"https?://[^\s/?#@\\]+(/[^\s?#\\]*)?")
HEADER_TEXT = re.compile(r"[!-~]([ -~]*[!-~])?")


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
            names |= {scheme.name, *(scheme.exchange.credentials if scheme.exchange else ())}
        return names

    def _can_supply(self, name: str) -> bool:
        """Return whether a credential is set, or can be obtained with others that are set."""
        exchange = self._find_scheme(name).exchange
        if name in self.values or exchange is None:
            return name in self.values
        if exchange.credentials:
            return all(credential in self.values for credential in exchange.credentials)
        others = [scheme.name for scheme in self.api.security if scheme.name != name]
        return any(self._can_supply(other) for other in others)

    def list_credential_headers(self) -> frozenset[str]:
        """Return the names of the headers that credentials are sent in, in lower case."""
        names = set()
        for scheme in self.api.security:
            header = self.values.get(f"{scheme.name}_header", scheme.header)
            names.add(header.lower() if scheme.kind == "header" else "authorization")
        return frozenset(names)

    def write_credential(self, scheme: SecurityScheme, value: str) -> tuple[str, str]:
        """Return the header of a credential: its name and value."""
        if scheme.kind == "basic":  # RFC 7617: the value is the user, with an empty password
            return "authorization", _write_basic(f"{value}:")
        if scheme.kind == "password":  # RFC 7617: the value is user and password
            return "authorization", _write_basic(value)
        if scheme.kind == "bearer":  # RFC 6750
            return "authorization", Secret(f"Bearer {value}")
        return self.values.get(f"{scheme.name}_header", scheme.header).lower(), Secret(value)

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
                exchange = self._find_scheme(name).exchange
                if exchange is None:
                    continue
                if exchange.credentials:
                    yield " and ".join(map(self._describe, exchange.credentials))
                else:
                    yield from self._describe_ways(exchange.find_operation().security)

    def _find_scheme(self, name: str) -> SecurityScheme:
        return next(scheme for scheme in self.api.security if scheme.name == name)

    def _can_write(self, name: str) -> bool:
        exchange = self._find_scheme(name).exchange
        if name in self.values or exchange is None:
            return name in self.values
        if not all(credential in self.values for credential in exchange.credentials):
            return False
        security = exchange.find_operation().security
        return not security or any(
            all(map(self._can_write, alternative)) for alternative in security
        )

    def _list_secrets(self) -> Iterator[str]:
        yield from self.obtained
        for scheme in self.api.security:
            exchanged = () if scheme.exchange is None else scheme.exchange.credentials
            for name in exchanged:
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
    exchanges = [scheme.exchange for scheme in api.security if scheme.exchange is not None]
    traded = [name for exchange in exchanges for name in exchange.credentials]
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


def _write_basic(text: str) -> Secret:
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
    choice = settings.values.get(f"{scheme.name}_header")
    if choice is not None and choice not in scheme.headers:
        raise ConfigurationError(
            f"{scheme.name}_header must be one of {', '.join(scheme.headers)}, not {choice!r}"
        )
