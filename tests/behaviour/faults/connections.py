"""Faults of connections and of time: resets, closes, and servers that are slow."""

from __future__ import annotations

from counterfoil_core import ConnectFailed

from .behaviours import (
    answer_and_close,
    answer_and_reset,
    begin_and,
    begin_head,
    drip,
    drip_gzip,
    drip_head,
    receive_and,
)
from .fault import LATE, LOST, READABLE, SOON, Fault, alike
from .server import Line, answer

CONNECTIONS = [
    Fault(
        "refused",
        "Nobody listens on the port.",
        answer(),
        **alike((ConnectFailed, 0)),
        listens=False,
    ),
    Fault("reset unread", "Resets the connection without reading the request.", Line.reset, **LOST),
    Fault(
        "reset before the answer",
        "Reads the request, then resets.",
        receive_and("reset"),
        **LOST,
    ),
    Fault(
        "closed before the answer",
        "Reads the request, then closes.",
        receive_and("close"),
        **LOST,
    ),
    Fault(
        "reset within the body",
        "Sends half of the body, then resets.",
        begin_and("reset"),
        **LOST,
    ),
    Fault(
        "closed within the body",
        "Sends half of the body, then closes.",
        begin_and("close"),
        **LOST,
    ),
    Fault(
        "reset after the body",
        "Sends the whole answer, then resets.",
        answer_and_reset,
        **READABLE,
        settles=True,
    ),
    Fault(
        "idle connection closed",
        "Closes the kept connection between two calls.",
        answer(),
        **READABLE,
        warm=answer_and_close,
    ),
    Fault(
        "kept connection reset",
        "Resets the kept connection as the next request comes.",
        Line.reset,
        **LOST,
        warm=answer(),
    ),
]

SLOWNESS = [
    Fault(
        "no answer",
        "Reads the request and says nothing.",
        receive_and("stall"),
        **LATE,
        options=SOON,
    ),
    Fault("stalled head", "Stops in the middle of a header.", begin_head, **LATE, options=SOON),
    Fault("slow head", "Sends the head byte by byte.", drip_head, **LATE, options=SOON),
    Fault(
        "stalled body",
        "Stops in the middle of the body.",
        begin_and("stall"),
        **LATE,
        options=SOON,
    ),
    Fault("slow gzip", "Sends compressed blanks byte by byte.", drip_gzip, **LATE, options=SOON),
    Fault("slow body", "Sends the body byte by byte, for ever.", drip, **LATE, options=SOON),
]
