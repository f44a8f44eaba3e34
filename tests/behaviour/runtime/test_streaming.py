"""Downloads and streams of events, over each transport, from a server on loopback."""

from __future__ import annotations

import threading
import tracemalloc
from collections.abc import Iterator
from gzip import compress
from pathlib import Path
from typing import Any

import pytest
from counterfoil_core import (
    ConfigurationError,
    DeadlineExceeded,
    DecodeError,
    NotFound,
    TransportError,
)
from counterfoil_core.api import Operation
from msgspec import Struct

from .clients import Way
from .echo_server import Echo, serve

DOWNLOAD: Operation[bytes] = Operation(
    name="files.get",
    operation_id="getFile",
    method="GET",
    path="/file",
    retry="safe",
    accept="application/pdf",
    responses={200: bytes},
)


class Tick(Struct):
    number: int


WATCH: Operation[Tick] = Operation(
    name="ticks.watch",
    operation_id="watch",
    method="GET",
    path="/ticks",
    retry="safe",
    accept="text/event-stream",
    responses={200: Tick},
)
WATCH_TEXT: Operation[str] = Operation(
    name="ticks.tail",
    operation_id="tail",
    method="GET",
    path="/ticks",
    retry="safe",
    accept="text/event-stream",
    responses={200: str},
)
PDF = {"Content-Type": "application/pdf"}
EVENTS = {"Content-Type": "text/event-stream"}


@pytest.fixture(params=["sync", "async", "aiohttp"])
def way(request: pytest.FixtureRequest) -> Iterator[Way]:
    made = Way(request.param)
    with made.runner:
        yield made


@pytest.fixture
def echo() -> Iterator[Echo]:
    with serve() as made:
        yield made


class Opened:
    """A client with an open response; the same words for sync and async."""

    def __init__(self, way: Way, echo: Echo, operation: Any, name: str, **options: Any) -> None:
        self.way = way
        self.client = way.connect(base_url=echo.url)
        self.manager = getattr(self.client, name)(operation, {}, options)

    def __enter__(self) -> Opened:
        try:
            if self.way.is_async:
                self.response = self.way.runner.run(self.manager.__aenter__())
            else:
                self.response = self.manager.__enter__()
        except BaseException:
            self.way.close(self.client)
            raise
        return self

    def __exit__(self, *details: Any) -> None:
        if self.way.is_async:
            self.way.runner.run(self.manager.__aexit__(*details))
        else:
            self.manager.__exit__(*details)
        self.way.close(self.client)

    def run(self, name: str, *arguments: Any, **options: Any) -> Any:
        result = getattr(self.response, name)(*arguments, **options)
        return self.way.runner.run(result) if self.way.is_async else result

    def take(self, count: int) -> list[Any]:
        async def take_async() -> list[Any]:
            found = []
            async for one in self.response:
                found.append(one)
                if len(found) == count:
                    break
            return found

        if self.way.is_async:
            return self.way.runner.run(take_async())
        found = []
        for one in self.response:
            found.append(one)
            if len(found) == count:
                break
        return found


def download(way: Way, echo: Echo, **options: Any) -> Opened:
    return Opened(way, echo, DOWNLOAD, "stream", **options)


def watch(way: Way, echo: Echo, operation: Any = WATCH, **options: Any) -> Opened:
    return Opened(way, echo, operation, "stream_events", **options)


# downloads


def test_a_download_is_saved_to_a_file(way: Way, echo: Echo, tmp_path: Path) -> None:
    content = b"%PDF" + bytes(range(256)) * 1000
    echo.answers.append((200, {**PDF, "X-Request-Id": "r-1"}, content))
    with download(way, echo) as opened:
        assert opened.response.status == 200
        assert opened.response.length == len(content)
        assert opened.response.request_id == "r-1"
        assert opened.run("save", tmp_path / "invoice.pdf") == len(content)
    assert (tmp_path / "invoice.pdf").read_bytes() == content
    assert [path.name for path in tmp_path.iterdir()] == ["invoice.pdf"]
    assert echo.received[0].headers["accept"] == "application/pdf"


def test_a_download_is_read_whole_or_in_chunks(way: Way, echo: Echo) -> None:
    echo.answers += [(200, PDF, [b"one", b"two"])] * 2
    with download(way, echo) as opened:
        assert opened.response.length is None
        assert opened.run("read") == b"onetwo"
    with download(way, echo) as opened:
        assert b"".join(opened.take(-1)) == b"onetwo"


def test_chunks_come_before_the_end(way: Way, echo: Echo) -> None:
    rest = threading.Event()
    echo.answers.append((200, PDF, [b"one", rest, b"two"]))
    with download(way, echo) as opened:
        assert opened.take(1) == [b"one"], "the server has not sent the rest"
        rest.set()


def test_a_body_arrives_once(way: Way, echo: Echo) -> None:
    echo.answers.append((200, PDF, b"one"))
    with download(way, echo) as opened:
        opened.run("read")
        with pytest.raises(ConfigurationError, match="only once"):
            opened.run("read")


def test_an_error_is_raised_before_anything_is_read(way: Way, echo: Echo) -> None:
    json = {"Content-Type": "application/json"}
    echo.answers.append((404, json, b'{"code": "gone", "message": "No such file"}'))
    with pytest.raises(NotFound, match="No such file") as caught, download(way, echo):
        pass
    assert caught.value.operation == "files.get"


