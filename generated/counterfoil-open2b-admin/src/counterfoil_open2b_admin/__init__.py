# Generated from specs/open2b-admin/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""Open2b administration invoices: a typed client.

Typed client for the invoices of an Open2b store, as its administration sees them
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from . import models as models
    from ._provenance import __version__ as __version__
    from .client import AsyncOpen2bAdminClient as AsyncOpen2bAdminClient
    from .client import Open2bAdminClient as Open2bAdminClient
    from .models import BillingAddress as BillingAddress
    from .models import BillingAddressForm as BillingAddressForm
    from .models import CountInvoices as CountInvoices
    from .models import CreateInvoice as CreateInvoice
    from .models import DeleteInvoices as DeleteInvoices
    from .models import Discount as Discount
    from .models import DiscountInput as DiscountInput
    from .models import DiscountType as DiscountType
    from .models import DiscountTypeInput as DiscountTypeInput
    from .models import ErrorAnswer as ErrorAnswer
    from .models import ErrorDetail as ErrorDetail
    from .models import ErrorType as ErrorType
    from .models import FindInvoices as FindInvoices
    from .models import GetInvoice as GetInvoice
    from .models import Invoice as Invoice
    from .models import InvoiceAnswer as InvoiceAnswer
    from .models import InvoiceConditions as InvoiceConditions
    from .models import InvoiceCount as InvoiceCount
    from .models import InvoiceCreated as InvoiceCreated
    from .models import InvoiceField as InvoiceField
    from .models import InvoiceFieldInput as InvoiceFieldInput
    from .models import InvoiceForm as InvoiceForm
    from .models import InvoiceItem as InvoiceItem
    from .models import InvoiceItemForm as InvoiceItemForm
    from .models import InvoiceOrder as InvoiceOrder
    from .models import InvoiceOrderInput as InvoiceOrderInput
    from .models import InvoicesDeleted as InvoicesDeleted
    from .models import InvoicesFound as InvoicesFound
    from .models import InvoiceStatus as InvoiceStatus
    from .models import InvoiceStatusInput as InvoiceStatusInput
    from .models import InvoiceType as InvoiceType
    from .models import InvoiceTypeInput as InvoiceTypeInput
    from .models import InvoiceUpdated as InvoiceUpdated
    from .models import InvoiceUpdateForm as InvoiceUpdateForm
    from .models import PaymentMethod as PaymentMethod
    from .models import Porto as Porto
    from .models import PortoInput as PortoInput
    from .models import ReferenceType as ReferenceType
    from .models import ReferenceTypeInput as ReferenceTypeInput
    from .models import Rounding as Rounding
    from .models import RoundingInput as RoundingInput
    from .models import RoundingMode as RoundingMode
    from .models import RoundingModeInput as RoundingModeInput
    from .models import RoundingRule as RoundingRule
    from .models import RoundingRuleInput as RoundingRuleInput
    from .models import SellerAddress as SellerAddress
    from .models import SellerAddressInput as SellerAddressInput
    from .models import ShippingAddress as ShippingAddress
    from .models import ShippingAddressForm as ShippingAddressForm
    from .models import ShippingMethod as ShippingMethod
    from .models import Tax as Tax
    from .models import UpdateInvoice as UpdateInvoice

__all__ = [
    "__version__",
    "AsyncOpen2bAdminClient",
    "BillingAddress",
    "BillingAddressForm",
    "CountInvoices",
    "CreateInvoice",
    "DeleteInvoices",
    "Discount",
    "DiscountInput",
    "DiscountType",
    "DiscountTypeInput",
    "ErrorAnswer",
    "ErrorDetail",
    "ErrorType",
    "FindInvoices",
    "GetInvoice",
    "Invoice",
    "InvoiceAnswer",
    "InvoiceConditions",
    "InvoiceCount",
    "InvoiceCreated",
    "InvoiceField",
    "InvoiceFieldInput",
    "InvoiceForm",
    "InvoiceItem",
    "InvoiceItemForm",
    "InvoiceOrder",
    "InvoiceOrderInput",
    "InvoiceStatus",
    "InvoiceStatusInput",
    "InvoiceType",
    "InvoiceTypeInput",
    "InvoiceUpdateForm",
    "InvoiceUpdated",
    "InvoicesDeleted",
    "InvoicesFound",
    "Open2bAdminClient",
    "PaymentMethod",
    "Porto",
    "PortoInput",
    "ReferenceType",
    "ReferenceTypeInput",
    "Rounding",
    "RoundingInput",
    "RoundingMode",
    "RoundingModeInput",
    "RoundingRule",
    "RoundingRuleInput",
    "SellerAddress",
    "SellerAddressInput",
    "ShippingAddress",
    "ShippingAddressForm",
    "ShippingMethod",
    "Tax",
    "UpdateInvoice",
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
            "Open2bAdminClient": "client",
            "AsyncOpen2bAdminClient": "client",
        }
        module = modules.get(name, "models")
        value = getattr(import_module(f".{module}", __name__), name)
        globals()[name] = value
        return value

    def __dir__():
        return __all__
