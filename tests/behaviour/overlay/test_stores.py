"""Stores as files: permissions, the remains of a killed process, and reading all back."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from threading import Barrier
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from counterfoil import (
    Invoice,
    InvoiceRefused,
    Line,
    Payment,
    Shipment,
    StorageError,
    Totals,
    open_sink,
)
from counterfoil.sinks.drafts import replace_file
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs
from pyarrow import parquet

from .test_sinks import NAMES, make_invoice, read_back, store

ROOT = Path(__file__).parents[3]
FILES = ("invoices.jsonl", "invoices.parquet")


# Permissions


@pytest.mark.parametrize("name", NAMES)
def test_a_store_is_its_owners_only(name: str, tmp_path: Path) -> None:
    before = os.umask(0o000)
    try:
        with open_sink(tmp_path / name) as sink:
            sink.store("atelier", [make_invoice()], b"{}")
            modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in tmp_path.rglob("*")}
    finally:
        os.umask(before)

    assert {mode & 0o077 for mode in modes.values()} == {0}, modes


def test_the_permissions_of_a_store_that_is_there_are_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "invoices.db"
    store(path, make_invoice())
    path.chmod(0o640)

    store(path, make_invoice("2"))

    assert stat.S_IMODE(path.stat().st_mode) == 0o640


# Drafts of a process that died

WRITE_AND_DIE = """
import os, signal, sys
from counterfoil import open_sink
from counterfoil.sinks import drafts
from tests.behaviour.overlay.test_sinks import make_invoice
def die(*_): os.kill(os.getpid(), signal.SIGKILL)
with open_sink(sys.argv[1]) as sink:
    sink.store("atelier", [make_invoice("1")], b'{"at": 1}')
    os.fsync = die if sys.argv[2] == "draft" else os.fsync
    os.replace = os.link = die
    sink.store("atelier", [make_invoice("2")], b'{"at": 2}')
"""


@pytest.mark.parametrize("moment", ["draft", "name"])
@pytest.mark.parametrize("name", FILES)
def test_drafts_of_a_process_that_was_killed_are_swept(
    name: str, moment: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    for _ in range(2):
        ran = subprocess.run(
            [sys.executable, "-c", WRITE_AND_DIE, str(path), moment], cwd=ROOT, check=False
        )
        assert ran.returncode == -signal.SIGKILL
    left = [file.name for file in tmp_path.rglob("*.part")]

    written = store(path, make_invoice("1"), make_invoice("2"))

    assert len(left) <= 1
    assert sum(written) == 2
    assert sorted(read_back(path)) == ["1", "2"]
    assert not list(tmp_path.rglob("*.part"))


def test_an_old_draft_of_a_single_file_is_replaced_and_a_fresh_one_left_alone(
    tmp_path: Path,
) -> None:
    path = tmp_path / "invoice.pdf"
    draft = tmp_path / ".invoice.pdf.part"
    draft.write_bytes(b"half")
    replace_file(path, b"whole")
    assert draft.read_bytes() == b"half", "somebody may be writing it"
    yesterday = time.time() - 86400
    os.utime(draft, (yesterday, yesterday))

    replace_file(path, b"whole again")

    assert path.read_bytes() == b"whole again"
    assert not list(tmp_path.glob(".*"))


# One writer of files, and nothing overwritten


@pytest.mark.parametrize(
    "last", ["part-000001", "part-999999", "part-1000000", "part-0000002", "part-1234567890"]
)
def test_parts_are_counted_by_their_numbers_and_none_is_overwritten(
    last: str, tmp_path: Path
) -> None:
    path = tmp_path / "invoices.parquet"
    store(path, make_invoice("1"))
    (path / "part-000001.parquet").rename(path / f"{last}.parquet")
    for key in "ABC":
        assert store(path, make_invoice(key)) == (1, 0, 0)

    keys = [
        key
        for part in path.glob("part-*")
        for key in parquet.ParquetFile(part).read(["key"])["key"].to_pylist()
    ]
    assert sorted(keys) == ["1", "A", "B", "C"]


def test_the_latest_part_counts_by_its_number(tmp_path: Path) -> None:
    path = tmp_path / "invoices.parquet"
    store(path, make_invoice("1"))
    (path / "part-000001.parquet").rename(path / "part-999999.parquet")
    store(path, make_invoice("1", paid=True))  # part-1000000, which sorts first as a text

    assert store(path, make_invoice("1", paid=True)) == (0, 0, 1)
    assert store(path, make_invoice("1")) == (0, 1, 0)


def test_a_part_number_that_cannot_be_exceeded_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "invoices.parquet"
    store(path, make_invoice("1"))
    (path / "part-000001.parquet").rename(path / "part-2147483647.parquet")

    with pytest.raises(
        StorageError,
        match="already has the greatest number of a part, 2147483647: choose another name",
    ):
        store(path, make_invoice("2"))


def test_a_part_that_appears_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "invoices.parquet"
    with open_sink(path) as sink:
        sink.store("atelier", [make_invoice("1")], b"{}")
        shutil.copy(path / "part-000001.parquet", path / "part-000002.parquet")
        before = (path / "part-000002.parquet").read_bytes()
        with pytest.raises(StorageError, match="cannot be written"):
            sink.store("atelier", [make_invoice("2")], b"{}")

    assert (path / "part-000002.parquet").read_bytes() == before
    assert store(path, make_invoice("2")) == (1, 0, 0)


@pytest.mark.parametrize("name", FILES)
def test_a_second_writer_is_refused_until_the_first_ends(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    with open_sink(path) as sink:
        sink.store("atelier", [make_invoice("1")], b"{}")
        with pytest.raises(
            StorageError, match="is being written by another pull: wait until it ends"
        ):
            open_sink(path)

    assert store(path, make_invoice("2")) == (1, 0, 0)


HOLD = """
import sys, time
from counterfoil import open_sink
with open_sink(sys.argv[1]) as sink:
    print("open", flush=True)
    time.sleep(600)
