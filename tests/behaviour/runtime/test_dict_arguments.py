"""Dicts, texts and other sequences in the place of models, enums and lists."""

from __future__ import annotations

import datetime as dt
import json
from collections import ChainMap, deque
from decimal import Decimal
from typing import Any

import httpx2
import pytest
from counterfoil_core import InvalidRequest, UnsetType
from counterfoil_core.api import Body, Operation
from counterfoil_core.codec import find_codec
from counterfoil_core.one_of import OneOf
from counterfoil_core.types import Secret
from counterfoil_core.variants import Variant
from msgspec import UNSET, Struct

from .clients import Way
from .fake_api import API, CREATE, FIND, FIND_PAGES, INVOICE, Discount, ParcelForm, ParcelStatus

CREATED = httpx2.Response(200, content=b'{"status": "ok", "id": 5}')


class Box(Struct, kw_only=True, omit_defaults=True):
    name: str
    inner: list[Box] | UnsetType | None = UNSET
    by_day: dict[str, Box] | UnsetType = UNSET
    key: Secret | UnsetType = UNSET


class Letter(Struct, kw_only=True):
    pages: int


EITHER: Any = OneOf(
    Box | Letter, Variant(Box, required=("name",)), Variant(Letter, required=("pages",))
)


class Card(Struct, kw_only=True, tag="card"):
    number: str


class Cash(Struct, kw_only=True, tag="cash"):
    note: str


class Parcel(Struct, kw_only=True, omit_defaults=True):
    one_or_more: Box | list[Box] | UnsetType = UNSET
    payment: Card | Cash | UnsetType = UNSET
    tags: list[str] | UnsetType = UNSET
    notes: dict[str, str] | UnsetType = UNSET
    boxes: list[Box] | UnsetType = UNSET
    extra: Any | UnsetType = UNSET
    either: EITHER | UnsetType = UNSET


SEND = Operation[None](
    name="parcels.send",
    operation_id="send",
    method="POST",
    path="/parcels",
    retry="never",
    body=Body(type=Parcel),
    responses={204: None},
    security=(("key",),),
)


def send(way: Way, **fields: Any) -> Any:
    way.call(way.connect(httpx2.Response(204)), SEND, **fields)
    return json.loads(way.requests[0].content)


def test_a_dict_is_sent_as_the_model_is(way: Way) -> None:
    client = way.connect(CREATED)
    due = dt.date(2026, 3, 1)

    way.call(
        client,
        CREATE,
        invoice={
            "total": Decimal("10.50"),
            "issued_at": dt.datetime(2026, 2, 3, 12, tzinfo=dt.UTC),
            "due": due,
            "status": "Open",
            "discounts": [{"type": "PercentOff", "value": Decimal("12.5")}, Discount()],
        },
    )
    way.call(
        client,
        CREATE,
        invoice=ParcelForm(
            total=Decimal("10.50"),
            issued_at=dt.datetime(2026, 2, 3, 12, tzinfo=dt.UTC),
            due=due,
            status=ParcelStatus.OPEN,
            discounts=[Discount(type="PercentOff", value=Decimal("12.5")), Discount()],
        ),
    )

    assert way.requests[0].content == way.requests[1].content
    assert b'"total":10.50' in way.requests[0].content
    assert b'"issuedAt":' in way.requests[0].content


def test_dicts_within_dicts_and_other_collections_are_found(way: Way) -> None:
    boxes = ({"name": "a", "inner": deque([{"name": "b", "inner": None}])},)
    by_day = ChainMap({"monday": {"name": "c"}})

    sent = send(way, boxes=[*boxes, Box(name="d"), {"name": "e", "by_day": by_day}])

    assert sent == {
        "boxes": [
            {"name": "a", "inner": [{"name": "b", "inner": None}]},
            {"name": "d"},
            {"name": "e", "by_day": {"monday": {"name": "c"}}},
        ]
    }


def test_other_sequences_and_mappings_are_lists_and_dicts(way: Way) -> None:
    sent = send(way, tags=deque(["a", "b"]), notes=ChainMap({"a": "b"}))

    assert sent == {"tags": ["a", "b"], "notes": {"a": "b"}}


