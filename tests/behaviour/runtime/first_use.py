"""The program of a separate process: many threads decode their first responses of the same types.

Run as `python -m tests.behaviour.runtime.first_use NAME`; see test_first_use.py.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from counterfoil import Invoice, InvoiceRef
from counterfoil.cursors import Cursor
from counterfoil_core.testing import ExampleTransport
from counterfoil_core.type_information import convert
from counterfoil_core.types import read_custom
from counterfoil_flow import FlowClient
from counterfoil_open2b_admin import InvoiceForm, Open2bAdminClient

THREADS = 64
ADDRESS = {
    "firstName": "Nives",
    "lastName": "Tarabelli",
    "street1": "Corso Garibaldi 41",
    "city": "Parma",
    "postalCode": "43121",
    "country": "IT",
    "email": "studio@tarabelli.example",
}
NOON = datetime(2026, 2, 3, 12, tzinfo=UTC)


def get_invoice() -> None:
    transport = ExampleTransport("counterfoil_open2b_admin")
    client = Open2bAdminClient(store="shop.example.com", key="key-41", transport=transport)
    assert client.invoices.get(1042) is not None


def list_invoices() -> None:
    transport = ExampleTransport("counterfoil_flow")
    client = FlowClient(organization="acme", token="token-41", transport=transport)
    assert client.consumer_invoices.list()


def convert_values() -> None:
    form = convert({"billingAddress": ADDRESS}, InvoiceForm, dec_hook=read_custom)
    assert form.billing_address.city == "Parma"


def read_stored(invoice: bytes, cursor: bytes) -> None:
    assert Invoice.from_json(invoice).ref.key == "7"
    assert Cursor.from_json(cursor).since == NOON


def make_reading() -> Callable[[], None]:
    ref = InvoiceRef(provider="flow", account="shop", kind="invoice", key="7")
    cursor = Cursor(account="shop", provider="flow", begin=NOON, since=NOON)
    stored = Invoice(ref=ref, completeness="full").to_json()
    return partial(read_stored, stored, cursor.to_json())


WORKS: dict[str, Callable[[], Callable[[], None]]] = {
    "get": lambda: get_invoice,
    "list": lambda: list_invoices,
    "convert": lambda: convert_values,
    "stored": make_reading,
}


def run_at_once(work: Callable[[], None], threads: int = THREADS) -> list[Exception]:
    """Run a function in many threads, which begin together; returns what they raised."""
    start = threading.Barrier(threads)
    raised: list[Exception] = []

    def begin() -> None:
        start.wait()
        try:
            work()
        except Exception as error:
            raised.append(error)

    running = [threading.Thread(target=begin) for _ in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    return raised


if __name__ == "__main__":
    sys.setswitchinterval(1e-6)  # threads change places often, as on a busy machine
    failures = run_at_once(WORKS[sys.argv[1]]())
    if failures:
        raise failures[0]
