"""Files and multipart bodies: sent as raw bytes or as `multipart/form-data` (RFC 7578).

A body is streamed: of a file on disk, 64 KiB are in memory at a time. It is sent again in a retry
only if it can be read again from where it began: bytes and paths always can, an open file if it
can seek. A file that became shorter since the request began is an error, and nothing is retried.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import suppress
from io import SEEK_END, BytesIO
from typing import IO, TYPE_CHECKING, Any, TypeAlias

from msgspec import Struct

from .errors import InvalidRequest

CHUNK_BYTES = 64 * 1024
DEFAULT_TYPE = "application/octet-stream"


class File(Struct, frozen=True):
    """A file to send: its content, and how it is called on the wire.

    `content` is bytes, a path, or a file opened for reading in binary mode, which is sent from its
    present position and is not closed. `name` is by default the name of the file on disk,
    `content_type` is by default guessed from the name.
    """

    content: bytes | os.PathLike[str] | IO[bytes]
    name: str | None = None
    content_type: str | None = None

    def __repr__(self) -> str:
        return f"File({type(self.content).__name__}, name={self.name!r})"


if TYPE_CHECKING:
    FileInput: TypeAlias = bytes | os.PathLike[str] | IO[bytes] | File
    """What a method takes as a file: bytes, a path, an open binary file, or a `File`."""
else:

    class _FileKind(type):
        def __instancecheck__(cls, value: object) -> bool:
            if isinstance(value, (bytes, os.PathLike, File)):
                return True
            return callable(getattr(value, "read", None))

    class FileInput(metaclass=_FileKind):
        """A file: bytes, a `pathlib.Path`, a file opened in binary mode, or a `File`."""


class Part(Struct, frozen=True, kw_only=True):
    """One part of a multipart body: a form field, or a file where `file_name` is given."""

    name: str
    content: Content
    content_type: str | None = None
    file_name: str | None = None

    def write_header(self) -> bytes:
        """Return the lines in front of the content. Names are escaped as in the HTML standard."""
        disposition = f'form-data; name="{_escape(self.name)}"'
        if self.file_name is not None:
            disposition += f'; filename="{_escape(self.file_name)}"'
        lines = [f"Content-Disposition: {disposition}"]
        if self.content_type is not None:
            lines.append(f"Content-Type: {self.content_type}")
        return "\r\n".join([*lines, "", ""]).encode()


class Content:
    """The bytes of one file, which are read when they are sent.

    `length` is the number of bytes to send, None if an open file has no size. Of a file that
    becomes longer, only `length` bytes are sent.
    """

    def __init__(self, given: FileInput) -> None:
        """Look the file up. Raises InvalidRequest where there is none, or it cannot be read."""
        file = given if isinstance(given, File) else File(given)
        self._source = file.content
        self.name = file.name or _find_name(file.content)
        self.content_type = file.content_type or _guess_type(self.name)
        self._start = 0
        self._was_read = False
        self.is_replayable = True
        self.length = self._measure()

    def read(self) -> Iterator[bytes]:
        """Yield the content, from its beginning.

        Raises InvalidRequest where the file became shorter, cannot be read, or can be read only
        once and was.
        """
        if isinstance(self._source, bytes):
            yield from _cut(self._source)
        elif isinstance(self._source, os.PathLike):
            with _explain(self.name):
                opened = open(self._source, "rb")  # noqa: SIM115 -- closed below, also if abandoned
            with opened:
                yield from self._read_exactly(opened)
        else:
            self._rewind(self._source)
            yield from self._read_exactly(self._source)

    def _measure(self) -> int | None:
        source = self._source
        if isinstance(source, bytes):
            return len(source)
        if isinstance(source, os.PathLike):
            with _explain(self.name):
                status = os.stat(source)
            if not _is_regular(status.st_mode):
                raise InvalidRequest(f"not sent: {os.fspath(source)!r} is not a file")
            return status.st_size
        if not callable(getattr(source, "read", None)):
            kind = type(source).__name__
            raise InvalidRequest(
                f"not sent: a file must be bytes, a path or an open binary file, not {kind}"
            )
        with suppress(OSError, ValueError, AttributeError):
            if source.seekable():
                self._start = source.tell()
                end = source.seek(0, SEEK_END)
                source.seek(self._start)
                return max(0, end - self._start)
        self.is_replayable = False
        return None

    def _rewind(self, source: IO[bytes]) -> None:
        if self.is_replayable:
            with _explain(self.name):
                source.seek(self._start)
        elif self._was_read:
            raise InvalidRequest(
                "not sent again: the file can be read only once. Pass bytes, a path or a file that "
                "can seek, so that a retry can send it from its beginning"
            )
        self._was_read = True

    def _read_exactly(self, source: IO[bytes]) -> Iterator[bytes]:
        left = self.length
        while left is None or left > 0:
            wanted = CHUNK_BYTES if left is None else min(CHUNK_BYTES, left)
            with _explain(self.name):
                chunk = source.read(wanted)
            if isinstance(chunk, str):
                raise InvalidRequest("not sent: the file is open in text mode; open it with 'rb'")
            if not chunk:
                break
            if left is not None:
                left -= len(chunk)
            yield chunk
        if left:
            raise InvalidRequest(
                f"the request was given up: {self.name or 'the file'} became shorter while it was "
                f"sent, {left} bytes of {self.length} are missing. The server did not get it whole"
            )


class BodyStream:
    """A request's body that is read while it is sent, by a sync or an async transport.

    Each iteration begins at the beginning. `length` is its size in bytes, None if it is not known:
    then it is sent in chunks.
    """

    def __init__(
        self,
        read: Callable[[], Iterator[bytes]],
        length: int | None,
        *,
        is_replayable: bool,
    ) -> None:
        self._read = read
        self.length = length
        self.is_replayable = is_replayable
        self.failure: InvalidRequest | None = None  # why the content could not be read to its end
        self._was_begun = False

    @property
    def can_be_sent(self) -> bool:
        """Whether the content can be sent, or sent again, from its beginning."""
        return self.is_replayable or not self._was_begun

    def __iter__(self) -> Iterator[bytes]:
        self._was_begun = True
        try:
            yield from self._read()
        except InvalidRequest as failure:  # some transports hide it behind an error of their own
            self.failure = failure
            raise

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """Yield the content. A worker thread reads it: a slow disk does not stop the loop."""
        from asyncio import to_thread

        pieces = iter(self)
        try:
            while (piece := await to_thread(next, pieces, None)) is not None:
                yield piece
        finally:
            close = getattr(pieces, "close", None)
            if close is not None:
                close()

    def __repr__(self) -> str:
        return f"<BodyStream of {'unknown length' if self.length is None else self.length}>"


def read_body(body: bytes | BodyStream | None) -> bytes:
    """Return a request's body as bytes: for transports that do not stream, and for tests."""
    return b"".join(body) if isinstance(body, BodyStream) else body or b""


