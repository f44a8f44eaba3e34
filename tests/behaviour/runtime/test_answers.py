"""What answers mean: values, errors, and the words of the server."""

from __future__ import annotations

import copy
import gzip
import json
import pickle
from datetime import timedelta
from decimal import Decimal
from typing import Any

import counterfoil_core
import httpx2
import pytest
from counterfoil_core import (
    ApiError,
    AuthenticationFailed,
    Conflict,
    CounterfoilError,
    DecodeError,
    InvalidRequest,
    NotFound,
    PermissionDenied,
    RateLimited,
    ServerError,
)
from counterfoil_core.api import Operation
from counterfoil_core.types import NaiveDateTime
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from .clients import Way
from .fake_api import CREATE, FETCH, GET, INVOICE, REPLACE, TRADE, ParcelForm, ParcelStatus

FORM = ParcelForm(total=Decimal(1))


def answer(status: int = 200, content: bytes = INVOICE, **headers: str) -> httpx2.Response:
    return httpx2.Response(
        status,
        content=content,
        headers={name.replace("_", "-"): text for name, text in headers.items()},
    )


def catch(
    way: Way, response: httpx2.Response, kind: type[CounterfoilError] = CounterfoilError
) -> Any:
    with pytest.raises(kind) as caught:
        way.call(way.connect(response, max_attempts=1), GET, id="1")
    return caught.value


def test_an_answer_becomes_a_value_digit_for_digit(way: Way) -> None:
    content = (
        b'{"id":7,"total":12345678901234567.890,"created":"2026-02-03 04:05:06",'
        b'"status":"Lost","new":[1]}'
    )
    invoice = way.call(way.connect(answer(content=content)), GET, id="7")
    assert str(invoice.total) == "12345678901234567.890"
    assert invoice.created == NaiveDateTime(2026, 2, 3, 4, 5, 6)
    assert type(invoice.created) is NaiveDateTime
    assert invoice.status == "Lost"
    assert invoice.status != ParcelStatus.OPEN


def test_a_response_tells_what_came_beside_the_value(way: Way) -> None:
    headers = {"X_Parcel_Request": "r-1", "Set_Cookie": "a=b", "X_Session": "s3cret", "X_Any": "1"}
    response = way.respond(way.connect(answer(**headers)), GET, id="7")
    assert (response.value.id, response.status, response.request_id, response.attempts) == (
        7,
        200,
        "r-1",
        1,
    )
    assert response.headers["x-any"] == "1"
    assert response.headers["x-session"] == "s3cret"
    assert "set-cookie" not in response.headers
    assert response.raw == INVOICE
    assert response.elapsed == timedelta(0)
    assert "s3cret" not in repr(response) + repr(response.headers)


def test_no_cookie_is_sent_back(way: Way) -> None:
    client = way.connect(answer(Set_Cookie="a=b; Path=/"))
    way.call(client, GET, id="7")
    way.call(client, GET, id="7")
    assert "cookie" not in way.requests[1].headers


@pytest.mark.parametrize(
    ("content", "expected"),
    [(b'{"invoice":{"id":1,"total":2}}', 1), (b'{"invoice":null}', None), (b"{}", None)],
)
def test_a_result_is_taken_out_of_its_envelope(
    way: Way, content: bytes, expected: int | None
) -> None:
    invoice = way.call(way.connect(answer(content=content)), FETCH)
    assert (invoice and invoice.id) == expected


@pytest.mark.parametrize("content", [b"{}", b'{"invoice":null}'])
def test_a_result_that_must_be_there_is_missed(way: Way, content: bytes) -> None:
    with pytest.raises(DecodeError, match="the result is missing") as caught:
        way.call(way.connect(answer(content=content)), structs.replace(FETCH, nullable=False))
    assert caught.value.path == "$.invoice"


@pytest.mark.parametrize("status", [200, 202, 203, 204, 205, 206])
@pytest.mark.parametrize("operation", [GET, FETCH, TRADE], ids=lambda each: each.name)
def test_a_success_without_a_body_is_no_value(
    way: Way, status: int, operation: Operation[Any]
) -> None:
    if operation is TRADE and status == 200:
        return  # its documented answer is a text, and a text may be empty
    needed = {"id": "1"} if operation is GET else {}
    needed |= {"grant_type": "g", "refresh_token": "r"} if operation is TRADE else {}
    with pytest.raises(DecodeError, match="the body is empty, but a value is documented"):
        way.call(way.connect(httpx2.Response(status)), operation, **needed)


@pytest.mark.parametrize("status", [200, 202, 205])
def test_where_no_value_is_promised_any_success_will_do(way: Way, status: int) -> None:
    assert way.call(way.connect(httpx2.Response(status)), REPLACE, form=FORM) is None


def test_a_documented_empty_success_is_none(way: Way) -> None:
    assert way.call(way.connect(httpx2.Response(204)), REPLACE, form=FORM) is None


