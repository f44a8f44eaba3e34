"""The invoices of every commerce platform as one type: `Invoice`.

No module bears the name of a function here, for importing the module would put it in the function's place.

Importing this package imports none of its modules, no provider's package and no HTTP library: each name is fetched at its
first use (PEP 562).
"""

TYPE_CHECKING = False  # type checkers take this name for true; importing typing for it would cost more than all else

__version__ = "0.1.0"

# fmt: off
# isort: off
if TYPE_CHECKING:
    from .accounts import Account, connect, connect_async, read_accounts
    from .documents import SavedDocument, save_documents
    from .errors import AccountError, CounterfoilWarning, DocumentError, NotificationError, StorageError, WindowError
    from .invoice import (
        Address, Charge, Discount, Document, Invoice, InvoiceRef, Line, Party, Payment, Reference,
        Rounding, Shipment, TaxId, TaxTotal, Totals, json_schema,
    )
    from .notification import DryRun, draft_notification, notify, show_notification
    from .providers import Capabilities, Provider, find_provider, provider_names, to_invoices
    from .pulling import AccountPull, PullResult, pull
    from .sinks import Sink, Written, open_sink
    from .slices import Batch, Cursor, Slice, aiterate, aread_slice, iterate, plan_slices, read_slice
    from .verification import Finding, verify

_HOMES = {
    "accounts": ("Account", "connect", "connect_async", "read_accounts"),
    "documents": ("SavedDocument", "save_documents"),
    "errors": ("AccountError", "CounterfoilWarning", "DocumentError", "NotificationError", "StorageError", "WindowError"),
    "invoice": (
        "Address", "Charge", "Discount", "Document", "Invoice", "InvoiceRef", "Line", "Party", "Payment", "Reference",
        "Rounding", "Shipment", "TaxId", "TaxTotal", "Totals", "json_schema",
    ),
    "notification": ("DryRun", "draft_notification", "notify", "show_notification"),
    "providers": ("Capabilities", "Provider", "find_provider", "provider_names", "to_invoices"),
    "pulling": ("AccountPull", "PullResult", "pull"),
    "sinks": ("Sink", "Written", "open_sink"),
    "slices": ("Batch", "Cursor", "Slice", "aiterate", "aread_slice", "iterate", "plan_slices", "read_slice"),
    "verification": ("Finding", "verify"),
}
__all__ = [
    "Account", "AccountError", "AccountPull", "Address", "Batch", "Capabilities", "Charge", "CounterfoilWarning",
    "Cursor", "Discount", "Document", "DocumentError", "DryRun", "Finding", "Invoice", "InvoiceRef", "Line",
    "NotificationError", "Party", "Payment", "Provider", "PullResult", "Reference", "Rounding", "SavedDocument",
    "Shipment", "Sink", "Slice", "StorageError", "TaxId", "TaxTotal", "Totals", "WindowError", "Written", "__version__",
    "aiterate", "aread_slice", "connect", "connect_async", "draft_notification", "find_provider", "iterate", "json_schema",
    "notify", "open_sink", "plan_slices", "provider_names", "pull", "read_accounts", "read_slice", "save_documents",
    "show_notification", "to_invoices", "verify",
]
# isort: on
# fmt: on

if not TYPE_CHECKING:  # hidden from type checkers, so that they still report a misspelt name

    def __getattr__(name: str) -> object:
        from importlib import import_module

        home = next((module for module, names in _HOMES.items() if name in names), None)
        if home is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(f".{home}", __name__), name)
        globals()[name] = value
        return value

    def __dir__() -> list[str]:
        return __all__
