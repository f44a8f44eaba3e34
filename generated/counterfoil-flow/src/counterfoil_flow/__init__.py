# Generated from specs/flow/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""Flow Commerce consumer invoices: a typed client.

Typed client for the consumer invoices and credit memos of Flow Commerce
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from . import models as models
    from ._provenance import __version__ as __version__
    from .client import AsyncFlowClient as AsyncFlowClient
    from .client import FlowClient as FlowClient
    from .models import Address as Address
    from .models import BillingAddress as BillingAddress
    from .models import ConsumerInvoice as ConsumerInvoice
    from .models import ConsumerInvoiceCenterReference as ConsumerInvoiceCenterReference
    from .models import ConsumerInvoiceCustomerType as ConsumerInvoiceCustomerType
    from .models import ConsumerInvoiceDocument as ConsumerInvoiceDocument
    from .models import ConsumerInvoiceDocumentType as ConsumerInvoiceDocumentType
    from .models import ConsumerInvoiceForm as ConsumerInvoiceForm
    from .models import ConsumerInvoiceFormByOrder as ConsumerInvoiceFormByOrder
    from .models import ConsumerInvoiceLevy as ConsumerInvoiceLevy
    from .models import ConsumerInvoiceLevyForm as ConsumerInvoiceLevyForm
    from .models import ConsumerInvoiceLine as ConsumerInvoiceLine
    from .models import ConsumerInvoiceLineDiscount as ConsumerInvoiceLineDiscount
    from .models import ConsumerInvoiceLineDiscountForm as ConsumerInvoiceLineDiscountForm
    from .models import ConsumerInvoiceLineForm as ConsumerInvoiceLineForm
    from .models import ConsumerInvoiceLineItem as ConsumerInvoiceLineItem
    from .models import ConsumerInvoiceLineItemForm as ConsumerInvoiceLineItemForm
    from .models import ConsumerInvoiceLineShipping as ConsumerInvoiceLineShipping
    from .models import ConsumerInvoiceLineShippingForm as ConsumerInvoiceLineShippingForm
    from .models import ConsumerInvoiceOrderSummary as ConsumerInvoiceOrderSummary
    from .models import ConsumerInvoicePayment as ConsumerInvoicePayment
    from .models import ConsumerInvoiceReference as ConsumerInvoiceReference
    from .models import ConsumerInvoiceSort as ConsumerInvoiceSort
    from .models import ConsumerInvoiceSortInput as ConsumerInvoiceSortInput
    from .models import ConsumerInvoiceStatus as ConsumerInvoiceStatus
    from .models import Contact as Contact
    from .models import CreditMemo as CreditMemo
    from .models import CreditMemoForm as CreditMemoForm
    from .models import DiscountLineTag as DiscountLineTag
    from .models import EntityIdentifier as EntityIdentifier
    from .models import EntityIdentifierType as EntityIdentifierType
    from .models import GenericError as GenericError
    from .models import GenericErrorCode as GenericErrorCode
    from .models import InvoiceExport as InvoiceExport
    from .models import InvoiceExportForm as InvoiceExportForm
    from .models import ItemLineTag as ItemLineTag
    from .models import ItemReference as ItemReference
    from .models import MerchantOfRecordEntity as MerchantOfRecordEntity
    from .models import MerchantOfRecordEntityRegistration as MerchantOfRecordEntityRegistration
    from .models import Name as Name
    from .models import OrderAddress as OrderAddress
    from .models import OrganizationReference as OrganizationReference
    from .models import Price as Price
    from .models import ShippingLineTag as ShippingLineTag
    from .models import TaxRegistration as TaxRegistration
    from .models import TaxVerificationResult as TaxVerificationResult

__all__ = [
    "__version__",
    "Address",
    "AsyncFlowClient",
    "BillingAddress",
    "ConsumerInvoice",
    "ConsumerInvoiceCenterReference",
    "ConsumerInvoiceCustomerType",
    "ConsumerInvoiceDocument",
    "ConsumerInvoiceDocumentType",
    "ConsumerInvoiceForm",
    "ConsumerInvoiceFormByOrder",
    "ConsumerInvoiceLevy",
    "ConsumerInvoiceLevyForm",
    "ConsumerInvoiceLine",
    "ConsumerInvoiceLineDiscount",
    "ConsumerInvoiceLineDiscountForm",
    "ConsumerInvoiceLineForm",
    "ConsumerInvoiceLineItem",
    "ConsumerInvoiceLineItemForm",
    "ConsumerInvoiceLineShipping",
    "ConsumerInvoiceLineShippingForm",
    "ConsumerInvoiceOrderSummary",
    "ConsumerInvoicePayment",
    "ConsumerInvoiceReference",
    "ConsumerInvoiceSort",
    "ConsumerInvoiceSortInput",
    "ConsumerInvoiceStatus",
    "Contact",
    "CreditMemo",
    "CreditMemoForm",
    "DiscountLineTag",
    "EntityIdentifier",
    "EntityIdentifierType",
    "FlowClient",
    "GenericError",
    "GenericErrorCode",
    "InvoiceExport",
    "InvoiceExportForm",
    "ItemLineTag",
    "ItemReference",
    "MerchantOfRecordEntity",
    "MerchantOfRecordEntityRegistration",
    "Name",
    "OrderAddress",
    "OrganizationReference",
    "Price",
    "ShippingLineTag",
    "TaxRegistration",
    "TaxVerificationResult",
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
            "FlowClient": "client",
            "AsyncFlowClient": "client",
        }
        module = modules.get(name, "models")
        value = getattr(import_module(f".{module}", __name__), name)
        globals()[name] = value
        return value

    def __dir__():
        return __all__
