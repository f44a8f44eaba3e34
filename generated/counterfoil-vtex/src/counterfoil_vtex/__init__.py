# Generated from specs/vtex/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""VTEX order invoices: a typed client.

Typed client for the invoices of VTEX orders
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from . import models as models
    from ._provenance import __version__ as __version__
    from .client import AsyncVtexClient as AsyncVtexClient
    from .client import VtexClient as VtexClient
    from .models import AddressType as AddressType
    from .models import AlternativeTotal as AlternativeTotal
    from .models import CourierEvent as CourierEvent
    from .models import CourierStatus as CourierStatus
    from .models import CurrencyFormat as CurrencyFormat
    from .models import Error as Error
    from .models import ErrorAnswer as ErrorAnswer
    from .models import InvoiceAddress as InvoiceAddress
    from .models import InvoiceData as InvoiceData
    from .models import InvoicedItem as InvoicedItem
    from .models import InvoiceNotification as InvoiceNotification
    from .models import InvoiceReceipt as InvoiceReceipt
    from .models import InvoiceSubject as InvoiceSubject
    from .models import InvoiceTracking as InvoiceTracking
    from .models import InvoiceType as InvoiceType
    from .models import InvoiceTypeInput as InvoiceTypeInput
    from .models import Order as Order
    from .models import OrderItem as OrderItem
    from .models import OrderList as OrderList
    from .models import OrderOrigin as OrderOrigin
    from .models import OrderSummary as OrderSummary
    from .models import OrderTotal as OrderTotal
    from .models import OrderTotalType as OrderTotalType
    from .models import Package as Package
    from .models import PackageAttachment as PackageAttachment
    from .models import PackageItem as PackageItem
    from .models import Paging as Paging
    from .models import Refund as Refund
    from .models import RefundItem as RefundItem
    from .models import Restitutions as Restitutions
    from .models import Seller as Seller
    from .models import StorePreferences as StorePreferences
    from .models import TrackingReceipt as TrackingReceipt

__all__ = [
    "__version__",
    "AddressType",
    "AlternativeTotal",
    "AsyncVtexClient",
    "CourierEvent",
    "CourierStatus",
    "CurrencyFormat",
    "Error",
    "ErrorAnswer",
    "InvoiceAddress",
    "InvoiceData",
    "InvoiceNotification",
    "InvoiceReceipt",
    "InvoiceSubject",
    "InvoiceTracking",
    "InvoiceType",
    "InvoiceTypeInput",
    "InvoicedItem",
    "Order",
    "OrderItem",
    "OrderList",
    "OrderOrigin",
    "OrderSummary",
    "OrderTotal",
    "OrderTotalType",
    "Package",
    "PackageAttachment",
    "PackageItem",
    "Paging",
    "Refund",
    "RefundItem",
    "Restitutions",
    "Seller",
    "StorePreferences",
    "TrackingReceipt",
    "VtexClient",
    "models",
]

if not TYPE_CHECKING:

    def __getattr__(name):
        """Import a public name at its first use."""
        from importlib import import_module

        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        if name == "models":
            return import_module(".models", __name__)
        modules = {
            "__version__": "_provenance",
            "VtexClient": "client",
            "AsyncVtexClient": "client",
        }
        module = modules.get(name, "models")
        value = getattr(import_module(f".{module}", __name__), name)
        globals()[name] = value
        return value

    def __dir__():
        return __all__
