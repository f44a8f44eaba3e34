"""`counterfoil documents`."""

from __future__ import annotations

from typing import Any

import click
from msgspec import structs

from ..documents import save_documents
from .failures import sum_up, tell
from .options import json_option, open_store, store_option
from .reading import choose_invoices, searching
from .screen import add_row, clean, complain, make_console, make_table, print_json


@click.command("documents")
@click.argument("names", nargs=-1, metavar="[INVOICE]...")
@click.option("--into", metavar="FOLDER", default="documents", show_default=True, type=click.Path(), help="Made if need be.")
@click.option("--overwrite", is_flag=True, help="Replace files that are there with other content.")
@searching
@store_option
@json_option
def documents_command(names: tuple[str, ...], into: str, overwrite: bool, store: str, as_json: bool, **asked: Any) -> int:
    """Save the documents of invoices, all or those named; links are fetched, without credentials."""
    table = make_table("invoice", "file", "bytes", "sha256", right=("bytes",), folding=("invoice", "file"))
    failures: list[Exception] = []
    count = 0
    with open_store(store) as opened:
        for invoice in choose_invoices(opened, names, asked):
            if not invoice.documents:
                continue
            count += 1
            name = clean(f"{invoice.ref.account} {invoice.number or invoice.ref.key}")
            try:
                for saved in save_documents(invoice, into, overwrite=overwrite):
                    if as_json:
                        print_json({"ref": invoice.ref, **structs.asdict(saved), "path": str(saved.path)})
                    add_row(table, (name, saved.path, f"{saved.size:,}", saved.sha256[:12]))
            except Exception as error:  # this invoice's documents fail, the others are saved
                failures.append(error)
                complain(f"failed: {name}: {tell(error)}")
    if table.rows and not as_json:
        make_console().print(table)
    if not count:
        complain("no invoice has documents")
    return sum_up(failures, count)
