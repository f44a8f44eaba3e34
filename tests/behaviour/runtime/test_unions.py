"""Unions in responses: members are recognized by their tags, and unknown ones are kept raw."""

from __future__ import annotations

import pickle
from decimal import Decimal

import msgspec
import pytest
from counterfoil_core.decode import make_reader
from counterfoil_core.errors import DecodeError
from counterfoil_core.response import RawResponse
from counterfoil_core.types import Unknown, write_custom
from msgspec import UNSET, Struct, UnsetType


class Goods(Struct, tag_field="kind", tag="goods", kw_only=True):
    price: Decimal


class Postage(Struct, tag_field="kind", tag="postage", kw_only=True):
    weight: int | UnsetType = UNSET


class Parcel(Struct, kw_only=True):
    id: int
    lines: list[Goods | Postage]
    extra: Goods | Postage | None = None


class Page(Struct, kw_only=True):
    parcels: list[Parcel] | None
    total: Decimal | UnsetType = UNSET


TAGS = {"Goods": ("goods", "parcel_goods")}


def read(body: bytes) -> Page:
    return make_reader(Page, TAGS)(
        RawResponse(status=200, headers={"content-type": "application/json"}, content=body)
    )


def test_a_member_of_tomorrow_is_kept_raw_and_its_neighbours_are_read() -> None:
    duty = b'{"kind":"duty","rate":0.200,"big":12345678901234567.89}'

    page = read(
        b'{"parcels":[{"id":1,"lines":[{"kind":"goods","price":1.50},'
        + duty
        + b']}],"total":56.330}'
    )

    assert page.parcels is not None
    assert page.parcels[0].lines[0] == Goods(price=Decimal("1.50"))
    assert page.parcels[0].lines[1] == Unknown(duty)
    assert str(page.total) == "56.330"


def test_what_was_read_is_written_back_as_it_came() -> None:
    body = (
        b'{"parcels":[{"id":1,"lines":[{"kind":"duty","rate":0.200}],'
        b'"extra":{"kind":"sms","text":"hi"}}]}'
    )

    encoder = msgspec.json.Encoder(enc_hook=write_custom, decimal_format="number")

    assert encoder.encode(read(body)) == body


def test_a_member_that_came_by_its_other_tag_is_the_same_member() -> None:
    body = b'{"parcels":[{"id":1,"lines":[{"kind":"parcel_goods","price":2.00}]}]}'

    assert read(body).parcels == [Parcel(id=1, lines=[Goods(price=Decimal("2.00"))])]


def test_a_member_without_a_tag_is_kept_raw() -> None:
    page = read(b'{"parcels":[{"id":1,"lines":[{"kind":"sms"},{"price":2.00}]}]}')

    assert page.parcels is not None
    assert page.parcels[0].lines[1] == Unknown(b'{"price":2.00}')


@pytest.mark.parametrize(
    ("body", "path"),
    [
        (b'{"parcels":[{"lines":[{"kind":"sms"}]}]}', "$.parcels[0].id"),
        (
            b'{"parcels":[{"id":1,"lines":[{"kind":"sms"},{"kind":"goods","price":[]}]}]}',
            "$.parcels[0].lines[1].price",
        ),
        (b'{"parcels":[{"id":"x","lines":[{"kind":"sms"}]}]}', "$.parcels[0].id"),
        (b'{"parcels":[{"id":1,"lines":[{"kind":"sms"}, 7]}]}', "$.parcels[0].lines[1]"),
    ],
)
def test_what_does_not_fit_is_told_with_its_path_on_the_slow_way_too(
    body: bytes, path: str
) -> None:
    with pytest.raises(DecodeError) as caught:
        read(body)

    assert caught.value.path == path


def test_not_a_number_is_refused_on_the_slow_way_too() -> None:
    with pytest.raises(DecodeError, match="not a finite number"):
        read(b'{"parcels":[{"id":1,"lines":[{"kind":"sms"},{"kind":"goods","price":"NaN"}]}]}')


def test_unknown_is_a_value() -> None:
    one = Unknown(b'{"kind":"sms"}')

    assert pickle.loads(pickle.dumps(one)) == one
    assert len({one, Unknown(b'{"kind":"sms"}'), Unknown(b"{}")}) == 2
    assert repr(one) == 'Unknown(b\'{"kind":"sms"}\')'
