# Generated from specs/open2b-storefront/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""Open2b storefront invoices: a typed client.

Typed client for the invoices of an Open2b store's customer, as the customer sees them
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from . import models as models
    from ._provenance import __version__ as __version__
    from .client import AsyncOpen2bStorefrontClient as AsyncOpen2bStorefrontClient
    from .client import Open2bStorefrontClient as Open2bStorefrontClient
    from .models import BillingAddress as BillingAddress
    from .models import Discount as Discount
    from .models import DiscountType as DiscountType
    from .models import ErrorAnswer as ErrorAnswer
    from .models import ErrorDetail as ErrorDetail
    from .models import ErrorType as ErrorType
    from .models import FindInvoices as FindInvoices
    from .models import Invoice as Invoice
    from .models import InvoiceConditions as InvoiceConditions
    from .models import InvoiceField as InvoiceField
    from .models import InvoiceFieldInput as InvoiceFieldInput
    from .models import InvoiceItem as InvoiceItem
    from .models import InvoicesFound as InvoicesFound
    from .models import InvoiceStatus as InvoiceStatus
    from .models import InvoiceType as InvoiceType
    from .models import InvoiceTypeInput as InvoiceTypeInput
    from .models import ItemPrices as ItemPrices
    from .models import ItemTax as ItemTax
    from .models import LoggedIn as LoggedIn
    from .models import Login as Login
    from .models import PaymentMethod as PaymentMethod
    from .models import Porto as Porto
    from .models import ReferenceType as ReferenceType
    from .models import Rounding as Rounding
    from .models import RoundingMode as RoundingMode
    from .models import RoundingRule as RoundingRule
    from .models import SellerAddress as SellerAddress
    from .models import ShippingAddress as ShippingAddress
    from .models import ShippingMethod as ShippingMethod
    from .models import Tax as Tax

__all__ = [
    "__version__",
    "AsyncOpen2bStorefrontClient",
    "BillingAddress",
    "Discount",
    "DiscountType",
    "ErrorAnswer",
    "ErrorDetail",
    "ErrorType",
    "FindInvoices",
    "Invoice",
    "InvoiceConditions",
    "InvoiceField",
    "InvoiceFieldInput",
    "InvoiceItem",
    "InvoiceStatus",
    "InvoiceType",
    "InvoiceTypeInput",
    "InvoicesFound",
    "ItemPrices",
    "ItemTax",
    "LoggedIn",
    "Login",
    "Open2bStorefrontClient",
    "PaymentMethod",
    "Porto",
    "ReferenceType",
    "Rounding",
    "RoundingMode",
    "RoundingRule",
    "SellerAddress",
    "ShippingAddress",
    "ShippingMethod",
    "Tax",
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
            "Open2bStorefrontClient": "client",
            "AsyncOpen2bStorefrontClient": "client",
        }
        module = modules.get(name, "models")
        value = getattr(import_module(f".{module}", __name__), name)
        globals()[name] = value
        return value

    def __dir__():
        return __all__
