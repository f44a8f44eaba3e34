"""What both clients share: settings, options and state."""

from __future__ import annotations

import sys
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from functools import cached_property, partial
from typing import Any, Generic, NoReturn, Self, TypeVar

from msgspec import structs

from .api import Api, Operation, RateLimit
from .call import ClientState, name_error
from .carrier import Carrier
from .deadline import LONGEST
from .errors import CounterfoilError
from .hooks import Hooks
from .locks import FIRST_USE
from .options import CallOptions, check_app_info, check_default_headers
from .rate_limits import RateLimiter
from .settings import check_options, check_rate_limit, read_settings

CarrierT = TypeVar("CarrierT")


class Configured(ABC, Generic[CarrierT]):
    """The base class of both clients, with the settings, options and state that their calls share.

    `timeout` is the time of a whole call in seconds, waits and retries included. `max_attempts` is
    the number of requests that a call may send. `rate_limit` replaces the documented usage plan.
    `transport` is an httpx2 client or transport, or an object with the methods of `Transport` or
    `AsyncTransport`. This client does not close a transport that was passed in. `default_headers`
    are sent with every request. `app_info`, such as "my-shop/1.2", is added to the User-Agent
    header, so that the vendor's support can tell which application calls.
    """

    def __init__(
        self,
        api: Api,
        arguments: Mapping[str, str | None],
        *,
        rate_limit: RateLimit | None = None,
        base_url: str | None = None,
        transport: Any = None,
        timeout: float = 60.0,
        max_attempts: int = 3,
        default_headers: Mapping[str, str] | None = None,
        app_info: str | None = None,
    ) -> None:
        """Raises ConfigurationError if a setting is invalid, or required and missing."""
        check_options(timeout, max_attempts)
        check_rate_limit(rate_limit)
        check_app_info(app_info)
        settings = read_settings(api, arguments, base_url)
        check_default_headers(default_headers or {}, settings.list_credential_headers())
        transport = self._name_transport(transport)
        if transport is not None:
            self._check_transport(transport)
        rate_limiter = RateLimiter(rate_limit, api.rate_limit, time.monotonic)
        self._state = ClientState(settings, rate_limiter, default_headers or {}, app_info)
        self._options = CallOptions(timeout, max_attempts)
        self._carrier: Carrier[CarrierT] = Carrier(
            transport,
            self._open_transport,
            type(self).__name__,
            _find_caller(type(self).__module__),
        )

    def __init_subclass__(cls) -> None:
        """Create resources, which import the models, under the lock that a fork waits for."""
        super().__init_subclass__()
        for attribute in vars(cls).values():
            if isinstance(attribute, cached_property) and hasattr(attribute, "lock"):  # Python 3.11
                attribute.lock = FIRST_USE

    def with_options(
        self,
        *,
        timeout: float | None = None,
        max_attempts: int | None = None,
        validate: bool | None = None,
        keep_unreadable: bool | None = None,
        keep_raw: bool | None = None,
    ) -> Self:
        """Return a client with other options.

        It shares connections, rate limits and retry quota with this one; closing one closes both.
        If `validate` is False, requests are sent without a check of types and limits. If
        `keep_unreadable` is True, a record that cannot be decoded does not fail its page: `pages`
        returns it in `Page.unreadable`, and `iterate` skips it. If `keep_raw` is True, `Page.raws`
        has the JSON of each item as the server sent it.
        """
        given = {
            "timeout": timeout,
            "max_attempts": max_attempts,
            "validate": validate,
            "keep_unreadable": keep_unreadable,
            "keep_raw": keep_raw,
        }
        changes = {name: value for name, value in given.items() if value is not None}
        options = structs.replace(self._options, **changes)
        check_options(options.timeout, options.max_attempts)
        # Not a copy, because resources that were used belong to this client.
        changed = object.__new__(type(self))
        changed._state = self._state
        changed._options = options
        changed._carrier = self._carrier
        return changed

    @property
    def hooks(self) -> Hooks:
        """Functions that are called for each request: set `before_request`, `after_response`."""
        return self._state.hooks

    @staticmethod
    def _name_transport(given: Any) -> Any:
        """Return what a name of a transport stands for; sync clients know no names."""
        return given

    @staticmethod
    @abstractmethod
    def _check_transport(given: Any) -> None:
        """Raise ConfigurationError if it is not a transport of this client's kind.

        httpx2 is imported only if the caller has imported it.
        """

    @staticmethod
    @abstractmethod
    def _open_transport(given: Any) -> CarrierT: ...

    def _name_error(self, operation: Operation[Any]) -> Callable[[CounterfoilError], None]:
        """Return the function that names the operation in errors of an open response."""
        return partial(name_error, self._state, operation)

    def __repr__(self) -> str:
        if "_state" not in vars(self):  # in a traceback of its own __init__
            return f"<{type(self).__name__}, not made>"
        server = self._state.settings.find_server()
        timeout = min(self._options.timeout, LONGEST)
        return f"{type(self).__name__}({server!r}, timeout={timeout:g})"

    def __reduce__(self) -> NoReturn:
        raise TypeError(
            f"a {type(self).__name__} holds credentials and connections: "
            "make a new one instead of pickling"
        )


def _find_caller(module: str) -> tuple[str, int]:
    """Return file and line of the code that creates a client of a package's module."""
    frame = sys._getframe(2)
    while frame.f_back is not None and frame.f_globals.get("__name__") == module:
        frame = frame.f_back
    return frame.f_code.co_filename, frame.f_lineno
