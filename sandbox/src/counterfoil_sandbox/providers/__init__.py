"""The commerce platforms, one folder each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..options import Option
from ..platforms import list_platforms, load_platform
from .amazon.provider import Amazon
from .flow.provider import Flow
from .open2b.admin import Open2bAdmin
from .open2b.invoices import Invoices
from .open2b.storefront import Open2bStorefront
from .vtex.provider import Vtex

PROVIDERS: Mapping[str, Any] = {
    "amazon": Amazon,
    "flow": Flow,
    "open2b-admin": Open2bAdmin,
    "open2b-storefront": Open2bStorefront,
    "vtex": Vtex,
}
OPTIONS: Mapping[str, Mapping[str, Option]] = {
    "amazon": Amazon.options,
    "open2b-admin": Open2bAdmin.options,
    "open2b-storefront": Open2bStorefront.options,
    "vtex": Vtex.options,
}
STORES: Mapping[str, Callable[[int, int], Any]] = {
    "open2b-admin": Invoices,
    "open2b-storefront": Invoices,
}
"""Functions that make the store of an API from seed and number of invoices.

APIs with the same function share a store.
"""


def list_apis() -> tuple[str, ...]:
    """Return the names of all APIs, of this package and of other distributions."""
    return tuple(dict.fromkeys((*PROVIDERS, *list_platforms())))


def find_provider(name: str) -> Any:
    """Return the class that behaves like a platform; one of this package comes first."""
    return PROVIDERS[name] if name in PROVIDERS else load_platform(name).provider
