"""Settings of the network in the environment: proxies and trusted certificates.

httpx2 reads the same variables when it opens a client. They are checked here first, because an
error has to name an invalid setting, and a proxy's address may contain a password.
"""

from __future__ import annotations

# Resolving a host and TLS need this codec. It is imported with the transport, under FIRST_USE: a
# fork while a thread imports it would leave it locked in the child.
import encodings.idna  # noqa: F401
import os
from typing import Any
from urllib.request import getproxies

from ..addresses import find_address_problem
from ..errors import ConfigurationError

_SCHEMES = ("http", "https", "socks5", "socks5h")


def check_environment() -> None:
    """Raise ConfigurationError, naming the variable, if a setting of the network is invalid.

    The file of certificates is not read: see check_certificate_file.
    """
    _check_proxies()
    folder = os.environ.get("SSL_CERT_DIR")
    folders = folder.split(os.pathsep) if folder else []
    if folders and not any(map(os.path.isdir, folders)):
        problem = "is not a folder of certificates"
        raise ConfigurationError(f"the environment variable SSL_CERT_DIR: {folder!r} {problem}")


def check_certificate_file() -> None:
    """Raise ConfigurationError if SSL_CERT_FILE is not a file of certificates.

    Reading one takes as long as all else until a client can send, so a transport that reads it
    itself checks it only where that fails.
    """
    path = os.environ.get("SSL_CERT_FILE")
    if path and not _holds_certificate(path):
        problem = "is not a readable file of certificates (PEM)"
        raise ConfigurationError(f"the environment variable SSL_CERT_FILE: {path!r} {problem}")


class ProxyRules:
    """The environment's proxies by URL, with the rules of httpx2."""

    def __init__(self) -> None:
        """Raises ConfigurationError if a setting is invalid."""
        _check_proxies()
        self._rules: list[tuple[Any, str | None]] = []
        if any(getproxies().get(scheme) for scheme in ("http", "https", "all")):
            from httpx2._utils import URLPattern, get_environment_proxies

            found = get_environment_proxies()
            self._rules = [(URLPattern(key), found[key]) for key in found]
            self._rules.sort(key=lambda rule: rule[0].priority)

    def find(self, url: str) -> str | None:
        """The address of the proxy; None if the request goes to its server directly."""
        if not self._rules:
            return None
        import httpx2

        target = httpx2.URL(url)
        return next((proxy for pattern, proxy in self._rules if pattern.matches(target)), None)


def _check_proxies() -> None:
    found = getproxies()
    for scheme in ("http", "https", "all"):
        address = found.get(scheme)
        if address:
            _check_proxy(scheme, address if "://" in address else f"http://{address}")


def _check_proxy(scheme: str, address: str) -> None:
    problem = find_address_problem(address, _SCHEMES)
    if problem is not None:
        variable = f"{scheme}_proxy"
        raise ConfigurationError(
            f"the environment variable {variable.upper()} (or {variable}) is not the address of a "
            f"proxy: {problem}. Write it like http://proxy.example.com:3128, or remove it."
        )


def _holds_certificate(path: str) -> bool:
    from ssl import create_default_context

    try:
        return bool(create_default_context(cafile=path).cert_store_stats()["x509"])
    except (OSError, ValueError):  # ssl.SSLError is an OSError
        return False
