"""Invoice APIs of commerce platforms on your own machine, for tests and demos."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .faults import FaultRule as FaultRule
    from .faults import FaultsError as FaultsError
    from .options import UnknownOption as UnknownOption
    from .platforms import Platform as Platform
    from .platforms import PlatformError as PlatformError
    from .request_log import LoggedRequest as LoggedRequest
    from .sandbox import Sandbox as Sandbox
    from .state import UnknownApi as UnknownApi
else:  # lazy, because every pytest run loads this package for its plugin

    def __getattr__(name: str) -> Any:
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f".{_HOMES[name]}", __name__), name)


_HOMES = {
    "FaultRule": "faults",
    "FaultsError": "faults",
    "LoggedRequest": "request_log",
    "Platform": "platforms",
    "PlatformError": "platforms",
    "Sandbox": "sandbox",
    "UnknownApi": "state",
    "UnknownOption": "options",
}
__all__ = [
    "FaultRule",
    "FaultsError",
    "LoggedRequest",
    "Platform",
    "PlatformError",
    "Sandbox",
    "UnknownApi",
    "UnknownOption",
]
__version__ = "0.1.0"
