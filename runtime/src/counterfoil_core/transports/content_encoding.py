"""Decompression of bodies, the same over every transport.

The HTTP libraries differ in what they take: several gzip members, padding, `x-gzip`. So they hand
out bodies as they came, and this module reads them.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Mapping
from typing import Protocol

from ..errors import DecodeError, TransportError
from .protocol import MOST_BYTES

ACCEPTED = "gzip, deflate"
"""The value of Accept-Encoding: the codings that are decoded here."""

_MOST_CODINGS = 5  # one on top of the other; real servers use one
_IN_PIECE = 16 * 1024  # bytes
_OUT_PIECE = 1024 * 1024  # bytes
_UNASKED = ("br", "zstd", "compress", "x-compress")  # real codings that are not read here
_GZIP_MAGIC = b"\x1f\x8b"


class _Coding(Protocol):
    name: str

    def decompress(self, content: bytes) -> Iterator[bytes]: ...

    def is_complete(self) -> bool: ...


class Decompressor:
    """Decompresses one body, piece by piece.

    It yields an empty piece for compressed bytes without content, so that the reader can check the
    deadline.
    """

    def __init__(self, headers: Mapping[str, str], max_bytes: int | None = MOST_BYTES) -> None:
        """Raises TransportError if the body is compressed in a way that was not asked for."""
        self._max_bytes = max_bytes
        self._codings = _open_codings(headers.get("content-encoding", ""))
        self._received = 0

    def feed(self, content: bytes) -> Iterator[bytes]:
        """Yield the content of the next bytes of the body.

        Raises TransportError if they are damaged, and DecodeError after more than `max_bytes`.
        """
        if not self._codings:
            yield content
            return
        self._received += len(content)
        if self._max_bytes is not None and self._received > self._max_bytes:
            limit = f"{self._max_bytes >> 20} MiB"
            raise DecodeError(f"the answer is longer than {limit}, still compressed. Ask for less.")
        for start in range(0, len(content), _IN_PIECE):
            yield b""
            yield from self._decompress(content[start : start + _IN_PIECE], 0)

    def finish(self) -> None:
        """Raises DecodeError if the compressed data ended too early."""
        if not self._received:
            return
        for coding in self._codings:
            if not coding.is_complete():
                raise DecodeError(
                    f"the answer's {coding.name} data ends too early. Try again later."
                )

    def _decompress(self, content: bytes, level: int) -> Iterator[bytes]:
        if level == len(self._codings):
            yield content
            return
        for piece in self._codings[level].decompress(content):
            yield from self._decompress(piece, level + 1)


def _open_codings(header: str) -> list[_Coding]:
    """The codings of a Content-Encoding, the last one first; none if one of them is unknown."""
    names = [name.strip().lower() for name in header.split(",")]
    known = [name for name in names if name not in ("", "identity")]
    if len(known) > _MOST_CODINGS:
        raise TransportError(
            f"the answer is compressed {len(known)} times, one on top of the other"
        )
    for name in known:
        if name in _UNASKED:
            raise TransportError(f"the answer is compressed as {name}, which was not asked for")
    if any(name not in _CODINGS for name in known):
        return []  # some servers name what they did not do: the body is taken as it is
    return [_CODINGS[name]() for name in reversed(known)]


class _Gzip:
    """One gzip member or several; zeros after a member are padding, as for gzip itself."""

    name = "gzip"

    def __init__(self) -> None:
        self._member: zlib._Decompress | None = None
        self._between = b""  # what came after a member, and is too short to be another
        self._members = 0

    def decompress(self, content: bytes) -> Iterator[bytes]:
        while content:
            if self._member is None:
                content = self._find_member(content)
            if self._member is None:
                return
            yield from _inflate(self._member, content, self.name)
            content = self._member.unused_data
            if not self._member.eof:
                return
            self._member = None

    def is_complete(self) -> bool:
        return self._member is None and not self._between

    def _find_member(self, content: bytes) -> bytes:
        """Open the next member, and return the bytes from its beginning on."""
        content = self._between + content
        if self._members:
            content = content.lstrip(b"\0")
        self._between = b""
        if not content.startswith(_GZIP_MAGIC):
            if not _GZIP_MAGIC.startswith(content):
                raise _tell_damage(self.name, "it does not begin as gzip does")
            self._between = content
            return b""
        self._members += 1
        self._member = zlib.decompressobj(zlib.MAX_WBITS | 16)
        return content


class _Deflate:
    """Deflate with the header of zlib, as HTTP has it, or without, as some servers send it."""

    name = "deflate"

    def __init__(self) -> None:
        self._stream: zlib._Decompress | None = None
        self._beginning = b""

    def decompress(self, content: bytes) -> Iterator[bytes]:
        if self._stream is None:
            content = self._beginning + content
            if len(content) < 2:
                self._beginning = content
                return
            self._stream = zlib.decompressobj(_find_window(content))
        elif self._stream.eof:
            self._refuse_rest(content)
            return
        yield from _inflate(self._stream, content, self.name)
        self._refuse_rest(self._stream.unused_data)

    def is_complete(self) -> bool:
        return self._stream is not None and self._stream.eof

    def _refuse_rest(self, rest: bytes) -> None:
        if rest.strip(b"\0"):
            raise _tell_damage(self.name, "something follows its end")


_CODINGS: dict[str, Callable[[], _Coding]] = {
    "gzip": _Gzip,
    "x-gzip": _Gzip,
    "deflate": _Deflate,
}


def _find_window(content: bytes) -> int:
    """Return the window bits of zlib for a stream: negative if it has no header (RFC 1950)."""
    is_deflate = content[0] & 0x0F == 8
    is_checked = int.from_bytes(content[:2]) % 31 == 0
    return zlib.MAX_WBITS if is_deflate and is_checked else -zlib.MAX_WBITS


def _inflate(stream: zlib._Decompress, content: bytes, name: str) -> Iterator[bytes]:
    """Yield the content of compressed bytes in pieces, so that a bomb does not fill the memory."""
    try:
        piece = stream.decompress(content, _OUT_PIECE)
        while piece:
            yield piece
            piece = stream.decompress(stream.unconsumed_tail, _OUT_PIECE)
    except zlib.error as error:
        raise _tell_damage(name, str(error)) from error


def _tell_damage(name: str, problem: str) -> TransportError:
    return TransportError(f"the answer's {name} data is damaged: {problem}")
