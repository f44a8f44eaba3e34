"""Connections of the sync httpx2 transport that obey a call's deadline in every step.

httpx2 reads its timeouts once for a whole head, body or handshake, and uses the whole timeout for
each address of a host. These streams read the deadline at each read and write instead.
"""

from __future__ import annotations

import os
import select
import socket
import ssl
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from threading import Thread
from typing import Any, NoReturn

import httpcore2

from ..deadline import Deadline
from ..locks import COUNTS


class Seconds(float):
    """The seconds that a deadline leaves, and the deadline itself, to be asked again."""

    deadline: Deadline

    def __new__(cls, deadline: Deadline) -> Seconds:
        seconds = super().__new__(cls, max(deadline.remaining(), 0.001))  # 0: "do not block"
        seconds.deadline = deadline
        return seconds


class Countdown(dict[str, float]):
    """The timeouts of a request, each the time that remains when httpx2 asks for it."""

    def __init__(self, deadline: Deadline) -> None:
        names = ("connect", "read", "write", "pool")
        super().__init__(dict.fromkeys(names, deadline.remaining()))
        self._deadline = deadline

    def get(self, key: str, default: object = None) -> float:
        return Seconds(self._deadline)

    __getitem__ = get


def bound_connections(client: Any) -> None:
    """Make the connections that an httpx2.Client opens from now on obey the deadline.

    Transports without a connection pool, and pools with a network backend of the user's own, are
    left as they are.
    """
    mounted = getattr(client, "_mounts", {}).values()
    for transport in (getattr(client, "_transport", None), *mounted):
        pool: Any = getattr(transport, "_pool", None)
        if type(getattr(pool, "_network_backend", None)) is httpcore2.SyncBackend:
            pool._network_backend = DeadlineBackend()


class DeadlineBackend(httpcore2.SyncBackend):
    """Resolves and connects within the deadline of the call that needs the connection."""

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        if not isinstance(timeout, Seconds):
            return super().connect_tcp(host, port, timeout, local_address, socket_options)
        try:
            addresses = resolve(host, port, timeout.deadline)
            connected = _connect_to_any(addresses, timeout.deadline, local_address)
            connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for option in socket_options or ():
                connected.setsockopt(*option)
        except (OSError, UnicodeError) as error:
            _raise_translated(error, httpcore2.ConnectTimeout, httpcore2.ConnectError)
        return DeadlineStream(connected)

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        stream = super().connect_unix_socket(path, timeout, socket_options)
        return DeadlineStream(stream.get_extra_info("socket"))


class DeadlineStream(httpcore2.NetworkStream):
    """A connection whose reads and writes end at the deadline."""

    def __init__(self, connection: socket.socket) -> None:
        self._socket = connection

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        try:
            self._socket.settimeout(_ask(timeout))
            return self._socket.recv(max_bytes)
        except (OSError, UnicodeError) as error:
            _raise_translated(error, httpcore2.ReadTimeout, httpcore2.ReadError)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        rest = memoryview(buffer)
        try:
            while rest:
                self._socket.settimeout(_ask(timeout))
                rest = rest[self._socket.send(rest) :]
        except (OSError, UnicodeError) as error:
            _raise_translated(error, httpcore2.WriteTimeout, httpcore2.WriteError)

    def close(self) -> None:
        self._socket.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.NetworkStream:
        try:
            if isinstance(self._socket, ssl.SSLSocket):
                return _nest_tls(self._socket, ssl_context, server_hostname, _ask(timeout))
            self._socket.settimeout(_ask(timeout))
            secured = ssl_context.wrap_socket(self._socket, server_hostname=server_hostname)
        except (OSError, UnicodeError) as error:
            self.close()
            _raise_translated(error, httpcore2.ConnectTimeout, httpcore2.ConnectError)
        except BaseException:
            self.close()
            raise
        return DeadlineStream(secured)

    def get_extra_info(self, info: str) -> Any:
        if info == "is_readable":
            return _is_readable(self._socket)
        if info == "ssl_object":
            return getattr(self._socket, "_sslobj", None)
        if info == "socket":
            return self._socket
        if info == "client_addr":
            return self._socket.getsockname()
        return self._socket.getpeername() if info == "server_addr" else None


