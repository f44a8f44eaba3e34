"""The time of importing, and until a client can send. All processes use compiled bytecode."""

from __future__ import annotations

from collections.abc import Iterator

from .timing import Row, medians, milliseconds, python

BARE = "pass"
IMPORT = "import counterfoil_open2b_admin"
PEER = "import httpx2; httpx2.Client()"
READY = """
import os
from counterfoil_open2b_admin import Open2bAdminClient
client = Open2bAdminClient(store="shop.example.com", key="k")
client.invoices
client._carrier.find(os.getpid())
"""


def report() -> Iterator[Row]:
    subjects = {
        "bare": python(BARE),
        "import": python(IMPORT),
        "ready": python(READY),
        "peer": python(PEER),
    }
    medians(subjects, rounds=2)  # compiles the bytecode
    times = medians(subjects, rounds=25)
    over = times["import"] - times["bare"]
    yield Row(
        "import a generated package, over bare Python",
        milliseconds(over),
        over / 0.010,
        "10 ms",
        1.0,
    )
    yield Row(
        "a client ready to send",
        milliseconds(times["ready"]),
        times["ready"] / times["peer"],
        "httpx2 + Client",
        1.05,
    )