@pytest.mark.parametrize("text", ["ab", b"ab"])
def test_a_text_is_no_list(way: Way, text: Any) -> None:
    with pytest.raises(InvalidRequest, match=r"boxes: must be list"):
        send(way, boxes=text)


def test_a_union_of_an_object_and_a_list_takes_dicts_in_both(way: Way) -> None:
    assert send(way, one_or_more={"name": "a"}) == {"one_or_more": {"name": "a"}}
    send(way, one_or_more=[{"name": "a"}])
    assert json.loads(way.requests[1].content) == {"one_or_more": [{"name": "a"}]}


def test_every_fault_of_the_dicts_is_told_with_its_place_and_nothing_is_sent(way: Way) -> None:
    invoice = {"totl": 1, "discounts": [{"vallue": 1}, {"type": "PercentOff"}]}

    with pytest.raises(InvalidRequest) as caught:
        way.call(way.connect(CREATED), CREATE, invoice=invoice)

    assert caught.value.violations == (
        "invoice.totl: is no field of it; did you mean total?",
        "invoice.total: is required",
        "invoice.discounts[0].vallue: is no field of it; did you mean value?",
    )
    assert way.requests == []


def test_values_in_dicts_are_checked_as_those_of_models(way: Way) -> None:
    with pytest.raises(InvalidRequest, match=r"invoice\.discounts\[0\]\.value: must be Decimal"):
        way.call(way.connect(CREATED), CREATE, invoice={"total": 1, "discounts": [{"value": 1.5}]})

    assert way.requests == []


def test_names_are_those_of_python_not_of_the_wire(way: Way) -> None:
    moment = dt.datetime(2026, 2, 3, 12, tzinfo=dt.UTC)

    with pytest.raises(InvalidRequest, match="issuedAt: is no field of it; did you mean issued_at"):
        way.call(way.connect(CREATED), CREATE, invoice={"total": 1, "issuedAt": moment})


def test_a_union_of_objects_takes_models_only(way: Way) -> None:
    with pytest.raises(InvalidRequest, match="either: must be Box or Letter, is a dict"):
        send(way, either={"pages": 3})
    with pytest.raises(InvalidRequest, match="payment: must be Card or Cash, is a dict"):
        send(way, payment={"number": "7"})

    assert send(way, either=Letter(pages=3)) == {"either": {"pages": 3}}


def test_what_has_no_model_is_sent_as_it_is(way: Way) -> None:
    assert send(way, extra={"name": [{"any": 1}]}) == {"extra": {"name": [{"any": 1}]}}


def test_a_secret_in_a_dict_is_hidden_like_one_in_a_model(way: Way) -> None:
    box = {"name": "a", "key": "hunter2"}
    client = way.connect(httpx2.Response(204))
    with pytest.raises(InvalidRequest) as caught:
        way.call(client, SEND, boxes=[{**box, "by_day": 7, "inner": [box, 7]}])

    assert send(way, boxes=[box]) == {"boxes": [box]}
    assert "hunter2" not in repr(find_codec(API, SEND).build_models({"boxes": [box]}))
    assert "hunter2" not in str(caught.value)


def test_dicts_stay_as_they_were(way: Way) -> None:
    box = {"name": "a", "inner": [{"name": "b"}]}

    send(way, boxes=[box])

    assert box == {"name": "a", "inner": [{"name": "b"}]}


def test_pages_go_on_from_conditions_that_are_a_dict(way: Way) -> None:
    pages = [b'{"invoices": [' + INVOICE + b"]}", b'{"invoices": []}']
    client = way.connect(lambda request: httpx2.Response(200, content=pages.pop(0)))

    found = way.collect(client.iterate(FIND, FIND_PAGES, {"conditions": {"after": 3}}))

    sent = [json.loads(one.content)["conditions"] for one in way.requests]
    assert [one.id for one in found] == [7]
    assert sent == [{"after": 3}, {"after": 7}]


def test_a_wrong_dict_of_paged_conditions_names_the_operation(way: Way) -> None:
    client = way.connect(httpx2.Response(200, content=b'{"invoices": []}'))

    with pytest.raises(InvalidRequest, match=r"conditions\.afterr") as caught:
        way.collect(client.iterate(FIND, FIND_PAGES, {"conditions": {"afterr": 3}}))

    assert (caught.value.provider, caught.value.operation) == ("parcel-post", "invoices.find")
