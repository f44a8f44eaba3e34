"""What leaves for the wire."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import httpx2
import pytest
from counterfoil_core import ConfigurationError, InvalidRequest
from counterfoil_core.types import NaiveDateTime

from .clients import Way
from .fake_api import (
    CREATE,
    GET,
    INVOICE,
    LIST,
    NOON,
    REPLACE,
    TRADE,
    Discount,
    ParcelForm,
    ParcelStatus,
)

OK = httpx2.Response(200, content=INVOICE)
CREATED = httpx2.Response(200, content=b'{"status": "ok", "id": 5}')


def send_form(way: Way, **fields: Any) -> bytes:
    way.call(way.connect(httpx2.Response(204)), REPLACE, form=ParcelForm(**fields))
    return way.requests[0].content


def test_a_path_segment_is_encoded_whole(way: Way) -> None:
    way.call(way.connect(OK), GET, id="a/b ü+?.")
    assert way.requests[0].url.raw_path == b"/acme/invoices/a%2Fb%20%C3%BC%2B%3F."


@pytest.mark.parametrize("segment", ["", ".", ".."])
def test_a_segment_that_would_lead_to_another_operation_is_refused(way: Way, segment: str) -> None:
    with pytest.raises(InvalidRequest, match="id"):
        way.call(way.connect(OK), GET, id=segment)
    assert way.requests == []


def test_query_values_are_written_as_apis_read_them(way: Way) -> None:
    zone = dt.timezone(dt.timedelta(hours=1))
    since = dt.datetime(2026, 2, 3, 13, 0, 0, 250_000, tzinfo=zone)
    way.call(
        way.connect(OK),
        GET,
        id="1",
        expand=["a+/=", "b&c"],
        full=True,
        since=since,
        day=dt.date(2026, 2, 3),
    )
    assert way.requests[0].url.query == (
        b"expand=a%2B%2F%3D&expand=b%26c&full=true"
        b"&since=2026-02-03T12%3A00%3A00.250000Z&day=2026-02-03"
    )


def test_headers_name_package_api_and_runtime_and_carry_the_key(way: Way) -> None:
    way.call(way.connect(OK), GET, id="1", language="it")
    headers = way.requests[0].headers
    assert headers["user-agent"] == "counterfoil-parcel-post/0.3.0 (API v6) counterfoil-core/0.1.0"
    assert (headers["x-key"], headers["x-language"], headers["accept"]) == (
        "k-123",
        "it",
        "application/json",
    )
    assert "content-type" not in headers


def test_a_header_cannot_smuggle_another(way: Way) -> None:
    with pytest.raises(InvalidRequest, match="language"):
        way.call(way.connect(OK), GET, id="1", language="it\r\nX-Key: stolen")
    assert way.requests == []


def test_basic_authentication_has_the_token_as_user_an_empty_password_and_the_colon(
    way: Way,
) -> None:
    way.call(way.connect(OK, arguments={"key": None, "token": "tok"}), GET, id="1")
    assert way.requests[0].headers["authorization"] == "Basic dG9rOg=="


def test_the_key_header_can_be_chosen(way: Way) -> None:
    way.call(way.connect(OK, arguments={"key_header": "X-Secret-Key"}), GET, id="1")
    assert way.requests[0].headers["x-secret-key"] == "k-123"
    assert "x-key" not in way.requests[0].headers


def test_settings_come_from_the_environment(way: Way, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COUNTERFOIL_PARCEL_POST_SHOP", "env-shop")
    monkeypatch.setenv("COUNTERFOIL_PARCEL_POST_KEY", "env-key")
    way.call(way.connect(OK, arguments={"shop": None, "key": None, "region": "na"}), GET, id="1")
    assert way.requests[0].url.host == "env-shop.na.example"
    assert way.requests[0].headers["x-key"] == "env-key"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"shop": None}, "`shop` .*COUNTERFOIL_PARCEL_POST_SHOP"),
        ({"region": "mars"}, "region must be one of eu, na"),
        ({"shop": "https://shop.example/"}, "bare name"),
        ({"shop": "evil.example/@"}, "bare name"),
        ({"key": "k\n123"}, "key holds"),
        ({"token": "a:b"}, "colon"),
        ({"key_header": "X-Other"}, "X-Key, X-Secret-Key"),
    ],
)
def test_a_setting_that_makes_no_sense_is_refused_at_once(
    way: Way, arguments: dict[str, Any], message: str
) -> None:
    with pytest.raises(ConfigurationError, match=message):
        way.connect(OK, arguments=arguments)


@pytest.mark.parametrize(
    "settings",
    [{"timeout": 0}, {"timeout": float("inf")}, {"max_attempts": 0}, {"base_url": "shop"}],
)
def test_an_option_that_makes_no_sense_is_refused_at_once(
    way: Way, settings: dict[str, Any]
) -> None:
    with pytest.raises(ConfigurationError):
        way.connect(OK, **settings)


def test_missing_credentials_name_argument_and_variable_of_each_alternative(way: Way) -> None:
    client = way.connect(OK, arguments={"key": None})
    with pytest.raises(
        ConfigurationError, match=r"`key` .*COUNTERFOIL_PARCEL_POST_KEY\) or `token` .*_TOKEN"
    ):
        way.call(client, GET, id="1")


def test_an_operation_with_a_server_of_its_own_goes_there_unless_base_url_says_otherwise(
    way: Way,
) -> None:
    answer = httpx2.Response(200, content=b"done")
    way.call(way.connect(answer), TRADE, grant_type="refresh_token", refresh_token="a+b&c")
    way.call(
        way.connect(answer, base_url="http://localhost:8080/amazon/"),
        TRADE,
        grant_type="g",
        refresh_token="r",
    )
    assert [str(each.url) for each in way.requests] == [
        "https://login.example/auth",
        "http://localhost:8080/amazon/auth",
    ]
    assert way.requests[0].content == b"grant_type=refresh_token&refresh_token=a%2Bb%26c"
    assert way.requests[0].headers["content-type"] == "application/x-www-form-urlencoded"


def test_a_body_holds_what_was_given_and_nothing_else_digit_for_digit(way: Way) -> None:
    form = ParcelForm(total=Decimal("10.50"), note=None)
    way.call(way.connect(CREATED), CREATE, invoice=form)
    assert way.requests[0].content == b'{"invoice":{"total":10.50,"note":null}}'


@pytest.mark.parametrize(
    ("given", "sent"),
    [("1E+3", b"1000"), ("1E-2", b"0.01"), ("2.500", b"2.500"), ("0E-7", b"0.0000000")],
)
def test_exponents_are_written_out(way: Way, given: str, sent: bytes) -> None:
    assert send_form(way, total=Decimal(given)) == b'{"total":' + sent + b"}"


def test_times_leave_in_utc_and_naive_ones_in_their_own_form(way: Way) -> None:
    zone = dt.timezone(dt.timedelta(hours=-5))
    body = send_form(
        way,
        total=Decimal(1),
        issued_at=dt.datetime(2026, 2, 3, 22, tzinfo=zone),
        created=NaiveDateTime(2026, 2, 3, 4, 5, 6),
        due=dt.date(2026, 3, 1),
        status=ParcelStatus("Brand new"),
    )
    assert body == (
        b'{"total":1,"issuedAt":"2026-02-04T03:00:00Z","created":"2026-02-03 04:05:06",'
        b'"due":"2026-03-01","status":"Brand new"}'
    )


def test_every_breach_is_named_with_its_place_and_nothing_is_sent(way: Way) -> None:
    form = ParcelForm(
        total=Decimal("-10000.001"),
        number="abc-def\n",
        issued_at=dt.datetime(2026, 1, 1),
        discounts=[
            Discount(type="PercentOff", value=Decimal(120)),
            Discount(value=Decimal(0)),
            Discount(),
        ],
    )
    with pytest.raises(InvalidRequest) as caught:
        way.call(way.connect(CREATED), CREATE, invoice=form)
    assert caught.value.violations == (
        "invoice.total: -10000.001 is below the minimum 0",
        "invoice.total: -10000.001 has more than 2 digits after the point",
        "invoice.total: -10000.001 has more than 4 digits before the point",
        "invoice.number: has 8 characters, the maximum is 5",
        "invoice.number: 'abc-def\\n' does not match ^[A-Z0-9]*$",
        "invoice.issued_at: 2026-01-01 00:00:00 has no time zone; "
        "set one, such as tzinfo=datetime.UTC",
        "invoice.discounts: has 3 items, the maximum is 2",
        "invoice.discounts[0].value: 120 is above the maximum 100",
        "invoice.discounts[1].value: 0 is not above 0",
    )
    assert caught.value.status is None
    assert way.requests == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"total": 1.5},
        {"total": "1.5"},
        {"total": True},
        {"total": Decimal("NaN")},
        {"total": Decimal("1E+999999")},
        {"total": Decimal(1), "created": dt.datetime(2026, 1, 1)},
        {"total": Decimal(1), "due": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)},
        {"total": Decimal(1), "number": 5},
        {"total": Decimal(1), "status": 5},
        {"total": Decimal(1), "discounts": {"value": 1}},
        {"total": Decimal(1), "number": None},
        {"total": Decimal(1), "number": "A\n"},
    ],
)
def test_a_value_of_the_wrong_type_is_refused(way: Way, wrong: dict[str, Any]) -> None:
    with pytest.raises(InvalidRequest):
        send_form(way, **wrong)
    assert way.requests == []


def test_trailing_zeros_beyond_the_places_are_no_breach(way: Way) -> None:
    assert send_form(way, total=Decimal("9999.5000")) == b'{"total":9999.5000}'


def test_an_enum_may_be_given_as_its_text(way: Way) -> None:
    assert send_form(way, total=Decimal(1), status="Paid") == b'{"total":1,"status":"Paid"}'


def test_without_validation_a_breach_is_sent_as_it_is(way: Way) -> None:
    client = way.connect(httpx2.Response(204)).with_options(validate=False)
    way.call(client, REPLACE, form=ParcelForm(total=Decimal("-1.23456"), number="far too long"))
    assert way.requests[0].content == b'{"total":-1.23456,"number":"far too long"}'


def test_not_even_without_validation_is_a_sum_sent_that_is_no_number(way: Way) -> None:
    client = way.connect(httpx2.Response(204)).with_options(validate=False)
    with pytest.raises(InvalidRequest):
        way.call(client, REPLACE, form=ParcelForm(total=Decimal("Infinity")))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({}, "created_after: is required"),
        ({"created_after": dt.datetime(2026, 1, 1)}, "time zone"),
        ({"created_after": NOON, "created_before": NOON}, "not after"),
        (
            {"created_after": NOON, "created_before": NOON + dt.timedelta(days=8)},
            "more than 7 days",
        ),
        ({"created_after": NOON, "limit": 10}, "limit: 10 is above the maximum 9"),
        ({"created_after": NOON, "limit": True}, "limit: must be int"),
    ],
)
def test_a_parameter_beyond_its_limits_is_refused(
    way: Way, arguments: dict[str, Any], message: str
) -> None:
    with pytest.raises(InvalidRequest, match=message):
        way.call(way.connect(OK), LIST, **arguments)


def test_a_missing_argument_of_the_body_is_named(way: Way) -> None:
    with pytest.raises(InvalidRequest, match="invoice: is required"):
        way.call(way.connect(CREATED), CREATE, notify=True)


def test_a_text_that_is_no_unicode_is_refused(way: Way) -> None:
    with pytest.raises(InvalidRequest):
        send_form(way, total=Decimal(1), note="\ud800")