def test_opening_is_retried(way: Way, echo: Echo) -> None:
    echo.answers += [(503, {}, b""), (200, PDF, b"one")]
    with download(way, echo) as opened:
        assert opened.run("read") == b"one"
    assert len(echo.received) == 2


def test_a_broken_download_leaves_no_file(way: Way, echo: Echo, tmp_path: Path) -> None:
    path = tmp_path / "invoice.pdf"
    path.write_bytes(b"the old one")
    echo.answers.append((200, PDF, [b"one", None]))
    with download(way, echo) as opened, pytest.raises(TransportError) as caught:
        opened.run("save", path)
    assert caught.value.operation == "files.get"
    assert path.read_bytes() == b"the old one"
    assert [one.name for one in tmp_path.iterdir()] == ["invoice.pdf"]


def test_a_download_has_the_limit_that_is_asked_for(way: Way, echo: Echo, tmp_path: Path) -> None:
    echo.answers += [(200, PDF, b"x" * 100)] * 2
    with download(way, echo) as opened:
        assert opened.run("save", tmp_path / "a", max_bytes=100) == 100
    with download(way, echo) as opened, pytest.raises(DecodeError, match="99 bytes"):
        opened.run("save", tmp_path / "b", max_bytes=99)
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_the_deadline_holds_while_the_body_arrives(way: Way, echo: Echo) -> None:
    never = threading.Event()
    echo.answers.append((200, PDF, [b"one", never]))
    try:
        # On a slow machine, the time can be up before the response begins.
        with pytest.raises(DeadlineExceeded), download(way, echo, timeout=0.5) as opened:
            opened.run("read")
    finally:
        never.set()


def test_a_download_that_is_left_does_not_disturb_the_next_call(way: Way, echo: Echo) -> None:
    echo.answers += [(200, PDF, [b"x" * 1000] * 1000), (200, PDF, b"second")]
    client = way.connect(base_url=echo.url)
    opened = Opened.__new__(Opened)
    opened.way = way
    opened.client = client
    for expected in (b"x", b"second"):
        opened.manager = client.stream(DOWNLOAD, {})
        if way.is_async:
            opened.response = way.runner.run(opened.manager.__aenter__())
        else:
            opened.response = opened.manager.__enter__()
        assert opened.take(1)[0].startswith(expected)
        if way.is_async:
            way.runner.run(opened.manager.__aexit__(None, None, None))
        else:
            opened.manager.__exit__(None, None, None)
    way.close(client)


def test_a_large_download_is_not_kept_in_memory(way: Way, echo: Echo, tmp_path: Path) -> None:
    piece = bytes(64 * 1024)
    echo.answers.append((200, PDF, (piece for _ in range(640))))
    with download(way, echo) as opened:
        tracemalloc.start()
        try:
            size = opened.run("save", tmp_path / "large.bin")
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert size == 40 * 1024 * 1024
    assert peak < 8 * 1024 * 1024


def test_a_compressed_download_has_no_limit(way: Way, echo: Echo, tmp_path: Path) -> None:
    content = compress(bytes(66 * 1024 * 1024), compresslevel=0)
    assert len(content) > 64 * 1024 * 1024
    echo.answers.append((200, {**PDF, "Content-Encoding": "gzip"}, content))
    with download(way, echo) as opened:
        assert opened.response.length is None
        assert opened.run("save", tmp_path / "large.bin") == 66 * 1024 * 1024


# events


def test_events_are_decoded_as_they_arrive(way: Way, echo: Echo) -> None:
    rest = threading.Event()
    first = b'event: tick\nid: 7\ndata: {"number": 1}\n\ndata: {"num'
    echo.answers.append((200, EVENTS, [first, rest, b'ber": 2}\n\n']))
    with watch(way, echo) as opened:
        [event] = opened.take(1)
        assert (event.data, event.event, event.id) == (Tick(number=1), "tick", "7")
        rest.set()
    echo.answers.append((200, EVENTS, [first, b'ber": 2}\n\n: a comment\n\ndata: unfinished']))
    with watch(way, echo) as opened:
        assert [event.data.number for event in opened.take(-1)] == [1, 2]
    assert echo.received[0].headers["accept"] == "text/event-stream"


def test_a_stream_of_json_ends_at_done(way: Way, echo: Echo) -> None:
    body = b'data: {"number": 1}\n\ndata: [DONE]\n\ndata: {"number": 2}\n\n'
    echo.answers.append((200, EVENTS, body))
    with watch(way, echo) as opened:
        assert [event.data.number for event in opened.take(-1)] == [1]


def test_events_of_text_are_texts(way: Way, echo: Echo) -> None:
    echo.answers.append((200, EVENTS, "data: grüße\ndata: zwei\n\n".encode()))
    with watch(way, echo, WATCH_TEXT) as opened:
        assert [event.data for event in opened.take(-1)] == ["grüße\nzwei"]


def test_an_event_of_another_form_is_an_error(way: Way, echo: Echo) -> None:
    echo.answers.append((200, EVENTS, b'data: {"number": "one"}\n\n'))
    with watch(way, echo) as opened, pytest.raises(DecodeError, match="number") as caught:
        opened.take(-1)
    assert caught.value.operation == "ticks.watch"


def test_a_broken_stream_is_an_error(way: Way, echo: Echo) -> None:
    echo.answers.append((200, EVENTS, [b'data: {"number": 1}\n\n', None]))
    with watch(way, echo) as opened, pytest.raises(TransportError):
        opened.take(-1)
