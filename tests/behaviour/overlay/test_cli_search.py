"""Searching with the commands: unknown words, filtered invoices, and the order of a list."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from counterfoil import Document, Invoice, InvoiceRef, Totals, open_sink
from counterfoil.cli import main

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")

    def run(*words: str) -> tuple[int, str, str]:
        code = main(words)
        return code, *capfd.readouterr()

    return run


def make(key: str, account: str = "milan", **fields: Any) -> Invoice:
    ref = InvoiceRef(provider="open2b-admin", account=account, kind="invoice", key=key)
    return Invoice(ref=ref, completeness="full", **fields)


def make_document(key: str) -> Invoice:
    ref = InvoiceRef(provider="amazon", account="mumbai", kind="invoice", key=key)
    documents = (Document(content_b64="JVBERi0xLjcK"),)
    return Invoice(ref=ref, completeness="document", documents=documents)


def store(*invoices: Invoice) -> None:
    with open_sink("invoices.db") as sink:
        sink.store("milan", invoices, b"{}")


def fill() -> None:
    """Three invoices of two days, and two documents without a day."""
    store(
        make("1", issue_date=date(2026, 10, 1), status="open"),
        make("2", issue_date=date(2026, 10, 2), status="sent"),
        make("3", issue_date=date(2026, 10, 2), status="sent"),
        make_document("PO1"),
        make_document("PO2"),
    )


@pytest.mark.parametrize("words", [(), ("--help",), ("-h",)])
def test_the_command_alone_is_help(run: Run, words: tuple[str, ...]) -> None:
    code, out, err = run(*words)

    assert (code, err) == (0, "")
    assert out.startswith("Usage: counterfoil [OPTIONS] COMMAND [ARGS]...\n\n")
    assert len(out.splitlines()) > 15


@pytest.mark.parametrize("command", ["list", "verify", "documents"])
@pytest.mark.parametrize(
    ("option", "word", "choice"),
    [
        ("--kind", "foo", "credit_note"),
        ("--status", "paid", "cancelled"),
        ("--provider", "shopify", "open2b-admin"),
        ("--account", "milano", "it has milan, mumbai; did you mean 'milan'?"),
    ],
)
def test_an_unknown_word_is_an_error_with_the_choices(
    run: Run, command: str, option: str, word: str, choice: str
) -> None:
    fill()

    code, out, err = run(command, option, word)

    assert (code, out, err.count("\n")) == (2, "", 1)
    assert word in err
    assert choice in err


def test_a_word_may_be_written_in_capitals(run: Run) -> None:
    fill()

    assert len(run("list", "--status", "Open", "--json")[1].splitlines()) == 1


@pytest.mark.parametrize(
    ("words", "rows", "sentences"),
    [
        ((), 5, []),
        (("--status", "sent"), 2, ["2 invoices of 5 match --status sent"]),
        (("--kind", "proforma"), 0, ["0 invoices of 5 match --kind proforma"]),
        (("--limit", "2"), 2, ["2 of 5 invoices shown: --limit leaves out 3"]),
        (("--limit", "5"), 5, []),
        (
            ("--since", "2026-10-02"),
            2,
            [
                "2 invoices of 5 match --since 2026-10-02",
                "2 invoices have no day, and --since left them out",
            ],
        ),
        (
            ("--until", "2026-10-02", "--provider", "amazon"),
            0,
            [
                "0 invoices of 5 match --until 2026-10-02 --provider amazon",
                "2 invoices have no day, and --until left them out",
            ],
        ),
        (
            ("--account", "mumbai", "--limit", "1"),
            1,
            [
                "2 invoices of 5 match --account mumbai",
                "1 of 2 invoices shown: --limit leaves out 1",
            ],
        ),
    ],
)
def test_what_a_filter_left_out_is_counted_and_said(
    run: Run, words: tuple[str, ...], rows: int, sentences: list[str]
) -> None:
    fill()

    code, out, err = run("list", "--json", *words)

    assert (code, len(out.splitlines())) == (0, rows)
    assert sorted(err.splitlines()) == sorted(sentences)


def test_an_empty_store_says_how_it_is_filled(run: Run) -> None:
    store()

    for words in (
        ("list",),
        ("list", "--kind", "invoice"),
        ("documents",),
        ("list", "--account", "milan"),
    ):
        code, _, err = run(*words)
        assert (code, err) == (
            0,
            "there are no invoices in invoices.db: `counterfoil pull` fetches them\n",
        )


def test_documents_say_what_a_day_left_out(run: Run) -> None:
    fill()

    code, out, err = run("documents", "--account", "mumbai", "--since", "2d")
    assert (code, out) == (0, "")
    assert "2 invoices have no day, and --since left them out" in err

    assert "none of 1 invoices has documents" in run("documents", "--status", "open")[2]
    code, out, err = run("documents", "--account", "mumbai", "--json")
    assert (code, len(out.splitlines())) == (0, 2)


def test_verify_says_what_a_day_left_out(run: Run) -> None:
    fill()

    code, out, err = run("verify", "--since", "2026-10-02")

    assert (code, out) == (0, "invoices verified: 2, errors: 0\n")
    assert "2 invoices have no day, and --since left them out" in err
    assert run("verify", "--account", "milan", "1")[2] == "", (
        "an invoice that is named was not searched for"
    )


def test_the_latest_is_first_within_a_day_as_well(run: Run) -> None:
    day = {"issue_date": date(2026, 10, 2)}
    store(
        make("98", **day),
        make("100", **day),
        make("99", **day),
        make("7", **day, issued_at=datetime(2026, 10, 2, 8, tzinfo=UTC)),
        # 9:00 UTC
        make("6", **day, created_at=datetime.fromisoformat("2026-10-02T11:00:00+02:00")),
        make("1", issue_date=date(2026, 10, 3)),
        make_document("PO2"),
        make_document("PO1"),
    )

    out = run("list", "--json")[1]
    listed = [json.loads(line)["key"] for line in out.splitlines()]

    assert listed == ["1", "6", "7", "100", "99", "98", "PO1", "PO2"]
    assert run("list", "--limit", "1", "--json")[1].count("\n") == 1


def test_amounts_of_a_list_have_the_decimals_of_their_currency(run: Run) -> None:
    store(
        make("1", currency="EUR", totals=Totals(gross=Decimal("541.8"))),
        make("2", currency="JPY", totals=Totals(gross=Decimal("1200"))),
        make("3", currency="EUR", totals=Totals(gross=Decimal("0.125"))),
    )

    out = run("list")[1]

    rows = out.splitlines()[2:]
    assert [row.split()[-2] for row in rows] == ["541.80", "1200", "0.125"]
    first, *_ = run("list", "--json")[1].splitlines()
    assert json.loads(first)["gross"] == "541.8"


def test_a_pull_of_a_new_account_names_the_option(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("accounts.toml").write_text('[dublin]\nprovider = "flow"\norganization = "x"\n')
    monkeypatch.setenv("COUNTERFOIL_DUBLIN_TOKEN", "invented")

    code, _, err = run("pull")

    assert code == 2
    assert (
        err == "failed: dublin: account 'dublin' was never pulled: pass `since` "
        "(--since 2026-01-01, or --since 90d)\n"
    )


def test_all_unknown_accounts_are_named_with_the_nearest_one(run: Run) -> None:
    Path("accounts.toml").write_text('[dublin]\nprovider = "flow"\norganization = "x"\n')

    code, _, err = run("pull", "dubln", "cork", "--since", "1d")

    assert code == 2
    assert (
        "accounts.toml has no account 'dubln' or 'cork'; it has dublin; did you mean 'dublin'?"
        in err
    )
