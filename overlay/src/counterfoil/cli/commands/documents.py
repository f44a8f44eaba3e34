"""`counterfoil documents`: save the documents of invoices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any

import click
from click import Option
from msgspec import structs

import counterfoil

from ..options import INVOICES, LIMIT, OUTPUT, SEARCH, STORE
from ..output import Row, describe_failure, print_error, show
from ..selection import choose_invoices, name_invoice, report_left_out

FIELDS = ("account", "invoice", "path", "media_type", "size", "state")
INTO = Option(
    ["--into"],
    metavar="FOLDER",
    default="documents",
    type=click.Path(),
    help="Folder for the files, created if necessary.",
)
OVERWRITE = Option(
    ["--overwrite"], is_flag=True, help="Replace existing files that have other content."
)
ALLOW_HOST = Option(
    ["--allow-host", "allow_hosts"],
    multiple=True,
    metavar="NAME",
    help="Fetch links to this host although its address is not public. May be repeated.",
)


@click.command(
    "documents", params=[INVOICES, INTO, OVERWRITE, ALLOW_HOST, *SEARCH, LIMIT, STORE, *OUTPUT]
)
def documents_command(
    names: tuple[str, ...],
    into: str,
    overwrite: bool,
    allow_hosts: tuple[str, ...],
    store: str,
    as_json: bool,
    limit: int | None,
    **filters: Any,
) -> int:
    """Save the documents of invoices, such as PDFs.

    Saves the documents of all invoices, or of the ones named. Links are fetched without
    credentials, and from public addresses only.
    """
    count = Counter[str]()

    def save() -> Iterator[Row]:
        for invoice in islice(choose_invoices(store, *names, **filters), limit):
            count["invoice"] += 1
            count["document"] += len(invoice.documents or ())
            try:
                for saved in counterfoil.save_documents(
                    invoice, into, overwrite=overwrite, allow_hosts=allow_hosts
                ):
                    yield _make_record(invoice, saved)
            except Exception as error:  # the documents of the other invoices are saved
                yield {**name_invoice(invoice), **describe_failure(error)}

    code = show(save(), as_json, FIELDS)
    if count["invoice"] and not count["document"]:
        print_error(f"none of {count['invoice']:,} invoices has documents")
    report_left_out(store, names, filters)
    return code


def _make_record(invoice: counterfoil.Invoice, saved: counterfoil.SavedDocument) -> Row:
    record = {**name_invoice(invoice), **structs.asdict(saved), **describe_failure(None)}
    record["path"] = str(saved.path)
    return record
