# Generated from specs/minimal/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""Parcels: a typed client.

Typed client for an invented parcel service
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from . import models as models
    from ._provenance import __version__ as __version__
    from .client import AsyncParcelsClient as AsyncParcelsClient
    from .client import ParcelsClient as ParcelsClient
    from .models import Parcel as Parcel

__all__ = ["__version__", "AsyncParcelsClient", "Parcel", "ParcelsClient", "models"]

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
            "ParcelsClient": "client",
            "AsyncParcelsClient": "client",
        }
        module = modules.get(name, "models")
        value = getattr(import_module(f".{module}", __name__), name)
        globals()[name] = value
        return value

    def __dir__():
        return __all__
