"""The sandbox on a real socket, and the command."""

from __future__ import annotations

import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from counterfoil_sandbox import Sandbox
from counterfoil_sandbox.cli import main
from httpx2 import Client

COUNT = "/api/v6/commerce.invoices.count"
COMMAND = [sys.executable, "-m", "counterfoil_sandbox", "serve"]


@pytest.fixture(scope="module")
def served() -> Iterator[Sandbox]:
    with Sandbox(rate_limits=False) as box, box.serve():
        yield box


def test_it_is_served_on_a_free_loopback_port(served: Sandbox) -> None:
    account = served.account("open2b-admin")
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/open2b-admin", account["base_url"])
    with Client() as http:
        answer = http.post(account["base_url"] + COUNT, json={}, headers={"X-Key": account["key"]})
    assert answer.json() == {"status": "ok", "count": 100}


def test_a_small_answer_does_not_wait_for_an_acknowledgement(served: Sandbox) -> None:
    """Without TCP_NODELAY each takes about 45 ms."""
    account, times = served.account("open2b-admin"), []
    with Client(headers={"X-Key": account["key"]}) as http:
        for _ in range(21):
            begun = time.perf_counter()
            assert http.post(account["base_url"] + COUNT, json={}).status_code == 200
            times.append(time.perf_counter() - begun)
    assert statistics.median(times[1:]) < 0.02


def test_several_clients_at_once_lose_nothing(served: Sandbox) -> None:
    account = served.account("open2b-admin")
    address = {"firstName": "A", "lastName": "B", "street1": "C", "city": "D", "postalCode": "E", "country": "IT"}
    body = {"invoice": {"billingAddress": {**address, "email": "a@b.example"}}}

    def create(_: int) -> int:
        url = account["base_url"] + "/api/v6/commerce.invoices.create"
        with Client() as http:
            return int(http.post(url, json=body, headers={"X-Key": account["key"]}).json()["id"])

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(create, range(40)))) == 40


def test_a_large_body_is_answered_over_a_socket(served: Sandbox) -> None:
    account = served.account("open2b-admin")
    headers = {"X-Key": account["key"], "Content-Type": "application/json"}
    with Client() as http:
        answer = http.post(account["base_url"] + COUNT, content=b" " * 3_000_000, headers=headers)
    assert answer.status_code == 413


def test_after_serving_the_port_is_free() -> None:
    with Sandbox(["amazon"], invoices=1) as box:
        with box.serve() as url:
            port = int(url.rpartition(":")[2])
        with socket.create_server(("127.0.0.1", port)):
            assert box.account("amazon")["base_url"] == "http://sandbox/amazon"


@contextmanager
def start(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen([*COMMAND, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_command_serves_until_it_is_told_to_stop(number: signal.Signals) -> None:
    begun = time.perf_counter()
    with start("--api", "open2b-admin", "--invoices", "3") as process:
        assert process.stdout
        assert process.stderr
        said = ""
        while "Interrupt to stop." not in said:
            said += process.stdout.readline()
        assert time.perf_counter() - begun < 3  # a second on an idle machine
        base_url, key = re.findall(r"(?:base_url|key): (\S+)", said)
        assert "only this machine can reach it" in said
        assert "amazon" not in said
        with Client() as http:
            assert http.post(base_url + COUNT, json={}, headers={"X-Key": key}).json()["count"] == 3
        process.send_signal(number)
        assert process.wait(5) == 0
        assert (process.stdout.read(), process.stderr.read()) == ("Stopped.\n", "")


def test_the_command_says_when_other_machines_can_reach_it() -> None:
    with start("--host", "0.0.0.0", "--invoices", "0") as process:
        assert process.stdout
        assert "OTHER MACHINES CAN REACH IT" in process.stdout.readline()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--api", "ebay"], "There is no API 'ebay' in the sandbox; it has amazon, flow, open2b-admin, open2b-storefront, vtex."),
        (["--port", "70000"], "70000 is not a port"),
        (["--invoices", "-1"], "-1 is not a whole number, 0 or more"),
        (["--host", "no.such.host.invalid"], "Cannot listen on no.such.host.invalid"),
    ],
)
def test_the_command_refuses(arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
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
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", program], check=True, env=os.environ)
    assert time.perf_counter() - begun < 3  # a second on an idle machine
