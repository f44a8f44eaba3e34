"""Files and multipart bodies, read back by the standard library's MIME parser."""

from __future__ import annotations

import asyncio
import os
import tracemalloc
from email.parser import BytesParser
from email.policy import HTTP
from io import BytesIO
from pathlib import Path
from typing import IO, Any

import pytest
from counterfoil_core.errors import InvalidRequest
from counterfoil_core.multipart import (
    BodyStream,
    File,
    FileInput,
    make_file_part,
    make_text_part,
    stream_file,
    stream_parts,
)


class Pipe(BytesIO):
    """A file that cannot seek, such as a pipe or a socket."""

    def seekable(self) -> bool:
        return False


def read_parts(body: BodyStream, media_type: str) -> list[tuple[Any, Any, str, bytes]]:
    content = b"".join(body)
    assert body.length in (len(content), None)
    message = BytesParser(policy=HTTP).parsebytes(
        f"Content-Type: {media_type}\r\n\r\n".encode() + content
    )
    assert not message.defects
    return [
        (
            part.get_param("name", header="content-disposition"),
            part.get_filename(),
            part.get_content_type(),
            part.get_payload(decode=True),
        )
        for part in message.iter_parts()
    ]


def test_fields_and_files_come_back_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "invoice.pdf"
    path.write_bytes(b"%PDF-1.7\r\n--boundary\r\n" + bytes(range(256)))
    with path.open("rb") as opened:
        opened.read(5)
        parts = [
            make_text_part("purpose", "déjà vu"),
            make_text_part("meta", '{"a": 1.10}', "application/json"),
            make_file_part("file", path),
            make_file_part("file", opened),
            make_file_part("data", b"\x00\x01"),
            make_file_part("scan", File(b"x", "scan.tiff", "image/x-scan")),
            make_file_part("photo", b"y", "image/png"),
        ]
        body, media_type = stream_parts(parts)
        found = read_parts(body, media_type)

    content = path.read_bytes()
    assert found == [
        ("purpose", None, "text/plain", "déjà vu".encode()),
        ("meta", None, "application/json", b'{"a": 1.10}'),
        ("file", "invoice.pdf", "application/pdf", content),
        ("file", "invoice.pdf", "application/pdf", content[5:]),
        ("data", "data", "application/octet-stream", b"\x00\x01"),
        ("scan", "scan.tiff", "image/x-scan", b"x"),
        ("photo", "photo", "image/png", b"y"),
    ]


def test_a_name_cannot_leave_its_header() -> None:
    name = 'a"; filename="x\r\nX-Evil: 1'
    body, _ = stream_parts([make_file_part(name, File(b"z", name))], "boundary")
    text = b"".join(body)
    escaped = b"a%22; filename=%22x%0D%0AX-Evil: 1"
    header = b'Content-Disposition: form-data; name="%s"; filename="%s"' % (escaped, escaped)
    assert text.split(b"\r\n")[1] == header


@pytest.mark.parametrize("kind", ["bytes", "path", "file"])
def test_what_can_be_read_again_is_sent_again_whole(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"12345")
    given: dict[str, FileInput] = {"bytes": b"12345", "path": path, "file": BytesIO(b"12345")}
    body, _ = stream_file(given[kind])
    assert body.is_replayable
    assert [b"".join(body), b"".join(body)] == [b"12345", b"12345"]


def test_what_can_be_read_once_is_refused_the_second_time() -> None:
    body, _ = stream_file(Pipe(b"12345"))
    assert (body.length, body.is_replayable) == (None, False)
    assert b"".join(body) == b"12345"
    with pytest.raises(InvalidRequest, match="can be read only once"):
        b"".join(body)


def test_a_file_that_becomes_shorter_is_an_error_and_one_that_grows_is_cut(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"x" * 100_000)
    body, _ = stream_file(path)
    pieces = iter(body)
    next(pieces)
    os.truncate(path, 70_000)
    with pytest.raises(InvalidRequest, match=r"a\.bin became shorter .* 30000 bytes of 100000"):
        list(pieces)

    path.write_bytes(b"y" * 100_001)
    assert b"".join(body) == b"y" * 100_000


@pytest.mark.parametrize("given", ["missing.pdf", ".", "text", None, 5])
def test_what_is_no_file_is_refused_by_name_before_anything_is_sent(
    given: Any, tmp_path: Path
) -> None:
    if isinstance(given, str) and given != "text":
        given = tmp_path / given
    with pytest.raises(InvalidRequest, match="not sent: "):
        stream_file(given)


def test_text_mode_and_closed_files_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("abc")
    with path.open() as opened:
        text_file: Any = opened
        with pytest.raises(InvalidRequest, match="text mode"):
            b"".join(stream_file(text_file)[0])
    closed: IO[bytes] = path.open("rb")
    body, _ = stream_file(closed)
    closed.close()
    with pytest.raises(InvalidRequest, match=r"a\.txt cannot be read"):
        b"".join(body)


def test_a_loop_can_send_it_and_memory_stays_flat(tmp_path: Path) -> None:
    path = tmp_path / "big.bin"
    with path.open("wb") as out:
        out.truncate(50_000_000)

    async def measure(body: BodyStream) -> int:
        return sum([len(piece) async for piece in body])

    body, _ = stream_parts([make_file_part("file", path)])
    tracemalloc.start()
    try:
        sizes = [sum(map(len, body)), asyncio.run(measure(body))]
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert sizes == [body.length] * 2
    assert peak < 2_000_000
