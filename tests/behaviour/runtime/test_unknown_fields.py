"""Fields that no model knows can be read, and cause one warning."""

from __future__ import annotations

import json
import logging
import pickle

import httpx2
import pytest
from counterfoil_core import Response
from counterfoil_core.log import _TOLD
from counterfoil_core.unknown_fields import find_unknown
from msgspec import UNSET, Struct, UnsetType, structs

from .clients import Way
from .fake_api import CREATE, FETCH, GET, LIST, NOON, REPLACE, TRADE, ParcelForm
from .test_unions import TAGS, Goods, Page, Postage


def respond(way: Way, content: bytes) -> Response[object]:
    return way.respond(way.connect(httpx2.Response(200, content=content)), LIST, created_after=NOON)


def test_unknown_fields_are_given_as_they_came_with_the_way_to_them(way: Way) -> None:
    content = (
        b'\xef\xbb\xbf{"payload":{"invoices":[{"id":1,"total":2},'
        b'{"id":2,"total":3,"a/b~c":[1.500, {"id":9}],"\\u006eew":1e2}],'
        b'"extra": {"invoices":[]} },"trace": "x"}'
    )
    assert respond(way, content).unknown_fields() == {
        "/payload/invoices/1/a~1b~0c": b'[1.500, {"id":9}]',
        "/payload/invoices/1/new": b"1e2",
        "/payload/extra": b'{"invoices":[]}',
        "/trace": b'"x"',
    }


@pytest.mark.parametrize(
    "content", [b"{}", b'{"payload":{"invoices":[{"id":1,"total":2.50,"number":null}]}}']
)
def test_where_all_is_known_there_is_nothing(way: Way, content: bytes) -> None:
    assert respond(way, content).unknown_fields() == {}


def test_answers_that_have_no_fields_have_no_unknown_ones(way: Way) -> None:
    empty = way.respond(way.connect(httpx2.Response(204)), REPLACE, form=ParcelForm(total=1))
    text = way.respond(
        way.connect(httpx2.Response(200, text="t")), TRADE, grant_type="g", refresh_token="r"
    )
    assert (empty.unknown_fields(), text.unknown_fields()) == ({}, {})


def test_they_are_told_beside_a_result_that_was_taken_out_of_its_envelope(way: Way) -> None:
    content = b'{"invoice":{"id":1,"total":2,"new":7},"hint":null}'
    response = way.respond(way.connect(httpx2.Response(200, content=content)), FETCH)
    assert response.unknown_fields() == {"/invoice/new": b"7", "/hint": b"null"}


def test_a_tag_is_known_and_members_are_told_by_theirs(way: Way) -> None:
    response = way.respond(
        way.connect(httpx2.Response(200, content=b'{"status":"ok","id":5,"new":1}')),
        CREATE,
        invoice=ParcelForm(total=1),
    )
    assert response.unknown_fields() == {"/new": b"1"}
    lines = (
        b'[{"kind":"parcel_goods","price":1,"x":1},{"kind":"sms","y":2},{"kind":"postage","z":3}]'
    )
    content = (
        b'{"parcels":[{"id":1,"lines":' + lines + b',"extra":{"kind":"goods","price":1,"w":0}}]}'
    )
    found = {field.pointer: field.model for field in find_unknown(content, Page, TAGS)}
    assert found == {
        "/parcels/0/lines/0/x": Goods.__name__,
        "/parcels/0/lines/2/z": Postage.__name__,
        "/parcels/0/extra/w": Goods.__name__,
    }


class Shelf(Struct):
    boxes: dict[str, list[Goods] | None] | UnsetType = UNSET


def test_objects_with_names_of_their_own_are_walked_through() -> None:
    content = b'{"boxes":{"a":null,"b":[{"price":1,"kind":"goods","n":0}]}}'
    assert [field.pointer for field in find_unknown(content, Shelf, {})] == ["/boxes/b/0/n"]


def test_a_response_pickles_and_still_knows(way: Way) -> None:
    response = way.respond(
        way.connect(httpx2.Response(200, content=b'{"id":1,"total":2,"new":7}')), GET, id="1"
    )
    twin = pickle.loads(pickle.dumps(structs.replace(response, headers={})))
    assert twin.unknown_fields() == {"/new": b"7"}


def test_one_line_of_the_log_tells_of_them_once_for_a_model(
    way: Way, caplog: pytest.LogCaptureFixture
) -> None:
    _TOLD.clear()
    content = json.dumps(
        {
            "payload": {
                "invoices": [{"id": number, "total": 1, "b": 1, "a": 2} for number in range(3)]
            }
        }
    )
    with caplog.at_level(logging.DEBUG, "counterfoil"):
        respond(way, content.encode())
        respond(way, content.encode())
    told = [
        record.getMessage() for record in caplog.records if "does not know" in record.getMessage()
    ]
    hint = "with_response(...).unknown_fields() returns them."
    assert told == [
        f"parcel-post: ParcelInvoice has fields that this package does not know: a, b. {hint}"
    ]


def test_nothing_is_looked_for_where_nobody_listens(
    way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("counterfoil_core.unknown_fields.find_unknown", None)
    assert respond(way, b'{"new":1}').status == 200