@pytest.mark.parametrize(
    ("content", "path"),
    [
        (b'{"id": 7}', "$.total"),
        (b"[]", "$"),
        (b'{"id": "7", "total": 1}', "$.id"),
        (b'{"id": 7, "total": "NaN"}', "$.total"),
        (b'{"id": 7, "total": " -Infinity "}', "$.total"),
        (b'{"id": 7, "total": "snan12"}', "$.total"),
        (b'{"id": 7, "total": "\\u004eaN"}', "$.total"),
        (b'{"id": 7, "total": "+inf"}', "$.total"),
        ('{"id": 7, "total": "\u2003inf"}'.encode(), "$.total"),
        (b'{"id": 7, "total": 1, "created": "2026-02-03T04:05:06Z"}', "$.created"),
        (b'{"id": 7, "total": NaN}', None),
        (b"<html><title>Maintenance</title></html>", None),
        (b"", None),
        (b'{"id": 7, "total": 1, "new": ' + b"[" * 100_000, None),
        (b'{"id": 7, "total": 1, "number": "\xff"}', None),
    ],
)
def test_an_answer_that_is_not_as_documented_is_a_decode_error(
    way: Way, content: bytes, path: str | None
) -> None:
    error = catch(way, answer(content=content, x_request_id="r-2"), DecodeError)
    assert error.path == path
    assert error.request_id == "r-2"
    assert len(error.body) < 2_100
    assert str(error).startswith("parcel-post invoices.get: the response (200, ")


@pytest.mark.parametrize("text", [b"Fernando", b"Infinity", b"information", b"nan"])
def test_words_that_look_like_numbers_may_stand_where_words_are_expected(
    way: Way, text: bytes
) -> None:
    content = b'{"id": 7, "total": "10.5", "number": "' + text + b'"}'
    client = way.connect(answer(content=content))
    assert way.call(client, GET, id="7").number == text.decode()


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (302, ApiError),
        (400, InvalidRequest),
        (401, AuthenticationFailed),
        (403, PermissionDenied),
        (404, NotFound),
        (405, InvalidRequest),
        (408, ServerError),
        (409, Conflict),
        (410, NotFound),
        (415, InvalidRequest),
        (418, AuthenticationFailed),
        (422, InvalidRequest),
        (429, RateLimited),
        (500, ServerError),
        (599, ServerError),
    ],
)
def test_a_status_means_an_exception(way: Way, status: int, kind: type[ApiError]) -> None:
    error = catch(way, answer(status, b"", location="https://other.example/"))
    assert type(error) is kind
    assert error.status == status
    assert error.provider == "parcel-post"
    assert error.operation == "invoices.get"
    assert len(way.requests) == 1


@pytest.mark.parametrize(
    ("content", "code", "detail", "field"),
    [
        (
            b'{"errors":[{"code":"InvalidInput","message":"Bad token.","details":""}]}',
            "InvalidInput",
            "Bad token.",
            None,
        ),
        (
            b'{"errors":[{"code":"InvalidInput","message":null,"details":null}]}',
            "InvalidInput",
            None,
            None,
        ),
        (b'[{"code":"Unauthorized","message":"Denied"}]', "Unauthorized", "Denied", None),
        (
            b'{"error":{"code":"OMS003","message":"Order not found","exception":null}}',
            "OMS003",
            "Order not found",
            None,
        ),
        (
            b'{"error":{"field":"number","type":"InvalidValue","description":"Too long"}}',
            "InvalidValue",
            "Too long",
            "number",
        ),
        (b'{"code":"generic_error","messages":["One","Two"]}', "generic_error", "One; Two", None),
        (
            b'{"type":"about:blank","title":"No","detail":"No stock"}',
            "about:blank",
            "No stock",
            None,
        ),
        (b'{"message":"The User is not authorized"}', None, "The User is not authorized", None),
        (
            b'{"error":"invalid_grant","error_description":"Expired"}',
            "invalid_grant",
            "Expired",
            None,
        ),
        (
            b"<html><head><title>502 Bad  Gateway</title></head><body>Sorry</body></html>",
            None,
            "502 Bad Gateway",
            None,
        ),
        (b"403 Forbidden, malformed key\n", None, "403 Forbidden, malformed key", None),
        (b'"just text"', None, "just text", None),
        (b"null", None, None, None),
        (b"{}", None, None, None),
        (b"7", None, None, None),
        (b"", None, None, None),
        (b"\xff\xfe\x00", None, "\ufffd\ufffd\x00", None),
        (b'{"error":' * 600 + b'{"code":"deep"}' + b"}" * 600, None, None, None),
        (b'{"error":' * 5000, None, None, None),
    ],
)
def test_the_servers_words_are_found_in_a_body_of_any_shape(
    way: Way, content: bytes, code: str | None, detail: str | None, field: str | None
) -> None:
    error = catch(way, answer(400, content), InvalidRequest)
    assert error.code == code
    assert error.field == field
    if content != b'{"error":' * 5000:
        assert error.detail == detail
        assert (detail or "").rstrip(".") in str(error)
    assert len(error.body) < 2_100


