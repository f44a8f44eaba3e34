"""The sandbox checked against the specs by Prism, behind the clients, and by schemathesis."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator

import httpx2
import pytest
from counterfoil_sandbox import Sandbox

from tests.contract.calls import document
from tests.described_apis import SANDBOXES, find_client


@pytest.mark.parametrize("api", SANDBOXES)
def test_prism_between_client_and_sandbox_finds_nothing(
    api: str, box: Sandbox, proxies: dict[str, str]
) -> None:
    make = find_client(api)
    use = SANDBOXES[api].use
    exchanges: list[str] = []
    violations: list[str] = []

    def note(response: httpx2.Response) -> None:
        exchanges.append(str(response.status_code))
        violations.extend(filter(None, [response.headers.get("sl-violations")]))

    with (
        httpx2.Client(event_hooks={"response": [note]}, timeout=30) as transport,
        make(
            **{**box.client_arguments(api), "base_url": proxies[api]}, transport=transport
        ) as client,
    ):
        use(client)

    assert not violations
    assert len(exchanges) >= 2


def headers(api: str, box: Sandbox) -> Iterator[str]:
    """The API's credentials, as the words of schemathesis' command."""
    for name, value in SANDBOXES[api].headers(box.credentials(api)).items():
        yield from ("--header", f"{name}: {value}")


def explore(api: str, box: Sandbox, most: int) -> int:
    """Let schemathesis call every operation with its own cases; return how many cases passed."""
    checks = "not_a_server_error,response_schema_conformance,content_type_conformance"
    words = [
        "--checks",
        checks,
        "--phases",
        "examples,coverage,fuzzing",
        "--max-examples",
        str(most),
        "--seed",
        "1",
        "--no-color",
    ]
    place = [str(document(api)), "--url", box.name_base_url(api), "--no-color"]
    command = [sys.executable, "-m", "schemathesis.cli", "run", *place, *words]
    done = subprocess.run([*command, *headers(api, box)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    return int(re.search(r"generated, (\d+) passed\n", done.stdout)[1])  # type: ignore[index]


@pytest.mark.parametrize("api", SANDBOXES)
def test_schemathesis_finds_no_failure_and_no_answer_that_breaks_the_spec(
    api: str, box: Sandbox
) -> None:
    assert explore(api, box, 10) >= 100


@pytest.mark.soak
@pytest.mark.parametrize("api", SANDBOXES)
def test_schemathesis_finds_nothing_in_thousands_of_cases(api: str, box: Sandbox) -> None:
    assert explore(api, box, 300) >= 700