def resolve(host: str, port: int, deadline: Deadline) -> list[Any]:
    """The addresses of a host. Raises OSError, and TimeoutError when the deadline has come.

    The system's resolver can be neither interrupted nor given a timeout. It runs in a thread,
    which ends by itself after its caller has given up, and which later calls for the same host
    join instead of starting another.
    """
    if _is_address(host):
        return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return _find_lookup(host, port).result(deadline.remaining())


_LOOKUPS: dict[tuple[int, str, int], Future[list[Any]]] = {}


def _find_lookup(host: str, port: int) -> Future[list[Any]]:
    key = os.getpid(), host, port  # a child process has none of its parent's threads
    with COUNTS:
        if key in _LOOKUPS:
            return _LOOKUPS[key]
        lookup = _LOOKUPS[key] = Future()
    look_up = partial(_look_up, key, lookup)
    try:
        Thread(target=look_up, name=f"counterfoil-resolve-{host}", daemon=True).start()
    except RuntimeError:  # no more threads, or the interpreter is ending
        look_up()
    return lookup


def _look_up(key: tuple[int, str, int], lookup: Future[list[Any]]) -> None:
    _, host, port = key
    try:
        addresses = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except BaseException as error:
        del _LOOKUPS[key]
        lookup.set_exception(error)
    else:
        del _LOOKUPS[key]
        lookup.set_result(addresses)


def _is_address(host: str) -> bool:
    for family in (socket.AF_INET, socket.AF_INET6):
        with suppress(OSError, ValueError):
            socket.inet_pton(family, host)
            return True
    return False


def _connect_to_any(
    addresses: list[Any],
    deadline: Deadline,
    local_address: str | None,
) -> socket.socket:
    """Connect to the first address that answers; each one has an equal share of the time left."""
    failure: OSError = OSError("the host has no address")
    for number, (family, kind, protocol, _, address) in enumerate(addresses):
        share = _require_time(deadline) / (len(addresses) - number)
        try:
            return _connect(socket.socket(family, kind, protocol), address, share, local_address)
        except OSError as error:
            failure = error
    try:
        raise failure
    finally:
        del failure  # or its traceback would keep itself alive


def _connect(
    connection: socket.socket,
    address: Any,
    seconds: float,
    local_address: str | None,
) -> socket.socket:
    try:
        connection.settimeout(seconds)
        if local_address is not None:
            connection.bind((local_address, 0))
        connection.connect(address)
    except BaseException:
        connection.close()
        raise
    return connection


def _ask(timeout: float | None) -> float | None:
    """The seconds that a read or write may take. Raises TimeoutError after the deadline.

    A socket that always has something to read would never run into a timeout.
    """
    return _require_time(timeout.deadline) if isinstance(timeout, Seconds) else timeout


def _require_time(deadline: Deadline) -> float:
    seconds = deadline.remaining()
    if seconds <= 0:
        raise TimeoutError("the time was up")
    return seconds


def _is_readable(connection: socket.socket) -> bool:
    """Whether something came, or the other side has closed."""
    number = connection.fileno()
    if number < 0:
        return True
    if not hasattr(select, "poll"):  # Windows
        return bool(select.select([number], [], [], 0)[0])
    poll = select.poll()
    poll.register(number, select.POLLIN)
    return bool(poll.poll(0))


def _nest_tls(
    connection: ssl.SSLSocket,
    context: ssl.SSLContext,
    host: str | None,
    timeout: float | None,
) -> httpcore2.NetworkStream:
    """TLS within TLS, which an https proxy before an https API needs, and httpcore2 has."""
    from httpcore2._backends.sync import TLSinTLSStream

    return TLSinTLSStream(connection, context, host, timeout)


def _raise_translated(
    error: OSError | UnicodeError,  # UnicodeError: a name that no host can have
    late: Callable[[str], Exception],
    failed: Callable[[str], Exception],
) -> NoReturn:
    kind = late if isinstance(error, TimeoutError) else failed
    raise kind(str(error)) from error
