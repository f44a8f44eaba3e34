"""Credentials exchanged for tokens.

Amazon exchanges a refresh token for an access token, and that for a restricted one. Open2b
exchanges a login for a key.
"""

from __future__ import annotations

import asyncio
import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import counterfoil_amazon as amazon
import counterfoil_open2b_storefront as storefront
import httpx2
import pytest
from counterfoil_core import (
    AuthenticationFailed,
    ConfigurationError,
    CounterfoilError,
    DeadlineExceeded,
    DecodeError,
    PermissionDenied,
    RateLimited,
    ServerError,
)
from counterfoil_sandbox import FaultRule, Sandbox

from tests.behaviour.clients.vendor import (
    CREDENTIALS,
    INVOICES,
    LOGIN,
    RESTRICT,
    Vendor,
    hurry,
    list_week,
    rate_limiter,
)


def test_a_call_obtains_what_it_needs_and_keeps_it() -> None:
    vendor = Vendor()
    with vendor.open() as client:
        client.customer_invoices.get("PO7")
        client.customer_invoices.get("PO8")

    assert vendor.calls == [
        "token",
        "restrictedDataToken Atza|1",
        "PO7 Atz.sprdt|1",
        "PO8 Atz.sprdt|1",
    ]


def test_the_bytes_of_the_exchange_are_those_that_amazon_documents() -> None:
    vendor = Vendor()
    with vendor.open(region="na") as client:
        client.customer_invoices.get("PO7")

    login, restrict, get = vendor.requests
    assert login.method == "POST"
    assert str(login.url) == "https://api.amazon.com/auth/o2/token"
    assert login.headers["content-type"] == "application/x-www-form-urlencoded"
    assert sorted(login.content.decode().split("&")) == [
        "client_id=amzn1.Corso",
        "client_secret=s3cret-of-Parma",
        "grant_type=refresh_token",
        "refresh_token=Atzr%7CNives-41",
    ]
    assert (
        str(restrict.url)
        == "https://sellingpartnerapi-na.amazon.com/tokens/2021-03-01/restrictedDataToken"
    )
    path = "/vendor/directFulfillment/shipping/v1/customerInvoices/{purchaseOrderNumber}"
    assert (
        restrict.content.decode()
        == f'{{"restrictedResources":[{{"method":"GET","path":"{path}"}}]}}'
    )
    assert get.url.host == "sellingpartnerapi-na.amazon.com"


def test_a_token_for_amazons_sandbox_comes_from_the_production_host() -> None:
    vendor = Vendor()
    with vendor.open(endpoint="sandbox.sellingpartnerapi") as client:
        client.customer_invoices.get("PO7")

    assert [one.url.host for one in vendor.requests] == [
        "api.amazon.com",
        "sellingpartnerapi-eu.amazon.com",
        "sandbox.sellingpartnerapi-eu.amazon.com",
    ]


def test_each_operation_has_a_restricted_token_of_its_own_and_shares_the_access_token() -> None:
    vendor = Vendor()
    with vendor.open() as client:
        client.customer_invoices.get("PO7")
        list_week(client)

    assert vendor.issued == {"Atza": 1, "Atz.sprdt": 2}
    assert vendor.calls[-2:] == ["restrictedDataToken Atza|1", "customerInvoices Atz.sprdt|2"]


def test_a_token_is_renewed_a_minute_before_it_expires() -> None:
    vendor = Vendor()
    with vendor.open() as client:
        began = client._state.clock()
        client.customer_invoices.get("PO7")
        client._state.clock = lambda: began + 3600 - 61
        client.customer_invoices.get("PO8")
        kept = dict(vendor.issued)
        client._state.clock = lambda: began + 3600 - 59
        client.customer_invoices.get("PO9")

    assert kept == {"Atza": 1, "Atz.sprdt": 1}
    assert vendor.issued == {"Atza": 2, "Atz.sprdt": 2}


def test_a_token_that_worked_and_is_refused_is_renewed_once() -> None:
    vendor = Vendor()
    with vendor.open() as client:
        client.customer_invoices.get("PO7")
        vendor.refused.add("Atz.sprdt|1")
        client.customer_invoices.get("PO8")

    assert vendor.calls[3:] == ["PO8 Atz.sprdt|1", "restrictedDataToken Atza|1", "PO8 Atz.sprdt|2"]


