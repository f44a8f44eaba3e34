"""Clients in process, without a port; the pytest fixture; options; and the invented data."""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest
from counterfoil_core import OutcomeUnknown, RateLimited
from counterfoil_flow import AsyncFlowClient, ConsumerInvoiceFormByOrder, FlowClient
from counterfoil_open2b_admin import Open2bAdminClient
from counterfoil_open2b_storefront import Open2bStorefrontClient
from counterfoil_sandbox import FaultRule, Sandbox, UnknownApi, UnknownOption
from counterfoil_sandbox.cli import main
from counterfoil_vtex import VtexClient
from starlette.testclient import TestClient

from tests.described_apis import SANDBOXES

from .conftest import Clock


def test_sync_clients_reach_the_sandbox_without_a_port(box: Sandbox) -> None:
    with FlowClient(**box.client_arguments("flow"), transport=box.transport("flow")) as flow:
        [made] = flow.consumer_invoices.replace_for_order(
            "W-9", ConsumerInvoiceFormByOrder(attributes={"a": "b"})
        )
        assert flow.consumer_invoices.get(made.key).attributes == {"a": "b"}
        assert len({each.id for each in flow.consumer_invoices.iterate()}) == 61
    with Open2bStorefrontClient(
        **box.client_arguments("open2b-storefront"), transport=box.transport("open2b-storefront")
    ) as storefront:
        assert len(list(storefront.invoices.iterate())) == storefront.invoices.list(limit=1).count
    paths = [one.path for one in box.requests if "storefront" in one.path]
    assert [path.rpartition(".")[2] for path in paths[:2]] == ["login", "invoices"]


def test_async_clients_reach_it_within_a_running_loop_where_sync_ones_do_as_well(
    box: Sandbox,
) -> None:
    async def count() -> tuple[int, int]:
        async with AsyncFlowClient(
            **box.client_arguments("flow"), transport=box.transport("flow")
        ) as flow:
            several = await asyncio.gather(
                *(flow.consumer_invoices.list(limit=7) for _ in range(20))
            )
        with FlowClient(**box.client_arguments("flow"), transport=box.transport("flow")) as sync:
            return sum(map(len, several)), len(sync.consumer_invoices.list(limit=7))

    assert asyncio.run(count()) == (140, 7)


def test_threads_share_a_sandbox_and_lose_nothing(box: Sandbox) -> None:
    with FlowClient(**box.client_arguments("flow"), transport=box.transport("flow")) as flow:

        def put(number: int) -> str:
            return flow.consumer_invoices.replace_for_order(
                f"T-{number}", ConsumerInvoiceFormByOrder()
            )[0].id

        with ThreadPoolExecutor(8) as pool:
            assert len(set(pool.map(put, range(80)))) == 80
        assert len(list(flow.consumer_invoices.iterate())) == 140


def test_a_client_tells_a_lost_answer_from_a_failure(box: Sandbox) -> None:
    box.faults = [FaultRule(kind="reset", api="vtex", operation="invoiceNotification")]
    with VtexClient(**box.client_arguments("vtex"), transport=box.transport("vtex")) as vtex:
        [order, *_] = vtex.orders.list().list
        with pytest.raises(OutcomeUnknown):
            vtex.invoices.notify(
                order.order_id,
                type="Output",
                issuance_date=Clock().now,
                invoice_number="1",
                invoice_value="1",
                items=[],
            )


def test_the_transport_of_an_api_that_does_not_run_is_refused() -> None:
    with Sandbox(["amazon"]) as box, pytest.raises(UnknownApi, match="'flow'"):
        box.transport("flow")


USER_TESTS = """
from counterfoil_flow import FlowClient

def test_a_client_finds_invoices(counterfoil_sandbox):
    account = counterfoil_sandbox.client_arguments("flow")
    with FlowClient(**account, transport=counterfoil_sandbox.transport("flow")) as flow:
        assert len(flow.consumer_invoices.list(limit=100)) == 100
        flow.consumer_invoices.delete(flow.consumer_invoices.list()[0].key)

def test_each_test_has_a_sandbox_of_its_own(counterfoil_sandbox):
    assert counterfoil_sandbox.requests == []
"""


