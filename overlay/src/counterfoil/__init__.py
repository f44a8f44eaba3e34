"""Read the invoices of every commerce platform as one type: `Invoice`.

    from datetime import UTC, datetime, timedelta

    from counterfoil import iterate, open_sink, pull, read_accounts

    accounts = read_accounts().values()  # accounts.toml; secrets come from the environment
    since = datetime.now(UTC) - timedelta(days=30)
    for account in accounts:
        for invoice in iterate(account, since):
            print(invoice.issue_date, invoice.number, invoice.currency, invoice.signed_gross)

    with open_sink("invoices.db") as sink:
        print(pull(accounts, since, into=sink))  # again tomorrow: only what is new or changed

`help(counterfoil.Invoice)` lists the fields. `to_invoices` maps records that you have already.

Notes for maintainers. Importing this package imports none of its modules, no provider package and
no HTTP library: each name is imported at its first use (PEP 562). No module here may have the same
name as a public function: importing that module would overwrite the function.
"""

# Type checkers treat this name as true. Importing `typing` for it would double the import time.
TYPE_CHECKING = False

__version__ = "0.1.0"

# fmt: off
# isort: off
if TYPE_CHECKING:
    from .accounts import Account
    from .account_file import read_accounts
    from .totals import add_up
    from .rows import arrow_schema, to_rows
    from .remapping import AccountRemap, Change, remap
    from .fetching import afetch, fetch
    from .account_facts import Seller, TaxCategory
    from .connecting import connect, connect_async
    from .cursors import Batch, Cursor, Slice, Unreadable
    from .documents import SavedDocument, save_documents
    from .errors import (
        AccountError, CounterfoilWarning, DocumentError, InvoiceRefused, NeverPulled,
        NotificationError, StorageError, WindowError,
    )
    from .invoice import (
        Address, Charge, Discount, Document, Invoice, InvoiceRef, InvoiceWarning, Line, Party,
        Payment, Record, Reference, Rounding, Shipment, TaxId, TaxTotal, Totals, json_schema,
    )
    from .notification import DryRun, notify, show_notification
    from .providers import Provider, find_provider, to_invoices
    from .providers._vtex_notification import draft_notification
    from .pull_results import AccountPull, PullResult
    from .pulling import pull
    from .reading import aiterate, aread_slice, iterate, read_slice
    from .registry import Capabilities, provider_names
    from .sinks import Sink, Written, open_sink
    from .slices import plan_slices
    from .verification import Finding, verify

_MODULES = {
    "accounts": ("Account",),
    "account_file": ("read_accounts",),
    "totals": ("add_up",),
    "rows": ("arrow_schema", "to_rows"),
    "remapping": ("AccountRemap", "Change", "remap"),
    "fetching": ("afetch", "fetch"),
    "account_facts": ("Seller", "TaxCategory"),
    "connecting": ("connect", "connect_async"),
    "cursors": ("Batch", "Cursor", "Slice", "Unreadable"),
    "documents": ("SavedDocument", "save_documents"),
    "errors": (
        "AccountError", "CounterfoilWarning", "DocumentError", "InvoiceRefused", "NeverPulled",
        "NotificationError", "StorageError", "WindowError",
    ),
    "invoice": (
        "Address", "Charge", "Discount", "Document", "Invoice", "InvoiceRef", "InvoiceWarning",
        "Line", "Party", "Payment", "Record", "Reference", "Rounding", "Shipment", "TaxId",
        "TaxTotal", "Totals", "json_schema",
    ),
    "notification": ("DryRun", "notify", "show_notification"),
    "providers": ("Provider", "find_provider", "to_invoices"),
    "providers._vtex_notification": ("draft_notification",),
    "pull_results": ("AccountPull", "PullResult"),
    "pulling": ("pull",),
    "reading": ("aiterate", "aread_slice", "iterate", "read_slice"),
    "registry": ("Capabilities", "provider_names"),
    "sinks": ("Sink", "Written", "open_sink"),
    "slices": ("plan_slices",),
    "verification": ("Finding", "verify"),
}
__all__ = [
    "Account", "AccountError", "AccountPull", "AccountRemap", "Address", "Batch", "Capabilities",
    "Change", "Charge", "CounterfoilWarning", "Cursor", "Discount", "Document", "DocumentError",
    "DryRun", "Finding", "Invoice", "InvoiceRef", "InvoiceRefused", "InvoiceWarning", "Line",
    "NeverPulled", "NotificationError", "Party", "Payment", "Provider", "PullResult", "Record",
    "Reference", "Rounding", "SavedDocument", "Seller", "Shipment", "Sink", "Slice", "StorageError",
    "TaxCategory", "TaxId", "TaxTotal", "Totals", "Unreadable", "WindowError", "Written",
    "__version__", "add_up", "afetch", "aiterate", "aread_slice", "arrow_schema", "connect",
    "connect_async", "draft_notification", "fetch", "find_provider", "iterate", "json_schema",
    "notify", "open_sink", "plan_slices", "provider_names", "pull", "read_accounts", "read_slice",
    "remap", "save_documents", "show_notification", "to_invoices", "to_rows", "verify",
]
# isort: on
# fmt: on

if not TYPE_CHECKING:  # hidden from type checkers, so that they report misspelled names

    def __getattr__(name: str) -> object:
        from importlib import import_module

        for module, names in _MODULES.items():
            if name in names:
                value = getattr(import_module(f".{module}", __name__), name)
                globals()[name] = value  # later accesses no longer call this function
                return value
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

    def __dir__() -> list[str]:
        return __all__
