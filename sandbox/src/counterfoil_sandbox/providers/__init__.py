"""The commerce platforms, one file each."""

from __future__ import annotations

from collections.abc import Callable

from ..exchange import Clock, Provider
from ..specification import Specification
from .amazon import Amazon
from .open2b_admin import Open2bAdmin
from .vtex import Vtex

PROVIDERS: dict[str, Callable[[Specification, int, int, Clock], Provider]] = {
    "amazon": Amazon,
    "open2b-admin": Open2bAdmin,
    "vtex": Vtex,
}
