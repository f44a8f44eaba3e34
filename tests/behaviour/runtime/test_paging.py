"""Going through pages."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Callable
from typing import Any

import httpx2
import pytest
from counterfoil_core import UNSET, DecodeError, InvalidRequest, PaginationLoop
from msgspec import structs

from .clients import Way
from .fake_api import (
    FIND,
    FIND_PAGES,
    LIST,
    LIST_OFFSETS,
    LIST_PAGES,
    NOON,
    Conditions,
    Listed,
    ParcelStatus,
)


def invoice(number: int) -> dict[str, Any]:
    return {"id": number, "total": number}


def answer_pages(*pages: object) -> Callable[[httpx2.Request], httpx2.Response]:
    left = list(pages)
    return lambda _: httpx2.Response(200, json=left.pop(0))


def listed(*numbers: int, token: str | None = None) -> dict[str, Any]:
    return {
        "payload": {
            "invoices": [invoice(each) for each in numbers],
            "pagination": {"nextToken": token},
        }
    }


def ids(items: list[Any]) -> list[int]:
    return [item.id for item in items]


def test_tokens_are_followed_with_the_same_request_encoded(way: Way) -> None:
    client = way.connect(
        answer_pages(listed(1, 2, token="a+/="), listed(3, token="b"), {"payload": {}})
    )
    items = way.collect(client.iterate(LIST, LIST_PAGES, {"created_after": NOON, "limit": 2}))
    assert ids(items) == [1, 2, 3]
    first = b"createdAfter=2026-02-03T12%3A00%3A00Z&limit=2"
    assert [each.url.query for each in way.requests] == [
        first,
        first + b"&nextToken=a%2B%2F%3D",
        first + b"&nextToken=b",
    ]


def test_a_page_is_fetched_only_when_it_is_reached(way: Way) -> None:
    client = way.connect(answer_pages(listed(1, token="a"), listed(2)))
    assert ids(
        way.collect(client.iterate(LIST, LIST_PAGES, {"created_after": NOON}, max_pages=1))
    ) == [1]
    assert len(way.requests) == 1


@pytest.mark.parametrize("empty", [{"payload": {}}, {"payload": {"invoices": []}}])
def test_an_answer_without_items_is_an_empty_page(way: Way, empty: object) -> None:
    pages = way.collect(
        way.connect(answer_pages(empty)).pages(LIST, LIST_PAGES, {"created_after": NOON})
    )
    assert [(page.items, page.cursor) for page in pages] == [([], None)]


def test_an_empty_page_with_a_token_is_not_the_last(way: Way) -> None:
    client = way.connect(answer_pages(listed(token="a"), listed(2)))
    assert ids(way.collect(client.iterate(LIST, LIST_PAGES, {"created_after": NOON}))) == [2]


def test_a_token_handed_out_twice_is_a_loop(way: Way) -> None:
    client = way.connect(answer_pages(listed(1, token="a"), listed(2, token="a")))
    with pytest.raises(
        PaginationLoop,
        match=r"parcel-post invoices\.list: the server returned the cursor 'a' twice",
    ):
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
        way.collect(
            way.connect(answer_pages()).pages(
                LIST, LIST_PAGES, {"created_after": NOON}, cursor=cursor
            )
        )


def test_a_cursor_of_another_operation_is_refused(way: Way) -> None:
    client = way.connect(answer_pages(listed(1, token="a")))
    (page,) = way.collect(client.pages(LIST, LIST_PAGES, {"created_after": NOON}, max_pages=1))
    with pytest.raises(InvalidRequest, match=r"belongs to parcel-post invoices\.list"):
        way.collect(client.pages(FIND, FIND_PAGES, {}, cursor=page.cursor))


def found(*numbers: int) -> dict[str, Any]:
    return {"invoices": [invoice(each) for each in numbers]}


def test_keyset_pages_force_the_order_and_go_on_after_the_last_item(way: Way) -> None:
    client = way.connect(answer_pages(found(3, 5), found(8), found()))
    conditions = Conditions(status=ParcelStatus.PAID)
    arguments = {"conditions": conditions, "fields": ["total"], "limit": 2, "order": UNSET}
    assert ids(way.collect(client.iterate(FIND, FIND_PAGES, arguments))) == [3, 5, 8]
    assert [json.loads(each.content) for each in way.requests] == [
        {"conditions": {"status": "Paid"}, "order": ["id"], "fields": ["total", "id"], "limit": 2},
        {
            "conditions": {"after": 5, "status": "Paid"},
            "order": ["id"],
            "fields": ["total", "id"],
            "limit": 2,
        },
        {
            "conditions": {"after": 8, "status": "Paid"},
            "order": ["id"],
            "fields": ["total", "id"],
            "limit": 2,
        },
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
    client = way.connect(answer_pages(listed(1, 2), listed(2, 3), listed(4), listed()))
    pages = structs.replace(LIST_OFFSETS, max_pages=4)
    items = way.collect(client.iterate(LIST, pages, {"created_after": NOON, "limit": 2}))
    assert ids(items) == [1, 2, 3, 4]
    assert [each.url.params.get("offset") for each in way.requests] == [None, "2", "4", "5"]


def test_the_latest_ten_thousand_items_are_remembered_so_that_memory_does_not_grow(
    way: Way,
) -> None:
    first = listed(*range(1, 10_002))
    client = way.connect(answer_pages(first, listed(2, 10_002), listed(1), listed()))
    pages = structs.replace(LIST_OFFSETS, max_pages=None)
    found = ids(way.collect(client.iterate(LIST, pages, {"created_after": NOON, "limit": 1})))
    assert found[-2:] == [10_002, 1]  # the 2 was known, the 1 no longer
    assert len(found) == 10_003


def test_where_the_api_gives_no_more_pages_but_there_are_more_it_is_said(way: Way) -> None:
    client = way.connect(answer_pages(listed(1), listed(2), listed(3)))
    with pytest.raises(InvalidRequest, match="3 pages at most, and more may follow"):
        way.collect(client.iterate(LIST, LIST_OFFSETS, {"created_after": NOON, "limit": 1}))
    assert len(way.requests) == 3


def test_an_item_without_the_key_to_go_on_by_is_a_decode_error(way: Way) -> None:
    client = way.connect(answer_pages({"invoices": [{"id": 1, "total": 1}]}))
    with pytest.raises(DecodeError, match="lacks number"):
        way.collect(client.iterate(FIND, structs.replace(FIND_PAGES, next=("number",)), {}))


def test_a_server_that_ignores_the_offset_is_a_loop(way: Way) -> None:
    client = way.connect(httpx2.Response(200, json=listed(1, 2)))
    with pytest.raises(PaginationLoop, match="seen before"):
        way.collect(
            client.iterate(
                LIST,
                structs.replace(LIST_OFFSETS, max_pages=None),
                {"created_after": NOON, "limit": 2},
            )
        )
    assert len(way.requests) == 3


def test_one_page_that_was_pushed_back_whole_is_no_loop(way: Way) -> None:
    client = way.connect(answer_pages(listed(1, 2), listed(1, 2), listed(3), listed()))
    pages = structs.replace(LIST_OFFSETS, max_pages=None)
    items = way.collect(client.iterate(LIST, pages, {"created_after": NOON, "limit": 2}))
    assert ids(items) == [1, 2, 3]


class Shelf:
    """Parcels behind an offset, as servers return them: pages capped, some rows hidden."""

    def __init__(
        self, count: int, *, most: int = 100, hidden: tuple[int, ...] = (), total: int | None = None
    ) -> None:
        self.rows = list(range(count))
        self.most = most
        self.hidden = hidden
        self.total = total

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        asked = request.url.params
        start = int(asked.get("offset", 0))
        size = min(self.most, int(asked.get("limit", 25)))
        rows = self.rows[start : start + size]
        page = listed(*(number for number in rows if number not in self.hidden))
        return httpx2.Response(200, json={**page, "total": self.total})


OPEN_END = structs.replace(LIST_OFFSETS, max_pages=None)


@pytest.mark.parametrize(
    ("shelf", "expected"),
    [
        (Shelf(12, most=5), 12),
        (Shelf(25, hidden=(3,)), 24),
        (Shelf(25, hidden=(9, 10, 24)), 22),
        (Shelf(9), 9),
        (Shelf(18), 18),
        (Shelf(0), 0),
        (Shelf(7, most=1), 7),
    ],
)
def test_a_short_page_does_not_end_a_list(way: Way, shelf: Shelf, expected: int) -> None:
    items = way.collect(
        way.connect(shelf).iterate(LIST, OPEN_END, {"created_after": NOON, "limit": 9})
    )
    assert len(set(ids(items))) == len(items) == expected


class Counted(Listed, kw_only=True):
    total: int | None = None


COUNT = structs.replace(LIST, responses={200: Counted})
COUNTED = structs.replace(OPEN_END, end="total", total=("total",))


@pytest.mark.parametrize(
    ("shelf", "requests"),
    [
        (Shelf(12, total=12), 2),
        (Shelf(12, most=5, total=12), 3),
        (Shelf(25, hidden=(3,), total=25), 4),
        (Shelf(25, hidden=(3,), total=24), 3),
        (Shelf(12, total=4), 3),
        (Shelf(12, total=400), 3),
        (Shelf(12, total=None), 3),
    ],
)
def test_a_total_ends_a_list_when_as_many_items_were_given(
    way: Way, shelf: Shelf, requests: int
) -> None:
    items = way.collect(
        way.connect(shelf).iterate(COUNT, COUNTED, {"created_after": NOON, "limit": 9})
    )
    shown = [number for number in range(len(shelf.rows)) if number not in shelf.hidden]
    assert ids(items) == shown
    assert len(way.requests) == requests


def test_numbered_pages_that_are_smaller_than_asked_for_are_all_read(way: Way) -> None:
    def answer(request: httpx2.Request) -> httpx2.Response:
        first = (int(request.url.params.get("offset", 1)) - 1) * 5
        page = range(first, min(12, first + 5))
        return httpx2.Response(200, json={**listed(*page), "total": 12})

    numbered = structs.replace(COUNTED, style="page")
    client = way.connect(answer)
    assert ids(
        way.collect(client.iterate(COUNT, numbered, {"created_after": NOON, "limit": 9}))
    ) == list(range(12))
    assert len(way.requests) == 3
    (page,) = way.collect(
        client.pages(COUNT, numbered, {"created_after": NOON, "limit": 9}, max_pages=1)
    )
    rest = way.collect(
        client.pages(COUNT, numbered, {"created_after": NOON, "limit": 9}, cursor=page.cursor)
    )
    assert [ids(each.items) for each in rest] == [[5, 6, 7, 8, 9], [10, 11]]


def test_a_cursor_of_an_earlier_version_is_still_good(way: Way) -> None:
    cursor = urlsafe_b64encode(b'["parcel-post","invoices.list",5]').decode()
    pages = way.collect(
        way.connect(Shelf(12, total=12)).pages(
            COUNT, COUNTED, {"created_after": NOON}, cursor=cursor
        )
    )
    assert [ids(each.items) for each in pages] == [[5, 6, 7, 8, 9, 10, 11]]


def test_a_server_that_repeats_items_without_keys_is_a_loop(way: Way) -> None:
    client = way.connect(httpx2.Response(200, json=listed(1, 2)))
    keyless = structs.replace(COUNTED, key=())
    with pytest.raises(PaginationLoop, match="seen before"):
        way.collect(client.iterate(COUNT, keyless, {"created_after": NOON, "limit": 2}))


@pytest.mark.parametrize("status", [200, 202, 203, 204, 205, 206, 226])
@pytest.mark.parametrize("page", [1, 2, 3])
def test_a_success_without_a_body_is_no_page(way: Way, status: int, page: int) -> None:
    left = [httpx2.Response(200, json=listed(number)) for number in range(1, page)]
    left.append(httpx2.Response(status))
    client = way.connect(lambda _: left.pop(0))
    with pytest.raises(DecodeError, match="the body is empty, but a value is documented"):
        way.collect(client.iterate(LIST, OPEN_END, {"created_after": NOON, "limit": 1}))


@pytest.mark.parametrize("content", [b"{}", b"null", b'{"payload":null}', b"[]", b"   "])
def test_what_is_no_page_is_a_decode_error(way: Way, content: bytes) -> None:
    client = way.connect(httpx2.Response(200, content=content))
    with pytest.raises(DecodeError):
        way.collect(client.iterate(LIST, LIST_PAGES, {"created_after": NOON}))