"""


@pytest.mark.parametrize("name", FILES)
def test_another_process_is_refused_and_a_killed_one_holds_nothing(
    name: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    words = [sys.executable, "-c", HOLD, str(path)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=ROOT) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        with pytest.raises(StorageError, match="is being written by another pull"):
            open_sink(path)
        holder.kill()

    assert store(path, make_invoice()) == (1, 0, 0)


PULL_AT_ONCE = """
import sys
from counterfoil import StorageError, open_sink
from tests.behaviour.overlay.test_sinks import make_invoice
keys = [f"{sys.argv[2]}-{number}" for number in range(60)]
try:
    with open_sink(sys.argv[1]) as sink:
        for key in keys:
            sink.store(sys.argv[2], [make_invoice(key)], b"{}")
except StorageError as error:
    print(error)
else:
    print("stored")
"""


@pytest.mark.parametrize("name", NAMES)
def test_three_writers_at_once_lose_nothing_that_was_reported_as_stored(
    name: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    words = [sys.executable, "-c", PULL_AT_ONCE, str(path)]
    ran = [
        subprocess.Popen([*words, who], stdout=subprocess.PIPE, text=True, cwd=ROOT)
        for who in "ABC"
    ]
    outputs = [process.communicate()[0].strip() for process in ran]
    said = dict(zip("ABC", outputs, strict=True))

    held = set(read_back(path))
    stored = [who for who, sentence in said.items() if sentence == "stored"]
    assert stored
    assert {f"{who}-{number}" for who in stored for number in range(60)} <= held
    for who in set(said) - set(stored):
        assert "is being written by another pull: wait until it ends" in said[who]


def test_a_file_is_opened_while_another_one_makes_its_tables(tmp_path: Path) -> None:
    """Between two commits of its maker, a new file once looked like another program's."""
    for number in range(60):
        path = tmp_path / f"{number}.db"
        together = Barrier(4)

        def open_at_once(path: Path = path, together: Barrier = together) -> None:
            together.wait()
            with open_sink(path):
                pass

        with ThreadPoolExecutor(4) as pool:
            opened = [pool.submit(open_at_once) for _ in range(4)]
        assert [one.exception() for one in opened] == [None] * 4