def stream_file(given: FileInput) -> tuple[BodyStream, str]:
    """Return a file as a whole body, and its media type."""
    content = Content(given)
    body = BodyStream(content.read, content.length, is_replayable=content.is_replayable)
    return body, content.content_type


def stream_parts(parts: Sequence[Part], boundary: str | None = None) -> tuple[BodyStream, str]:
    """Return parts as one multipart body, and its media type with the boundary.

    The boundary is 32 random hexadecimal digits, so that no file can hold it on purpose.
    """
    boundary = boundary or os.urandom(16).hex()
    headers = [f"--{boundary}\r\n".encode() + part.write_header() for part in parts]
    end = f"--{boundary}--\r\n".encode()

    def read() -> Iterator[bytes]:
        for header, part in zip(headers, parts, strict=True):
            yield header
            yield from part.content.read()
            yield b"\r\n"
        yield end

    lengths = [part.content.length for part in parts]
    known = [length for length in lengths if length is not None]
    total = None
    if len(known) == len(lengths):
        total = sum(known) + sum(len(header) + 2 for header in headers) + len(end)
    is_replayable = all(part.content.is_replayable for part in parts)
    body = BodyStream(read, total, is_replayable=is_replayable)
    return body, f"multipart/form-data; boundary={boundary}"


def make_text_part(name: str, text: str, content_type: str | None = None) -> Part:
    """Return a form field with a text. `content_type` is for texts that are not plain, as JSON."""
    return Part(name=name, content=Content(text.encode()), content_type=content_type)


def make_file_part(name: str, given: FileInput, content_type: str | None = None) -> Part:
    """Return a file as a part. Its name is `name` where the file has none.

    `content_type` is the documented one, unless the caller passes another.
    """
    content = Content(given)
    says_type = isinstance(given, File) and given.content_type is not None
    chosen = content.content_type if says_type or content_type is None else content_type
    return Part(name=name, content=content, content_type=chosen, file_name=content.name or name)


class _explain:  # noqa: N801 -- read as a statement: with _explain(name): ...
    """Turn an OSError into an InvalidRequest that names the file."""

    def __init__(self, name: str | None) -> None:
        self._name = name or "the file"

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        if isinstance(error, (OSError, ValueError)):  # ValueError: it was closed
            reason = getattr(error, "strerror", None) or str(error)
            raise InvalidRequest(f"not sent: {self._name} cannot be read: {reason}") from error


def _find_name(source: object) -> str | None:
    if isinstance(source, os.PathLike):
        path: str = os.fspath(source)
        return os.path.basename(path)
    name = getattr(source, "name", None)  # an open file's; a number for a descriptor
    return os.path.basename(name) if isinstance(name, str) else None


def _guess_type(name: str | None) -> str:
    from mimetypes import guess_type  # here, because few requests need it

    guessed, encoding = guess_type(name) if name else (None, None)
    return guessed if guessed is not None and encoding is None else DEFAULT_TYPE


def _is_regular(mode: int) -> bool:
    from stat import S_ISREG

    return S_ISREG(mode)


def _cut(content: bytes) -> Iterator[bytes]:
    if len(content) <= CHUNK_BYTES:
        if content:
            yield content
        return
    reader = BytesIO(content)
    while chunk := reader.read(CHUNK_BYTES):
        yield chunk


def _escape(name: str) -> str:
    return name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
