"""SQLite, JSON Lines and Parquet: all or nothing, nothing twice, and other files untouched."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from counterfoil import Invoice, InvoiceRef, StorageError, Totals, open_sink
from msgspec import structs
from pyarrow import parquet

NAMES = ("invoices.db", "invoices.jsonl", "invoices.parquet")


def make_invoice(key: str = "1", **changes: Any) -> Invoice:
    ref = InvoiceRef(provider="flow", account="atelier", kind="invoice", key=key)
    return structs.replace(Invoice(ref=ref, completeness="partial", number=f"A-{key}"), **changes)


@pytest.fixture(params=NAMES)
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return tmp_path / request.param


def store(path: Path, *invoices: Invoice, cursor: bytes = b'{"at": 1}') -> tuple[int, int, int]:
    with open_sink(path) as sink:
        written = sink.store("atelier", invoices, cursor)
    return written.new, written.changed, written.unchanged


def read_back(path: Path) -> dict[str, Invoice]:
    """Return the latest version of each invoice, by key, read without counterfoil's sinks."""
    if path.suffix == ".db":
        with sqlite3.connect(path) as database:
            texts = [
                text for [text] in database.execute("SELECT json FROM invoices ORDER BY written_at")
            ]
        database.close()
    elif path.suffix == ".jsonl":
        texts = path.read_bytes().decode().split("\n")[:-1]
    else:
        parts = sorted(path.glob("part-*.parquet"))
        texts = [
            text for part in parts for text in parquet.read_table(part).column("json").to_pylist()
        ]
    return {str(one.ref.key): one for one in map(Invoice.from_json, texts)}


def take_picture(path: Path) -> dict[str, bytes]:
    files = [file for file in sorted(path.parent.rglob("*")) if file.is_file()]
    return {str(file): file.read_bytes() for file in files}


def test_new_changed_and_unchanged_are_told_apart(path: Path) -> None:
    assert store(path, make_invoice("1"), make_invoice("2")) == (2, 0, 0)
    assert store(path, make_invoice("1"), make_invoice("2", paid=True), make_invoice("3")) == (
        1,
        1,
        1,
    )

    held = read_back(path)
    assert sorted(held) == ["1", "2", "3"]
    assert held["2"].paid is True


def test_what_is_known_is_not_written_again(path: Path) -> None:
    store(path, make_invoice("1"), make_invoice("2"))
    before = take_picture(path)

    assert store(path, make_invoice("1"), make_invoice("2")) == (0, 0, 2)

    assert take_picture(path) == before


def test_an_invoice_that_comes_twice_in_a_slice_is_stored_once(path: Path) -> None:
    new, changed, unchanged = store(
        path, make_invoice("1"), make_invoice("1"), make_invoice("1", paid=True)
    )

    assert (new, new + changed + unchanged) == (1, 3)
    assert read_back(path)["1"].paid is True
    assert store(path, make_invoice("1", paid=True)) == (0, 0, 1)


def test_the_cursor_is_kept_with_the_invoices(path: Path) -> None:
    store(path, make_invoice(), cursor=b'{"at": 7}')

    with open_sink(path) as sink:
        assert sink.find_cursor("atelier") == b'{"at": 7}'
        assert sink.find_cursor("another") is None


def test_amounts_keep_their_digits(path: Path) -> None:
    totals = Totals(net=Decimal("1234567890123456.789"), tax=Decimal("0.10"), gross=Decimal("1E+3"))
    store(path, make_invoice(totals=totals))

    assert read_back(path)["1"].totals == totals


