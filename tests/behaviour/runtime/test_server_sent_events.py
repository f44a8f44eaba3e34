"""The event stream format, with the examples of the HTML standard."""

from __future__ import annotations

from itertools import pairwise

import pytest
from counterfoil_core import server_sent_events
from counterfoil_core.errors import DecodeError
from counterfoil_core.server_sent_events import EventDecoder, ServerSentEvent
from hypothesis import given
from hypothesis import strategies as st

STREAM = (
    b"\xef\xbb\xbf: comment\n"
    b"data: first event\nid: 1\n\n"
    b"event: add\r\ndata:second event\r\ndata:  two lines\r\nid\r\n\r\n"
    b"retry: 3000\rretry: 3s\rdata\r\r"
    b"id: 9\n\n"
    b"data: \xe2\x82\xac 1.10\n\n"
    b"data: never finished"
)
EVENTS = [
    ServerSentEvent("first event", id="1"),
    ServerSentEvent("second event\n two lines", event="add", id=""),
    ServerSentEvent("", retry=3000),
    ServerSentEvent("€ 1.10", id="9"),
]


def read(*chunks: bytes) -> list[ServerSentEvent]:
    decoder = EventDecoder()
    return [event for chunk in chunks for event in decoder.feed(chunk)]


def test_a_stream_in_one_piece() -> None:
    assert read(STREAM) == EVENTS


def test_a_stream_byte_by_byte() -> None:
    assert read(*(STREAM[index : index + 1] for index in range(len(STREAM)))) == EVENTS


@given(st.lists(st.integers(0, len(STREAM)), max_size=8))
def test_a_stream_in_any_pieces(cuts: list[int]) -> None:
    places = [0, *sorted(cuts), len(STREAM)]
    pieces = [STREAM[start:end] for start, end in pairwise(places)]
    assert read(*pieces) == EVENTS


@pytest.mark.parametrize("chunk", [b"data: " + b"x" * 60, b"data: xxxxxx\n" * 10])
def test_an_endless_event_is_refused(chunk: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server_sent_events, "MAX_EVENT_CHARACTERS", 50)
    with pytest.raises(DecodeError, match="an event of the stream is longer"):
        read(chunk)
