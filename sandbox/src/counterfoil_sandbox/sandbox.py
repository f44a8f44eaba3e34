"""The sandbox as a Python object: in process, or served on a port."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import RLock
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from . import control, explorer
from .application import ApiApplication
from .asgi import AsgiApplication
from .exchange import Answer, Clock, Provider, Request, answer_json
from .faults import FaultRule, Faults
from .options import check_options
from .providers import OPTIONS, PROVIDERS, STORES
from .request_log import LoggedRequest, make_request_log
from .specification import Operation, load_specification

if TYPE_CHECKING:
    from .transport import SandboxTransport

IN_PROCESS = "http://sandbox"  # reached by a transport, not by a network
LOOPBACK = "127.0.0.1"
INVOICES = 100


class UnknownApi(ValueError):
    """The sandbox has no API of this name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no API {name!r} in the sandbox; it has {', '.join(PROVIDERS)}.")


def read_clock() -> datetime:
    """Say what time it is."""
    return datetime.now(UTC)


class Sandbox:
    """The invoice APIs of commerce platforms, stateful, with invented invoices.

    An API is made ready when it is first called. Threads may share a sandbox.

    Args:
        apis: Names of the APIs that run, such as amazon; all of them when left out.
        seed: The same seed gives the same invoices on every machine.
        invoices: How many invoices each API has to begin with; Open2b's two are one store.
        rate_limits: False lets any number of calls through.
        faults: Which calls go wrong, and how.
        options: What an API does otherwise, by API and name: `{"open2b-admin": {"calls": 200}}`.
        clock: Says what time it is, with a time zone; for tests.

    Raises:
        UnknownApi: there is no API of that name.
        UnknownOption: an API does not have that option, or it cannot be that.
        FaultsError: a fault is about an API or an operation that there is not.
    """

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
        self._seed, self._invoices, self._clock, self._options = seed, invoices, clock, options or {}
        self._limited_by = clock if rate_limits else None
        self._first_faults = tuple(faults)
        self._url, self._lock = IN_PROCESS, RLock()
        self._applications: dict[str, ApiApplication] = {}
        self.reset()
        self.app = AsgiApplication(self.exchange)

    def __enter__(self) -> Self:
        """Return the sandbox itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Forget all invoices."""
        self.close()

    def close(self) -> None:
        """Forget all invoices."""
        with self._lock:
            for application in self._applications.values():
                application.provider.close()
            self._applications.clear()

    def reset(self) -> None:
        """Go back to the beginning: the first invoices, an empty log, and the faults that the sandbox was made with."""
        with self._lock:
            self.close()
            self._log = make_request_log()
            self._stores: dict[Any, Any] = {}
            self.faults = self._first_faults

    def revoke(self) -> None:
        """Refuse from now on every token and key that was issued, as if somebody had revoked it."""
        with self._lock:
            for application in self._applications.values():
                application.provider.revoke()

    @property
    def requests(self) -> list[LoggedRequest]:
        """The latest thousand requests, oldest first, their secrets replaced."""
        with self._lock:
            return list(self._log)

    @property
    def faults(self) -> Sequence[FaultRule]:
        """Which calls go wrong; assign other rules, or none, at any time.

        Raises:
            FaultsError: a rule is about an API or an operation that there is not.
        """
        return self._faults.rules

    @faults.setter
    def faults(self, rules: Iterable[FaultRule]) -> None:
        with self._lock:
            self._faults = Faults(rules, self._seed, self.apis)

    def read_time(self) -> datetime:
        """Say what time it is in the sandbox."""
        return self._clock()

    def account(self, api: str) -> dict[str, Any]:
        """What the API's client is made with: `FlowClient(**box.account("flow"))`."""
        return {**self._find_provider(api).account, "base_url": self.name_base_url(api)}

    def credentials(self, api: str) -> Mapping[str, str]:
        """Everything the API lets somebody in with, for those who log in by themselves."""
        return self._find_provider(api).credentials

    def name_base_url(self, api: str) -> str:
        """Name the URL below which an API is found."""
        return f"{self._url}/{api}"

    def transport(self, api: str) -> SandboxTransport:
        """A transport for clients of an API, sync or async, that needs no port; it takes httpx2, as every client does.

        Raises:
            UnknownApi: there is no API of that name.
            ModuleNotFoundError: httpx2 is not installed.
        """
        self._find_provider(api)
        try:
            from .transport import SandboxTransport
        except ModuleNotFoundError as error:
            raise ModuleNotFoundError("In process, the sandbox needs httpx2: pip install counterfoil-sandbox[httpx2]") from error
        return SandboxTransport(self.exchange)

    @contextmanager
    def serve(self, host: str = LOOPBACK, port: int = 0) -> Iterator[str]:
        """Serve on a port of the loopback interface, a free one by default; yield the URL.

        Raises:
            OSError: the address cannot be bound.
        """
        from .server import serve_in_thread  # here, because a sandbox in process needs no server

        with serve_in_thread(self.app, host, port) as url:
            self._url = url
            try:
                yield url
            finally:
                self._url = IN_PROCESS

    def exchange(self, request: Request) -> Answer:
        """Answer a request, one at a time."""
        first, *rest = request.segments
        with self._lock:
            if first in self.apis:
                return self._open(first).exchange(request, rest)
            if first == control.PREFIX:
                return control.answer_control(self, request, "/".join(rest))
        if first == explorer.PREFIX:
            return explorer.answer_page(self, request, "/".join(rest))
        if (first, rest) == ("", []):
            return explorer.answer_file("index.html") if explorer.wants_page(request) else self._describe(request)
        return answer_json({"error": f"There is nothing at {request.path}; / says what runs here."}, 404)

    def _open(self, api: str) -> ApiApplication:
        if api not in self._applications:
            specification, given = load_specification(api), dict(self._options.get(api, {}))
            if make := STORES.get(api):
                given["store"] = self._stores[make] = self._stores.get(make) or make(self._seed, self._invoices)
            provider = PROVIDERS[api](specification, self._seed, self._invoices, self._clock, **given)
            self._applications[api] = ApiApplication(specification, provider, self._log, self._strike, self._limited_by)
        return self._applications[api]

    def _strike(self, api: str, operation: Operation) -> list[FaultRule]:
        return self._faults.strike(api, operation)

    def _find_provider(self, api: str) -> type[Provider]:
        if api not in self.apis:
            raise UnknownApi(api)
        found: type[Provider] = PROVIDERS[api]
        return found

    def _describe(self, request: Request) -> Answer:
        base = f"http://{request.headers.get('host', 'sandbox')}/"
        return answer_json({"apis": {name: {"title": load_specification(name).title, "url": base + name} for name in self.apis}})


def _check_names(names: Sequence[str] | None) -> tuple[str, ...]:
    for name in names or ():
        if name not in PROVIDERS:
            raise UnknownApi(name)
    return tuple(dict.fromkeys(names)) if names is not None else tuple(PROVIDERS)