def test_a_revoked_access_token_is_renewed_on_the_way() -> None:
    vendor = Vendor()
    with vendor.open() as client:
        client.customer_invoices.get("PO7")
        vendor.refused |= {"Atz.sprdt|1", "Atza|1"}
        client.customer_invoices.get("PO8")

    assert vendor.calls[3:] == [
        "PO8 Atz.sprdt|1",
        "restrictedDataToken Atza|1",
        "token",
        "restrictedDataToken Atza|2",
        "PO8 Atz.sprdt|2",
    ]


def test_a_new_token_that_is_refused_is_not_renewed_again() -> None:
    vendor = Vendor()
    vendor.refused |= {f"Atz.sprdt|{number}" for number in range(9)}
    with vendor.open() as client:
        for _ in range(3):
            with pytest.raises(PermissionDenied) as caught:
                client.customer_invoices.get("PO7")

    assert caught.value.operation == "customer_invoices.get"
    assert vendor.issued == {"Atza": 1, "Atz.sprdt": 1}


def test_with_one_attempt_the_next_call_has_a_new_token() -> None:
    vendor = Vendor()
    with vendor.open(max_attempts=1) as client:
        client.customer_invoices.get("PO7")
        vendor.refused.add("Atz.sprdt|1")
        with pytest.raises(PermissionDenied):
            client.customer_invoices.get("PO8")
        client.with_options(max_attempts=2).customer_invoices.get("PO9")

    assert vendor.calls[-1] == "PO9 Atz.sprdt|2"


def test_a_refused_refresh_token_is_a_failed_authentication_that_names_it() -> None:
    vendor = Vendor()
    vendor.troubles[LOGIN] = [
        httpx2.Response(
            400, json={"error": "invalid_grant", "error_description": "The token was revoked"}
        )
    ]
    with vendor.open() as client, pytest.raises(AuthenticationFailed) as caught:
        client.customer_invoices.get("PO7")

    assert caught.value.operation == "access_tokens.create"
    assert (caught.value.status, caught.value.code) == (400, "invalid_grant")
    assert "`refresh_token` and `client_id` and `client_secret`" in str(caught.value)
    assert "The token was revoked" in str(caught.value)
    assert vendor.calls == ["token"]


def test_a_throttled_token_endpoint_is_asked_again() -> None:
    vendor = Vendor()
    vendor.troubles = {LOGIN: [httpx2.Response(503, text="busy")], RESTRICT: [rate_limiter()]}
    with vendor.open() as client:
        waits = hurry(client)
        client.customer_invoices.get("PO7")

    assert [call.split()[0] for call in vendor.calls] == [
        "token",
        "token",
        "restrictedDataToken",
        "restrictedDataToken",
        "PO7",
    ]
    assert len(waits) >= 2


def test_a_token_endpoint_that_stays_throttled_is_not_asked_nine_times() -> None:
    vendor = Vendor()
    vendor.troubles = {RESTRICT: [rate_limiter() for _ in range(20)]}
    with vendor.open() as client:
        hurry(client)
        with pytest.raises(RateLimited) as caught:
            client.customer_invoices.get("PO7")

    assert caught.value.operation == "restricted_data_tokens.create"
    assert len(vendor.calls) == 1 + 3


def test_tokens_count_within_the_deadline_of_the_call() -> None:
    vendor = Vendor(pause=0.3)
    with vendor.open(timeout=0.2) as client, pytest.raises(DeadlineExceeded) as caught:
        client.customer_invoices.get("PO7")

    assert not isinstance(caught.value, RateLimited)
    assert "PO7" not in " ".join(vendor.calls)


def test_a_given_token_is_used_as_it_is() -> None:
    vendor = Vendor()
    with vendor.open(restricted_data_token="Atz.sprdt|given") as client:
        client.customer_invoices.get("PO7")

    assert vendor.calls == ["PO7 Atz.sprdt|given"]


def test_an_access_token_alone_is_traded_for_a_restricted_one() -> None:
    vendor = Vendor()
    transport = httpx2.MockTransport(vendor)
    with amazon.AmazonClient(access_token="Atza|given", transport=transport) as client:
        client.customer_invoices.get("PO7")

    assert vendor.calls == ["restrictedDataToken Atza|given", "PO7 Atz.sprdt|1"]


def test_what_is_missing_is_named_way_by_way() -> None:
    vendor = Vendor()
    with pytest.raises(ConfigurationError) as caught:
        amazon.AmazonClient(refresh_token="Atzr|1", transport=httpx2.MockTransport(vendor))

    for name in (
        "restricted_data_token",
        "access_token",
        "refresh_token",
        "client_id",
        "client_secret",
    ):
        assert f"`{name}` (or the environment variable COUNTERFOIL_AMAZON_{name.upper()})" in str(
            caught.value
        )
    assert vendor.calls == []


