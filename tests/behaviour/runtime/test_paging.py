"""Going through pages."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx2
import pytest
from counterfoil_core import UNSET, DecodeError, InvalidRequest, PaginationLoop
from msgspec import structs

from .parcels import FIND, FIND_PAGES, LIST, LIST_OFFSETS, LIST_PAGES, NOON, Conditions, ParcelStatus
from .ways import Way


def invoice(number: int) -> dict[str, Any]:
    return {"id": number, "total": number}


def answer_pages(*pages: object) -> Callable[[httpx2.Request], httpx2.Response]:
    left = list(pages)
    return lambda _: httpx2.Response(200, json=left.pop(0))


def listed(*numbers: int, token: str | None = None) -> dict[str, Any]:
    return {"payload": {"invoices": [invoice(each) for each in numbers], "pagination": {"nextToken": token}}}


def ids(items: list[Any]) -> list[int]:
    return [item.id for item in items]


def test_tokens_are_followed_with_the_same_request_encoded(way: Way) -> None:
    client = way.connect(answer_pages(listed(1, 2, token="a+/="), listed(3, token="b"), {"payload": {}}))
    items = way.collect(client.iterate(LIST, LIST_PAGES, {"created_after": NOON, "limit": 2}))
    assert ids(items) == [1, 2, 3]
    first = b"createdAfter=2026-02-03T12%3A00%3A00Z&limit=2"
    assert [each.url.query for each in way.requests] == [first, first + b"&nextToken=a%2B%2F%3D", first + b"&nextToken=b"]


def test_a_page_is_fetched_only_when_it_is_reached(way: Way) -> None:
    client = way.connect(answer_pages(listed(1, token="a"), listed(2)))
    assert ids(way.collect(client.iterate(LIST, LIST_PAGES, {"created_after": NOON}, max_pages=1))) == [1]
    assert len(way.requests) == 1


@pytest.mark.parametrize("empty", [{}, {"payload": {}}, {"payload": {"invoices": []}}])
def test_an_answer_without_items_is_an_empty_page(way: Way, empty: object) -> None:
    pages = way.collect(way.connect(answer_pages(empty)).pages(LIST, LIST_PAGES, {"created_after": NOON}))
    assert [(page.items, page.cursor) for page in pages] == [([], None)]


def test_an_empty_page_with_a_token_is_not_the_last(way: Way) -> None:
    client = way.connect(answer_pages(listed(token="a"), listed(2)))
    assert ids(way.collect(client.iterate(LIST, LIST_PAGES, {"created_after": NOON}))) == [2]


def test_a_token_handed_out_twice_is_a_loop(way: Way) -> None:
    client = way.connect(answer_pages(listed(1, token="a"), listed(2, token="a")))
    with pytest.raises(PaginationLoop, match=r"parcel-post invoices\.list: .*'a' out twice"):
        way.collect(client.iterate(LIST, LIST_PAGES, {"created_after": NOON}))


def test_a_cursor_can_be_stored_and_resumed(way: Way) -> None:
    client = way.connect(answer_pages(listed(1, token="a=="), listed(2, token="b"), listed(3)))
    (page,) = way.collect(client.pages(LIST, LIST_PAGES, {"created_after": NOON}, max_pages=1))
    assert isinstance(page.cursor, str)
    rest = way.collect(client.pages(LIST, LIST_PAGES, {"created_after": NOON}, cursor=page.cursor))
    assert [ids(each.items) for each in rest] == [[2], [3]]
    assert way.requests[1].url.params["nextToken"] == "a=="
    assert rest[-1].cursor is None


@pytest.mark.parametrize("cursor", ["", "a", "%%%", "bm9uc2Vuc2U"])
def test_a_damaged_cursor_is_refused(way: Way, cursor: str) -> None:
    with pytest.raises(InvalidRequest, match="damaged"):
        way.collect(way.connect(answer_pages()).pages(LIST, LIST_PAGES, {"created_after": NOON}, cursor=cursor))


def test_a_cursor_of_another_operation_is_refused(way: Way) -> None:
    client = way.connect(answer_pages(listed(1, token="a")))
    (page,) = way.collect(client.pages(LIST, LIST_PAGES, {"created_after": NOON}, max_pages=1))
    with pytest.raises(InvalidRequest, match=r"belongs to parcel-post invoices\.list"):
        way.collect(client.pages(FIND, FIND_PAGES, {}, cursor=page.cursor))


def found(*numbers: int) -> dict[str, Any]:
    return {"invoices": [invoice(each) for each in numbers]}


def test_keyset_pages_force_the_order_and_go_on_after_the_last_item(way: Way) -> None:
    client = way.connect(answer_pages(found(3, 5), found(8)))
    conditions = Conditions(status=ParcelStatus.PAID)
    arguments = {"conditions": conditions, "fields": ["total"], "limit": 2, "order": UNSET}
    assert ids(way.collect(client.iterate(FIND, FIND_PAGES, arguments))) == [3, 5, 8]
    assert [json.loads(each.content) for each in way.requests] == [
        {"conditions": {"status": "Paid"}, "order": ["id"], "fields": ["total", "id"], "limit": 2},
        {"conditions": {"after": 5, "status": "Paid"}, "order": ["id"], "fields": ["total", "id"], "limit": 2},
    ]
    assert (conditions, arguments["fields"]) == (Conditions(status=ParcelStatus.PAID), ["total"])


def test_keyset_pages_create_the_model_that_holds_the_cursor(way: Way) -> None:
    client = way.connect(answer_pages(found(3), found()))
    assert ids(way.collect(client.iterate(FIND, FIND_PAGES, {"conditions": UNSET}))) == [3]
    assert [json.loads(each.content) for each in way.requests] == [
        {"order": ["id"]},
        {"conditions": {"after": 3}, "order": ["id"]},
    ]


def test_a_key_that_comes_again_is_a_loop(way: Way) -> None:
    client = way.connect(answer_pages(found(3), found(3)))
    with pytest.raises(PaginationLoop):
        way.collect(client.iterate(FIND, FIND_PAGES, {}))


def test_offset_pages_go_on_by_what_came_and_drop_what_came_before(way: Way) -> None:
    client = way.connect(answer_pages(listed(1, 2), listed(2, 3), listed(4)))
    assert ids(way.collect(client.iterate(LIST, LIST_OFFSETS, {"created_after": NOON, "limit": 2}))) == [1, 2, 3, 4]
    assert [each.url.params.get("offset") for each in way.requests] == [None, "2", "4"]


def test_the_latest_ten_thousand_items_are_remembered_so_that_memory_does_not_grow(way: Way) -> None:
    client = way.connect(answer_pages(listed(*range(1, 10_002)), listed(2, 10_002), listed(1), listed()))
    pages = structs.replace(LIST_OFFSETS, max_pages=None)
    found = ids(way.collect(client.iterate(LIST, pages, {"created_after": NOON, "limit": 1})))
    assert found[-2:] == [10_002, 1]  # the 2 was known, the 1 no longer
    assert len(found) == 10_003


def test_where_the_api_gives_no_more_pages_but_there_are_more_it_is_said(way: Way) -> None:
    client = way.connect(answer_pages(listed(1), listed(2), listed(3)))
    with pytest.raises(InvalidRequest, match="3 pages at most, and there are more"):
        way.collect(client.iterate(LIST, LIST_OFFSETS, {"created_after": NOON, "limit": 1}))
    assert len(way.requests) == 3


def test_an_item_without_the_key_to_go_on_by_is_a_decode_error(way: Way) -> None:
    client = way.connect(answer_pages({"invoices": [{"id": 1, "total": 1}]}))
    with pytest.raises(DecodeError, match="lacks number"):
        way.collect(client.iterate(FIND, structs.replace(FIND_PAGES, next=("number",)), {}))


def test_a_server_that_ignores_the_offset_is_a_loop(way: Way) -> None:
    client = way.connect(httpx2.Response(200, json=listed(1, 2)))
    with pytest.raises(PaginationLoop, match="seen before"):
        way.collect(client.iterate(LIST, structs.replace(LIST_OFFSETS, max_pages=None), {"created_after": NOON, "limit": 2}))
    assert len(way.requests) == 3


def test_one_page_that_was_pushed_back_whole_is_no_loop(way: Way) -> None:
    client = way.connect(answer_pages(listed(1, 2), listed(1, 2), listed(3)))
    pages = structs.replace(LIST_OFFSETS, max_pages=None)
    assert ids(way.collect(client.iterate(LIST, pages, {"created_after": NOON, "limit": 2}))) == [1, 2, 3]


def test_the_documented_page_size_tells_the_last_page_where_the_caller_gives_none(way: Way) -> None:
    client = way.connect(answer_pages(listed(1, 2), listed(3)))
    assert ids(way.collect(client.iterate(LIST, structs.replace(LIST_OFFSETS, default_size=2), {"created_after": NOON}))) == [
        1,
        2,
        3,
    ]
