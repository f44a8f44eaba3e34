"""A client that was not closed says so once, by name, at the line that created it."""

from __future__ import annotations

import asyncio
import gc
import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from counterfoil_amazon import AmazonClient
from counterfoil_core.errors import NotFound
from counterfoil_flow import AsyncFlowClient, FlowClient
from counterfoil_sandbox import Sandbox

HERE = Path(__file__).name


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    with Sandbox() as made, made.serve():
        yield made


def list_own(caught: list[warnings.WarningMessage]) -> list[warnings.WarningMessage]:
    return [one for one in caught if "was not closed" in str(one.message)]


def test_a_forgotten_client_is_named_at_its_line(box: Sandbox) -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        client = FlowClient(**box.client_arguments("flow"))  # the line
        client.with_options(timeout=9).consumer_invoices.list(limit=1)
        client.consumer_invoices.list(limit=1)
        del client
        gc.collect()

    [one] = caught  # its sockets are closed, and do not warn as well
    assert str(one.message) == "FlowClient was not closed: use with, or close()"
    assert one.category is ResourceWarning
    assert Path(one.filename).name == HERE
    line = Path(one.filename).read_text().splitlines()[one.lineno - 1]
    assert line.endswith("# the line")


def test_a_forgotten_async_client_is_named(box: Sandbox) -> None:
    async def forget() -> None:
        client = AsyncFlowClient(**box.client_arguments("flow"))
        await client.consumer_invoices.list(limit=1)

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        asyncio.run(forget())
        gc.collect()

    [one] = list_own(caught)
    assert str(one.message) == ("AsyncFlowClient was not closed: use async with, or await aclose()")


def test_a_client_that_was_closed_or_never_used_says_nothing(box: Sandbox) -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        with FlowClient(**box.client_arguments("flow")) as closed:
            closed.consumer_invoices.list(limit=1)
        unused = FlowClient(**box.client_arguments("flow"))
        del closed, unused
        gc.collect()

    assert not list_own(caught)


def test_the_end_of_a_program_prints_nothing_unless_asked(box: Sandbox) -> None:
    arguments = box.client_arguments("flow")
    program = (
        "from counterfoil_flow import FlowClient\n"
        f"client = FlowClient(**{dict(arguments)!r})\n"
        "client.consumer_invoices.list(limit=1)\n"
    )

    silent = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    asked = subprocess.run(
        [sys.executable, "-W", "always::ResourceWarning", "-c", program],
        capture_output=True,
        text=True,
    )

    assert silent.stderr == ""
    assert "<string>:2: ResourceWarning: FlowClient was not closed" in asked.stderr


def test_not_found_names_the_request_and_its_identifiers(box: Sandbox) -> None:
    arguments = box.client_arguments("flow")
    with FlowClient(**arguments) as client, pytest.raises(NotFound) as caught:
        client.consumer_invoices.get("no-such-key")

    organization = arguments["organization"]
    assert str(caught.value).endswith(
        "The request was GET /{organization}/consumer/invoices/{key} "
        f"with organization={organization!r}, key='no-such-key'."
    )
    assert arguments["token"] not in str(caught.value)


def test_a_nested_call_that_is_not_found_is_named_once() -> None:
    """The token's request is named, not that of the call which needs the token."""

    def refuse(_: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(404)

    credentials = {"refresh_token": "r-9", "client_id": "c", "client_secret": "s3cr3t"}
    with (
        httpx2.Client(transport=httpx2.MockTransport(refuse)) as transport,
        AmazonClient(**credentials, transport=transport) as client,
        pytest.raises(NotFound) as caught,
    ):
        client.customer_invoices.get("PO7")

    assert str(caught.value).count("The request was") == 1
    assert "The request was POST " in str(caught.value)