@pytest.mark.parametrize("token", ["", "line\nbreak", "naïve"])
def test_a_token_that_no_header_can_carry_is_no_token(token: str) -> None:
    vendor = Vendor()
    answer = {"access_token": token, "token_type": "bearer", "expires_in": 3600}
    vendor.troubles[LOGIN] = [httpx2.Response(200, json=answer) for _ in range(3)]
    with vendor.open() as client, pytest.raises(DecodeError):
        client.customer_invoices.get("PO7")

    assert "restrictedDataToken" not in vendor.calls


def test_thirty_two_threads_obtain_one_token() -> None:
    vendor = Vendor(pause=0.05)
    threads = []
    with vendor.open() as client:
        for _ in range(32):
            threads.append(threading.Thread(target=client.customer_invoices.get, args=("PO7",)))
            threads[-1].start()
        for thread in threads:
            thread.join()

    assert vendor.issued == {"Atza": 1, "Atz.sprdt": 1}
    assert vendor.calls.count("PO7 Atz.sprdt|1") == 32


def test_a_hundred_tasks_obtain_one_token() -> None:
    async def use() -> None:
        async with vendor.open_async() as client:
            await asyncio.gather(*(client.customer_invoices.get("PO7") for _ in range(100)))

    vendor = Vendor(pause=0.05)
    asyncio.run(use())

    assert vendor.issued == {"Atza": 1, "Atz.sprdt": 1}
    assert vendor.calls.count("PO7 Atz.sprdt|1") == 100


def test_who_waits_for_a_token_that_is_refused_hears_the_reason_and_asks_no_more() -> None:
    errors: list[CounterfoilError] = []

    async def ask(client: Any) -> None:
        try:
            await client.customer_invoices.get("PO7")
        except CounterfoilError as error:
            errors.append(error)

    async def use() -> None:
        async with vendor.open_async() as client:
            await asyncio.gather(*(ask(client) for _ in range(10)))

    vendor = Vendor(pause=0.02)
    vendor.troubles[LOGIN] = [
        httpx2.Response(400, json={"error": "invalid_grant"}) for _ in range(20)
    ]
    asyncio.run(use())

    assert {type(error) for error in errors} == {AuthenticationFailed}
    assert len(errors) == 10
    assert vendor.calls == ["token"]


def test_where_the_task_that_obtains_a_token_is_cancelled_another_takes_over() -> None:
    async def use() -> list[Any]:
        async with vendor.open_async() as client:
            vendor.gate = asyncio.Event()
            tasks = [asyncio.create_task(client.customer_invoices.get("PO7")) for _ in range(5)]
            await asyncio.sleep(0.02)
            tasks[0].cancel()
            vendor.gate.set()
            return await asyncio.gather(*tasks, return_exceptions=True)

    vendor = Vendor()
    first, *others = asyncio.run(use())

    assert isinstance(first, asyncio.CancelledError)
    assert [type(one) for one in others] == [amazon.CustomerInvoice] * 4
    assert vendor.issued["Atza"] == 1


def test_where_the_one_who_obtains_a_token_has_no_time_left_another_takes_over() -> None:
    async def use() -> list[Any]:
        async with vendor.open_async() as client:
            hasty = client.with_options(timeout=0.05).customer_invoices.get("PO7")
            return await asyncio.gather(
                hasty, client.customer_invoices.get("PO7"), return_exceptions=True
            )

    vendor = Vendor(pause=0.1)
    hasty, patient = asyncio.run(use())

    assert isinstance(hasty, DeadlineExceeded)
    assert isinstance(patient, amazon.CustomerInvoice)


def test_who_waits_for_another_gives_up_in_time() -> None:
    async def use() -> list[Any]:
        async with vendor.open_async() as client:
            vendor.gate = asyncio.Event()
            slow = asyncio.create_task(client.customer_invoices.get("PO7"))
            await asyncio.sleep(0.01)
            [hasty] = await asyncio.gather(
                client.with_options(timeout=0.05).customer_invoices.get("PO7"),
                return_exceptions=True,
            )
            vendor.gate.set()
            return [await slow, hasty]

    vendor = Vendor()
    slow, hasty = asyncio.run(use())

    assert isinstance(slow, amazon.CustomerInvoice)
    assert isinstance(hasty, DeadlineExceeded)
    assert not hasty.sent


