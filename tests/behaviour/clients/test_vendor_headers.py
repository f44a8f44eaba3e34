"""The headers that each API describes: request id, headers an error may show, rate in force."""

from __future__ import annotations

from importlib import import_module

import pytest
from counterfoil_core.error_responses import show_headers
from counterfoil_core.rate_limits import read_rate
from counterfoil_core.response import find_request_id

CAME = {
    "x-request-id": "general",
    "x-amzn-requestid": "amazon",
    "x-flow-request-id": "flow",
    "x-amzn-errortype": "TooManyRequests",
    "x-vtex-error-message": "no such order",
    "x-amzn-ratelimit-limit": "0.5",
    "x-customer-key": "s3cret",
}
# The id, the one without a general id, the rate, and the headers shown beside the general id.
EXPECTED = {
    "amazon": (
        "amazon",
        "amazon",
        0.5,
        {"x-amzn-requestid", "x-amzn-errortype", "x-amzn-ratelimit-limit"},
    ),
    "flow": ("general", "flow", None, {"x-flow-request-id"}),
    "vtex": ("general", None, None, {"x-vtex-error-message"}),
    "open2b_admin": ("general", None, None, set()),
    "open2b_storefront": ("general", None, None, set()),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_an_api_knows_its_own_headers(name: str) -> None:
    api = import_module(f"counterfoil_{name}._api").API
    request_id, own_id, rate, shown = EXPECTED[name]
    without = {header: value for header, value in CAME.items() if header != "x-request-id"}

    assert find_request_id(CAME, api.request_id_headers) == request_id
    assert find_request_id(without, api.request_id_headers) == own_id
    assert read_rate(CAME, api.rate_limit_header) == rate
    assert show_headers(CAME, api).keys() == shown | {"x-request-id"}
