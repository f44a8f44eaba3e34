"""Faults of paging through `iterate()`: nothing is lost or repeated, and iterating ends."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import counterfoil_open2b_storefront as storefront
import pytest
from counterfoil_core import CounterfoilError, PaginationLoop

from .callers import GET, MARKER, READ, Call, Runner, expose, running
from .server import PATIENCE, Behaviour, FaultServer, Line, answer

FIND = Call(
    "open2b-storefront invoices.list",
    "safe",
    storefront,
    "Open2bStorefrontClient",
    {"store": "shop.example.com", "customer_key": MARKER},
    lambda client: client.invoices.iterate(limit=2),
    b"",
    None,
)
NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture(params=["sync", "async"])
def runner(request: pytest.FixtureRequest) -> Iterator[Runner]:
    with running(request.param) as made:
        yield made


@contextmanager
def opened(runner: Runner, call: Call, *behaviours: Behaviour) -> Iterator[tuple[FaultServer, Any]]:
    with FaultServer() as server:
        server.order(*behaviours)
        client = runner.open(call, server.url, timeout=PATIENCE)
        try:
            yield server, client
        finally:
            runner.close(client)


def amazon_page(token: str | None, *numbers: str) -> Behaviour:
    invoices = [{"purchaseOrderNumber": number, "content": "JVBERi0="} for number in numbers]
    return answer(
        json.dumps(
            {"payload": {"pagination": {"nextToken": token}, "customerInvoices": invoices}}
        ).encode()
    )


def last_page(*numbers: str) -> Behaviour:
    invoices = [{"purchaseOrderNumber": number, "content": "JVBERi0="} for number in numbers]
    return answer(json.dumps({"payload": {"customerInvoices": invoices}}).encode())


def iterate(client: Any) -> Any:
    return client.customer_invoices.iterate(
        created_after=NOW - timedelta(days=1), created_before=NOW
    )


def ask(line: Line) -> dict[str, Any]:
    """The body of the request that has come."""
    return json.loads(line.receive().partition(b"\r\n\r\n")[2])


def show(line: Line, invoices: list[int], count: int) -> None:
    body = json.dumps(
        {"status": "ok", "invoices": [{"id": number} for number in invoices], "count": count}
    ).encode()
    line.send(
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
        % len(body)
        + body
    )


def test_tokens_that_go_in_a_circle_end_the_iteration(runner: Runner) -> None:
    pages = [
        amazon_page("B", "1"),
        amazon_page("A", "2"),
        amazon_page("B", "3"),
        amazon_page("A", "4"),
    ]
    found: list[str] = []

    with (
        opened(runner, GET, *pages) as (server, client),
        pytest.raises(PaginationLoop, match="Try again") as caught,
    ):
        found += [page.purchase_order_number for page in runner.collect(iterate(client))]

    assert server.attempts == 3
    assert "twice" in str(caught.value)
    assert not [text for text in expose(caught.value) if MARKER in text]


def test_an_empty_page_in_the_middle_is_passed_over(runner: Runner) -> None:
    pages = [
        amazon_page("A", "1"),
        amazon_page("B"),
        answer(b'{"payload": {"pagination": {"nextToken": "C"}}}'),
        last_page("2"),
    ]

    with opened(runner, GET, *pages) as (server, client):
        found = [page.purchase_order_number for page in runner.collect(iterate(client))]

    assert found == ["1", "2"]
    assert server.attempts == 4
    tokens = [
        parse_qs(urlsplit(each.split()[1].decode()).query).get("nextToken")
        for each in server.requests
    ]
    assert tokens == [None, ["A"], ["B"], ["C"]]


def test_a_page_that_fails_once_is_neither_lost_nor_doubled(runner: Runner) -> None:
    pages = [
        amazon_page("A", "1"),
        answer(b"", status="503 Busy"),
        Line.reset,
        amazon_page("B", "2"),
        last_page("3"),
    ]

    with opened(runner, GET, *pages) as (_, client):
        assert [page.purchase_order_number for page in runner.collect(iterate(client))] == [
            "1",
            "2",
            "3",
        ]


def test_a_page_that_keeps_failing_can_be_taken_up_again(runner: Runner) -> None:
    down = answer(b"", status="503 Busy")
    window = {"created_after": NOW - timedelta(days=1), "created_before": NOW}

    with opened(runner, GET, amazon_page("A", "1"), down) as (server, client):
        first = runner.collect(client.customer_invoices.pages(**window, max_pages=1))[0]
        with pytest.raises(CounterfoilError):
            runner.collect(client.customer_invoices.pages(**window, cursor=first.cursor))
        server.order(last_page("2"))
        rest = runner.collect(client.customer_invoices.pages(**window, cursor=first.cursor))

    assert [each.purchase_order_number for page in rest for each in page.items] == ["2"]


@pytest.mark.parametrize("inserted", [0, 1, 2])
def test_invoices_made_while_an_offset_is_paged_do_not_come_twice(
    runner: Runner, inserted: int
) -> None:
    store = [4, 3, 2, 1]  # newest first, the worst order

    def serve(line: Line) -> None:
        asked = ask(line)
        first = asked.get("first", 0)
        size = asked["limit"]
        show(line, store[first : first + size], len(store))
        if len(store) < 4 + inserted:
            store.insert(0, store[0] + 1)

    with opened(runner, FIND, serve) as (_, client):
        found = [invoice.id for invoice in runner.collect(client.invoices.iterate(limit=2))]

    assert sorted(found) == [1, 2, 3, 4]
    assert len(found) == len(set(found))


def test_a_server_that_ignores_the_offset_does_not_go_on_for_ever(runner: Runner) -> None:
    def serve(line: Line) -> None:
        ask(line)
        show(line, [1, 2], 1_000_000)

    with opened(runner, FIND, serve) as (server, client), pytest.raises(PaginationLoop):
        runner.collect(client.invoices.iterate(limit=2))

    assert server.attempts == 3


def test_a_server_that_repeats_the_last_key_does_not_go_on_for_ever(runner: Runner) -> None:
    def serve(line: Line) -> None:
        ask(line)
        line.send(
            b"HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\n"
            + b'{"status": "ok", "invoices": [{"id":7}]}'
        )

    with opened(runner, replace(READ), serve) as (server, client), pytest.raises(PaginationLoop):
        runner.collect(client.invoices.iterate())

    assert server.attempts == 2
