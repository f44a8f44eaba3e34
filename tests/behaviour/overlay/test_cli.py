"""The command `counterfoil`: its output, its output for scripts, and its exit codes."""

from __future__ import annotations

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from counterfoil import (
    Document,
    Invoice,
    InvoiceRef,
    Line,
    Totals,
    find_provider,
    open_sink,
)
from counterfoil.cli import main
from counterfoil_sandbox import FaultRule, Sandbox
from msgspec import structs

from tests.measuring import measure_cpu

from .sandbox_accounts import write_accounts

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def served() -> Iterator[Sandbox]:
    with Sandbox(seed=7, invoices=40) as box, box.serve():
        yield box


@pytest.fixture
def folder(served: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    for name, secret in write_accounts(served, tmp_path, "flow", "open2b-admin", "vtex").items():
        monkeypatch.setenv(name, secret)
    return tmp_path


@pytest.fixture
def run(folder: Path, capfd: pytest.CaptureFixture[str]) -> Run:
    def run(*words: str) -> tuple[int, str, str]:
        code = main(words)
        return code, *capfd.readouterr()

    return run


def store(*invoices: Invoice) -> None:
    with open_sink("invoices.db") as sink:
        sink.store("atelier", invoices, b"{}")


def make_invoice(key: str = "7", **changes: Any) -> Invoice:
    ref = InvoiceRef(provider="open2b-admin", account="atelier", kind="invoice", key=key)
    return structs.replace(Invoice(ref=ref, completeness="full", number=f"2026/{key}"), **changes)


def is_one_sentence(text: str) -> bool:
    return text.count("\n") == 1 and "Traceback" not in text


def test_help_is_quick_and_lists_every_command() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "counterfoil.cli", "--help"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert all(
        f"  {name} " in ran.stdout
        for name in ("accounts", "pull", "list", "show", "verify", "documents", "notify")
    )
    assert measure_cpu([sys.executable, "-m", "counterfoil.cli", "--help"]) < 1.5, (
        "0.1 s on an idle machine"
    )
    loaded = (
        "import sys, counterfoil.cli.commands;"
        " print(sorted({'httpx2', 'counterfoil.reading'} & set(sys.modules)))"
    )
    assert (
        subprocess.run(
            [sys.executable, "-c", loaded], capture_output=True, text=True, check=True
        ).stdout
        == "[]\n"
    )


@pytest.mark.parametrize(
    "command", ["accounts", "pull", "list", "show", "verify", "documents", "notify"]
)
def test_each_command_has_help(run: Run, command: str) -> None:
    code, out, _ = run(command, "--help")

    assert code == 0
    assert out.startswith(f"Usage: counterfoil {command}")


def test_invoices_are_pulled_listed_and_shown(run: Run) -> None:
    code, out, err = run("pull", "--since", "2024-01-01", "flow", "open2b-admin")
    assert (code, err) == (0, "")
    assert re.search(r"^all +80 +80 +0 +0", out, re.MULTILINE)

    code, out, err = run("pull", "flow", "open2b-admin", "--json")
    results = [json.loads(line) for line in out.splitlines()]
    assert [one["account"] for one in results] == ["flow", "open2b-admin"]
    assert [one["new"] for one in results] == [0, 0]

    code, out, err = run("list", "--account", "open2b-admin", "--limit", "3", "--json")
    rows = [json.loads(line) for line in out.splitlines()]
    assert len(rows) == 3
    assert [row["day"] for row in rows] == sorted((row["day"] for row in rows), reverse=True)

    code, out, err = run("show", rows[0]["number"])
    assert (code, err) == (0, "")
    assert out.splitlines()[0].split() == [
        "INVOICE",
        rows[0]["number"],
        "open2b-admin",
        "(open2b-admin)",
        rows[0]["key"],
    ]
    assert re.search(rf"Total with tax +{re.escape(rows[0]['gross'])}", out)


def test_findings_are_listed_and_give_exit_code_1(run: Run) -> None:
    totals = Totals(net=Decimal(100), tax=Decimal(22), gross=Decimal(121))
    store(
        make_invoice("1", totals=totals),
        make_invoice("2", totals=structs.replace(totals, gross=Decimal(122))),
    )

    code, out, _ = run("verify")
    assert code == 1
    assert re.search(r"atelier +2026/1 +error +totals.gross +121 +122 +net \+ tax", out)
    assert "invoices verified: 2, errors: 1" in out
    assert run("verify", "2")[0] == 0

    code, out, _ = run("verify", "--json")
    assert json.loads(out)["ref"]["key"] == "1"
    assert json.loads(out)["expected"] == "122"


def test_documents_are_saved_and_those_that_are_none_are_told(run: Run, folder: Path) -> None:
    pdf = Document(content_b64="JVBERi0xLjcK")
    store(
        make_invoice("1", documents=(pdf,)),
        make_invoice("2", documents=(Document(content_b64="%%%"),)),
    )

    code, out, err = run("documents", "--into", "papers", "--json")

    saved, failed = (json.loads(line) for line in out.splitlines())
    assert (code, saved["media_type"], saved["failure"]) == (1, "application/pdf", None)
    assert (failed["ref"]["key"], failed["exit_code"]) == ("2", 6)
    assert (folder / saved["path"]).read_bytes() == b"%PDF-1.7\n"
    assert err.startswith("failed: atelier 2026/2: the document is not base64")
    assert len(list((folder / "papers").iterdir())) == 1
    assert run("documents", "2", "--into", "papers")[0] == 6


def make_sale(**changes: Any) -> Invoice:
    line = Line(sku="MUG-042", name="Mug", quantity=Decimal(2), unit_price=Decimal("8.25"))
    return make_invoice(lines=(line,), totals=Totals(gross=Decimal("16.50")), **changes)


def find_order(box: Sandbox) -> tuple[str, str]:
    """An order that is not invoiced yet, and the SKU of an item of it."""
    from counterfoil_vtex import VtexClient

    with VtexClient(**box.client_arguments("vtex")) as client:
        order = client.orders.get(
            str(next(client.orders.iterate(f_status="ready-for-handling")).order_id)
        )
    return str(order.order_id), str(order.items[0].id)


def test_notify_shows_the_request_and_sends_it_only_when_told_to(run: Run, served: Sandbox) -> None:
    order_id, sku = find_order(served)
    store(
        structs.replace(
            make_sale(), lines=(Line(sku=sku, quantity=Decimal(1), unit_price=Decimal("16.50")),)
        )
    )
    words = ["notify", "7", "--to", "vtex", "--order", order_id, "--issued-at", "2026-11-20T10:00Z"]
    newest = served.requests[-1:]

    code, out, err = run(*words)
    assert (code, err) == (0, "nothing was sent: --send sends it\n")
    assert out.startswith("POST http://127.0.0.1:")
    assert '"invoiceValue": "1650"' in out
    assert served.requests[-1:] == newest

    code, out, err = run(*words, "--send")
    assert (code, err) == (0, "")
    assert out.startswith("added: VTEX accepted it on ")
    assert served.requests[-1].method == "POST"


def test_an_amount_below_a_cent_is_not_notified(run: Run) -> None:
    store(structs.replace(make_sale(), totals=Totals(gross=Decimal("16.505"))))

    code, out, err = run(
        "notify",
        "7",
        "--to",
        "vtex",
        "--order",
        "X-1",
        "--issued-at",
        "2026-11-20T10:00Z",
        "--send",
    )

    assert (code, out) == (1, "")
    assert is_one_sentence(err)
    assert "totals.gross is 16.505, which has a fraction of a cent" in err


def test_accounts_tell_what_is_ready_and_check_asks(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("accounts")[0] == 0
    code, out, _ = run("accounts", "check", "--json")
    records = [json.loads(line) for line in out.splitlines()]
    assert [(one["account"], one["state"][:5], one["failure"]) for one in records] == [
        ("flow", "works", None),
        ("open2b-admin", "works", None),
        ("vtex", "works", None),
    ]
    monkeypatch.delenv("COUNTERFOIL_FLOW_TOKEN")
    code, out, _ = run("accounts", "--json")
    assert code == 1
    assert "COUNTERFOIL_FLOW_TOKEN" in json.loads(out.splitlines()[0])["failure"]


def test_all_wrong_input_is_one_sentence_and_the_exit_code_of_its_family(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "unknown.toml").write_text('[shop]\nprovider = "shopify"\n')
    (folder / "open.toml").write_text(
        '[shop]\nprovider = "flow"\norganization = "x"\ntoken = "in the open"\n'
    )
    (folder / "broken.toml").write_text("[shop\n")
    (folder / "down.toml").write_text(
        '[flow]\nprovider = "flow"\norganization = "x"\nbase_url = "http://127.0.0.1:9"\n'
    )
    (folder / "text.db").write_text("Dear diary, " * 99)
    since = ("--since", "2024-01-01")
    cases: list[tuple[tuple[str, ...], int, str]] = [
        (("show", "nothing"), 6, "there is no file 'invoices.db'"),
        (("pul",), 2, "No such command 'pul'"),
        (("pull", "--since", "yesterday"), 2, "'yesterday' is not a time"),
        (("pull", "nobody"), 2, "has no account 'nobody'; it has flow, open2b-admin, vtex"),
        (("pull", "flow"), 2, "account 'flow' was never pulled: pass `since` (--since 2026-01-01"),
        (("show", "nothing"), 2, "there is no invoice 'nothing'"),
        (("pull", "--accounts", "none.toml"), 3, "there is no file 'none.toml'"),
        (("pull", "--accounts", "broken.toml"), 3, "broken.toml cannot be read"),
        (("pull", "--accounts", "unknown.toml"), 3, "unknown provider 'shopify'"),
        (
            ("pull", "--accounts", "open.toml"),
            3,
            "token is a secret, which must not",
        ),
        (("pull", "--accounts", "down.toml", *since, "--store", "x.db"), 5, "no connection"),
        (("pull", "flow", *since, "--store", "text.db"), 6, "is not a SQLite file"),
        (("pull", "flow", *since, "--store", "invoices.csv"), 6, "the extension must be one of"),
    ]
    for words, expected, sentence in cases:
        code, _, err = run(*words)
        assert (code, is_one_sentence(err)) == (expected, True), (words, code, err)
        assert sentence.lower() in err.lower(), (words, err)

    monkeypatch.setenv("COUNTERFOIL_FLOW_TOKEN", "wrong")
    code, _, err = run("pull", "flow", *since, "--store", "y.db")
    assert (code, is_one_sentence(err)) == (4, True), err
    monkeypatch.delenv("COUNTERFOIL_FLOW_TOKEN")
    code, _, err = run("pull", "flow", *since, "--store", "y.db")
    assert (code, is_one_sentence(err)) == (3, True)
    assert "COUNTERFOIL_FLOW_TOKEN" in err


def test_an_account_that_fails_leaves_the_others_pulled_with_exit_code_1(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COUNTERFOIL_FLOW_TOKEN", "wrong")

    code, out, err = run("pull", "--since", "2024-01-01", "flow", "open2b-admin")

    assert code == 1
    assert re.search(r"^flow +flow +0 +0 +0 +0  failed", out, re.MULTILINE)
    assert re.search(r"^open2b-admin +open2b-admin +40 +40", out, re.MULTILINE)
    assert err.startswith("failed: flow: ")


def test_a_record_that_cannot_be_read_is_counted_and_named_with_exit_code_1(
    served: Sandbox, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    map_record = find_provider("open2b-admin").map

    def fail_for_one(found: Any, account: Any) -> Any:
        if found.id == 12:
            raise OverflowError("date value out of range")
        return map_record(found, account)

    monkeypatch.setattr("counterfoil.providers.open2b_admin.to_invoices", fail_for_one)

    code, out, err = run("pull", "--since", "2024-01-01", "flow", "open2b-admin")

    assert code == 1
    assert re.search(
        r"^account +provider +read +new +changed +unchanged +unreadable +state", out, re.MULTILINE
    )
    assert re.search(r"^open2b-admin +open2b-admin +39 +39 +0 +0 +1 +incomplete", out, re.MULTILINE)
    assert (
        err.count("record 12 is unreadable (unmappable): OverflowError: date value out of range")
        == 1
    )
    assert "failed" not in err
    code, out, err = run("pull", "open2b-admin", "--json")
    assert code == 1
    assert json.loads(out)["unreadable"] == 1
    assert json.loads(out)["exit_code"] == 1


def test_a_number_that_two_invoices_have_is_asked_about(run: Run) -> None:
    store(
        make_invoice("1", number="A"), make_invoice("2", number="A"), make_invoice("3", number="2")
    )

    code, _, err = run("show", "A")

    assert code == 2
    assert "2 invoices are called 'A': use the key, or add --account (atelier 1, atelier 2)" in err
    assert run("show", "2")[1].startswith("INVOICE A "), "a key says more than a number"


def test_a_pull_that_is_interrupted_says_so_and_goes_on_with_the_next(
    served: Sandbox, folder: Path, run: Run
) -> None:
    served.faults = [FaultRule(kind="latency", delay_ms=3_000, api="open2b-admin")]
    newest = served.requests[-1:]  # the log is bounded: its length need not change
    words = [
        sys.executable,
        "-m",
        "counterfoil.cli",
        "pull",
        "--since",
        "2024-01-01",
        "open2b-admin",
    ]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    while served.requests[-1:] == newest and process.poll() is None:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=120)
    served.faults = []

    assert process.returncode == 130
    assert (
        said.lstrip()
        == "counterfoil: interrupted; stored invoices are valid, and the next pull resumes there\n"
    )
    assert run("pull", "--since", "2024-01-01", "open2b-admin")[0] == 0
    with sqlite3.connect("invoices.db") as database:
        assert database.execute("SELECT count(*) FROM invoices").fetchone() == (40,)
    database.close()


def test_the_shell_completes_accounts(folder: Path) -> None:
    asked = {
        "_COUNTERFOIL_COMPLETE": "bash_complete",
        "COMP_WORDS": "counterfoil pull op",
        "COMP_CWORD": "2",
    }
    words = [sys.executable, "-m", "counterfoil.cli"]
    ran = subprocess.run(
        words, env={**os.environ, **asked}, capture_output=True, text=True, check=False
    )

    assert ran.stdout == "plain,open2b-admin\n"