def test_tokens_and_credentials_stand_in_no_error() -> None:
    vendor = Vendor()
    with vendor.open() as client:
        hurry(client)
        client.customer_invoices.get("PO7")
        echo = f"token Atz.sprdt|1 of Atza|1, {CREDENTIALS} and refresh_token=Atzr%7CNives-41"
        vendor.troubles[INVOICES] = [httpx2.Response(500, text=echo) for _ in range(3)]
        with pytest.raises(ServerError) as caught:
            client.customer_invoices.get("PO7")

    error = caught.value
    authenticator = client._state.authenticator
    shown = f"{error!r} {error} {error.__dict__} {client!r} {authenticator.__dict__!r}"
    for secret in ("Atz.sprdt|1", "Atza|1", "Nives-41", "s3cret-of-Parma"):
        assert secret not in shown
    assert "***" in caught.value.body


class Shop:
    """An Open2b store: a login returns a key, and `gone` keys are refused."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.gone: set[str] = set()
        self.logins = 0

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        request.read()
        method = request.url.path.split("/")[-1]
        self.calls.append(f"{method} {request.headers.get('x-customer-key', '')}".strip())
        if method == "storefront.login":
            self.logins += 1
            return httpx2.Response(
                200, json={"status": "ok"}, headers={"X-Customer-Key": f"Q2hpYXZl-{self.logins}"}
            )
        if request.headers["x-customer-key"] in self.gone:
            return httpx2.Response(403, text="403 Forbidden, malformed key")
        return httpx2.Response(200, json={"status": "ok", "invoices": [], "count": 0})

    def open(self) -> storefront.Open2bStorefrontClient:
        return storefront.Open2bStorefrontClient(
            store="shop.example.com",
            email="studio@tarabelli.example",
            password="Vetro-41b",
            transport=httpx2.MockTransport(self),
        )


def test_a_customer_is_logged_in_where_a_key_is_needed_and_again_once_it_is_refused() -> None:
    shop = Shop()
    with shop.open() as client:
        client.invoices.list()
        client.invoices.list()
        shop.gone.add("Q2hpYXZl-1")
        client.invoices.list()

    assert shop.calls == [
        "storefront.login",
        "storefront.invoices Q2hpYXZl-1",
        "storefront.invoices Q2hpYXZl-1",
        "storefront.invoices Q2hpYXZl-1",
        "storefront.login",
        "storefront.invoices Q2hpYXZl-2",
    ]


def test_against_the_sandbox_revoked_and_expired_tokens_are_renewed() -> None:
    now = [datetime.now(UTC)]
    own = Sandbox(clock=lambda: now[0])
    week = {"created_after": now[0] - timedelta(days=6), "created_before": now[0]}
    with (
        own,
        amazon.AmazonClient(
            **own.client_arguments("amazon"), transport=own.transport("amazon")
        ) as client,
    ):
        before = client.customer_invoices.list(**week)
        own.revoke()
        assert client.customer_invoices.list(**week) == before
        # Only the server's clock: to the client the token is still good.
        now[0] += timedelta(hours=2)
        assert client.customer_invoices.list(**week) == before
        paths = [one.path.rpartition("/")[2] for one in own.requests]

    renewed = [
        "customerInvoices",
        "restrictedDataToken",
        "token",
        "restrictedDataToken",
        "customerInvoices",
    ]
    assert paths == ["token", "restrictedDataToken", "customerInvoices", *renewed, *renewed]


def test_against_the_sandbox_a_throttled_token_endpoint_is_waited_for() -> None:
    rule = FaultRule(
        kind="rate-limit",
        api="amazon",
        operation="createRestrictedDataToken",
        times=1,
        retry_after=3,
    )
    with (
        Sandbox(faults=[rule]) as own,
        amazon.AmazonClient(
            **own.client_arguments("amazon"), transport=own.transport("amazon")
        ) as client,
    ):
        waits = hurry(client)
        list_week(client)

    assert waits[0] == 3.0


def test_against_the_sandbox_a_customer_is_logged_in_again(box: Sandbox) -> None:
    account = box.client_arguments("open2b-storefront")
    transport = box.transport("open2b-storefront")
    with storefront.Open2bStorefrontClient(**account, transport=transport) as client:
        before = client.invoices.list()
        box.revoke()

        assert client.invoices.list() == before
