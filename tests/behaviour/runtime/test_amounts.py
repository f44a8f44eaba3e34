"""Amounts, integers and moments in responses are read digit for digit, or refused with their place.

Moments are cut to microseconds, never rounded.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from counterfoil_core import DecodeError
from counterfoil_core.amounts import AmountCheck
from counterfoil_core.decode import make_reader
from counterfoil_core.exact_decode import read_exactly
from counterfoil_core.response import RawResponse
from counterfoil_core.types import NaiveDateTime, Unknown
from hypothesis import given, settings
from hypothesis import strategies as some
from msgspec import UNSET, Raw, Struct, UnsetType, field

steady = settings(max_examples=400, deadline=None, derandomize=True, database=None)


class Tax(Struct, tag_field="kind", tag="tax", kw_only=True):
    amount: Decimal
    rate: Decimal | None = None


class Fee(Struct, tag_field="kind", tag="fee", kw_only=True):
    cents: int = 0
    when: datetime | None = None


class Event(Struct, kw_only=True):
    changed: str | None = None  # a text here, a moment in the bill
    note: str = ""


class Bill(Struct, kw_only=True):
    total: Decimal | UnsetType = UNSET
    cents: int | UnsetType | None = UNSET
    note: str | None = None
    issued: datetime | UnsetType | None = field(name="issuedAt", default=UNSET)
    changed: datetime | None = None
    created: NaiveDateTime | UnsetType = UNSET
    lines: list[Tax | Fee] = []
    amounts: list[Decimal] = []
    events: list[Event] = []


class Bag(Struct, kw_only=True):
    moments: list[datetime] = []
    moment: datetime | None = None
    names: dict[str, str] = {}
    amounts: dict[str, Decimal] = {}
    raw: Raw | UnsetType = UNSET


class Node(Struct, kw_only=True):
    amount: Decimal = Decimal(0)
    inner: list[Node] = []


def read(kind: Any, content: str | bytes) -> Any:
    body = content if isinstance(content, bytes) else content.encode()
    return make_reader(kind)(
        RawResponse(status=200, headers={"content-type": "application/json"}, content=body)
    )


def refuse(kind: Any, content: str) -> DecodeError:
    with pytest.raises(DecodeError) as caught:
        read(kind, content)
    return caught.value


GOOD = ["0", "5", "-5", "0.50", "12.340", "1e5", "1E+5", "1e-30", "0e5", "1000.0", "-0.000", "1e59"]
GOOD += ["9" * 60, "-" + "9" * 60, "0." + "1" * 30, "9" * 60 + "." + "9" * 30]
BEYOND = [
    "1e60",
    "1e999999999",
    "-1e-999999999",
    "1e-31",
    "0e-31",
    "0e-999999999",
    "1e99999999999999999999",
    "123e58",
]
BEYOND += ["1" + "0" * 60, "1" * 5000, "0." + "1" * 31, "1." + "0" * 31, "-" + "9" * 61 + ".5"]
TEXTS = [
    "1_000",
    "+5",
    ".5",
    "5.",
    "-.5",
    "01",
    "-01",
    "00",
    "1e",
    "0x10",
    "1,5",
    "٥",
    "５",
    "1５",
    "1٥",
    "NaN",
    "-Infinity",
    "snan12",
    "inf",
    "+inf",
    "-",
    "e5",
    "1e+",
    "--1",
]
TEXTS += [
    " 5",
    "5 ",
    " 5 ",
    "5  ",
    "\t5",
    "5\n",
    "\u20035",
    "5\u00a0",
    "1 000",
    "",
    " ",
    "1_0.5",
    "5\u0000",
]


@pytest.mark.parametrize("digits", GOOD)
def test_an_amount_is_read_digit_for_digit_as_number_and_as_text(digits: str) -> None:
    content = (
        f'{{"total": {digits}, "lines": [{{"kind": "tax", "amount": "{digits}"}}],'
        f' "amounts": [{digits}, "{digits}"]}}'
    )
    bill = read(Bill, content)
    found = [bill.total, bill.lines[0].amount, *bill.amounts]
    assert [each.as_tuple() for each in found] == [Decimal(digits).as_tuple()] * 4


@pytest.mark.parametrize("quote", ["", '"'])
@pytest.mark.parametrize("digits", BEYOND)
def test_an_amount_beyond_bounds_is_refused_with_its_place(digits: str, quote: str) -> None:
    written = f"{quote}{digits}{quote}"
    assert refuse(Bill, f'{{"total": {written}}}').path == "$.total"
    assert (
        refuse(Bill, f'{{"lines": [{{"kind": "tax", "amount": 1, "rate": {written}}}]}}').path
        == "$.lines[0].rate"
    )
    assert refuse(Bill, f'{{"amounts": [1, {written}]}}').path == "$.amounts[1]"
    assert refuse(Node, f'{{"inner": [{{"amount": {written}}}]}}').path == "$.inner[0].amount"


@pytest.mark.parametrize("digits", [*BEYOND, "9" * 100])
def test_a_number_that_no_model_wants_may_have_any_size(digits: str) -> None:
    aside = f'"aside": [{digits}, "{digits}"]'
    assert read(Bill, f'{{"total": 1.50, "cents": 3, {aside}}}') == Bill(
        total=Decimal("1.50"), cents=3
    )
    assert read(Bill, f'{{{aside}, "cents": 3.0, "lines": []}}') == Bill(cents=3)


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_that_is_no_number_of_json_is_no_amount(text: str) -> None:
    for written in (json.dumps(text), json.dumps(text, ensure_ascii=False)):
        if "\u0000" in written or "\n" in written or "\t" in written:
            continue
        assert refuse(Bill, f'{{"note": "x", "total": {written}}}').path == "$.total"
        assert (
            refuse(Bill, f'{{"lines":[{{"kind":"tax","amount":{written}}}]}}').path
            == "$.lines[0].amount"
        )
        assert refuse(Bag, f'{{"amounts":{{"a":{written}}}}}').path == "$.amounts[...]"
        assert refuse(Node, f'{{"amount":{written}}}').path == "$.amount"


@pytest.mark.parametrize("text", [*TEXTS, *BEYOND, "9" * 44, "2024-12-31T23:59:59.9999999Z"])
def test_where_a_text_is_meant_it_may_look_like_any_number(text: str) -> None:
    bill = read(
        Bill,
        json.dumps({"note": text, "total": "10.5", "events": [{"changed": text, "note": text}]}),
    )
    assert bill.note == text
    assert bill.events[0].changed == text
    assert bill.events[0].note == text
    assert bill.total == Decimal("10.5")


@pytest.mark.parametrize(
    ("digits", "expected"),
    [
        ("1000.0", 1000),
        ("1e3", 1000),
        ("-1E3", -1000),
        ("100e-2", 1),
        ("0.0", 0),
        ("-0.0", 0),
        ("1.50e1", 15),
        ("12345678901234567890.0", 12345678901234567890),
        ("1e59", 10**59),
        ("9" * 60, int("9" * 60)),
    ],
)
def test_an_integer_may_be_written_with_a_point_or_an_exponent(digits: str, expected: int) -> None:
    content = (
        f'{{"cents": {digits}, "total": 1.50, "lines": [{{"kind": "fee", "cents": {digits}}}]}}'
    )
    bill = read(Bill, content)
    assert (bill.cents, bill.lines[0].cents) == (expected, expected)
    assert type(bill.cents) is int
    assert str(bill.total) == "1.50"


@pytest.mark.parametrize(
    "digits",
    ["1000.5", "1e-1", "1e999999999", "1e60", "1.0000000000000000000001", '"5"', "true", "1" * 61],
)
def test_what_is_no_integer_is_refused_with_its_place(digits: str) -> None:
    assert refuse(Bill, f'{{"cents": {digits}}}').path == "$.cents"
    assert (
        refuse(Bill, f'{{"lines": [{{"kind": "fee", "cents": {digits}}}]}}').path
        == "$.lines[0].cents"
    )


MOMENTS = {
    "2024-12-31T23:59:59.9999999Z": datetime(2024, 12, 31, 23, 59, 59, 999999, UTC),
    "2024-12-31t23:59:59.9999995z": datetime(2024, 12, 31, 23, 59, 59, 999999, UTC),
    "2024-12-31 23:59:59.1234567-00:00": datetime(2024, 12, 31, 23, 59, 59, 123456, UTC),
    "9999-12-31T23:59:59.9999999Z": datetime(9999, 12, 31, 23, 59, 59, 999999, UTC),
    "2024-12-31T23:59:59.123456" + "9" * 24 + "Z": datetime(2024, 12, 31, 23, 59, 59, 123456, UTC),
    "2024-12-31T23:59:59.1234567+0000": datetime(2024, 12, 31, 23, 59, 59, 123456, UTC),
    "2024-12-31T23:59:59.9999999": datetime(2024, 12, 31, 23, 59, 59, 999999),
    "2024-12-31T23:59:59.5Z": datetime(2024, 12, 31, 23, 59, 59, 500000, UTC),
    "0001-01-01T00:00:00.0000009Z": datetime(1, 1, 1, tzinfo=UTC),
}


@pytest.mark.parametrize("text", MOMENTS)
@pytest.mark.parametrize("spaces", ["", " ", "\n  "])
def test_a_moment_is_cut_to_microseconds(text: str, spaces: str) -> None:
    events = f'[{{"changed":{spaces}"{text}"}}]'
    content = (
        f'{{"issuedAt":{spaces}"{text}","note":"{text}",'
        f'"changed"{spaces}:"{text}","events":{events}}}'
    )
    bill = read(Bill, content)
    assert bill.issued == MOMENTS[text]
    assert bill.changed == MOMENTS[text]
    assert bill.note == text
    assert bill.events[0].changed == text


@pytest.mark.parametrize("text", MOMENTS)
def test_a_moment_is_cut_where_no_field_bears_its_name(text: str) -> None:
    bag = read(
        Bag,
        f'{{"moments":["{text}"],"moment":"{text}",'
        f'"names":{{"moment":"{text}"}},"raw":{{"moment":"{text}"}}}}',
    )
    assert (bag.moments, bag.moment) == ([MOMENTS[text]], MOMENTS[text])
    assert bag.names == {"moment": text}
    assert bytes(bag.raw) == f'{{"moment":"{text}"}}'.encode()
    assert read(list[datetime], f'["{text}"]') == [MOMENTS[text]]
    assert read(datetime, f'"{text}"') == MOMENTS[text]


def test_a_moment_is_cut_however_its_letters_are_escaped() -> None:
    written = [
        r"2024-12-31T23:59:59.9999999\u002B00:00",
        r"2024\u002d12-31T23:59:59.9999999Z",
        r"2024-12-31\u005423:59:59.\u0039999999Z",
    ]
    assert {read(Bill, f'{{"issuedAt":"{each}"}}').issued for each in written[:2]} == {
        datetime(2024, 12, 31, 23, 59, 59, 999999, UTC)
    }


@pytest.mark.parametrize(
    "text",
    [
        "2024-12-31T24:00:00.0000000Z",
        "2024-12-31T23:59:60.9999999Z",
        "2024-12-31T23:59:59,9999999Z",
    ],
)
def test_what_is_no_moment_is_refused_as_before(text: str) -> None:
    assert refuse(Bill, f'{{"issuedAt":"{text}"}}').path == "$.issuedAt"


def test_a_naive_moment_is_in_whole_seconds() -> None:
    assert read(Bill, '{"created":"2024-12-31 23:59:59"}').created == NaiveDateTime(
        2024, 12, 31, 23, 59, 59
    )
    assert refuse(Bill, '{"created":"2024-12-31 23:59:59.9999999"}').path == "$.created"


def test_beside_a_member_of_tomorrow_all_is_read_as_exactly() -> None:
    later = b'{"kind":"duty","when":"2024-12-31T23:59:59.9999999Z","n":1.500}'
    bill = read(
        Bill, b'{"issuedAt":"2024-12-31T23:59:59.9999999Z","cents":1e2,"lines":[' + later + b"]}"
    )
    assert (bill.lines, bill.cents) == ([Unknown(later)], 100)
    assert bill.issued == datetime(2024, 12, 31, 23, 59, 59, 999999, UTC)


numbers = some.from_regex(
    r"-?(0|[1-9][0-9]{0,64})(\.[0-9]{1,34})?([eE][+-]?[0-9]{1,3})?", fullmatch=True
)
words = some.text(some.sampled_from('0123456789+-._eE nNaAiIfF\u0665\uff15\u00a0"\\'), max_size=9)


@steady
@given(
    some.lists(numbers | words.map(json.dumps), min_size=1, max_size=4),
    some.sampled_from(["", " "]),
)
def test_the_fast_way_takes_what_the_exact_way_takes(values: list[str], space: str) -> None:
    content = (
        json.dumps({"note": "x"})[:-1]
        + "".join(f',"amounts":{space}[{value}]' for value in values[:1])
        + "}"
    )
    try:
        expected = read_exactly(content.encode(), Bill, {}).amounts
    except ValueError:
        expected = None
    try:
        found = read(Bill, content).amounts
    except DecodeError:
        found = None
    assert repr(found) == repr(expected)


@steady
@given(
    some.lists(
        some.sampled_from(
            [
                b"7" * 29,
                b"7" * 30,
                b"7" * 31,
                b"7" * 60,
                b"7" * 61,
                b".",
                b"-",
                b"x",
                b'"',
                b"123456",
            ]
        )
    )
)
def test_a_long_run_of_digits_is_found_wherever_it_is(parts: list[bytes]) -> None:
    content = b" ".join(parts).replace(b". ", b".")
    expected = re.search(rb"[0-9]{61}|\.[0-9]{31}", content) is not None
    assert AmountCheck(int).doubts(content) == expected


BROKEN = [
    '{"total": 1, !',
    '{"total": 1',
    '{"total": 1, "note": "\\x"}',
    '{"lines": [{"kind": "tax", "amount": 1.}]}',
    "",
]


@pytest.mark.parametrize("content", BROKEN)
def test_an_answer_that_is_broken_is_doubted_and_does_not_raise(content: str) -> None:
    assert AmountCheck(Bill).doubts(content.encode())


@pytest.mark.parametrize(
    "content",
    [
        '{"cents": "x", "total": 1, !',
        '{"cents": "x", "total": "NaN"}',
        '{"cents": "x", "total": 1e60}',
    ],
)
def test_what_does_not_fit_is_told_before_an_amount_that_follows_it(content: str) -> None:
    assert refuse(Bill, content).path == "$.cents"
