"""Server-sent events: a response of type `text/event-stream`, read event by event.

The format is that of the HTML standard, section 9.2 ("Server-sent events").
"""

from __future__ import annotations

from codecs import getincrementaldecoder
from collections.abc import Iterator

from msgspec import Struct

from .errors import DecodeError

MAX_EVENT_CHARACTERS = 64 * 1024 * 1024


class ServerSentEvent(Struct, frozen=True):
    """One event of a stream.

    `data` is the text, several `data:` lines joined by line breaks. `event` is the type, "message"
    unless the server names one. `id` is the last identifier that the server sent, "" if none.
    `retry` is the reconnection time in milliseconds, where this event sets one.
    """

    data: str
    event: str = "message"
    id: str = ""
    retry: int | None = None


class EventDecoder:
    """Turns the bytes of a stream into events, whatever pieces they come in."""

    def __init__(self) -> None:
        self._decoder = getincrementaldecoder("utf-8-sig")("replace")
        self._unfinished: list[str] = []  # the pieces of a line that has not ended
        self._after_carriage_return = False
        self._data: list[str] = []
        self._size = 0
        self._event = ""
        self._id = ""
        self._retry: int | None = None

    def feed(self, chunk: bytes) -> Iterator[ServerSentEvent]:
        """Yield the events that end within these bytes.

        An event that the stream ends in the middle of is never yielded, as the standard asks.

        Raises DecodeError if one event is longer than 64 Mi characters.
        """
        for line in self._split(self._decoder.decode(chunk)):
            event = self._take(line)
            if event is not None:
                yield event

    def _split(self, text: str) -> Iterator[str]:
        """Yield the lines that end within the text; CR, LF and CRLF each end one."""
        if self._after_carriage_return and text:
            text = text.removeprefix("\n")  # the second half of a CRLF
            self._after_carriage_return = False
        self._after_carriage_return = text.endswith("\r") or (
            self._after_carriage_return and not text
        )
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        *ended, rest = text.split("\n")
        for line in ended:
            yield "".join([*self._unfinished, line])
            self._unfinished.clear()
        self._unfinished.append(rest)
        self._check_size(sum(map(len, self._unfinished)))

    def _take(self, line: str) -> ServerSentEvent | None:
        if not line:
            return self._finish()
        name, _, value = line.partition(":")  # a comment has an empty name
        value = value.removeprefix(" ")
        match name:
            case "data":
                self._size += len(value) + 1
                self._check_size(self._size)
                self._data.append(value)
            case "event":
                self._event = value
            case "id" if "\0" not in value:
                self._id = value
            case "retry" if value.isascii() and value.isdigit():
                self._retry = int(value)
        return None

    def _finish(self) -> ServerSentEvent | None:
        """Return the event that a blank line ends; None if it has no data."""
        event = None
        if self._data:
            event = ServerSentEvent(
                data="\n".join(self._data),
                event=self._event or "message",
                id=self._id,
                retry=self._retry,
            )
        self._data = []
        self._size = 0
        self._event = ""
        self._retry = None
        return event

    def _check_size(self, characters: int) -> None:
        if characters > MAX_EVENT_CHARACTERS:
            limit = MAX_EVENT_CHARACTERS >> 20
            raise DecodeError(f"an event of the stream is longer than {limit} Mi characters")
