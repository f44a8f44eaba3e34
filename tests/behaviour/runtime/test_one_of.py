"""Unions that msgspec does not read: by JSON type, by keys, by values, with exact digits."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from counterfoil_core.constraints import Checker
from counterfoil_core.decode import JsonDecoder, make_reader
from counterfoil_core.errors import DecodeError
from counterfoil_core.one_of import DecimalOrStr, OneOf, StructWithUnions
from counterfoil_core.response import RawResponse
from counterfoil_core.transports.protocol import Headers
from counterfoil_core.types import Unknown
from counterfoil_core.unknown_fields import find_unknown
from counterfoil_core.variants import Variant
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct


class Card(Struct, kw_only=True):
    number: str
    amount: Decimal
    at: datetime | None = None
    count: int = 0


class Transfer(StructWithUnions, kw_only=True):
    iban: str
    amount: Decimal
    after: Payment | None = None


class Cash(Struct, kw_only=True):
    kind: str
    amount: Decimal


Payment = OneOf(
    Card | Transfer | Cash | str,
    Variant(Card, required=("number",)),
    Variant(Transfer, required=("iban",)),
    Variant(Cash, absent=("number", "iban"), values={"kind": ("coins", "notes")}),
)


class Parcel(Struct, tag_field="kind", tag="parcel"):
    size: int


class Letter(Struct, tag_field="kind", tag="letter"):
    size: int


class Sent(Struct):
    item: Parcel | Letter


class Lost(Struct):
    reason: str


class Order(StructWithUnions, kw_only=True):
    method: Payment
    more: list[Payment | None] | None = None
    by_name: dict[str, Payment] | None = None
    discount: DecimalOrStr | None = None
    created: datetime | None = None


CARD = '{"number":"4","amount":1234567890123456.10,"at":"2026-02-03T14:05:09.123456789Z"}'
TRANSFER = f'{{"iban":"DE","amount":0.10,"after":{CARD}}}'
AT = datetime(2026, 2, 3, 14, 5, 9, 123456, tzinfo=UTC)
READ_CARD = Card(number="4", amount=Decimal("1234567890123456.10"), at=AT)
READ_TRANSFER = Transfer(iban="DE", amount=Decimal("0.10"), after=READ_CARD)


def read(kind: Any, text: str, tags: Mapping[str, tuple[str, ...]] | None = None) -> Any:
    headers = Headers({"content-type": "application/json"})
    return make_reader(kind, tags or {})(
        RawResponse(status=200, headers=headers, content=text.encode())
    )


def test_members_are_read_wherever_a_union_stands() -> None:
    text = f'{{"method":{CARD},"more":[{TRANSFER},null,"x"],"by_name":{{"k":{TRANSFER}}}}}'
    order = read(Order, text)

    assert order.method == READ_CARD
    assert order.more == [READ_TRANSFER, None, "x"]
    assert order.by_name == {"k": READ_TRANSFER}
    assert read(Payment, CARD) == READ_CARD
    assert read(list[Payment], f"[{CARD}]") == [READ_CARD]
    assert read(Payment | None, "null") is None


def test_digits_are_exact_to_the_last() -> None:
    order = read(Order, f'{{"method":{CARD},"discount":1.50}}')

    assert str(order.method.amount) == "1234567890123456.10"
    assert str(order.discount) == "1.50"
    assert read(Order, '{"method":"x","discount":"1.5%"}').discount == "1.5%"
    assert read(Order, '{"method":"x","discount":"1.50"}').discount == "1.50"


@pytest.mark.parametrize(
    ("text", "member"),
    [
        ('{"kind":"coins","amount":1}', Cash),
        ('{"kind":"notes","amount":1,"number":null}', Cash),
        ('{"number":"4","iban":null,"amount":1}', Card),
        ('{"kind":"shells","amount":1}', Unknown),
        ('{"kind":1,"amount":1}', Unknown),
        ('{"number":null,"amount":1}', Unknown),
        ("{}", Unknown),
    ],
)
def test_keys_and_values_choose_the_member(text: str, member: type) -> None:
    found = read(Payment, f" {text}")

    assert type(found) is member
    if isinstance(found, Unknown):
        assert json.loads(found.raw) == json.loads(text)


def test_true_is_not_one() -> None:
    class Yes(Struct):
        flag: bool

    class One(Struct):
        flag: int

    union = OneOf(
        Yes | One, Variant(Yes, values={"flag": (True,)}), Variant(One, values={"flag": (1,)})
    )

    assert read(union, '{"flag":true}') == Yes(flag=True)
    assert read(union, '{"flag":1}') == One(flag=1)


def test_json_types_of_a_key_choose_the_member() -> None:
    class Line(Struct):
        price: Decimal

    class Text(Struct):
        price: str

    types = {"number": Line, "string": Text}
    variants = [Variant(member, types={"price": (kind,)}) for kind, member in types.items()]
    union = OneOf(Line | Text, *variants)

    assert read(union, '{"price":1.10}') == Line(price=Decimal("1.10"))
    assert read(union, '{"price":"1.10"}') == Text(price="1.10")
    assert isinstance(read(union, '{"price":[]}'), Unknown)


@pytest.mark.parametrize(
    ("text", "path", "problem"),
    [
        ('{"method":{"number":4,"amount":1}}', "$.method.number", "Expected `str`, got `int`"),
        ('{"method":{"number":"4"}}', "$.method.amount", "missing required field"),
        (
            '{"method":"x","more":[null,{"iban":"","amount":1,"after":{"number":"4"}}]}',
            "$.more[1].after.amount",
            "missing required field",
        ),
        ('{"method":"x","by_name":{"k":7}}', "$.by_name[...]", "got `number`"),
        ('{"method":null}', "$.method", "got `null`"),
        ('{"method":"x","discount":[]}', "$.discount", "Expected `decimal | str`, got `array`"),
        ('{"method":{"number":"4","amount":"NaN"}}', "$.method.amount", "not a finite number"),
    ],
)
def test_an_object_that_matches_a_variant_but_not_its_type_is_an_error_with_a_path(
    text: str, path: str, problem: str
) -> None:
    with pytest.raises(DecodeError, match=problem) as caught:
        read(Order, text)

    assert caught.value.path == path


def test_the_slow_decoder_reads_unions_too() -> None:
    text = f'{{"method":{CARD},"created":"2026-02-03T14:05:09.123456789Z"}}'

    order = read(Order, text)

    assert order.created == AT
    assert order.method == READ_CARD
    assert read(Order, '{"method":{"number":"4","amount":1,"count":3.0}}').method.count == 3


def test_an_array_beside_objects_by_need_is_an_array() -> None:
    union = OneOf(list[str], by_need=lambda: (Variant(Card),))

    assert JsonDecoder(union, {}).decode(b'["a"]') == ["a"]
    assert isinstance(JsonDecoder(union, {}).decode(b'{"number": "1", "amount": 1}'), Card)


def test_objects_by_need_are_listed_at_the_first_object() -> None:
    listed: list[int] = []

    def list_objects() -> tuple[Variant, ...]:
        listed.append(1)
        return (Variant(Card, required=("number",)), Variant(Transfer, required=("iban",)))

    union = OneOf(str, by_need=list_objects)
    decoder = JsonDecoder(list[union | None], {})  # type: ignore[valid-type]

    assert decoder.decode(b'["id-1", null]') == ["id-1", None]
    assert not listed
    card, other = decoder.decode(b'[{"number": "1", "amount": 1.10}, {"x": 1}]')
    assert isinstance(card, Card)
    assert str(card.amount) == "1.10"
    assert other == Unknown(b'{"x": 1}')
    with pytest.raises(msgspec.ValidationError, match=r"Expected `str \| object`, got `number`"):
        decoder.decode(b"[5]")
    assert listed == [1]
    assert repr(union) == "OneOf(str | Card | Transfer)"


def test_requests_are_checked_within_unions() -> None:
    check = Checker(dict).compile(Order)
    wrong: Any = Card(number=4, amount=Decimal(1))  # type: ignore[arg-type]
    order = Order(method=wrong, more=[5], discount=1.5)

    assert list(check(order, "")) == [
        "method.number: must be str, is a int, 4",
        "more[0]: must be Card or Transfer or Cash or str, is a int, 5",
        "discount: must be Decimal or int or str, is a float, 1.5",
    ]
    assert list(check(Order(method=READ_TRANSFER, discount=None), "")) == []


def test_tags_of_an_api_are_known_after_a_webhook_without_them() -> None:
    variants = [Variant(Sent, required=("item",)), Variant(Lost, required=("reason",))]
    union = OneOf(Sent | Lost, *variants)
    text = '{"item":{"kind":"box","size":1}}'

    assert isinstance(read(union, text).item, Unknown)
    assert read(union, text, tags={"Parcel": ("box",)}) == Sent(item=Parcel(size=1))


def test_unknown_fields_are_found_within_unions() -> None:
    text = '{"method":{"iban":"","amount":1,"x":5,"after":{"number":"1","amount":1,"y":1}}}'

    found = find_unknown(text.encode(), Order, {})

    assert [one.pointer for one in found] == ["/method/x", "/method/after/y"]


# any union, any value


NAMES = st.sampled_from(["a", "b", "c", "d"])
AMOUNTS = st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=0).filter(
    lambda value: value < 10**20
)
MEMBERS = st.lists(st.dictionaries(NAMES, st.booleans(), min_size=1), min_size=2, max_size=4)


@given(MEMBERS, st.data())
def test_what_was_written_as_a_member_is_read_as_it(
    described: list[Mapping[str, bool]], data: st.DataObject
) -> None:
    """Each member has a key of its own and random other keys, which are required or not."""
    members: list[type[Struct]] = []
    variants = []
    for number, keys in enumerate(described):
        fields: list[Any] = [(f"own{number}", str)]
        fields += [(key, Decimal) for key, required in keys.items() if required]
        fields += [(key, Decimal | None, None) for key, required in keys.items() if not required]
        members.append(msgspec.defstruct(f"Member{number}", fields, kw_only=True))
        variants.append(Variant(members[-1], required=(f"own{number}",)))
    union: Any = members[0]
    for member in members[1:]:
        union = union | member
    kind = OneOf(union, *variants)
    chosen = data.draw(st.integers(0, len(members) - 1))
    amounts = {key: data.draw(AMOUNTS) for key in described[chosen]}
    value = members[chosen](**{f"own{chosen}": "x", **amounts})

    written = msgspec.json.Encoder(decimal_format="number").encode([value])
    [found] = read(list[kind], written.decode())  # type: ignore[valid-type]

    assert type(found) is members[chosen]
    assert {key: str(getattr(found, key)) for key in amounts} == {
        key: str(Decimal(str(amount))) for key, amount in amounts.items()
    }
