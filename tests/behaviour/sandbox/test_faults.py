"""Fault injection, in process and over a port: by Python, a file or the control endpoint."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from counterfoil_sandbox import FaultRule, FaultsError, Sandbox
from counterfoil_sandbox.cli import main
from counterfoil_sandbox.faults import load_rules

LIST = "/lantern-house/consumer/invoices"
AUTH = ("sandbox-flow-token", "")


def open_flow(box: Sandbox) -> httpx2.Client:
    return httpx2.Client(
        transport=box.transport("flow"), base_url=box.name_base_url("flow"), auth=AUTH
    )


@pytest.fixture(params=["in process", "over a port"])
def flow(request: pytest.FixtureRequest) -> Iterator[tuple[Sandbox, httpx2.Client]]:
    with Sandbox(["flow", "open2b-admin"], invoices=30) as box:
        if request.param == "in process":
            with open_flow(box) as http:
                yield box, http
        else:
            with box.serve(), httpx2.Client(base_url=box.name_base_url("flow"), auth=AUTH) as http:
                yield box, http


def test_a_reset_leaves_no_answer_but_the_call_is_carried_out(
    flow: tuple[Sandbox, httpx2.Client],
) -> None:
    box, http = flow
    box.faults = [FaultRule(kind="reset", operation="putOrderByNumber", times=1)]

    with pytest.raises(httpx2.ReadError):
        http.put(f"{LIST}/order/W-9", json={})

    assert http.put(f"{LIST}/order/W-9", json={}).status_code == 200  # it was there already
    assert [each.status for each in box.requests] == [201, 200]


def test_a_truncated_body_breaks_off_in_the_middle(flow: tuple[Sandbox, httpx2.Client]) -> None:
    box, http = flow
    whole = http.get(LIST)
    box.faults = [FaultRule(kind="truncate", api="flow", times=1)]
    received = bytearray()

    with http.stream("GET", LIST) as broken:
        assert (broken.status_code, broken.headers["content-length"]) == (
            200,
            str(len(whole.content)),
        )
        chunks = broken.iter_raw()
        with pytest.raises(httpx2.ReadError):
            received.extend(byte for chunk in chunks for byte in chunk)

    assert whole.content.startswith(bytes(received))
    assert len(received) <= len(whole.content) // 2
    assert http.get(LIST).content == whole.content


def test_latency_delays_and_a_client_that_waits_less_gives_up(
    flow: tuple[Sandbox, httpx2.Client],
) -> None:
    box, http = flow
    http.get(LIST)
    box.faults = [FaultRule(kind="latency", delay_ms=80), FaultRule(kind="latency", delay_ms=40)]
    begun = time.perf_counter()

    assert http.get(LIST).status_code == 200
    assert time.perf_counter() - begun >= 0.12
    box.faults = [FaultRule(kind="latency", delay_ms=2_000)]
    with pytest.raises(httpx2.ReadTimeout):
        http.get(LIST, timeout=httpx2.Timeout(20, read=0.1))


def test_too_many_requests_say_when_to_come_back(flow: tuple[Sandbox, httpx2.Client]) -> None:
    box, http = flow
    box.faults = [FaultRule(kind="rate-limit", retry_after=7, times=1)]
    refused = http.get(LIST)

    assert (refused.status_code, refused.headers["retry-after"]) == (429, "7")
    assert refused.json()["messages"]
    assert http.get(LIST).status_code == 200


def test_a_server_error_has_the_platforms_form_and_carries_nothing_out(
    flow: tuple[Sandbox, httpx2.Client],
) -> None:
    box, http = flow
    box.faults = [FaultRule(kind="server-error", status=502, operation="putOrderByNumber", times=1)]
    failed = http.put(f"{LIST}/order/W-9", json={})

    assert (failed.status_code, failed.json()["code"]) == (502, "server_error")
    assert http.put(f"{LIST}/order/W-9", json={}).status_code == 201


def test_items_of_a_page_come_twice_or_in_another_order_and_keep_their_digits(
    flow: tuple[Sandbox, httpx2.Client],
) -> None:
    box, http = flow
    page = http.get(LIST).text
    items = json.loads(page, parse_float=str)
    box.faults = [FaultRule(kind="duplicate")]
    assert json.loads(http.get(LIST).text, parse_float=str) == [items[0], *items]
    box.faults = [FaultRule(kind="reorder")]
    assert json.loads(http.get(LIST).text, parse_float=str) == items[::-1]


def test_a_text_names_the_status_that_it_comes_with() -> None:
    with (
        Sandbox(invoices=0, faults=[FaultRule(kind="server-error", status=502)]) as box,
        open_flow(box) as http,
    ):
        failed = http.post("http://sandbox/open2b-admin/api/v6/commerce.invoices.count", json={})

    assert (failed.status_code, failed.text) == (502, "502 Bad Gateway")


def test_the_items_are_found_where_the_platform_puts_them() -> None:
    with Sandbox(["open2b-admin"], invoices=3, faults=[FaultRule(kind="reorder")]) as box:
        key = box.client_arguments("open2b-admin")["key"]
        with httpx2.Client(
            transport=box.transport("open2b-admin"), base_url=box.name_base_url("open2b-admin")
        ) as http:
            path = "/api/v6/commerce.invoices.find"
            headers = {"X-Key": key}
            answer = http.post(path, json={"fields": ["id"]}, headers=headers)
            refused = http.post(path, json={"limit": 0}, headers=headers)

    assert answer.json() == {"status": "ok", "invoices": [{"id": 3}, {"id": 2}, {"id": 1}]}
    assert refused.json()["status"] == "error"


def test_the_same_seed_strikes_the_same_calls() -> None:
    def strike(seed: int) -> list[int]:
        with (
            Sandbox(["flow"], seed, 1, faults=[FaultRule(kind="server-error", rate=0.3)]) as box,
            open_flow(box) as http,
        ):
            return [http.get(LIST).status_code for _ in range(200)]

    assert strike(1) == strike(1) != strike(2)
    assert 35 < strike(1).count(503) < 85


def test_async_clients_meet_the_same_faults(monkeypatch: pytest.MonkeyPatch) -> None:
    waiting = []
    all_wait = asyncio.Event()

    async def wait_for_all(seconds: float) -> None:
        if seconds:
            waiting.append(seconds)
        if len(waiting) == 10:
            all_wait.set()
        if seconds:
            await all_wait.wait()

    async def meet() -> list[str]:
        met = []
        with Sandbox(["flow"], invoices=30) as box:
            transport = box.transport("flow")
            base_url = box.name_base_url("flow")
            async with httpx2.AsyncClient(
                transport=transport, base_url=base_url, auth=AUTH
            ) as http:
                for kind in ("reset", "truncate"):
                    box.faults = [FaultRule(kind=kind)]
                    with pytest.raises(httpx2.ReadError):
                        await http.get(LIST)
                    met.append(kind)
                box.faults = [FaultRule(kind="latency", delay_ms=100)]
                monkeypatch.setattr("counterfoil_sandbox.transport.anyio.sleep", wait_for_all)
                async with asyncio.timeout(60):
                    await asyncio.gather(*(http.get(LIST) for _ in range(10)))
                assert waiting == [0.1] * 10, "they wait side by side"
        return met

    assert asyncio.run(meet()) == ["reset", "truncate"]


WRONG = {
    "kind = 'rest'": "fault 1: 'kind' is 'rest'; it must be one of latency, reset, rate-limit",
    "": "fault 1: the key 'kind' is missing; it is one of latency",
    "kind = 'reset'\nprobability = 1": (
        "fault 1: there is no key 'probability'; a fault has kind, api, operation, rate"
    ),
    "kind = 'reset'\nrate = 10": (
        "fault 1: 'rate' is 10; it must be above 0 and at most 1, such as 0.1"
    ),
    "kind = 'reset'\nrate = nan": "fault 1: 'rate' is nan; it must be above 0",
    "kind = 'reset'\ntimes = 0": (
        "fault 1: 'times' is 0; it must be a whole number, 1 or more, or left out"
    ),
    "kind = 'latency'\ndelay_ms = '1s'": (
        "fault 1: 'delay_ms' is '1s'; it must be whole milliseconds"
    ),
    "kind = 'server-error'\nstatus = 404": "fault 1: 'status' is 404; it must be 500 to 599",
    "kind = 'reset'\napi = 7": "'api' is 7; it must be * or one of amazon, flow",
    "kind = 'reset'\napi = 'ebay'": "'api' is 'ebay'; it must be * or one of amazon, flow",
    "kind = 'reset'\napi = 'flow'\noperation = 'list'": (
        "'operation' is 'list'; it must be * or one of get, postExports"
    ),
    "kind = 'duplicate'\napi = 'flow'\noperation = 'getByKey'": (
        "'operation' is 'getByKey'; it must be * or one of get"
    ),
}


@pytest.mark.parametrize("rule", WRONG)
def test_a_wrong_rule_is_refused_with_file_key_and_remedy(
    rule: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "faults.toml"
    path.write_text(f"[[fault]]\n{rule}\n")

    with pytest.raises(SystemExit) as stopped:
        main(["serve", "--faults", str(path)])

    assert stopped.value.code == 2
    said = capsys.readouterr().err
    assert WRONG[rule] in said
    assert str(path) in said


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[fault", "cannot be read as TOML"),
        ("[faults]\n", "there is no key 'faults'; every fault is a table below [[fault]]"),
        ("fault = 1\n", "'fault' must be a list of tables"),
    ],
)
def test_a_file_that_holds_no_rules_is_refused(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "faults.toml"
    path.write_text(text)

    with pytest.raises(FaultsError, match=f"{re.escape(str(path))}.*{re.escape(message)}"):
        load_rules(path)
    with pytest.raises(FaultsError, match=r"nowhere\.toml cannot be read"):
        load_rules(tmp_path / "nowhere.toml")


@pytest.fixture
def control() -> Iterator[tuple[Sandbox, httpx2.Client]]:
    rule = FaultRule(kind="reset", api="flow", times=3)
    with Sandbox(["flow"], invoices=2, faults=[rule]) as box, open_flow(box) as http:
        http.base_url = httpx2.URL("http://sandbox")
        yield box, http


def test_faults_are_seen_replaced_and_taken_away_over_http(
    control: tuple[Sandbox, httpx2.Client],
) -> None:
    box, http = control
    before = http.get("/_control/faults").json()
    put = http.put(
        "/_control/faults", json={"fault": [{"kind": "server-error", "operation": "get"}]}
    )

    [fault] = before["fault"]
    assert fault["kind"] == "reset"
    assert fault["times"] == 3
    assert put.json() == http.get("/_control/faults").json()
    assert box.faults == (FaultRule(kind="server-error", operation="get"),)
    assert http.put("/_control/faults", json=before).json() == before
    assert http.delete("/_control/faults").json() == {"fault": []}
    assert http.get(f"/flow{LIST}").status_code == 200


def test_the_log_is_read_and_everything_reset_over_http(
    control: tuple[Sandbox, httpx2.Client],
) -> None:
    box, http = control
    http.delete("/_control/faults")
    first = http.get(f"/flow{LIST}?limit=1").json()
    http.delete(f"/flow{LIST}/{first[0]['key'].replace('/', '%2F')}")
    [listed, deleted] = http.get("/_control/requests").json()["requests"]

    assert listed["method"] == "GET"
    assert listed["query"] == "limit=1"
    assert listed["status"] == 200
    assert (deleted["status"], deleted["headers"]["authorization"]) == (204, "***")
    assert http.post("/_control/reset").json() == {"apis": ["flow"]}
    assert (box.requests, box.faults) == ([], (FaultRule(kind="reset", api="flow", times=3),))
    http.delete("/_control/faults")
    listed = http.get(f"/flow{LIST}?limit=1").json()
    assert [each["id"] for each in listed] == [first[0]["id"]]


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "message"),
    [
        (
            "GET",
            "/_control/nothing",
            b"",
            404,
            "The controls are faults, options, clock, requests, reset, revoke.",
        ),
        ("POST", "/_control/faults", b"", 405, "faults takes GET, PUT, DELETE, not POST."),
        ("PUT", "/_control/faults", b"{", 400, "The body is not JSON"),
        ("PUT", "/_control/faults", b"[" * 100_000, 400, "The body is not JSON"),
        (
            "PUT",
            "/_control/faults",
            b"[]",
            400,
            'The body must be like {"fault": [{"kind": "reset"',
        ),
        (
            "PUT",
            "/_control/faults",
            b'{"fault": [{"kind": "rest"}]}',
            400,
            "fault 1: 'kind' is 'rest'",
        ),
        (
            "PUT",
            "/_control/faults",
            b'{"fault": [{"kind": "reset", "api": "vtex"}]}',
            400,
            "it must be * or one of flow",
        ),
        ("PUT", "/_control/faults", b'{"fault": [{"kind": []}]}', 400, "'kind' is []"),
    ],
)
def test_control_refuses_with_a_sentence(
    control: tuple[Sandbox, httpx2.Client],
    method: str,
    path: str,
    body: bytes,
    status: int,
    message: str,
) -> None:
    refused: Any = control[1].request(method, path, content=body)

    assert refused.status_code == status, refused.text
    assert message in refused.json()["error"]
    assert [each.kind for each in control[0].faults] == ["reset"]
