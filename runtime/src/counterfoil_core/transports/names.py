"""The transports of async clients by their names."""

from __future__ import annotations

from typing import Any

from ..errors import ConfigurationError


def find_transport(given: Any) -> Any:
    """Return what the name of a transport stands for, and anything else as it is.

    None is the default, httpx2. A class is opened, and closed, by the client. Raises
    ConfigurationError if aiohttp is not installed.
    """
    if given == "httpx2":
        return None
    if given != "aiohttp":
        return given
    try:
        from .aiohttp import AiohttpTransport
    except ImportError as error:
        raise ConfigurationError(str(error)) from None
    return AiohttpTransport
