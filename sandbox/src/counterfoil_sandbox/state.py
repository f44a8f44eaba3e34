"""The state of a sandbox: its APIs and their invoices, the faults and the request log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from threading import RLock
from typing import Any

from .application import ApiApplication
from .faults import FaultRule, Faults
from .options import Given, check_options
from .provider import Clock, Provider
from .providers import OPTIONS, STORES, find_provider, list_apis
from .request_log import LoggedRequest, RequestLog
from .specification import Operation, load_specification

IN_PROCESS = "http://sandbox"  # reached by a transport, not by a network
INVOICES = 100


class UnknownApi(ValueError):
    """The sandbox has no API of this name."""

    def __init__(self, name: str) -> None:
        known = ", ".join(list_apis())
        super().__init__(f"There is no API {name!r} in the sandbox; it has {known}.")


def read_clock() -> datetime:
    """Return the time of the machine."""
    return datetime.now(UTC)


class SandboxState:
    """The part of `Sandbox` that the control endpoint and the page need."""

    def __init__(
        self,
        apis: Sequence[str] | None = None,
        seed: int = 1,
        invoices: int = INVOICES,
        *,
        rate_limits: bool = True,
        faults: Iterable[FaultRule] = (),
        options: Mapping[str, Mapping[str, Any]] | None = None,
        clock: Clock = read_clock,
    ) -> None:
        self.apis = _check_names(apis)
        check_options(OPTIONS, options or {})
        self._seed = seed
        self._invoices = invoices
        self._clock = clock
        self._moved = timedelta()
        self._limited_by = clock if rate_limits else None
        self._first_faults = tuple(faults)
        self._first_options = options or {}
        self._options: Given = {}
        self._url = IN_PROCESS
        self._lock = RLock()
        self._applications: dict[str, ApiApplication] = {}
        self.reset()

    def close(self) -> None:
        """Delete all invoices."""
        with self._lock:
            for application in self._applications.values():
                application.provider.close()
            self._applications.clear()

    def reset(self) -> None:
        """Restore the initial state: first invoices, faults and options, an empty log, the time."""
        with self._lock:
            self.close()
            self._log = RequestLog()
            self._stores: dict[Any, Any] = {}
            self.faults = self._first_faults
            self._options = self._first_options
            self._moved = timedelta()

    def revoke(self) -> None:
        """Reject all tokens and keys issued so far, as if they had been revoked."""
        with self._lock:
            for application in self._applications.values():
                application.provider.revoke()

    @property
    def requests(self) -> list[LoggedRequest]:
        """The latest thousand requests, oldest first, their secrets replaced."""
        with self._lock:
            return list(self._log.latest)

    @property
    def request_count(self) -> int:
        """The number of requests since the start or the last reset."""
        return self._log.count

    @property
    def faults(self) -> Sequence[FaultRule]:
        """The faults to inject. Other rules, or (), can be assigned at any time.

        Raises:
            FaultsError: a rule names an unknown API or operation.
        """
        return self._faults.rules

    @faults.setter
    def faults(self, rules: Iterable[FaultRule]) -> None:
        with self._lock:
            self._faults = Faults(rules, self._seed, self.apis)

    @property
    def options(self) -> dict[str, dict[str, Any]]:
        """All options of the APIs that run, by API and name. Others can be assigned at any time.

        An API whose options change loses what was created in it, except for a store that it shares.

        Raises:
            UnknownOption: an option of an API, or its value, is unknown.
        """
        found = {}
        for api, declared in OPTIONS.items():
            if api in self.apis:
                given = self._options.get(api, {})
                found[api] = {name: given.get(name, one.default) for name, one in declared.items()}
        return found

    @options.setter
    def options(self, options: Given) -> None:
        check_options(OPTIONS, options)
        with self._lock:
            before = self.options
            self._options = options
            for api, values in self.options.items():
                if values != before[api]:
                    self._shut(api)

    def read_time(self) -> datetime:
        """Return the time in the sandbox."""
        return self._clock() + self._moved

    @property
    def is_clock_moved(self) -> bool:
        """Whether it is another time in the sandbox than outside."""
        return bool(self._moved)

    def move_clock(self, moment: datetime | None) -> None:
        """Let it be another time in the sandbox, from which it goes on; None: the time it is.

        Rate limits go by the time it is.

        Raises:
            ValueError: the moment has no time zone.
        """
        if moment is not None and moment.utcoffset() is None:
            raise ValueError(f"{moment} has no time zone; write one, such as {moment}Z.")
        self._moved = timedelta() if moment is None else moment - self._clock()

    def client_arguments(self, api: str) -> dict[str, Any]:
        """Return the arguments of a client: `FlowClient(**box.client_arguments("flow"))`."""
        return {**self._find_provider(api).account, "base_url": self.name_base_url(api)}

    def account(self, api: str) -> dict[str, Any]:
        """Return the arguments of `counterfoil.Account`: `Account(**box.account("flow"))`.

        The account has the name of the API.
        """
        return {
            "name": api,
            "provider": api,
            "settings": dict(self._find_provider(api).account),
            "base_url": self.name_base_url(api),
        }

    def facts(self, api: str) -> Mapping[str, str]:
        """Return the settings of `counterfoil.Account` for what the API does not send."""
        return self._find_provider(api).facts

    def secrets(self, api: str) -> tuple[str, ...]:
        """Return the names of an account's settings that are secret."""
        return self._find_provider(api).secrets

    def credentials(self, api: str) -> Mapping[str, str]:
        """Return all keys and logins that the API accepts, by name."""
        return self._find_provider(api).credentials

    def name_base_url(self, api: str) -> str:
        """Return the base URL of an API."""
        return f"{self._url}/{api}"

    def _open(self, api: str) -> ApiApplication:
        """Return the application of an API; make it if this is the first call."""
        if api not in self._applications:
            specification = load_specification(api)
            options = dict(self._options.get(api, {}))
            make_store = STORES.get(api)
            if make_store:
                if make_store not in self._stores:
                    self._stores[make_store] = make_store(self._seed, self._invoices)
                options["store"] = self._stores[make_store]
            provider = find_provider(api)(
                specification, self._seed, self._invoices, self.read_time, **options
            )
            self._applications[api] = ApiApplication(
                specification, provider, self._log, self._strike, self._limited_by
            )
        return self._applications[api]

    def _shut(self, api: str) -> None:
        """Let an API be set up anew by its next call."""
        application = self._applications.pop(api, None)
        if application and api not in STORES:
            application.provider.close()

    def _strike(self, api: str, operation: Operation) -> list[FaultRule]:
        return self._faults.strike(api, operation)

    def _find_provider(self, api: str) -> type[Provider]:
        if api not in self.apis:
            raise UnknownApi(api)
        found: type[Provider] = find_provider(api)
        return found


def _check_names(names: Sequence[str] | None) -> tuple[str, ...]:
    known = list_apis()
    for name in names or ():
        if name not in known:
            raise UnknownApi(name)
    return tuple(dict.fromkeys(names)) if names is not None else known
