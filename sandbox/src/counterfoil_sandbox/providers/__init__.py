"""The commerce platforms, one file each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..open2b.invoices import Invoices
from ..options import Option
from .amazon import Amazon
from .flow import Flow
from .open2b_admin import Open2bAdmin
from .open2b_storefront import Open2bStorefront
from .vtex import Vtex

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
STORES: Mapping[str, Callable[[int, int], Any]] = {"open2b-admin": Invoices, "open2b-storefront": Invoices}
"""What an API stands on, made of seed and number of invoices; those that name the same share it."""
