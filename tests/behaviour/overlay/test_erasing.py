"""Erasing an invoice: nothing of it is left, and no pull brings it back."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path

import pytest
from counterfoil import (
    Document,
    Invoice,
    Line,
    Party,
    Record,
    StorageError,
    open_sink,
    pull,
    save_documents,
)
from counterfoil.documents import remove_documents
from counterfoil.sinks.sqlite import SqliteSink
from counterfoil_sandbox import Sandbox
from msgspec import structs

from .sandbox_accounts import BEGINNING, make_account
from .test_sinks import make_invoice

ROOT = Path(__file__).parents[3]
SECRET = "Bressulli-Nobody"


def make_personal(key: str, record_key: str = "") -> Invoice:
    content = f'{{"key": "{key}", "buyer": "{SECRET}"}}'.encode()
    return make_invoice(
        key,
        number=f"N-{key}",
        buyer=Party(name=SECRET),
        lines=(Line(name=SECRET, net=Decimal(1)),),
        record=Record(model="ConsumerInvoice", key=record_key or key, content=content),
    )


def test_nothing_is_left_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "invoices.db"
    invoice = make_personal("K-4711")
    with open_sink(path) as sink:
        assert isinstance(sink, SqliteSink)
        sink.store("atelier", [invoice, make_invoice("2")], b"{}")

        erased = sink.erase(invoice.ref)

        content = b"".join(file.read_bytes() for file in tmp_path.iterdir())
        assert (erased.lines, erased.records, erased.sharing) == (1, 1, ())
        assert [one.ref.key for one in sink.read()] == ["2"]
        written = sink.store("atelier", [invoice, make_invoice("2")], b"{}")
        assert (written.new, written.unchanged, written.erased) == (0, 1, 1)
        assert sink.count() == 1
        with pytest.raises(StorageError, match="has no invoice 'K-4711'"):
            sink.erase(invoice.ref)

    assert SECRET.encode() not in content
    assert b"K-4711" not in content
    database = sqlite3.connect(path)
    assert database.execute("SELECT count(*) FROM records").fetchone() == (0,)
    database.close()


def test_an_invoice_of_the_same_record_stays_and_loses_it(tmp_path: Path) -> None:
    one = make_personal("7/A", "7")
    other = structs.replace(make_personal("7/B", "7"), paid=True)
    with SqliteSink(tmp_path / "invoices.db") as sink:
        sink.store("atelier", [one, other], b"{}")

        erased = sink.erase(one.ref)
        sink.store("atelier", [one, other], b"{}")

        assert [each.key for each in erased.sharing] == ["7/B"]
        [left] = sink.read()
        assert (left.ref.key, left.record) == ("7/B", None)


def test_a_record_of_another_kind_with_the_same_key_is_kept(tmp_path: Path) -> None:
    one = make_personal("7")
    memo = structs.replace(
        make_invoice("7"),
        ref=structs.replace(one.ref, kind="credit_note"),
        record=Record(model="CreditMemo", key="7", content=b"{}"),
    )
    with SqliteSink(tmp_path / "invoices.db") as sink:
        sink.store("atelier", [one], b"{}")
        sink.erase(one.ref)
        sink.store("atelier", [one, memo], b"{}")

        [left] = sink.read()

    assert left.record == memo.record


def test_a_log_that_another_process_reads_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("counterfoil.sinks.sqlite_file.PATIENCE", 0.1)
    path = tmp_path / "invoices.db"
    one = make_personal("7")
    with SqliteSink(path) as sink:
        sink.store("atelier", [one], b"{}")
        reader = sqlite3.connect(path)
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM invoices").fetchone()

        erased = sink.erase(one.ref)
        reader.close()

    assert erased.is_in_log is True
    assert SECRET.encode() not in b"".join(file.read_bytes() for file in tmp_path.iterdir())


def test_a_pull_does_not_bring_it_back(tmp_path: Path) -> None:
    with Sandbox(invoices=10) as box, box.serve(), SqliteSink(tmp_path / "a.db") as sink:
        account = make_account(box, "flow")
        pull([account], BEGINNING, into=sink)
        [invoice] = sink.read(name="W-3001/1")
        sink.erase(invoice.ref)

        result = pull([account], BEGINNING, into=sink, again=True)

        assert (result.count("erased"), result.count("unchanged")) == (1, 9)
        assert sink.count() == 9
        assert sink.count(name="W-3001/1") == 0


def test_its_documents_are_removed_and_those_of_others_stay(tmp_path: Path) -> None:
    files = [Document(content_b64="JVBERi0xLjQK"), Document(content_b64="JVBERi0xLjQK")]
    one = make_invoice("1", documents=tuple(files))
    other = make_invoice("12", documents=(files[0],))
    for invoice in (one, other):
        save_documents(invoice, tmp_path)

    removed = remove_documents(one.ref, tmp_path)

    assert len(removed) == 2
    assert [file.name for file in tmp_path.iterdir()] == ["atelier~invoice~12.pdf"]


ERASE = """
import sys
from counterfoil.sinks.sqlite import SqliteSink
with SqliteSink(sys.argv[1]) as sink:
    refs = [one.ref for one in sink.read()]
    print("begins", flush=True)
    for ref in refs:
        sink.erase(ref)
"""


@pytest.mark.parametrize("seed", range(20))
def test_an_erasure_that_is_killed_is_whole_or_not_begun(seed: int, tmp_path: Path) -> None:
    path = tmp_path / "invoices.db"
    with SqliteSink(path) as sink:
        sink.store("atelier", [make_personal(str(number)) for number in range(300)], b"{}")
    chance = random.Random(seed)
    with subprocess.Popen(
        [sys.executable, "-c", ERASE, str(path)], cwd=ROOT, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(chance.uniform(0, 0.3))
        os.kill(process.pid, signal.SIGKILL)

    database = sqlite3.connect(path)
    counts = [
        database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        for table in ("invoices", "lines", "records")
    ]
    [[tombs]] = database.execute("SELECT count(*) FROM erased")
    database.close()
    assert len(set(counts)) == 1
    assert tombs == 3 * (300 - counts[0])
