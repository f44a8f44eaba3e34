"""The sandbox on a real socket, and the command."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from counterfoil_sandbox import Sandbox
from counterfoil_sandbox.cli import main
from counterfoil_sandbox.server import serve_in_thread
from httpx2 import Client

from tests.described_apis import SANDBOXES
from tests.measuring import measure_cpu

COUNT = "/api/v6/commerce.invoices.count"
COMMAND = [sys.executable, "-m", "counterfoil_sandbox", "serve"]


@pytest.fixture(scope="module")
def served() -> Iterator[Sandbox]:
    with Sandbox(rate_limits=False) as box, box.serve():
        yield box


def test_it_is_served_on_a_free_loopback_port(served: Sandbox) -> None:
    account = served.client_arguments("open2b-admin")
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/open2b-admin", account["base_url"])
    with Client() as http:
        answer = http.post(account["base_url"] + COUNT, json={}, headers={"X-Key": account["key"]})
    assert answer.json() == {"status": "ok", "count": 100}


def test_a_small_answer_does_not_wait_for_an_acknowledgement() -> None:
    """Without TCP_NODELAY each takes about 45 ms."""
    options = []

    async def look(scope: Any, receive: Any, send: Any) -> None:
        connection = scope["state"]["transport"].get_extra_info("socket")
        options.append(connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        await box.app(scope, receive, send)

    with (
        Sandbox(["flow"], invoices=1) as box,
        serve_in_thread(look, "127.0.0.1", 0) as url,
        Client() as http,
    ):
        assert http.get(url).status_code == 200
    assert options == [1]


def test_several_clients_at_once_lose_nothing(served: Sandbox) -> None:
    account = served.client_arguments("open2b-admin")
    address = {
        "firstName": "A",
        "lastName": "B",
        "street1": "C",
        "city": "D",
        "postalCode": "E",
        "country": "IT",
    }
    body = {"invoice": {"billingAddress": {**address, "email": "a@b.example"}}}

    def create(_: int) -> int:
        url = account["base_url"] + "/api/v6/commerce.invoices.create"
        with Client() as http:
            response = http.post(url, json=body, headers={"X-Key": account["key"]})
            return int(response.json()["id"])

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(create, range(40)))) == 40


def test_a_large_body_is_answered_over_a_socket(served: Sandbox) -> None:
    account = served.client_arguments("open2b-admin")
    headers = {"X-Key": account["key"], "Content-Type": "application/json"}
    with Client() as http:
        answer = http.post(account["base_url"] + COUNT, content=b" " * 3_000_000, headers=headers)
    assert answer.status_code == 413


def test_after_serving_the_port_is_free() -> None:
    with Sandbox(["amazon"], invoices=1) as box:
        with box.serve() as url:
            port = int(url.rpartition(":")[2])
        with socket.create_server(("127.0.0.1", port)):
            assert box.client_arguments("amazon")["base_url"] == "http://sandbox/amazon"


@contextmanager
def start(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [*COMMAND, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_command_serves_until_it_is_told_to_stop(number: signal.Signals) -> None:
    with start("--api", "open2b-admin", "--invoices", "3") as process:
        assert process.stdout
        assert process.stderr
        said = ""
        while "Interrupt to stop." not in said:
            said += process.stdout.readline()
        base_url, key = re.findall(r"(?:base_url|key): (\S+)", said)
        assert "only this machine can reach it" in said
        assert "amazon" not in said
        with Client() as http:
            response = http.post(base_url + COUNT, json={}, headers={"X-Key": key})
            assert response.json()["count"] == 3
        process.send_signal(number)
        assert process.wait(60) == 0
        assert (process.stdout.read(), process.stderr.read()) == ("Stopped.\n", "")


def test_the_command_says_when_other_machines_can_reach_it() -> None:
    with start("--host", "0.0.0.0", "--invoices", "0") as process:
        assert process.stdout
        assert "OTHER MACHINES CAN REACH IT" in process.stdout.readline()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ["--api", "ebay"],
            f"There is no API 'ebay' in the sandbox; it has {', '.join(SANDBOXES)}.",
        ),
        (["--port", "70000"], "70000 is not a port"),
        (["--invoices", "-1"], "-1 is not a whole number, 0 or more"),
        (["--host", "no.such.host.invalid"], "Cannot listen on no.such.host.invalid"),
    ],
)
def test_the_command_refuses(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["serve", *arguments])
    assert stopped.value.code == 2
    assert sentence in capsys.readouterr().err


def test_the_command_refuses_a_port_in_use(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(SystemExit):
        main(["serve", "--invoices", "0", "--port", str(taken.getsockname()[1])])
    assert "Address already in use" in capsys.readouterr().err


def test_it_is_ready_in_a_second() -> None:
    program = "from counterfoil_sandbox import Sandbox\nwith Sandbox() as box, box.serve(): pass"
    spent = measure_cpu([sys.executable, "-c", program])
    assert spent < 10, "a second on an idle machine"


def test_the_command_alone_is_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0

    assert capsys.readouterr().out.startswith("usage: counterfoil-sandbox [-h] {serve} ...\n")
