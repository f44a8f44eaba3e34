"""`counterfoil datasette`: write the metadata by which Datasette shows the store."""

from __future__ import annotations

import json
import re
import shlex
from collections import Counter
from pathlib import Path

import click
from click import Option

from ...datasette_metadata import describe_store
from ...errors import StorageError
from ..options import STORE
from ..output import print_error
from ..stores import open_file

PLAIN_NAME = re.compile(r"[A-Za-z0-9_-]+")
OUTPUT = Option(
    ["--output"],
    metavar="FILE",
    default="datasette.json",
    type=click.Path(dir_okay=False),
    help="The file to write. It is replaced.",
)


@click.command("datasette", params=[OUTPUT, STORE])
def datasette_command(output: str, store: str) -> None:
    """Write a metadata file for Datasette, with queries and charts by month and account.

    Datasette is a web app that shows SQLite files: https://datasette.io
    """
    with open_file(store) as sink:
        currencies = Counter(row["currency"] for row in sink.find("currency") if row["currency"])
    [(currency, _)] = currencies.most_common(1) or [(None, 0)]
    text = json.dumps(describe_store(Path(store).stem, currency), indent=2) + "\n"
    try:
        Path(output).write_text(text, encoding="utf-8")
    except OSError as error:
        raise StorageError(f"{output} cannot be written: {error.strerror}") from error
    print(f"{output} describes {store}. Next:")
    print("  pip install datasette datasette-dashboards")
    print(f"  datasette {shlex.quote(store)} --metadata {shlex.quote(output)}")
    print("The charts are at /-/dashboards/invoices.")
    if not PLAIN_NAME.fullmatch(Path(store).stem):
        print_error("note: datasette-dashboards 0.8 draws no charts of a file with such a name")
