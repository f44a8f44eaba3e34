"""The sandbox as a Python object: in process, or served on a port."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from . import control, explorer
from .asgi import AsgiApplication
from .faults import FaultRule
from .http import Request, Response, answer_json
from .provider import Clock
from .specification import load_specification
from .state import IN_PROCESS, INVOICES, SandboxState, read_clock
from .visitors import refuse_host, refuse_origin

if TYPE_CHECKING:
    from .transport import SandboxTransport

LOOPBACK = "127.0.0.1"


class Sandbox(SandboxState):
    """Stateful invoice APIs of commerce platforms, with invented invoices.

    An API is set up when it is first called. Threads may share a sandbox.

    Args:
        apis: Names of the APIs to run, such as amazon; all by default.
        seed: Seed of the invented data. The same seed makes the same invoices on every machine.
        invoices: Number of invoices in each API at the start. The two of Open2b share one store.
        rate_limits: False turns off the documented rate limits.
        faults: Faults to inject.
        options: Options by API and name: `{"open2b-admin": {"calls": 200}}`.
        clock: Returns the time, with a time zone; for tests.
        allow_hosts: Host names by which clients reach `app` or a port, besides localhost.
            Addresses are always allowed.

    Raises:
        UnknownApi: an API is unknown.
        UnknownOption: an option of an API, or its value, is unknown.
        FaultsError: a fault names an unknown API or operation.
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
        allow_hosts: Iterable[str] = (),
    ) -> None:
        super().__init__(
            apis,
            seed,
            invoices,
            rate_limits=rate_limits,
            faults=faults,
            options=options,
            clock=clock,
        )
        self._hosts = {name.lower() for name in allow_hosts}
        self.app = AsgiApplication(self._exchange_visitor)

    def __enter__(self) -> Self:
        """Return the sandbox itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Delete all invoices."""
        self.close()

    def transport(self, api: str) -> SandboxTransport:
        """Return a transport for clients of an API, sync or async, that needs no port.

        Raises:
            UnknownApi: the sandbox does not run this API.
            ModuleNotFoundError: httpx2 is not installed.
        """
        self._find_provider(api)
        try:
            from .transport import SandboxTransport
        except ModuleNotFoundError as error:
            raise ModuleNotFoundError(
                "In process, the sandbox needs httpx2: pip install counterfoil-sandbox[httpx2]"
            ) from error
        return SandboxTransport(self.exchange)

    @contextmanager
    def serve(self, host: str = LOOPBACK, port: int = 0) -> Iterator[str]:
        """Serve on a port of the loopback interface, a free one by default; yield the URL.

        Raises:
            OSError: the address cannot be bound.
        """
        from .server import serve_in_thread  # here, because a sandbox in process needs no server

        self._hosts.add(host.lower())
        with serve_in_thread(self.app, host, port) as url:
            self._url = url
            try:
                yield url
            finally:
                self._url = IN_PROCESS

    def _exchange_visitor(self, request: Request) -> Response:
        """Answer a request that came over HTTP. A browser may have sent it for a foreign page."""
        refusal = refuse_host(request, self._hosts)
        is_own = request.segments[0] in ("", control.PREFIX, explorer.PREFIX)
        if refusal is None and is_own:
            refusal = refuse_origin(request)
        return refusal or self.exchange(request)

    def exchange(self, request: Request) -> Response:
        """Answer a request. Threads wait for each other."""
        first, *rest = request.segments
        with self._lock:
            if first in self.apis:
                return self._open(first).exchange(request, rest)
            if first == control.PREFIX:
                return control.answer_control(self, request, "/".join(rest))
        if first == explorer.PREFIX:
            return explorer.answer_page(self, request, "/".join(rest))
        if (first, rest) == ("", []):
            if explorer.wants_page(request):
                return explorer.answer_index(self, request)
            return self._describe(request)
        message = f"There is nothing at {request.path}; / lists the APIs of this sandbox."
        return answer_json({"error": message}, 404)

    def _describe(self, request: Request) -> Response:
        base = f"http://{request.headers.get('host', 'sandbox')}/"
        apis = {}
        for name in self.apis:
            apis[name] = {"title": load_specification(name).title, "url": base + name}
        return answer_json({"apis": apis})
