"""The JSON of each record of a page, as the server sent it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from counterfoil_core.transports.protocol import StreamedResponse
from counterfoil_flow import FlowClient
from counterfoil_open2b_admin import Open2bAdminClient

SPECS = Path(__file__).parents[3] / "specs"
RECORDS = [f'{{ "id": {number},  "number": "N-{number}" }}' for number in range(1, 6)]
BROKEN = '{"id": 6, "number": 7}'


class Pages:
    """A transport that answers with these pages, one after the other."""

    def __init__(
        self, *pages: list[str], form: str = '{"status": "ok", "count": 99, "invoices": [%s]}'
    ) -> None:
        self._pages = [*pages, []]
        self._form = form

    def send(self, request: Any) -> StreamedResponse:
        records = self._pages.pop(0)
        body = self._form % ", ".join(records)
        headers = {"content-type": "application/json"}
        return StreamedResponse(status=200, headers=headers, body=[body.encode()])

    def close(self) -> None:
        """Nothing is open."""


def read(*pages: list[str], keep_raw: bool = True) -> list[tuple[list[int], list[str]]]:
    client = Open2bAdminClient(store="x.example", key="k", transport=Pages(*pages))
    patient = client.with_options(keep_raw=keep_raw, keep_unreadable=True)
    return [
        ([one.id or 0 for one in page.items], [raw.decode() for raw in page.raws])
        for page in patient.invoices.pages(limit=3)
    ]


def test_each_item_has_its_json_byte_for_byte() -> None:
    assert read(RECORDS[:3], RECORDS[3:])[:2] == [
        ([1, 2, 3], RECORDS[:3]),
        ([4, 5], RECORDS[3:]),
    ]


def test_an_item_that_comes_twice_is_left_out_with_its_json() -> None:
    sparse = (SPECS / "flow/examples/consumer_invoices.get.sparse.200.json").read_text()
    records = [json.dumps({**json.loads(sparse), "id": f"cin-{number}"}) for number in range(4)]
    transport = Pages(records[:3], records[2:], form="[%s]")
    flow = FlowClient(organization="x", token="t", transport=transport)
    patient = flow.with_options(keep_raw=True)

    pages = [
        ([one.id for one in page.items], [raw.decode() for raw in page.raws])
        for page in patient.consumer_invoices.pages(limit=3)
    ]

    assert pages[0] == (["cin-0", "cin-1", "cin-2"], records[:3])
    assert pages[1] == (["cin-3"], records[3:])


def test_an_unreadable_record_is_left_out_with_its_json() -> None:
    [page, *_] = read([RECORDS[0], BROKEN, RECORDS[1]])

    assert page[0] == [1, 2]
    assert [json.loads(raw) for raw in page[1]] == [json.loads(raw) for raw in RECORDS[:2]]


def test_nothing_is_kept_unless_asked() -> None:
    assert read(RECORDS[:2], keep_raw=False)[0] == ([1, 2], [])
