# Generated from specs/amazon/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""Amazon SP-API vendor direct-fulfilment customer invoices: a typed client.

Typed client for the customer invoices of Amazon's vendor direct fulfilment
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from . import models as models
    from ._provenance import __version__ as __version__
    from .client import AmazonClient as AmazonClient
    from .client import AsyncAmazonClient as AsyncAmazonClient
    from .models import AccessToken as AccessToken
    from .models import CreateAccessToken as CreateAccessToken
    from .models import CreateRestrictedDataToken as CreateRestrictedDataToken
    from .models import CustomerInvoice as CustomerInvoice
    from .models import CustomerInvoiceAnswer as CustomerInvoiceAnswer
    from .models import CustomerInvoiceList as CustomerInvoiceList
    from .models import CustomerInvoicesAnswer as CustomerInvoicesAnswer
    from .models import Error as Error
    from .models import ErrorAnswer as ErrorAnswer
    from .models import ErrorList as ErrorList
    from .models import GrantType as GrantType
    from .models import GrantTypeInput as GrantTypeInput
    from .models import LoginError as LoginError
    from .models import LoginErrorCode as LoginErrorCode
    from .models import Pagination as Pagination
    from .models import RestrictedDataToken as RestrictedDataToken
    from .models import RestrictedMethod as RestrictedMethod
    from .models import RestrictedMethodInput as RestrictedMethodInput
    from .models import RestrictedResource as RestrictedResource
    from .models import SortOrder as SortOrder
    from .models import SortOrderInput as SortOrderInput

__all__ = [
    "__version__",
    "AccessToken",
    "AmazonClient",
    "AsyncAmazonClient",
    "CreateAccessToken",
    "CreateRestrictedDataToken",
    "CustomerInvoice",
    "CustomerInvoiceAnswer",
    "CustomerInvoiceList",
    "CustomerInvoicesAnswer",
    "Error",
    "ErrorAnswer",
    "ErrorList",
    "GrantType",
    "GrantTypeInput",
    "LoginError",
    "LoginErrorCode",
    "Pagination",
    "RestrictedDataToken",
    "RestrictedMethod",
    "RestrictedMethodInput",
    "RestrictedResource",
    "SortOrder",
    "SortOrderInput",
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
            "AmazonClient": "client",
            "AsyncAmazonClient": "client",
        }
        module = modules.get(name, "models")
        value = getattr(import_module(f".{module}", __name__), name)
        globals()[name] = value
        return value

    def __dir__():
        return __all__
