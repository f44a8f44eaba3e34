"""Where a client's settings come from: its arguments, else the environment, else a clear error."""

from __future__ import annotations

import os
import re
from base64 import b64encode
from collections import deque
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote_plus

from msgspec import Struct, field

from .errors import ConfigurationError, CounterfoilError
from .operation import Api, SecurityScheme, ServerVariable

_HOST_PART = re.compile(r"[\w.:\[\]-]+", re.ASCII)
_URL = re.compile(r"https?://[^\s/?#@\\]+(/[^\s?#\\]*)?")
HEADER_TEXT = re.compile(r"[!-~]([ -~]*[!-~])?")
_SHORTEST_SECRET = 5  # characters: a shorter one is a placeholder, and part of ordinary words


class Settings(Struct, frozen=True):
    """A client's settings, found and checked. Its repr shows no value, for some are secret."""

    api: Api
    values: Mapping[str, str]
    base_url: str | None
    obtained: deque[str] = field(default_factory=lambda: deque(maxlen=64))  # the latest tokens that were traded for

    def __repr__(self) -> str:
        return f"Settings({self.api.name})"

    def find_server(self, template: str | None = None) -> str:
        """The address an operation is sent to, without a slash at its end; `template` is its own server's."""
        if self.base_url is not None:
            return self.base_url
        server = template or self.api.server
        for variable in self.api.variables:
            hole = f"{{{variable.wire}}}"
            if hole in server:
                server = server.replace(hole, self.require(variable.name, variable.default, ", or base_url"))
        return server.rstrip("/")

    def choose(self, security: tuple[tuple[str, ...], ...]) -> tuple[SecurityScheme, ...]:
        """The schemes of the first alternative whose credentials are all there, or can be obtained.

        Raises ConfigurationError, naming what each alternative lacks, where none is complete.
        """
        for alternative in security:
            if all(map(self._can_write, alternative)):
                return tuple(map(self._find_scheme, alternative))
        if not security:
            return ()
        raise ConfigurationError(f"credentials are missing: give {' or '.join(self._describe_ways(security))}")

    def write_credential(self, scheme: SecurityScheme, value: str) -> tuple[str, str]:
        """The header that carries a credential, by name and value."""
        if scheme.kind == "basic":  # RFC 7617: user, colon, password; the token is the user, the password empty
            return "authorization", "Basic " + b64encode(f"{value}:".encode()).decode()
        return self.values.get(f"{scheme.name}_header", scheme.header).lower(), value

    def redact(self, text: str) -> str:
        """Take the credentials out of a text that a server sent: some servers repeat them."""
        for secret in self._list_secrets():
            if len(secret) >= _SHORTEST_SECRET:
                text = text.replace(secret, "***").replace(quote_plus(secret), "***")
        return text

    def clean(self, error: BaseException | None) -> None:
        """Take the credentials out of an error and its causes."""
        while error is not None:
            error.args = self._clean(error.args)
            if isinstance(error, CounterfoilError):
                vars(error).update(self._clean(vars(error)))
            error = error.__cause__

    def _clean(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {name: self._clean(part) for name, part in value.items()}
        if isinstance(value, tuple):
            return tuple(map(self._clean, value))
        return self.redact(value) if isinstance(value, str) else value

    def require(self, name: str, default: str | None = None, instead: str = "") -> str:
        """A setting. Raises ConfigurationError, naming argument and environment variable, where there is none."""
        if (value := self.values.get(name, default)) is None:
            raise ConfigurationError(f"give {self._describe(name)}{instead}")
        return value

    def _describe(self, name: str) -> str:
        return f"`{name}` (or the environment variable {name_variable(self.api, name)})"

    def _describe_ways(self, security: tuple[tuple[str, ...], ...]) -> Iterator[str]:
        """What could be given, way by way: the credentials themselves, and what they are traded for."""
        for alternative in security:
            yield " and ".join(map(self._describe, alternative))
            for exchange in filter(None, (self._find_scheme(name).exchange for name in alternative)):
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
        return not security or any(all(map(self._can_write, alternative)) for alternative in security)

    def _list_secrets(self) -> Iterator[str]:
        yield from self.obtained
        for scheme in self.api.security:
            if scheme.exchange is not None:
                yield from (self.values[name] for name in scheme.exchange.credentials if name in self.values)
            if value := self.values.get(scheme.name):
                yield value
                yield self.write_credential(scheme, value)[1].removeprefix("Basic ")


def read_settings(api: Api, arguments: Mapping[str, str | None], base_url: str | None) -> Settings:
    """Find each setting in the arguments, else in the environment, and check it.

    Raises ConfigurationError where a value is missing that every call needs, or makes no sense.
    """
    values = {}
    for name, argument in arguments.items():
        value = argument if argument is not None else os.environ.get(name_variable(api, name))
        if value:
            values[name] = value
    settings = Settings(api, values, _check_base_url(api, base_url))
    for variable in api.variables:
        _check_variable(settings, variable)
    for scheme in api.security:
        _check_scheme(settings, scheme)
    settings.find_server()
    return settings


def name_variable(api: Api, argument: str) -> str:
    """The environment variable of a client's argument: COUNTERFOIL_OPEN2B_ADMIN_KEY."""
    return f"COUNTERFOIL_{api.name}_{argument}".upper().replace("-", "_")


def check_options(timeout: float, max_attempts: int) -> None:
    """Raises ConfigurationError where the options of a client or a call make no sense."""
    if isinstance(timeout, bool) or not isinstance(timeout, (int, float)) or not 0 < timeout < float("inf"):
        raise ConfigurationError(f"timeout must be a number of seconds above 0, not {timeout!r}")
    if isinstance(max_attempts, bool) or not isinstance(max_attempts, int) or max_attempts < 1:
        raise ConfigurationError(f"max_attempts must be 1 or more, not {max_attempts!r}")


def _check_base_url(api: Api, argument: str | None) -> str | None:
    url = argument if argument is not None else os.environ.get(name_variable(api, "base_url"))
    if not url:
        return None
    if not _URL.fullmatch(url):
        raise ConfigurationError(
            f"base_url (or {name_variable(api, 'base_url')}) must look like https://host/path, "
            "without credentials, query or fragment"
        )
    return url.rstrip("/")


def _check_variable(settings: Settings, variable: ServerVariable) -> None:
    value = settings.values.get(variable.name, variable.default)
    if value is None:
        return
    if variable.enum and value not in variable.enum:
        raise ConfigurationError(f"{variable.name} must be one of {', '.join(variable.enum)}, not {value!r}")
    if not _HOST_PART.fullmatch(value):
        raise ConfigurationError(f"{variable.name} must be a bare name such as shop.example.com, not {value!r}")


def _check_scheme(settings: Settings, scheme: SecurityScheme) -> None:
    value = settings.values.get(scheme.name)
    if value is not None and not HEADER_TEXT.fullmatch(value):
        raise ConfigurationError(
            f"{scheme.name} holds blanks at an end, line breaks or letters that no header can carry (not shown)"
        )
    if value is not None and scheme.kind == "basic" and ":" in value:
        raise ConfigurationError(f"{scheme.name} holds a colon, which a user name of basic authentication cannot")
    choice = settings.values.get(f"{scheme.name}_header")
    if choice is not None and choice not in scheme.headers:
        raise ConfigurationError(f"{scheme.name}_header must be one of {', '.join(scheme.headers)}, not {choice!r}")
