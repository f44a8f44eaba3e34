"""The screen of the command `counterfoil`: invoices and lists as they are drawn."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from counterfoil import Invoice, InvoiceRef, InvoiceWarning, Line, Party, Totals, open_sink
from counterfoil.cli import main
from msgspec import structs

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
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


DRAWN = [
    "INVOICE 2026/7",
    "SELLER",
    "Bottega Lucerna",
    "BUYER",
    "Nives Tarabelli",
    "VAT IT01230045600",
    "Currency EUR°",
    "Stoneware mug MUG-042 2 8.25 16.50",
    "Cup CUP-007 1 4.50 4.50",
    "Sum of line net amounts 16.50 *",
    "Total tax 3.63",
    "Total with tax 20.13",
    "* computed, not given by the provider ° assumed",
]


def test_an_invoice_is_drawn_with_its_parties_lines_and_totals(run: Run) -> None:
    store(
        make_invoice(
            seller=Party(company="Bottega Lucerna"),
            buyer=Party(first_name="Nives", last_name="Tarabelli", vat_number="IT01230045600"),
            currency="EUR",
            lines=(
                Line(
                    sku="MUG-042",
                    name="Stoneware mug",
                    quantity=Decimal(2),
                    unit_price=Decimal("8.250"),
                    net=Decimal("16.50"),
                ),
                Line(
                    sku="CUP-007",
                    name="Cup",
                    quantity=Decimal(1),
                    unit_price=Decimal("4.5"),
                    net=Decimal("4.5"),
                ),
            ),
            totals=Totals(
                lines_net=Decimal("16.5"),
                net=Decimal("16.50"),
                tax=Decimal("3.63"),
                gross=Decimal("20.13"),
            ),
            provenance={"totals.lines_net": "computed", "currency": "assumed"},
        )
    )
    code, out, _ = run("show", "7")

    assert code == 0
    flat = " ".join(out.split())
    for piece in DRAWN:
        assert piece in flat
    assert max(map(len, out.splitlines())) <= 80


def test_what_a_provider_wrote_cannot_steer_the_terminal(run: Run) -> None:
    store(
        make_invoice(
            buyer=Party(name="\x1b[2J\x1b]0;owned\x07Nives\u202e"), notes=("[red]not markup[/red]",)
        )
    )

    _, out, _ = run("show", "7")
    _, listed, _ = run("list")

    assert "\x1b" not in out + listed
    assert "\u202e" not in out + listed
    assert "[red]not markup[/red]" in out


# Control characters, and characters that have no width or change the direction of writing.
UNSEEN = [
    *map(chr, range(0x20)),
    *map(chr, range(0x7F, 0xA1)),
    *map(chr, (0xAD, 0x034F, 0x061C, 0x115F, 0x180E)),
    *map(chr, range(0x200B, 0x2010)),
    *map(chr, range(0x2028, 0x202F)),
    *map(chr, range(0x2060, 0x2070)),
    *map(chr, (0x3164, 0xFE0F, 0xFEFF, 0xFFA0, 0xFFF9)),
    *map(chr, (0x1D173, 0xE0001, 0xE0041, 0xE007F)),
]
HARMLESS = "\xa0\u202f"  # spaces, which are seen


def test_no_character_that_is_unseen_or_steers_reaches_the_screen_or_a_program(run: Run) -> None:
    name = "Nives " + "x".join(UNSEEN) + " Tarabelli 😀 è"
    unseen = InvoiceWarning(code="unknown-value", text=name)
    store(
        make_invoice(
            "7",
            buyer=Party(company=name),
            notes=(name,),
            attributes={name: name},
            warnings=(unseen,),
        )
    )
    refused = set(UNSEEN) - {"\n", *HARMLESS}

    shown = run("show", "7")
    listed = run("list")
    as_json = run("show", "7", "--json")
    listed_json = run("list", "--json")

    printed = "".join([*shown[1:], *listed[1:]])
    printed_json = "".join([*as_json[1:], *listed_json[1:]])
    assert not refused & set(printed)
    assert not refused & set(printed_json)
    assert json.loads(as_json[1])["notes"] == [name]
    assert "Tarabelli 😀 è" in as_json[1]
    assert as_json[1].count("\n") == 1
    assert listed_json[1].count("\n") == 1


@pytest.mark.parametrize("columns", [80, 140])
def test_a_list_fits_the_terminal_one_line_an_invoice(
    run: Run, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    store(
        *(
            make_invoice(str(key), buyer=Party(name="A name that is longer than any column " * 4))
            for key in range(5)
        )
    )
    monkeypatch.setenv("COLUMNS", str(columns))

    _, out, _ = run("list")

    assert len(out.splitlines()) == 2 + 5
    assert {len(line) for line in out.splitlines()} == {columns}


def test_a_terminal_has_colour_and_a_pipe_or_no_color_has_none(folder: Path) -> None:
    store(make_invoice())

    def look(**more: str) -> bytes:
        leader, follower = pty.openpty()
        words = [sys.executable, "-m", "counterfoil.cli", "show", "7"]
        environment = {**os.environ, "TERM": "xterm-256color", **more}
        subprocess.run(words, stdout=follower, stderr=follower, env=environment, check=True)
        os.close(follower)
        seen = b""
        try:
            while chunk := os.read(leader, 65536):
                seen += chunk
        except OSError:  # the terminal was closed
            pass
        os.close(leader)
        return seen

    assert b"\x1b[" in look()
    assert not re.search(rb"\x1b\[[0-9;]*3[0-7]m", look(NO_COLOR="1"))
    ran = subprocess.run(
        [sys.executable, "-m", "counterfoil.cli", "show", "7"], capture_output=True, check=True
    )
    assert b"\x1b" not in ran.stdout
