"""The default transport, over httpx2: the only module that imports it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Generator, Iterator
from contextlib import contextmanager
from functools import partial
from operator import attrgetter
from typing import Any

import httpx2

from .deadline import Deadline
from .errors import ConnectFailed, DeadlineExceeded, TransportError
from .transport import Answer, AsyncAnswer, Request


class Countdown(dict[str, float]):
    """The timeouts of a request, each the time that remains when it is asked for.

    httpx2 asks anew for connecting, writing and reading; fixed numbers would allow each of them the whole time.
    """

    def __init__(self, deadline: Deadline) -> None:
        super().__init__(dict.fromkeys(("connect", "read", "write", "pool"), deadline.remaining()))
        self._deadline = deadline

    def get(self, key: str, default: object = None) -> float:
        return _Seconds(self._deadline)

    __getitem__ = get


class _Seconds(float):
    """The seconds that a deadline leaves, and the deadline itself, to be asked again."""

    deadline: Deadline

    def __new__(cls, deadline: Deadline) -> _Seconds:
        seconds = super().__new__(cls, max(deadline.remaining(), 0.001))  # zero would mean "do not block"
        seconds.deadline = deadline
        return seconds


def _bound_reading(event: str, info: dict[str, Any]) -> None:
    """A trace of httpx2: make a new connection ask the deadline at each read."""
    # It would ask once for a whole head or body, and a server that drips would have the time anew with each byte.
    if event.endswith(("connect_tcp.complete", "connect_unix_socket.complete", "start_tls.complete")):
        stream = info["return_value"]
        stream.read = partial(_read_in_time, stream.read)


def _read_in_time(read: Callable[[int, float | None], bytes], size: int, timeout: float | None = None) -> bytes:
    return read(size, _Seconds(timeout.deadline) if isinstance(timeout, _Seconds) else timeout)


class Httpx2Transport:
    """Sends through an httpx2.Client, by default one of its own."""

    def __init__(self, client: httpx2.Client | None = None) -> None:
        self._client = client or httpx2.Client()

    def send(self, request: Request) -> Answer:
        with _translate():
            built = _build(self._client, request)
            built.extensions["trace"] = _bound_reading
            response = self._client.send(built, stream=True, auth=None, follow_redirects=False)
        _watch_rest(response)
        return Answer(status=response.status_code, headers=dict(response.headers), body=_read(response), close=response.close)

    def close(self) -> None:
        self._client.close()


class AsyncHttpx2Transport:
    """Sends through an httpx2.AsyncClient, by default one of its own."""

    def __init__(self, client: httpx2.AsyncClient | None = None) -> None:
        self._client = client or httpx2.AsyncClient()

    async def asend(self, request: Request) -> AsyncAnswer:
        with _translate():
            built = _build(self._client, request)
            response = await self._client.send(built, stream=True, auth=None, follow_redirects=False)
        _watch_rest(response)
        body = _read_async(response)
        return AsyncAnswer(status=response.status_code, headers=dict(response.headers), body=body, close=response.aclose)

    async def aclose(self) -> None:
        await self._client.aclose()


def adapt(given: object) -> Httpx2Transport | None:
    """Take what httpx2 users pass: a client or a transport; None for anything else."""
    if isinstance(given, httpx2.Client):
        return Httpx2Transport(given)
    if isinstance(given, httpx2.BaseTransport):
        return Httpx2Transport(httpx2.Client(transport=given))
    return None


def adapt_async(given: object) -> AsyncHttpx2Transport | None:
    """`adapt` for async clients and transports."""
    if isinstance(given, httpx2.AsyncClient):
        return AsyncHttpx2Transport(given)
    if isinstance(given, httpx2.AsyncBaseTransport):
        return AsyncHttpx2Transport(httpx2.AsyncClient(transport=given))
    return None


def _build(client: httpx2.Client | httpx2.AsyncClient, request: Request) -> httpx2.Request:
    built = client.build_request(
        request.method,
        request.url,
        headers=dict(request.headers),
        content=request.body,
        extensions={"timeout": Countdown(request.deadline)},
    )
    built.headers.pop("cookie", None)  # what servers set is never sent back
    return built


_find_parser = attrgetter("_stream._httpcore_stream._stream._connection._h11_state")


def _watch_rest(response: httpx2.Response) -> None:
    """Let the pool take a connection for closed where more came than its answer, which would pass for the next one.

    The pool itself looks only at what its parser has not read yet.
    """
    stream: Any = response.extensions.get("network_stream")
    try:
        parser = _find_parser(response.stream)
    except AttributeError:  # HTTP/2, or a transport without connections
        return
    if "get_extra_info" not in vars(stream):
        stream.get_extra_info = partial(_look_for_rest, parser, stream.get_extra_info)


def _look_for_rest(parser: Any, ask: Callable[[str], Any], name: str) -> Any:
    return bool(parser.trailing_data[0]) or ask(name) if name == "is_readable" else ask(name)


def _read(response: httpx2.Response) -> Iterator[bytes]:
    with _translate():
        yield from response.iter_bytes()


async def _read_async(response: httpx2.Response) -> AsyncIterator[bytes]:
    with _translate():
        async for chunk in response.aiter_bytes():
            yield chunk


_NOTHING_SENT = (httpx2.ConnectError, httpx2.ProxyError, httpx2.UnsupportedProtocol, httpx2.InvalidURL)


@contextmanager
def _translate() -> Generator[None]:
    """Turn httpx2's exceptions into ours, by whether anything was sent."""
    try:
        yield
    except (httpx2.ConnectTimeout, httpx2.PoolTimeout) as fault:
        raise DeadlineExceeded(f"no connection in time ({type(fault).__name__})", sent=False) from fault
    except httpx2.TimeoutException as fault:
        raise DeadlineExceeded(f"no answer in time ({type(fault).__name__})") from fault
    except _NOTHING_SENT as fault:
        raise ConnectFailed(f"no connection: {fault}") from fault
    except httpx2.HTTPError as fault:
        raise TransportError(f"{type(fault).__name__}: {fault}") from fault
