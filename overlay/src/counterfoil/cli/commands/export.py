"""`counterfoil export`: write invoices as e-invoices by EN 16931."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, get_args

import click
from click import Option
from msgspec import structs

import counterfoil

from ...documents import name_file, save_file
from ...einvoice import Facts, Syntax, write_einvoice
from ...errors import DocumentError, EInvoiceError
from ...invoice import Document
from ..options import INVOICES, LIMIT, OUTPUT, SEARCH, STORE
from ..output import Row, describe_failure, show, shows_tables
from ..selection import choose_invoices, name_invoice, report_left_out

FIELDS = ("account", "invoice", "path", "size", "state")
AS = Option(
    ["--as", "syntax"],
    type=click.Choice(get_args(Syntax)),
    default="ubl",
    help="UBL or CII is a file of XML; Factur-X is a PDF with CII in it.",
)
INTO = Option(
    ["--into"],
    metavar="FOLDER",
    default="einvoices",
    type=click.Path(),
    help="Folder for the files, created if necessary.",
)
OVERWRITE = Option(
    ["--overwrite"], is_flag=True, help="Replace existing files that have other content."
)
PDF = Option(
    ["--pdf"],
    metavar="FILE",
    type=click.Path(),
    help="The PDF of a single invoice, for Factur-X. By default, the one that is stored.",
)
IBAN = Option(["--iban"], metavar="IBAN", help="The account to pay to, without spaces.")
BIC = Option(["--bic"], metavar="BIC", help="Its bank.")
REFERENCE = Option(
    ["--buyer-reference"], metavar="TEXT", help="Where the buyer routes it, such as a Leitweg-ID."
)
OWN = (AS, INTO, OVERWRITE, PDF, IBAN, BIC, REFERENCE)


@click.command("export", params=[INVOICES, *OWN, *SEARCH, LIMIT, STORE, *OUTPUT])
def export_command(
    names: tuple[str, ...],
    syntax: Syntax,
    into: str,
    overwrite: bool,
    pdf: str | None,
    iban: str | None,
    bic: str | None,
    buyer_reference: str | None,
    store: str,
    as_json: bool,
    limit: int | None,
    **filters: Any,
) -> int:
    """Write invoices as e-invoices: UBL, CII or Factur-X, by EN 16931.

    Writes all fiscal documents, or the ones named. An invoice that lacks a term of the standard or
    breaks one of its rules is not written; the reason is printed, and the exit code is 1. Seller,
    tax categories and unit are facts of the account: docs/accounting.md.
    """
    if pdf is not None and len(names) != 1:
        raise click.UsageError("--pdf is the PDF of one invoice: name it")
    facts = Facts(iban=iban, bic=bic, buyer_reference=buyer_reference)
    count = Counter[str]()

    def export() -> Iterator[Row]:
        for invoice in islice(choose_invoices(store, *names, **filters), limit):
            if not invoice.is_fiscal and not names:
                count["not fiscal"] += 1
                continue
            try:
                content = _write(invoice, syntax, facts, pdf)
                name = name_file(invoice.ref, 0, Document())
                saved = save_file(content, Path(into), name, overwrite)
            except Exception as error:  # the other invoices are written
                yield {**name_invoice(invoice), **describe_failure(error)}
                continue
            count["written"] += 1
            record = {**name_invoice(invoice), **structs.asdict(saved), **describe_failure(None)}
            yield {**record, "path": str(saved.path)}

    code = show(export(), as_json, FIELDS)
    if shows_tables(as_json):
        other = f", not fiscal: {count['not fiscal']:,}" if count["not fiscal"] else ""
        print(f"e-invoices written: {count['written']:,}{other}")
    report_left_out(store, names, filters)
    return code


def _write(invoice: counterfoil.Invoice, syntax: Syntax, facts: Facts, pdf: str | None) -> bytes:
    if syntax != "facturx":
        return write_einvoice(invoice, syntax, facts)
    return write_einvoice(invoice, syntax, facts, pdf=_find_pdf(invoice, pdf))


def _find_pdf(invoice: counterfoil.Invoice, pdf: str | None) -> bytes:
    """Return the PDF of an invoice: the given one, or the one that is stored with it."""
    if pdf is not None:
        try:
            return Path(pdf).read_bytes()
        except OSError as error:
            raise DocumentError(f"{pdf} cannot be read: {error.strerror}") from error
    for document in invoice.documents or ():
        if document.content_b64 is not None and document.media_type() == "application/pdf":
            return document.bytes()
    raise EInvoiceError("no PDF of it is stored: save it with `counterfoil documents`, pass --pdf")