# Data that was removed


@pytest.mark.parametrize("name", FILES)
def test_a_cursor_is_forgotten_where_some_of_its_invoices_were_removed(
    name: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    store(path, make_invoice("1"))
    store(path, make_invoice("2"))
    if path.is_dir():
        (path / "part-000002.parquet").unlink()
    else:
        path.write_bytes(path.read_bytes().splitlines(keepends=True)[0])

    with open_sink(path) as sink:
        assert sink.find_cursor("atelier") is None


@pytest.mark.parametrize("name", FILES)
def test_cursors_of_an_earlier_version_are_read(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    store(path, make_invoice("1"))
    cursors = Path(f"{path}.cursors") if path.is_file() else path / "cursors.json"
    cursors.write_text('{"atelier": "{}"}')

    with open_sink(path) as sink:
        assert sink.find_cursor("atelier") == b"{}"


# Names of files


@pytest.mark.parametrize("ending", [".db", ".jsonl", ".parquet"])
@pytest.mark.parametrize("name", ["a\0b", "a" * 300, "\udc80\ud800", "no/such\0folder/a"])
def test_a_name_that_no_file_can_have_is_a_sentence(name: str, ending: str, tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        open_sink(tmp_path / f"{name}{ending}")


@pytest.mark.parametrize("name", ["invoices.db", "invoices.jsonl"])
def test_a_pipe_is_a_sentence_and_nobody_waits_for_it(name: str, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / name)

    with pytest.raises(StorageError, match="was not changed: choose another name"):
        open_sink(tmp_path / name)


# NUL


@pytest.mark.parametrize(
    "number", ["A\0B", "\0", "A\0", "\0B", "A\\u0000B", "A\ufdd0B", "A\0\ufffd"]
)
def test_a_number_with_nul_is_whole_in_its_column(number: str, tmp_path: Path) -> None:
    path = tmp_path / "invoices.db"
    store(
        path,
        make_invoice("1", number=number, currency="EUR", paid=True),
        make_invoice(number, number="2"),
    )

    with open_sink(path) as sink:
        [row] = sink.find(
            "number", "currency", "paid", name=number, limit=1, account="atelier", kind="invoice"
        )[:1]
        found = {one.number for one in sink.read()}  # type: ignore[union-attr]
    database = sqlite3.connect(path)
    numbers = {text for [text] in database.execute("SELECT number FROM invoices")}
    database.close()

    assert numbers == found == {number, "2"}
    assert row["number"] in (number, "2")


# Whatever is stored can be read back

OFFSETS = st.sampled_from(
    [
        timedelta(),
        timedelta(hours=5, minutes=30),
        timedelta(hours=-3),
        timedelta(minutes=49, seconds=56),
    ]
)
ZONES = st.one_of(
    st.none(),
    OFFSETS.map(timezone),
    st.sampled_from(["Europe/Rome", "America/Sao_Paulo", "Asia/Kolkata"]).map(ZoneInfo),
)
MOMENTS = st.one_of(
    st.none(),
    st.datetimes(timezones=ZONES),
    st.sampled_from(
        [
            datetime.min.replace(tzinfo=timezone(timedelta(hours=14))),
            datetime.max.replace(tzinfo=timezone(timedelta(hours=-11))),
        ]
    ),
)
AMOUNTS = st.one_of(
    st.none(),
    st.decimals(places=2),
    st.decimals(allow_nan=True, allow_infinity=True),
    st.sampled_from(
        ["1E+999999999", "1E-999999999", "sNaN", "-Infinity", "1E+3", "-0", "9" * 300]
    ).map(Decimal),
)
TEXTS = st.one_of(
    st.none(),
    st.text(st.characters(codec=None), max_size=8),
    st.sampled_from(["NaN", "A\0B", "1E-5", "\ud800"]),
)
INVOICES = st.builds(
    lambda key, number, moments, amounts, words, day: make_invoice(
        key,
        number=number,
        issue_date=day,
        issued_at=moments[0],
        created_at=moments[1],
        updated_at=moments[2],
        payments=(Payment(at=moments[3], amount=amounts[0]),),
        shipment=Shipment(dispatched_at=moments[4], weight=amounts[1]),
        totals=Totals(net=amounts[2], gross=amounts[3]),
        lines=(Line(quantity=amounts[0], net=amounts[1], name=words),),
        notes=None if words is None else (words,),
        attributes={"a": number or "", words or "": "b"},
    ),
    st.text(st.characters(codec=None), min_size=1, max_size=8),
    TEXTS,
    st.tuples(*[MOMENTS] * 5),
    st.tuples(*[AMOUNTS] * 4),
    TEXTS,
    st.one_of(st.none(), st.dates()),
)


def is_readable(invoice: Invoice) -> bool:
    """Whether JSON can hold the invoice as it is, and a person its amounts."""
    try:
        same = Invoice.from_json(invoice.to_json()) == invoice
    except (ValueError, ArithmeticError):
        return False
    return same


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(invoice=INVOICES)
@pytest.mark.parametrize("name", NAMES)
def test_a_store_never_holds_what_it_cannot_read_back(
    name: str, invoice: Invoice, tmp_path: Path
) -> None:
    path = tmp_path / name
    shutil.rmtree(path, ignore_errors=True)
    for file in tmp_path.glob(f"{name}*"):
        file.unlink()
    try:
        store(path, invoice)
    except InvoiceRefused:
        assert read_back(path) == {}
        return

    assert is_readable(invoice)
    assert read_back(path) == {str(invoice.ref.key): invoice}
    for text in ("net", "gross"):
        amount = getattr(invoice.totals, text)
        assert amount is None or len(f"{amount:f}") < 500


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"issued_at": datetime(2026, 1, 1)}, "issued_at has no offset"),
        ({"payments": (Payment(at=datetime(2026, 1, 1)),)}, r"payments\[\].at has no offset"),
        (
            {"shipment": Shipment(dispatched_at=datetime(2026, 1, 1))},
            "shipment.dispatched_at has no offset",
        ),
        (
            {"created_at": datetime(1900, 1, 1, tzinfo=timezone(timedelta(seconds=1)))},
            "created_at has no offset in whole minutes",
        ),
        (
            {"created_at": datetime(1999, 3, 28, 2, tzinfo=ZoneInfo("Europe/Rome"))},
            "created_at is in an hour that clocks skip or repeat",
        ),
        (
            {"created_at": datetime(1999, 10, 31, 2, tzinfo=ZoneInfo("Europe/Rome"))},
            "created_at is in an hour that clocks skip or repeat",
        ),
        ({"number": "\ud800"}, "cannot be written as JSON"),
        ({"totals": Totals(gross=Decimal("NaN"))}, "totals.gross is not a finite number"),
        ({"lines": (Line(net=Decimal("Infinity")),)}, "lines.0.net is not a finite number"),
        (
            {"totals": Totals(gross=Decimal("1E+999999999"))},
            "totals.gross has more than 200 digits",
        ),
        ({"status": "lost"}, "it could not be read back"),
        ({"completeness": "some"}, "it could not be read back"),
    ],
)
def test_an_invoice_that_could_not_be_read_back_is_refused(
    changes: dict[str, Any], reason: str, tmp_path: Path
) -> None:
    invoice = structs.replace(make_invoice("7"), **changes)
    with pytest.raises(InvoiceRefused, match=f"invoice '7' cannot be stored: .*{reason}"):
        store(tmp_path / "invoices.db", invoice, make_invoice("8"))


def test_names_that_look_like_absurd_numbers_are_stored(tmp_path: Path) -> None:
    made = [
        make_invoice(str(n), number=text)
        for n, text in enumerate(["NaN", "Infinity", "1E+999999999", "Nancy", "5E-7"])
    ]

    assert store(tmp_path / "invoices.db", *made, make_invoice("day", issue_date=date.min)) == (
        6,
        0,
        0,
    )
