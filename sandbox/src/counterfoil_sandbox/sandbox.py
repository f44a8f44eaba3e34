"""The sandbox as a Python object: in process as an ASGI application, or served on a port."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp

from .application import ApiApplication
from .exchange import Clock, Provider
from .providers import PROVIDERS
from .request_log import LoggedRequest, make_request_log
from .server import LOOPBACK, serve_in_thread
from .specification import load_specification

IN_PROCESS = "http://sandbox"  # reached by a transport, not by a network
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

    Args:
        apis: Names of the APIs that run, such as amazon; all of them when left out.
        seed: The same seed gives the same invoices on every machine.
        invoices: How many invoices each API has to begin with.
        rate_limits: False lets any number of calls through.
        clock: Says what time it is, with a time zone; for tests.

    Raises:
        UnknownApi: there is no API of that name.
    """

    def __init__(
        self,
        apis: Sequence[str] | None = None,
        seed: int = 1,
        invoices: int = INVOICES,
        *,
        rate_limits: bool = True,
        clock: Clock = read_clock,
    ) -> None:
        self.apis = _check_names(apis)
        self._log = make_request_log()
        self._url = IN_PROCESS
        specifications = {name: load_specification(name) for name in self.apis}
        self._titles = {name: each.title for name, each in specifications.items()}
        self._providers: dict[str, Provider] = {
            name: PROVIDERS[name](each, seed, invoices, clock) for name, each in specifications.items()
        }
        self._applications = {
            name: ApiApplication(specifications[name], provider, self._log, clock, rate_limits)
            for name, provider in self._providers.items()
        }
        self.app: ASGIApp = self._make_app()

    def __enter__(self) -> Self:
        """Return the sandbox itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Forget all invoices."""
        self.close()

    def close(self) -> None:
        """Forget all invoices."""
        for provider in self._providers.values():
            provider.close()

    @property
    def requests(self) -> list[LoggedRequest]:
        """The latest thousand requests, oldest first, their secrets replaced."""
        return list(self._log)

    def account(self, api: str) -> dict[str, Any]:
        """What the API's client is made with: `FlowClient(**box.account("flow"))`."""
        return {**self._find_provider(api).account, "base_url": self.name_base_url(api)}

    def credentials(self, api: str) -> Mapping[str, str]:
        """Everything the API lets somebody in with, for those who log in by themselves."""
        return self._find_provider(api).credentials

    def name_base_url(self, api: str) -> str:
        """Name the URL below which an API is found."""
        return f"{self._url}/{api}"

    @contextmanager
    def serve(self, host: str = LOOPBACK, port: int = 0) -> Iterator[str]:
        """Serve on a port of the loopback interface, a free one by default; yield the URL.

        Raises:
            OSError: the address cannot be bound.
        """
        with serve_in_thread(self.app, host, port) as url:
            self._url = url
            try:
                yield url
            finally:
                self._url = IN_PROCESS

    def _find_provider(self, api: str) -> Provider:
        _check_names([api])
        if api not in self._providers:
            raise UnknownApi(api)
        return self._providers[api]

    def _make_app(self) -> Starlette:
        mounts = [Mount(f"/{name}", app=application) for name, application in self._applications.items()]
        app = Starlette(routes=[Route("/", self._describe), *mounts], exception_handlers={404: _refuse_path})
        app.router.redirect_slashes = False
        return app

    async def _describe(self, request: Request) -> Response:
        base = str(request.base_url)
        return JSONResponse({"apis": {name: {"title": self._titles[name], "url": base + name} for name in self.apis}})


def _check_names(names: Sequence[str] | None) -> tuple[str, ...]:
    for name in names or ():
        if name not in PROVIDERS:
            raise UnknownApi(name)
    return tuple(dict.fromkeys(names)) if names is not None else tuple(PROVIDERS)


async def _refuse_path(request: Request, error: Exception) -> Response:
    return JSONResponse({"error": f"There is nothing at {request.url.path}; / says what runs here."}, 404)
