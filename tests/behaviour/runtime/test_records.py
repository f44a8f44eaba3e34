"""Pages that are read record by record, because one of their records cannot be decoded."""

from __future__ import annotations

import asyncio
import json
import pickle
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from counterfoil_amazon import AmazonClient
from counterfoil_core import AsyncStreamedResponse, DecodeError, StreamedResponse
from counterfoil_flow import AsyncFlowClient, FlowClient
from counterfoil_open2b_admin import Open2bAdminClient
from counterfoil_vtex import VtexClient

JSON = {"content-type": "application/json"}
SPECS = Path(__file__).parents[3] / "specs"
FLOW = json.loads((SPECS / "flow/examples/consumer_invoices.get.sparse.200.json").read_text())
DAY = datetime.now(UTC) - timedelta(days=2)


class Pages:
    """A transport that answers with one body after the other, and records the requests."""

    def __init__(self, *bodies: Any) -> None:
        self.bodies = [
            body if isinstance(body, bytes) else json.dumps(body).encode() for body in bodies
        ]
        self.asked: list[Any] = []

    def send(self, request: Any) -> StreamedResponse:
        self.asked.append(request)
        return StreamedResponse(status=200, headers=JSON, body=[self.bodies[len(self.asked) - 1]])

    def close(self) -> None:
        """Nothing is open."""

    async def asend(self, request: Any) -> AsyncStreamedResponse:
        answer = self.send(request)

        async def body() -> Any:
            for chunk in answer.body:
                yield chunk

        return AsyncStreamedResponse(status=200, headers=JSON, body=body())

    async def aclose(self) -> None:
        """Nothing is open."""


def open2b(pages: Pages, **options: Any) -> Any:
    client = Open2bAdminClient(
        store="s.example.com", key="invented", transport=pages, max_attempts=1
    )
    return client.with_options(**options).invoices.pages(limit=3)


def listed(*records: Any) -> dict[str, Any]:
    return {"status": "ok", "invoices": list(records)}


def read(pages: Any) -> list[tuple[list[Any], list[bytes]]]:
    return [
        ([one.id for one in page.items], [one.raw for one in page.unreadable]) for page in pages
    ]


GOOD = {"id": 1}
BAD = {"id": 2, "terms": 7}


def test_a_page_with_such_a_record_fails_unless_it_is_asked_for() -> None:
    with pytest.raises(DecodeError) as failed:
        read(open2b(Pages(listed(GOOD, BAD), listed())))

    assert failed.value.path == "$.invoices[1].terms"
    assert json.loads(failed.value.content) == listed(GOOD, BAD)
    assert pickle.loads(pickle.dumps(failed.value)).content == b"", (
        "an error that travels carries no records"
    )


def test_the_record_is_returned_beside_the_others_and_the_next_page_is_asked_for() -> None:
    pages = Pages(listed(GOOD, BAD, {"id": 3}), listed({"id": 4}), listed())

    found = read(open2b(pages, keep_unreadable=True))

    assert found == [([1, 3], [b'{"id": 2, "terms": 7}']), ([4], []), ([], [])]
    assert [json.loads(one.body).get("conditions") for one in pages.asked] == [
        None,
        {"after": 3},
        {"after": 4},
    ]


def test_its_error_has_a_path_that_begins_at_the_record() -> None:
    [page, _] = open2b(Pages(listed(GOOD, BAD), listed()), keep_unreadable=True)

    assert page.unreadable[0].error.path == "$.terms"


@pytest.mark.parametrize(
    ("records", "after"),
    [
        ([GOOD, BAD], 2),  # the last one's key can be read, though the record cannot
        ([BAD], 2),
        ([GOOD, {"id": "x"}], 1),  # else the key before it
        ([GOOD, {"id": None, "terms": 7}, {"terms": 7}, 7, "text", []], 1),
    ],
)
def test_a_last_record_that_cannot_be_read_does_not_end_the_pages(
    records: list[Any], after: int
) -> None:
    pages = Pages(listed(*records), listed())

    list(open2b(pages, keep_unreadable=True))

    assert json.loads(pages.asked[1].body)["conditions"] == {"after": after}


@pytest.mark.parametrize(
    "body",
    [
        b"<html>",
        b'{"status": "ok", "invoices": [{"id": 1}, {"id": ',
        b'{"status": "ok", "invoices": 7}',
        b'{"status": "ok"}',
        b'{"status": "ok", "invoices": [{"terms": 7}]}',  # nothing by which to go on
        b"[]",
        b"7",
    ],
)
def test_a_page_that_is_no_page_still_fails(body: bytes) -> None:
    with pytest.raises(DecodeError):
        list(open2b(Pages(body, listed()), keep_unreadable=True))


def test_records_are_read_with_all_checks_of_a_whole_answer() -> None:
    pages = Pages(
        b'{"status": "ok", "invoices": [{"id": 1, "total": "NaN"}, {"id": 2, "total": 1.10}]}',
        listed(),
    )

    first, *_ = open2b(pages, keep_unreadable=True)

    assert [str(one.total) for one in first.items] == ["1.10"]
    assert first.unreadable[0].error.path == "$.total"


def test_an_offset_counts_records_that_cannot_be_read() -> None:
    pages = Pages([{**FLOW, "id": "a"}, {"id": "b"}], [{**FLOW, "id": "c"}], [])
    client = FlowClient(
        organization="o", token="invented", transport=pages, max_attempts=1
    ).with_options(keep_unreadable=True)

    found = [
        (len(page.items), len(page.unreadable)) for page in client.consumer_invoices.pages(limit=2)
    ][:2]

    assert found == [(1, 1), (1, 0)]
    assert "offset=2" in pages.asked[1].url


def test_a_token_of_the_page_is_followed() -> None:
    first = {
        "payload": {
            "pagination": {"nextToken": "t"},
            "customerInvoices": [{"purchaseOrderNumber": 7}],
        }
    }
    last = {"payload": {"customerInvoices": [{"purchaseOrderNumber": "B", "content": ""}]}}
    pages = Pages(first, last)
    client = AmazonClient(
        restricted_data_token="invented", transport=pages, max_attempts=1
    ).with_options(keep_unreadable=True)

    found = list(
        client.customer_invoices.pages(
            created_after=DAY, created_before=DAY + timedelta(days=1), limit=100
        )
    )

    assert [[one.raw for one in page.unreadable] for page in found] == [
        [b'{"purchaseOrderNumber": 7}'],
        [],
    ]
    assert "nextToken=t" in pages.asked[1].url


def test_iterating_leaves_such_records_out() -> None:
    paging = {"total": 2, "pages": 1, "currentPage": 1, "perPage": 15}
    pages = Pages(
        {"list": [{"orderId": "a"}, {"orderId": 7}], "paging": paging},
        {"list": [], "paging": paging},
    )
    client = VtexClient(
        account="a", app_key="invented", app_token="invented", transport=pages, max_attempts=1
    )

    assert [one.order_id for one in client.with_options(keep_unreadable=True).orders.iterate()] == [
        "a"
    ]


def test_async_pages_do_the_same() -> None:
    pages = Pages([FLOW, {"id": "b"}], [])

    async def read_pages() -> list[tuple[int, int]]:
        client = AsyncFlowClient(
            organization="o", token="invented", transport=pages, max_attempts=1
        )
        patient = client.with_options(keep_unreadable=True)
        return [
            (len(page.items), len(page.unreadable))
            async for page in patient.consumer_invoices.pages(limit=2)
        ]

    assert asyncio.run(read_pages())[0] == (1, 1)
