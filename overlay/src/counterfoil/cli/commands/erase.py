"""`counterfoil erase`: remove an invoice for good."""

from __future__ import annotations

import click
from click import Option
from msgspec import structs

from ...documents import remove_documents
from ..options import ACCOUNT, INVOICE, JSON, STORE
from ..output import clean, print_error, print_json
from ..selection import choose_invoices
from ..stores import open_file

DOCUMENTS = Option(
    ["--documents", "folder"],
    metavar="FOLDER",
    default="documents",
    type=click.Path(),
    help="The folder that `counterfoil documents` saved its files in.",
)
YES = Option(["--yes"], is_flag=True, help="Do not ask for confirmation.")


@click.command("erase", params=[INVOICE, ACCOUNT, DOCUMENTS, YES, STORE, JSON])
def erase_command(
    name: str, account: str | None, folder: str, yes: bool, store: str, as_json: bool
) -> None:
    """Remove an invoice, its lines, its record and its documents. This cannot be undone.

    Only a hash of its key remains, so that the next pull does not store it again.
    """
    with open_file(store):
        [invoice] = choose_invoices(store, name, account=account)
    ref = invoice.ref
    called = clean(f"{ref.kind.replace('_', ' ')} {invoice.number or ref.key} of {ref.account}")
    if not yes:
        click.confirm(f"Erase {called}? This cannot be undone.", abort=True, err=True)
    with open_file(store) as sink:
        erased = sink.erase(ref)
    removed = remove_documents(ref, folder)
    if as_json:
        print_json(
            {"ref": ref, **structs.asdict(erased), "documents": [str(one) for one in removed]}
        )
        return
    parts = [_count(erased.lines, "line"), _count(erased.records, "record")]
    parts.append(_count(len(removed), "document"))
    print(f"erased: {called}, with {', '.join(parts)}")
    if erased.is_in_log:
        print_error(
            "note: another process is reading the store: its write-ahead log has the removed data "
            "until all processes have closed it"
        )
    for other in erased.sharing:
        print_error(f"note: {clean(str(other.key))} was of the same record, which is gone")


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
