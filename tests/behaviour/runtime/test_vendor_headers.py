"""A vendor's headers are data of its API: the request id, those that may be shown, the rate."""

from __future__ import annotations

import logging

import httpx2
import pytest
from counterfoil_core import DecodeError, InvalidRequest
from counterfoil_core.api import RateLimit
from counterfoil_core.rate_limits import read_rate

from .clients import Way
from .fake_api import GET, INVOICE

IDS = [
    ({"X-Parcel-Request": "r-1", "X-Parcel-Trace": "r-2", "X-Request-Id": "r-3"}, "r-1"),
    ({"X-PARCEL-TRACE": "r-2", "X-Request-Id": "r-3"}, "r-2"),
    ({"X-Request-Id": "r-3", "X-Correlation-Id": "r-4"}, "r-3"),
    ({"X-Correlation-Id": "r-4"}, "r-4"),
    ({"X-Another-Vendors-Request": "r-5"}, None),
    ({}, None),
]


@pytest.mark.parametrize(("headers", "expected"), IDS)
def test_the_id_of_a_request_is_found_by_the_names_of_its_api(
    way: Way, headers: dict[str, str], expected: str | None
) -> None:
    good = way.connect(httpx2.Response(200, content=INVOICE, headers=headers))
    assert way.respond(good, GET, id="7").request_id == expected

    refusing = way.connect(httpx2.Response(400, content=b"{}", headers=headers))
    with pytest.raises(InvalidRequest) as refused:
        way.call(refusing, GET, id="7")
    assert refused.value.request_id == expected

    broken = way.connect(httpx2.Response(200, content=b"{", headers=headers), max_attempts=1)
    with pytest.raises(DecodeError) as unreadable:
        way.call(broken, GET, id="7")
    assert unreadable.value.request_id == expected


def test_an_error_and_the_log_show_the_safe_headers_of_the_api(
    way: Way, caplog: pytest.LogCaptureFixture
) -> None:
    headers = {
        "X-Parcel-Error": "weight",
        "X-Parcel-Request": "r-1",
        "X-Parcel-Rate": "0.5",
        "Retry-After": "0",
        "X-Session": "s3cret",
        "X-Other": "hidden",
    }
    client = way.connect(httpx2.Response(400, content=b"{}", headers=headers))
    with caplog.at_level(logging.DEBUG, "counterfoil"), pytest.raises(InvalidRequest) as caught:
        way.call(client, GET, id="7")

    shown = {
        name: value for name, value in caught.value.headers.items() if name != "content-length"
    }
    assert shown == {
        "x-parcel-error": "weight",
        "x-parcel-request": "r-1",
        "x-parcel-rate": "0.5",
        "retry-after": "0",
    }
    assert "weight" in caplog.text
    assert "s3cret" not in caplog.text + repr(caught.value.headers)
    assert "hidden" not in caplog.text


def test_the_rate_of_another_vendors_header_is_not_kept_to(way: Way) -> None:
    told = httpx2.Response(200, content=INVOICE, headers={"X-Another-Vendors-Rate": "0.5"})
    client = way.connect(told, rate_limit=RateLimit(requests=10, per=1, burst=1))
    way.call(client, GET, id="1")
    way.call(client, GET, id="1")

    assert way.time.waits == pytest.approx([0.1])


@pytest.mark.parametrize(
    ("name", "expected"),
    [("X-Parcel-Rate", 0.5), ("x-parcel-rate", 0.5), ("X-Other", None), (None, None)],
)
def test_a_rate_is_read_by_the_name_of_its_header(name: str | None, expected: float | None) -> None:
    assert read_rate({"x-parcel-rate": "0.5"}, name) == expected