def test_an_error_says_what_to_do_and_hides_what_is_secret(way: Way) -> None:
    headers = {
        "x_request_id": "r-3",
        "X_Session": "s3cret",
        "set_cookie": "c=1",
        "retry_after": "9",
    }
    error = catch(way, answer(429, b'{"message":"key k-123 is too eager"}', **headers), RateLimited)
    assert str(error) == (
        "parcel-post invoices.get: 429: key *** is too eager. "
        "Wait before the next call, or give the client a lower `rate_limit`. (request id r-3)"
    )
    assert error.retry_after == 9.0
    assert error.headers == {"x-request-id": "r-3", "retry-after": "9", "content-length": "36"}
    assert "k-123" not in repr(vars(error))


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("NotFound", NotFound), ("AccessDenied", PermissionDenied), ("InvalidValue", InvalidRequest)],
)
def test_a_success_with_an_error_inside_is_raised(
    way: Way, kind: str, expected: type[ApiError]
) -> None:
    content = (
        b'{"status":"error","error":{"field":"number","type":"%s","description":"No."}}'
        % kind.encode()
    )
    with pytest.raises(ApiError) as caught:
        way.call(way.connect(answer(content=content)), CREATE, invoice=FORM)
    assert type(caught.value) is expected
    assert caught.value.code == kind
    assert caught.value.field == "number"
    assert caught.value.detail == "No."
    assert caught.value.status == 200


def test_a_compressed_answer_is_read(way: Way) -> None:
    response = answer(content=gzip.compress(INVOICE), content_encoding="gzip")
    assert way.call(way.connect(lambda _: response), GET, id="1").id == 7


EXCEPTIONS = [
    getattr(counterfoil_core, name)
    for name in counterfoil_core.__all__
    if isinstance(getattr(counterfoil_core, name), type)
    and issubclass(getattr(counterfoil_core, name), Exception)
]


@pytest.mark.parametrize("kind", EXCEPTIONS)
def test_every_error_survives_pickling_and_copying(kind: type[CounterfoilError]) -> None:
    error = kind("what happened")
    error.provider = "parcel-post"
    error.operation = "invoices.get"
    pickled = pickle.loads(pickle.dumps(error))
    for twin in (pickled, copy.copy(error), copy.deepcopy(error)):
        assert type(twin) is kind
        assert vars(twin) == vars(error)
        assert str(twin) == "parcel-post invoices.get: what happened"


def test_an_error_of_a_real_answer_survives_pickling(way: Way) -> None:
    error = catch(way, answer(404, b'{"message":"gone"}'), NotFound)
    twin = pickle.loads(pickle.dumps(error))
    assert str(twin) == str(error)
    assert vars(twin) == vars(error)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: (
        st.lists(inner)
        | st.dictionaries(st.sampled_from(["error", "errors", "code", "message", "field"]), inner)
    ),
)


@settings(database=None)
@given(content=st.binary() | JSON.map(lambda value: json.dumps(value).encode()))
def test_no_error_body_whatsoever_hides_the_answer(content: bytes) -> None:
    with (
        Way("sync").connect(answer(400, content)) as client,
        pytest.raises(InvalidRequest) as caught,
    ):
        client.call(GET, {"id": "1"})
    assert caught.value.status == 400
    assert len(str(caught.value)) < 10_000


def test_a_header_can_be_the_result_and_is_not_shown(way: Way) -> None:
    login = structs.replace(GET, name="session.login", result_header="X-Session-Key")
    response = way.respond(way.connect(answer(X_Session_Key="k-4711-open")), login, id="1")

    assert response.value == "k-4711-open"
    assert "k-4711-open" not in f"{response.value!r} {response!r}"


def test_a_documented_redirect_is_the_success_and_its_address_the_result(way: Way) -> None:
    address = "https://files.example.com/report.csv?signature=s3cr3t"
    report = structs.replace(
        GET, name="reports.get", responses={302: None}, result_header="Location"
    )
    redirect = answer(302, b"", Location=address)

    response = way.respond(way.connect(redirect), report, id="1")

    assert response.value == address
    assert "s3cr3t" not in f"{response.value!r} {response!r}"
    with pytest.raises(ApiError, match="a redirect, which is not followed"):
        way.call(way.connect(redirect), GET, id="1")


def test_a_missing_result_header_is_a_decode_error(way: Way) -> None:
    login = structs.replace(GET, name="session.login", result_header="X-Session-Key")

    with pytest.raises(DecodeError, match="the header X-Session-Key is missing"):
        way.call(way.connect(answer()), login, id="1")