@pytest.mark.parametrize("name", ["invoices.jsonl", "invoices.parquet"])
def test_a_process_that_was_killed_before_the_cursor_writes_nothing_twice(
    tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    store(path, make_invoice("1"), make_invoice("2"))
    for cursors in (*tmp_path.glob("*.cursors"), *tmp_path.glob("*/cursors.json")):
        cursors.unlink()

    with open_sink(path) as sink:
        assert sink.find_cursor("atelier") is None  # so that the slice comes again
    assert store(path, make_invoice("1"), make_invoice("2")) == (0, 0, 2)


@pytest.mark.parametrize("name", ["invoices.jsonl", "invoices.parquet"])
def test_data_that_was_removed_comes_again(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    store(path, make_invoice("1"))
    for data in [path] if path.is_file() else path.glob("part-*"):
        data.unlink()

    with open_sink(path) as sink:
        assert sink.find_cursor("atelier") is None


def test_a_line_that_was_torn_is_cut_off(tmp_path: Path) -> None:
    path = tmp_path / "invoices.jsonl"
    store(path, make_invoice("1"), make_invoice("2"))
    whole = path.read_bytes()
    path.write_bytes(whole + whole[:70])

    assert store(path, make_invoice("2"), make_invoice("3")) == (1, 0, 1)
    assert sorted(read_back(path)) == ["1", "2", "3"]


def make_foreign_database(path: Path) -> None:
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE songs (title TEXT)")
    database.close()


def make_damaged_database(path: Path) -> None:
    store(path, *(make_invoice(str(number)) for number in range(200)))
    content = bytearray(path.read_bytes())
    content[4096 : 4096 * 6] = b"\xa5" * (4096 * 5)
    path.write_bytes(content)


def make_later_database(path: Path) -> None:
    store(path, make_invoice())
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA user_version = 99")
    database.close()


def make_folder_of_parts(content: bytes) -> Any:
    def make(path: Path) -> None:
        path.mkdir()
        (path / "part-000001.parquet").write_bytes(content)

    return make


WRONG = [
    ("notes.db", lambda path: path.write_text("Dear diary, " * 100), "is not a SQLite file"),
    ("songs.db", make_foreign_database, "is the SQLite file of another program"),
    (
        "later.db",
        make_later_database,
        "has version 99 of the tables, but this version of counterfoil needs 4",
    ),
    ("damaged.db", make_damaged_database, "it is damaged"),
    (
        "events.jsonl",
        lambda path: path.write_text('{"event": "login"}\n{"event": "logout"}\n'),
        "line 1 is not an invoice",
    ),
    (
        "one.jsonl",
        lambda path: path.write_text('{"name": "a package"}'),
        "one.jsonl is not an invoice",
    ),
    ("bytes.jsonl", lambda path: path.write_bytes(b"\xff\xfe\n"), "line 1 is not an invoice"),
    ("folder.jsonl", Path.mkdir, "cannot be read or created"),
    (
        "parts.parquet",
        make_folder_of_parts(b"PAR1 and no more"),
        "is damaged, or not written by counterfoil",
    ),
    ("file.parquet", lambda path: path.write_text("PAR1"), "cannot be read or created"),
    (
        "invoices.xlsx",
        lambda path: path.write_text("PK"),
        "the extension must be one of .db",
    ),
]


@pytest.mark.parametrize(("name", "make", "sentence"), WRONG, ids=[name for name, _, _ in WRONG])
def test_what_is_somebody_elses_or_damaged_is_refused_and_stays_as_it_is(
    tmp_path: Path, name: str, make: Any, sentence: str
) -> None:
    path = tmp_path / name
    make(path)
    before = take_picture(path)

    with pytest.raises(StorageError) as refused:
        store(path, *(make_invoice(str(number)) for number in range(200)))

    assert sentence in str(refused.value)
    assert str(path) in str(refused.value)
    assert take_picture(path) == before


def test_a_damaged_file_of_cursors_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "invoices.jsonl"
    store(path, make_invoice())
    Path(f"{path}.cursors").write_text('{"version": 1, "acc')

    with pytest.raises(
        StorageError,
        match="is damaged: remove it to read everything again; nothing is written",
    ):
        open_sink(path)


def test_a_folder_that_cannot_be_made_is_a_sentence(path: Path) -> None:
    (path.parent / "a-file").write_text("in the way")

    with pytest.raises(StorageError, match="cannot be"):
        open_sink(path.parent / "a-file" / path.name)


FILL_THE_DISK = """
import random, resource, signal, sys
from counterfoil import open_sink
from tests.behaviour.overlay.test_sinks import make_invoice
with open_sink(sys.argv[1]) as sink:
    print(sink.store("atelier", [make_invoice("1")], b'{"at": 1}'))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)
    notes = [(random.Random(number).randbytes(900).hex(),) for number in range(2, 300)]
    many = [make_invoice(str(number), notes=note) for number, note in enumerate(notes, 2)]
    try:
        sink.store("atelier", many, b'{"at": 2}')
    except Exception as error:
        print(type(error).__name__, error)
"""


@pytest.mark.parametrize("most", [2_000, 70_000])
def test_a_disk_that_is_full_leaves_what_was_there(path: Path, most: int) -> None:
    words = [sys.executable, "-c", FILL_THE_DISK, str(path), str(most)]
    root = Path(__file__).parents[3]
    ran = subprocess.run(words, cwd=root, capture_output=True, text=True, check=True)

    assert "StorageError" in ran.stdout, ran.stdout + ran.stderr
    assert str(path) in ran.stdout.splitlines()[-1]
    assert list(read_back(path)) == ["1"]
    with open_sink(path) as sink:
        assert sink.find_cursor("atelier") == b'{"at": 1}'
    assert store(path, make_invoice("1"), make_invoice("2")) == (1, 0, 1)


def test_a_database_that_is_full_says_so(tmp_path: Path) -> None:
    with open_sink(tmp_path / "invoices.db") as sink:
        sink.store("atelier", [make_invoice("1")], b"{}")
        sink._database.execute("PRAGMA max_page_count = 12")
        with pytest.raises(StorageError, match="the disk is full: free some space, and try again"):
            sink.store(
                "atelier",
                [make_invoice(str(number), notes=("x" * 900,)) for number in range(99)],
                b"[]",
            )
        assert sink.find_cursor("atelier") == b"{}"
    assert list(read_back(tmp_path / "invoices.db")) == ["1"]


def test_two_processes_share_a_database(tmp_path: Path) -> None:
    program = """
import sys
from counterfoil import open_sink
from tests.behaviour.overlay.test_sinks import make_invoice
new = 0
for start in range(0, 200, 20):
    with open_sink(sys.argv[1]) as sink:
        invoices = [make_invoice(str(number)) for number in range(start, start + 20)]
        new += sink.store(sys.argv[2], invoices, b"{}").new
print(new)
"""
    path = tmp_path / "invoices.db"
    words = [sys.executable, "-c", program, str(path)]
    root = Path(__file__).parents[3]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    both = [
        subprocess.Popen([*words, name], cwd=root, text=True, **pipes) for name in ("one", "two")
    ]
    said = [process.communicate() for process in both]

    assert [errors for _, errors in said] == ["", ""]
    assert sum(int(new) for new, _ in said) == 200
    assert len(read_back(path)) == 200


def test_parquet_has_amounts_as_decimals_and_moments_in_utc(tmp_path: Path) -> None:
    path = tmp_path / "invoices.parquet"
    totals = Totals(net=Decimal("99999999999999999999.123456789012345678"), gross=Decimal("12.30"))
    store(path, make_invoice(totals=totals))

    [row] = parquet.read_table(path / "part-000001.parquet").to_pylist()
    assert row["net"] == totals.net
    assert row["tax"] is None
    assert row["gross"] == Decimal("12.30")


def test_an_amount_that_parquet_cannot_hold_is_refused_not_rounded(tmp_path: Path) -> None:
    path = tmp_path / "invoices.parquet"
    with pytest.raises(StorageError, match="more digits than a decimal of Parquet"):
        store(path, make_invoice(totals=Totals(net=Decimal("0.1234567890123456789"))))
    assert not list(path.glob("part-*"))


def test_json_lines_are_invoices_for_any_program(tmp_path: Path) -> None:
    store(tmp_path / "invoices.jsonl", make_invoice(totals=Totals(gross=Decimal("12.30"))))

    [line] = (tmp_path / "invoices.jsonl").read_text().splitlines()
    assert json.loads(line)["totals"]["gross"] == "12.30"


def read_example() -> Iterator[str]:
    from counterfoil import sinks

    text = str(sinks.__doc__)
    yield from (line[4:] for line in text[text.index("    class Memory") :].splitlines())


def test_the_documented_sink_of_ones_own_works() -> None:
    from counterfoil import Written

    names: dict[str, Any] = {"Written": Written}
    exec("\n".join(read_example()), names)
    sink = names["Memory"]()

    assert sink.store("atelier", [make_invoice("1"), make_invoice("2")], b"{}") == Written(
        new=2, changed=0, unchanged=0
    )
    assert sink.store(
        "atelier", [make_invoice("1"), make_invoice("2", paid=True)], b"[]"
    ) == Written(new=0, changed=1, unchanged=1)
    assert sink.find_cursor("atelier") == b"[]"
