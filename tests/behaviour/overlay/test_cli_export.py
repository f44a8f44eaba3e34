"""`counterfoil export`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from counterfoil import (
    open_sink,
)
from counterfoil.cli import main
from counterfoil.einvoice import (
    read_einvoice,
)
from msgspec import structs

from .einvoices import (
    INVOICE,
    blank_pdf,
    change,
    judge,
)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COUNTERFOIL_FORMAT", "table")
    proforma = structs.replace(INVOICE.ref, kind="proforma", key="P-1")
    bare = structs.replace(INVOICE.ref, key="W-2")
    with open_sink(tmp_path / "invoices.db") as sink:
        sink.store(
            "mine",
            [
                INVOICE,
                change(ref=proforma, number="P-7"),
                change(ref=bare, number="2026/8", seller=None),
            ],
            b"",
        )
    return tmp_path / "invoices.db"


def test_the_command_writes_what_can_be_written(
    store: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    code = main(["export", "--iban", "DE02120300000000202051"])

    out, err = capfd.readouterr()
    [made] = (store.parent / "einvoices").iterdir()
    assert code == 1
    assert "e-invoices written: 1, not fiscal: 1" in out
    assert "2026/8 lacks" in err
    assert judge(made.read_bytes(), "ubl") == set()
    assert made.name == "mine~invoice~W-1.xml"


def test_the_command_refuses_what_it_cannot_do(
    store: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (store.parent / "blank.pdf").write_bytes(blank_pdf())

    assert main(["export", "2026/7", "--as", "facturx", "--pdf", "blank.pdf"]) == 1
    assert "BT-84" in capfd.readouterr().err
    words = ["export", "2026/7", "--as", "facturx", "--pdf", "blank.pdf"]
    assert main([*words, "--iban", "DE02120300000000202051"]) == 0
    assert read_einvoice(store.parent / "einvoices/mine~invoice~W-1.pdf").number == "2026/7"
    assert main(["export", "--pdf", "blank.pdf"]) == 2
    assert main(["export", "--iban", "DE 02"]) == 6
    assert main(["export", "2026/7", "--as", "facturx", "--iban", "DE02120300000000202051"]) == 1
    assert "no PDF of it is stored" in capfd.readouterr().err
