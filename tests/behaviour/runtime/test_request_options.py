"""Options of one call, headers of all calls, idempotency keys, and requests outside of the spec."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import httpx2
import pytest
from counterfoil_core import (
    AuthenticationFailed,
    ConfigurationError,
    DeadlineExceeded,
    DecodeError,
    InvalidRequest,
    NotFound,
    OutcomeUnknown,
    RateLimit,
    ServerError,
)
from msgspec import structs

from .clients import Way
from .fake_api import API as WITHOUT_CREDENTIALS
from .fake_api import CREATE, GET, INVOICE, LIST, LIST_PAGES, NOON, ParcelForm

OK = httpx2.Response(200, content=INVOICE)
CREATED = httpx2.Response(200, content=b'{"status": "ok", "id": 5}')
FORM = ParcelForm(total=Decimal("1.00"))
API = structs.replace(WITHOUT_CREDENTIALS, credentials=(("key",), ("token",)))
PAY = structs.replace(CREATE, name="invoices.pay", idempotency_header="Idempotency-Key")


def call(way: Way, client: Any, operation: Any, arguments: dict[str, Any], **options: Any) -> Any:
    answer = client.call(operation, arguments, options)
    return way.runner.run(answer) if way.is_async else answer


def request(way: Way, client: Any, *place: str, **options: Any) -> Any:
    settings = client._state.settings
    client._state.settings = structs.replace(settings, api=API)
    answer = client.request(*place, **options)
    return way.runner.run(answer) if way.is_async else answer


# options of one call


def test_extra_headers_and_query_are_sent_beside_the_methods_own(way: Way) -> None:
    call(
        way,
        way.connect(OK),
        GET,
        {"id": "1", "language": "it"},
        extra_headers={"X-Trace": "t-1"},
        extra_query={"debug": "a b", "tags": ["x", "y"]},
    )
    sent = way.requests[0]
    assert (sent.headers["x-trace"], sent.headers["x-language"]) == ("t-1", "it")
    assert sent.headers["x-key"] == "k-123"
    assert sent.url.query == b"debug=a%20b&tags=x&tags=y"


def test_an_extra_header_may_replace_the_user_agent(way: Way) -> None:
    call(way, way.connect(OK), GET, {"id": "1"}, extra_headers={"User-Agent": "mine"})
    assert way.requests[0].headers["user-agent"] == "mine"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"extra_headers": {"X-Key": "other"}}, "x-key is set by the client"),
        ({"extra_headers": {"content-length": "3"}}, "content-length is set by the client"),
        ({"extra_headers": {"X-Language": "it"}}, "x-language is an argument of invoices.get"),
        ({"extra_headers": {"X-Note": "a\r\nX-Key: b"}}, "line breaks"),
        ({"extra_headers": {"X Note": "a"}}, "not the name of a header"),
        ({"extra_query": {"expand": "a"}}, "expand is an argument of invoices.get"),
        ({"idempotency_key": "k"}, "invoices.get has no idempotency header"),
    ],
)
def test_an_option_that_cannot_be_sent_is_refused(
    way: Way, options: dict[str, Any], message: str
) -> None:
    with pytest.raises(InvalidRequest, match=message):
        call(way, way.connect(OK), GET, {"id": "1"}, **options)
    assert way.requests == []


def test_a_misspelt_argument_is_an_error_with_a_suggestion(way: Way) -> None:
    with pytest.raises(
        TypeError, match=r"invoices.get\(\) got an unexpected .*'languag'. Did you mean 'language'"
    ):
        call(way, way.connect(OK), GET, {"id": "1"}, languag="it")
    assert way.requests == []


def test_timeout_and_attempts_hold_for_one_call(way: Way) -> None:
    busy = httpx2.Response(503, headers={"retry-after": "5"})
    client = way.connect(busy)
    with pytest.raises(ServerError):
        call(way, client, GET, {"id": "1"}, max_attempts=1)
    assert len(way.requests) == 1
    with pytest.raises(ServerError):
        call(way, client, GET, {"id": "1"}, timeout=4)
    assert len(way.requests) == 2, "a wait of 5 s does not fit into 4 s"
    with pytest.raises(ServerError):
        call(way, client, GET, {"id": "1"})
    assert len(way.requests) == 5, "the client's own options are unchanged"


@pytest.mark.parametrize("options", [{"timeout": 0}, {"max_attempts": 0}, {"timeout": "3"}])
def test_an_invalid_option_is_refused_before_anything_is_sent(
    way: Way, options: dict[str, Any]
) -> None:
    with pytest.raises(ConfigurationError):
        call(way, way.connect(OK), GET, {"id": "1"}, **options)
    assert way.requests == []


def test_options_hold_for_each_page(way: Way) -> None:
    client = way.connect(httpx2.Response(200, content=b'{"payload": {"invoices": []}}'))
    pages = client.pages(
        LIST,
        LIST_PAGES,
        {"created_after": NOON},
        options={"extra_headers": {"X-Trace": "t-1"}, "max_attempts": 1},
    )
    assert len(way.collect(pages)) == 1
    assert way.requests[0].headers["x-trace"] == "t-1"


def test_a_misspelt_argument_of_iterate_is_an_error_at_once(way: Way) -> None:
    client = way.connect(OK)
    options: Any = {"limt": 1}
    with pytest.raises(TypeError, match="limt"):
        client.iterate(LIST, LIST_PAGES, {"created_after": NOON}, options=options)


# headers of all calls


def test_default_headers_and_app_info_go_with_every_request(way: Way) -> None:
    client = way.connect(OK, default_headers={"X-Gateway": "g-1"}, app_info="my-shop/1.2")
    way.call(client, GET, id="1")
    way.call(client, GET, id="2")
    assert [sent.headers["x-gateway"] for sent in way.requests] == ["g-1", "g-1"]
    agent = way.requests[0].headers["user-agent"]
    assert agent.startswith("counterfoil-parcel-post/0.3.0")
    assert agent.endswith(" my-shop/1.2")


def test_an_extra_header_replaces_a_default_one(way: Way) -> None:
    client = way.connect(OK, default_headers={"X-Gateway": "g-1"})
    call(way, client, GET, {"id": "1"}, extra_headers={"x-gateway": "g-2"})
    assert way.requests[0].headers.get_list("x-gateway") == ["g-2"]


def test_an_argument_of_a_method_comes_before_a_default_header(way: Way) -> None:
    defaults = {"X-Language": "de", "User-Agent": "mine"}
    client = way.connect(OK, default_headers=defaults, app_info="shop/1")
    way.call(client, GET, id="1", language="it")
    way.call(client, GET, id="1")
    assert [sent.headers["x-language"] for sent in way.requests] == ["it", "de"]
    assert way.requests[0].headers["user-agent"] == "mine shop/1"


@pytest.mark.parametrize(
    "settings",
    [
        {"default_headers": {"x-key": "k"}},
        {"default_headers": {"Authorization": "k"}},
        {"default_headers": {"X-A": "a\nb"}},
        {"app_info": "a\r\nb"},
        {"app_info": ""},
    ],
)
def test_default_headers_that_cannot_be_sent_are_refused(
    way: Way, settings: dict[str, Any]
) -> None:
    with pytest.raises(ConfigurationError):
        way.connect(OK, **settings)


# idempotency keys


def test_one_key_is_sent_with_all_attempts_of_a_call(way: Way) -> None:
    statuses = iter([503, 503, 200, 200])
    content = b'{"status": "ok", "id": 5}'
    client = way.connect(lambda sent: httpx2.Response(next(statuses), content=content))
    operation = structs.replace(PAY, retry="keyed")
    way.call(client, operation, invoice=FORM)
    way.call(client, operation, invoice=FORM)
    keys = [sent.headers["idempotency-key"] for sent in way.requests]
    assert keys[0] == keys[1] == keys[2]
    assert keys[3] != keys[0]
    assert len(keys[0]) >= 32


def test_a_call_can_bring_its_own_key(way: Way) -> None:
    call(way, way.connect(CREATED), PAY, {"invoice": FORM}, idempotency_key="order-81")
    assert way.requests[0].headers["idempotency-key"] == "order-81"


def test_a_key_with_a_line_break_is_refused(way: Way) -> None:
    with pytest.raises(InvalidRequest, match="idempotency_key"):
        call(way, way.connect(CREATED), PAY, {"invoice": FORM}, idempotency_key="a\nb")
    assert way.requests == []


# requests that the API's description lacks


def test_a_request_outside_of_the_spec_is_signed_and_decoded(way: Way) -> None:
    answer = httpx2.Response(
        201, headers={"content-type": "application/json"}, content=b'{"total": 56.330, "n": 7}'
    )
    response = request(
        way,
        way.connect(answer),
        "POST",
        "/v2/über uns".replace(" ", "-"),
        query={"day": "a&b", "ids": [1, 2]},
        json={"amount": Decimal("1.10")},
        extra_headers={"X-Trace": "t"},
    )
    sent = way.requests[0]
    assert sent.url.raw_path == b"/v2/%C3%BCber-uns?day=a%26b&ids=1&ids=2"
    assert sent.content == b'{"amount":1.10}'
    assert (sent.headers["content-type"], sent.headers["x-key"]) == ("application/json", "k-123")
    assert sent.headers["x-trace"] == "t"
    assert response.value == {"total": Decimal("56.330"), "n": 7}
    assert str(response.value["total"]) == "56.330"
    assert response.status == 201


@pytest.mark.parametrize(
    ("media_type", "content", "value"),
    [
        ("text/plain", b"gr\xc3\xbc\xc3\x9fe", "grüße"),
        ("application/pdf", b"%PDF", b"%PDF"),
        ("application/json", b"", None),
        ("application/problem+json", b"[1.0]", [Decimal("1.0")]),
    ],
)
def test_the_value_depends_on_the_content_type(
    way: Way, media_type: str, content: bytes, value: object
) -> None:
    answer = httpx2.Response(200, headers={"content-type": media_type}, content=content)
    assert request(way, way.connect(answer), "GET", "/file").value == value


def test_bytes_are_sent_as_they_are(way: Way) -> None:
    request(
        way, way.connect(OK), "PUT", "/file", content=b"\x00\x01", content_type="application/pdf"
    )
    assert way.requests[0].content == b"\x00\x01"
    assert way.requests[0].headers["content-type"] == "application/pdf"


@pytest.mark.parametrize(
    "media_type",
    ["application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"],
)
def test_bytes_have_any_media_type(way: Way, media_type: str) -> None:
    request(way, way.connect(OK), "PUT", "/file", content=b"a=1", content_type=media_type)
    assert way.requests[0].content == b"a=1"
    assert way.requests[0].headers["content-type"] == media_type


def test_its_errors_are_those_of_methods(way: Way) -> None:
    with pytest.raises(NotFound) as raised:
        request(way, way.connect(httpx2.Response(404)), "GET", "/nothing")
    assert raised.value.operation == "GET /nothing"
    with pytest.raises(AuthenticationFailed):
        request(way, way.connect(httpx2.Response(401)), "GET", "/nothing")


def test_what_claims_to_be_json_and_is_not_is_an_error(way: Way) -> None:
    answer = httpx2.Response(200, headers={"content-type": "application/json"}, content=b"{")
    with pytest.raises(DecodeError):
        request(way, way.connect(answer), "GET", "/file")


@pytest.mark.parametrize(
    ("method", "retry", "attempts"),
    [("GET", None, 3), ("POST", None, 1), ("PUT", "keyed", 3), ("DELETE", None, 1)],
)
def test_only_reading_and_keyed_requests_are_retried(
    way: Way, method: str, retry: str | None, attempts: int
) -> None:
    options = {} if retry is None else {"retry": retry}
    with pytest.raises(ServerError):
        request(way, way.connect(httpx2.Response(503)), method, "/thing", **options)
    assert len(way.requests) == attempts


def test_a_write_whose_response_is_lost_is_not_repeated(way: Way) -> None:
    def lose(sent: httpx2.Request) -> httpx2.Response:
        raise httpx2.ReadError("gone")

    with pytest.raises(OutcomeUnknown):
        request(way, way.connect(lose), "POST", "/thing")
    assert len(way.requests) == 1


@pytest.mark.parametrize(
    ("place", "options"),
    [
        (("GET", "no-slash"), {}),
        (("GET", "//other.example/x"), {}),
        (("GET", "https://other.example/x"), {}),
        (("GET", "/a?b=c"), {}),
        (("GET", "/a#b"), {}),
        (("GET", "/a\r\nX: y"), {}),
        (("GET", "/a/../b"), {}),
        (("FETCH", "/a"), {}),
        (("get\r\n", "/a"), {}),
        (("POST", "/a"), {"json": 1, "content": b""}),
        (("POST", "/a"), {"retry": "always"}),
    ],
)
def test_a_request_that_cannot_be_sent_is_refused(
    way: Way, place: tuple[str, str], options: dict[str, Any]
) -> None:
    with pytest.raises(InvalidRequest):
        request(way, way.connect(OK), *place, **options)
    assert way.requests == []


def test_a_deadline_of_its_own_holds(way: Way) -> None:
    def late(sent: httpx2.Request) -> httpx2.Response:
        way.time.now += 10
        raise httpx2.ReadTimeout("late")

    with pytest.raises(DeadlineExceeded):
        request(way, way.connect(late), "GET", "/thing", timeout=5)


def test_requests_outside_of_the_spec_share_one_rate_limit(way: Way) -> None:
    limit = RateLimit(requests=1, per=10, burst=1)
    client = way.connect(lambda sent: httpx2.Response(204), rate_limit=limit)
    for number in range(3):
        request(way, client, "GET", f"/thing/{number}")
    assert way.time.waits == pytest.approx([10, 10])


def test_braces_in_a_path_are_text(way: Way) -> None:
    request(way, way.connect(OK), "GET", "/a/{b}")
    assert way.requests[0].url.raw_path == b"/a/%7Bb%7D"
