"""Bodies of every kind, as a server on loopback receives them, over each transport."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import IO, Any

import pytest
from counterfoil_core import UNSET, InvalidRequest, OutcomeUnknown, ServerError, UnsetType
from counterfoil_core.api import Body, FieldEncoding, Operation
from counterfoil_core.multipart import File, FileInput
from msgspec import Struct, field

from .clients import Way
from .echo_server import Echo, serve


class Pipe(BytesIO):
    """A file that can be read only once."""

    def seekable(self) -> bool:
        return False


class Label(Struct):
    text: str
    weight: Decimal


class Upload(Struct, kw_only=True):
    file: FileInput
    pages: list[FileInput] | UnsetType = UNSET
    note: str | UnsetType | None = UNSET
    tags: list[str] | UnsetType = UNSET
    label: Label | UnsetType = UNSET
    price: Decimal | UnsetType = UNSET
    sent_on: date | UnsetType = field(name="sentOn", default=UNSET)
    express: bool | UnsetType = UNSET


class Filter(Struct, kw_only=True):
    name: str
    items: list[Label] | UnsetType = UNSET
    label: Label | UnsetType = UNSET
    ids: list[int] | UnsetType = UNSET


def make(kind: Any, media_type: str, retry: Any = "never", **body: Any) -> Operation[None]:
    return Operation(
        name="files.create",
        operation_id="createFile",
        method="POST",
        path="/files",
        retry=retry,
        body=Body(type=kind, media_type=media_type, **body),
        responses={200: None, 201: None},
    )


MULTIPART = make(Upload, "multipart/form-data")
RAW = make(FileInput, "application/octet-stream", argument="body")
KEYED = make(FileInput, "application/octet-stream", "keyed", argument="body")
TEXT = make(str, "text/plain", argument="body")
XML = make(FileInput, "application/xml", argument="body")
IMAGE = make(FileInput, "image/*", argument="body")
FORM = make(Filter, "application/x-www-form-urlencoded")


@pytest.fixture(params=["sync", "async", "aiohttp"])
def way(request: pytest.FixtureRequest) -> Iterator[Way]:
    made = Way(request.param)
    with made.runner:
        yield made


@pytest.fixture
def echo() -> Iterator[Echo]:
    with serve() as made:
        yield made


def send(way: Way, echo: Echo, operation: Operation[None], **arguments: Any) -> None:
    client = way.connect(base_url=echo.url)
    try:
        way.call(client, operation, **arguments)
    finally:
        way.close(client)


# multipart forms


def test_a_multipart_form_arrives_as_it_was_given(way: Way, echo: Echo, tmp_path: Path) -> None:
    path = tmp_path / "invoice.pdf"
    path.write_bytes(b"%PDF-1.7\r\n" + bytes(range(256)))
    send(
        way,
        echo,
        MULTIPART,
        file=path,
        pages=[b"one", File(b"two", name="2.png", content_type="image/png")],
        note="déjà vu",
        tags=["a", "b"],
        label=Label(text="x", weight=Decimal("1.10")),
        price=Decimal("56.330"),
        sent_on=date(2026, 2, 3),
        express=True,
    )
    assert echo.received[0].parts() == [
        ("file", "invoice.pdf", "application/pdf", path.read_bytes()),
        ("pages", "pages", "application/octet-stream", b"one"),
        ("pages", "2.png", "image/png", b"two"),
        ("note", None, "text/plain", "déjà vu".encode()),
        ("tags", None, "text/plain", b"a"),
        ("tags", None, "text/plain", b"b"),
        ("label", None, "application/json", b'{"text":"x","weight":1.10}'),
        ("price", None, "text/plain", b"56.330"),
        ("sentOn", None, "text/plain", b"2026-02-03"),
        ("express", None, "text/plain", b"true"),
    ]
    assert echo.received[0].headers["content-length"] == str(len(echo.received[0].body))


def test_fields_without_a_value_are_not_sent(way: Way, echo: Echo) -> None:
    send(way, echo, MULTIPART, file=b"x", note=None)
    assert [name for name, *_ in echo.received[0].parts()] == ["file"]


def test_the_documented_media_type_of_a_field_is_sent(way: Way, echo: Echo) -> None:
    encoding = {
        "file": FieldEncoding(content_type="text/csv"),
        "tags": FieldEncoding(content_type="application/json"),
        "pages": FieldEncoding(content_type="image/png, image/jpeg"),
    }
    operation = make(Upload, "multipart/form-data", encoding=encoding)
    send(way, echo, operation, file=b"a;b", tags=["x"], pages=[File(b"", name="a.jpg")])
    assert [(name, kind, content) for name, _, kind, content in echo.received[0].parts()] == [
        ("file", "text/csv", b"a;b"),
        ("pages", "image/jpeg", b""),
        ("tags", "application/json", b'["x"]'),
    ]


@pytest.mark.parametrize("value", ["a path as text", 7, None, UNSET])
def test_what_is_no_file_is_refused(way: Way, echo: Echo, value: object) -> None:
    with pytest.raises(InvalidRequest, match="file"):
        send(way, echo, MULTIPART, file=value)
    assert echo.received == []


def test_the_message_says_what_a_file_is(way: Way, echo: Echo, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("x")
    with pytest.raises(InvalidRequest, match=r"file: must be bytes, a pathlib.Path, .* is a str"):
        send(way, echo, MULTIPART, file="a.txt")
    with path.open() as opened, pytest.raises(InvalidRequest, match="opened in text mode"):
        send(way, echo, RAW, body=opened)
    assert echo.received == []


def test_a_name_cannot_end_its_header(way: Way, echo: Echo) -> None:
    send(way, echo, MULTIPART, file=File(b"x", name='a"\r\nX-Evil: 1'))
    assert b"\r\nX-Evil" not in echo.received[0].body
    assert len(echo.received[0].parts()) == 1


# files as the whole body


def test_bytes_paths_and_open_files_are_sent_whole(way: Way, echo: Echo, tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"abc" * 100_000)
    send(way, echo, RAW, body=b"\x00\xff")
    send(way, echo, RAW, body=path)
    with path.open("rb") as opened:
        opened.seek(3)
        send(way, echo, RAW, body=opened)
    assert [one.body for one in echo.received] == [
        b"\x00\xff",
        path.read_bytes(),
        path.read_bytes()[3:],
    ]
    assert {one.headers["content-type"] for one in echo.received} == {"application/octet-stream"}


def test_a_file_of_unknown_length_is_sent_in_chunks(way: Way, echo: Echo) -> None:
    send(way, echo, RAW, body=Pipe(b"abc" * 100_000))
    assert echo.received[0].headers["transfer-encoding"] == "chunked"
    assert echo.received[0].body == b"abc" * 100_000


def test_the_media_type_of_a_range_is_that_of_the_file(way: Way, echo: Echo) -> None:
    send(way, echo, IMAGE, body=File(b"x", name="a.png"))
    send(way, echo, IMAGE, body=File(b"x", content_type="image/webp"))
    assert [one.headers["content-type"] for one in echo.received] == ["image/png", "image/webp"]


def test_texts_and_xml_are_utf_8(way: Way, echo: Echo) -> None:
    send(way, echo, TEXT, body="grüße")
    send(way, echo, XML, body="<a>é</a>".encode())
    assert [one.body for one in echo.received] == ["grüße".encode(), "<a>é</a>".encode()]
    assert [one.headers["content-type"] for one in echo.received] == [
        "text/plain; charset=utf-8",
        "application/xml",
    ]


# retries


BUSY = (503, {"Retry-After": "0"}, b"")


@pytest.mark.parametrize("operation", [KEYED, make(Upload, "multipart/form-data", "keyed")])
def test_a_retry_sends_the_file_from_its_beginning(
    way: Way, echo: Echo, tmp_path: Path, operation: Operation[None]
) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"abc" * 50_000)
    name = operation.body.argument if operation.body and operation.body.argument else "file"
    with path.open("rb") as opened:
        for given in (path, opened, b"abc" * 50_000):
            echo.answers += [BUSY, BUSY]
            send(way, echo, operation, **{name: given})
    bodies = [one.body for one in echo.received]
    assert len(bodies) == 9
    assert all(b"abc" * 50_000 in body for body in bodies)


def test_a_file_that_can_be_read_once_is_sent_once(way: Way, echo: Echo) -> None:
    echo.answers.append(BUSY)
    with pytest.raises(ServerError):
        send(way, echo, KEYED, body=Pipe(b"abc"))
    assert len(echo.received) == 1


def test_it_is_sent_again_where_nothing_was_sent(way: Way) -> None:
    pipe = Pipe(b"abc")
    client = way.connect(base_url="http://127.0.0.1:9", max_attempts=2)
    with pytest.raises(Exception, match="no connection"):
        way.call(client, KEYED, body=pipe)
    way.close(client)
    assert pipe.read() == b"abc", "nothing of the file was read"


class Shrinking(BytesIO):
    """A file that is cut while it is read."""

    def read(self, size: int | None = -1) -> bytes:
        chunk = super().read(size)
        self.truncate(self.tell())
        return chunk


def test_a_file_that_becomes_shorter_is_an_error_and_not_sent_again(way: Way, echo: Echo) -> None:
    with pytest.raises(InvalidRequest, match="became shorter"):
        send(way, echo, KEYED, body=Shrinking(b"abc" * 100_000))
    assert echo.received == [], "the server did not get a whole request"


def test_a_file_that_does_not_exist_is_an_error_before_anything_is_sent(
    way: Way, echo: Echo, tmp_path: Path
) -> None:
    with pytest.raises(InvalidRequest, match=r"missing\.pdf"):
        send(way, echo, MULTIPART, file=tmp_path / "missing.pdf")
    assert echo.received == []


def test_a_write_whose_response_is_lost_is_not_sent_again(way: Way, echo: Echo) -> None:
    echo.answers.append((200, {}, [None]))
    with pytest.raises(OutcomeUnknown):
        send(way, echo, RAW, body=b"abc")
    assert len(echo.received) == 1


# forms


def test_objects_in_a_form_are_json_or_as_documented(way: Way, echo: Echo) -> None:
    label = Label(text="a&b", weight=Decimal("1.10"))
    send(way, echo, FORM, name="n", label=label, ids=[1, 2])
    deep = {"label": FieldEncoding(style="deepObject"), "items": FieldEncoding(style="deepObject")}
    operation = make(Filter, "application/x-www-form-urlencoded", encoding=deep)
    send(way, echo, operation, name="n", label=label, items=[label])
    comma = {"ids": FieldEncoding(style="form", explode=False)}
    operation = make(Filter, "application/x-www-form-urlencoded", encoding=comma)
    send(way, echo, operation, name="n", ids=[1, 2])
    assert [one.body for one in echo.received] == [
        b"name=n&label=%7B%22text%22%3A%22a%26b%22%2C%22weight%22%3A1.10%7D&ids=1&ids=2",
        b"name=n&items%5B0%5D%5Btext%5D=a%26b&items%5B0%5D%5Bweight%5D=1.10"
        b"&label%5Btext%5D=a%26b&label%5Bweight%5D=1.10",
        b"name=n&ids=1,2",
    ]


# memory


def test_a_large_file_is_not_kept_in_memory(way: Way, echo: Echo, tmp_path: Path) -> None:
    path = tmp_path / "large.bin"
    with path.open("wb") as opened:
        opened.truncate(40 * 1024 * 1024)
    client = way.connect(base_url=echo.url)
    body = path.open("rb")
    tracemalloc.start()
    try:
        counted = _Counted(body)
        way.call(client, RAW, body=counted)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
        body.close()
        way.close(client)
    received = len(echo.received[0].body)
    assert received == 40 * 1024 * 1024
    # The server, which keeps the body whole, is in this process too.
    assert peak < 2 * received + 8 * 1024 * 1024
    assert counted.largest <= 64 * 1024


class _Counted:
    """An open file that notes the largest piece that was read at once."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.largest = 0

    def read(self, size: int = -1) -> bytes:
        chunk = self._file.read(size)
        self.largest = max(self.largest, len(chunk))
        return chunk

    def seekable(self) -> bool:
        return True

    def seek(self, *place: int) -> int:
        return self._file.seek(*place)

    def tell(self) -> int:
        return self._file.tell()
