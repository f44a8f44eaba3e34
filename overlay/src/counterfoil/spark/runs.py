"""What a run found, after it was written: its tables, and where the next run begins."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

from ..cursors import Cursor
from ..sinks.drafts import replace_file
from .planning import read_cursors


class RunTables(NamedTuple):
    """The tables of a run, each a DataFrame of Spark."""

    invoices: Any
    lines: Any
    unreadable: Any
    accounts: Any


def split_run(run: Any) -> RunTables:
    """Return the tables of a DataFrame with the columns of the table `run`.

    Pass one that was read from where the run was written: each action on the data source itself
    would ask the platforms again.
    """
    found = run.where("invoice IS NOT NULL")
    return RunTables(
        invoices=found.select("invoice.*"),
        lines=found.selectExpr("inline(lines)"),
        unreadable=run.where("unreadable IS NOT NULL").select("unreadable.*"),
        accounts=run.where("ended IS NOT NULL").select("ended.*"),
    )


def save_cursors(run: Any, path: str | Path) -> list[str]:
    """Write where the next run begins into a file, which the option `cursors` takes.

    `run` has the columns of the table `run`, and was read from where the rows were written, so a
    cursor is saved only after the rows that it covers. It may have several runs: the latest row of
    each account counts, and of its cursors the latest. Accounts without a cursor, because they
    failed at once, keep that in the file.

    Returns a sentence for each account that failed in its latest run. Raises StorageError if the
    file exists and is of something else.
    """
    cursors = read_cursors(str(path))
    failures: dict[str, str] = {}
    ended = run.where("ended IS NOT NULL").select("ended.*")
    for row in ended.select("account", "ended_at", "cursor", "failure").sort("ended_at").collect():
        name = row["account"]
        failures.pop(name, None)
        if row["failure"] is not None:
            failures[name] = f"account {name!r} failed: {row['failure']}"
        if row["cursor"] is not None:
            cursors[name] = Cursor.from_json(row["cursor"])
    texts = {name: json.loads(cursor.to_json()) for name, cursor in sorted(cursors.items())}
    replace_file(Path(path), f"{json.dumps(texts, indent=1)}\n".encode())
    return [failures[name] for name in sorted(failures)]