def test_the_fixture_is_there_in_anybodys_pytest(tmp_path: Path) -> None:
    (tmp_path / "test_shop.py").write_text(USER_TESTS)
    pytest_command = [sys.executable, "-W", "error", "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    ran = subprocess.run(pytest_command, cwd=tmp_path, capture_output=True, text=True)
    shown = subprocess.run(
        [sys.executable, "-m", "pytest", "--fixtures"], cwd=tmp_path, capture_output=True, text=True
    )

    assert "2 passed" in ran.stdout, ran.stdout + ran.stderr
    assert re.search(
        r"counterfoil_sandbox .*\n\s+A new sandbox for each test, in process", shown.stdout
    )


def test_suites_that_do_not_use_the_fixture_import_neither_server_nor_schemas() -> None:
    program = "import sys, counterfoil_sandbox.pytest_plugin\nprint(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout.split()

    assert not {
        "uvicorn",
        "jsonschema_rs",
        "httpx2",
        "sqlite3",
        "counterfoil_sandbox.sandbox",
    } & set(loaded)


def test_a_store_can_allow_200_calls(clock: Clock) -> None:
    with Sandbox(
        ["open2b-admin"], invoices=1, clock=clock, options={"open2b-admin": {"calls": 200}}
    ) as box:
        transport = box.transport("open2b-admin")
        with Open2bAdminClient(
            **box.client_arguments("open2b-admin"), transport=transport, max_attempts=1
        ) as shop:
            assert [shop.invoices.count() for _ in range(200)] == [1] * 200
            with pytest.raises(RateLimited):
                shop.invoices.count()


@pytest.mark.parametrize(
    ("option", "sentence"),
    [
        (
            "vtex.repeats=true",
            "There is no option vtex.repeats. "
            "The options are amazon.static, open2b-admin.calls, open2b-storefront.calls",
        ),
        ("ebay.calls=200", "There is no option ebay.calls"),
        (
            "open2b-admin.calls=300",
            "The option open2b-admin.calls cannot be '300'; it must be 1000 or 200.",
        ),
        (
            "vtex.repeated_numbers=yes",
            "The option vtex.repeated_numbers cannot be 'yes'; it must be false or true.",
        ),
        (
            "calls=200",
            "'calls=200' is not an option. Write API.NAME=VALUE, such as open2b-admin.calls=200.",
        ),
    ],
)
def test_an_option_that_there_is_not_is_refused(
    option: str, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["serve", "--option", option])

    assert stopped.value.code == 2
    assert sentence in capsys.readouterr().err


def test_an_option_of_the_wrong_kind_is_refused() -> None:
    with pytest.raises(UnknownOption, match="cannot be 1; it must be false or true"):
        Sandbox(options={"vtex": {"repeated_numbers": 1}})


@pytest.fixture
def outsider(box: Sandbox) -> Iterator[httpx2.Client]:
    keys = {
        name: value
        for api, each in SANDBOXES.items()
        for name, value in each.headers(box.credentials(api)).items()
    }
    with httpx2.Client(transport=box.transport("flow"), headers=keys) as http:
        yield http


@pytest.mark.parametrize("api", SANDBOXES)
def test_the_same_seed_invents_the_same_on_every_machine(
    api: str, box: Sandbox, outsider: httpx2.Client
) -> None:
    method, path, body = SANDBOXES[api].list_invoices
    answer = outsider.request(method, box.name_base_url(api) + path, json=body)

    assert answer.status_code == 200
    assert hashlib.sha256(answer.content).hexdigest()[:16] == SANDBOXES[api].digest


def test_the_invented_invoices_are_of_many_kinds(box: Sandbox, outsider: httpx2.Client) -> None:
    def ask(api: str) -> Any:
        method, path, body = SANDBOXES[api].list_invoices
        return outsider.request(method, box.name_base_url(api) + path, json=body).json()

    flow = ask("flow")
    store = ask("open2b-admin")["invoices"]
    lines = [line for invoice in flow for line in invoice["lines"]]

    assert {line["discriminator"] for line in lines} == {"item", "discount", "shipping"}
    assert len({line["unit_price"]["currency"] for line in lines if "unit_price" in line}) == 5
    assert any("unit_duty" in line for line in lines)
    assert any("unit_discount" in line for line in lines)
    assert {invoice["customer_type"] for invoice in flow} == {"individual", "business_non_verified"}
    assert {invoice["type"] for invoice in store} == {
        "Invoice",
        "Proforma",
        "ShippingInvoice",
        "CreditNote",
    }
    assert len({invoice["billingAddress"]["country"] for invoice in store}) == 5
    assert len({tax["code"] for invoice in store for tax in invoice["taxes"]}) == 3


def test_a_hundred_thousand_invoices_are_all_there(clock: Clock) -> None:
    with Sandbox(
        ["flow", "vtex", "open2b-admin"], invoices=100_000, clock=clock, rate_limits=False
    ) as box:
        with Open2bAdminClient(
            **box.client_arguments("open2b-admin"), transport=box.transport("open2b-admin")
        ) as shop:
            assert shop.invoices.count() == 100_000
            last = shop.invoices.list(first=99_999)
            assert [each.id for each in last.invoices] == [100_000]
        with FlowClient(**box.client_arguments("flow"), transport=box.transport("flow")) as flow:
            assert len(flow.consumer_invoices.list(offset=99_990, limit=100)) == 10
            newest = flow.consumer_invoices.list(limit=1)[0]
            assert clock.now - newest.date < timedelta(hours=1)
        with VtexClient(**box.client_arguments("vtex"), transport=box.transport("vtex")) as vtex:
            assert vtex.orders.list().paging.total == 100_000


def test_any_asgi_server_can_serve_it(box: Sandbox) -> None:
    with TestClient(box.app) as http:
        page = json.loads(http.get("/").text)
        assert page["apis"].keys() == set(box.apis)
        box.faults = [FaultRule(kind="reset")]
        with pytest.raises(ConnectionResetError):
            http.get("/flow/lantern-house/consumer/invoices", auth=("sandbox-flow-token", ""))
