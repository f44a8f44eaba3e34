"""Checks of addresses that come from settings: base URLs and proxies."""

from __future__ import annotations

import re
from collections.abc import Collection
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit, urlunsplit

_PORTS = {"http": 80, "https": 443}
_LONGEST_NAME = 253  # bytes of a host's name, by RFC 1035
# A percent sign that does not begin an escape, and is therefore an ordinary character.
_BARE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_QUERY_SIGNS = "%/:@!$&'()*+,;=~?"
_PATH_SIGNS = "%/:@!$&'()*+,;=~"  # "%" too: what is encoded already stays as it is


def find_address_problem(address: str, schemes: tuple[str, ...]) -> str | None:
    """Return the problem of an address, or None if it has one of the schemes and can be used.

    The text does not repeat the address, which may contain a password.
    """
    if any(not _is_fit(character) for character in address):
        return "it holds blanks, control characters or half a character"
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return "its host or port is malformed"
    if parts.scheme not in schemes:
        return f"it must begin with {' or '.join(f'{scheme}://' for scheme in schemes)}"
    if port == 0:
        return "its port is not between 1 and 65535"
    return _find_host_problem(parts)


def encode_address(address: str) -> str:
    """Return a valid address in ASCII: the host by IDNA 2008, the path as percent-encoded UTF-8."""
    if address.isascii() and "%" not in address and " " not in address:
        return address
    parts = urlsplit(address)
    server = parts.netloc
    if not server.isascii():
        host = _encode_host(parts.hostname or "")
        server = host if parts.port is None else f"{host}:{parts.port}"
    return urlunsplit(parts._replace(netloc=server, path=encode_path(parts.path)))


def encode_path(path: str) -> str:
    """Return a URL's path in ASCII, percent-encoded once, as every transport sends it."""
    return quote(_BARE_PERCENT.sub("%25", path), safe=_PATH_SIGNS)


def resolve_link(link: str, url: str) -> str | None:
    """Resolve a link that a server sent in the response to a request for `url`.

    Returns path and query in ASCII, or None if the link leads to another origin (scheme, host or
    port), where no credentials may be sent.
    """
    try:
        found = urlsplit(urljoin(url, link.strip()))
        origin = _find_origin(found)
    except ValueError:
        return None
    if origin != _find_origin(urlsplit(url)):
        return None
    path = encode_path(found.path) or "/"
    if path.startswith("//"):
        return None  # would be read as a host
    if not found.query:
        return path
    query = quote(_BARE_PERCENT.sub("%25", found.query), safe=_QUERY_SIGNS)
    return f"{path}?{query}"


def replace_target(url: str, target: str) -> str:
    """Return a URL with another path and query."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}{target}"


def remove_parameters(target: str, names: Collection[str]) -> str:
    """Return a URL, or its path and query, without the query parameters of these names."""
    path, mark, query = target.partition("?")
    if not mark or not names:
        return target
    kept = [pair for pair in query.split("&") if unquote(pair.partition("=")[0]) not in names]
    return f"{path}?{'&'.join(kept)}" if kept else path


def _find_origin(parts: SplitResult) -> tuple[str, str | None, int | None]:
    host = parts.hostname
    if host is not None and not host.isascii():
        host = _encode_host(host)
    return parts.scheme, host, parts.port or _PORTS.get(parts.scheme)


def _is_fit(character: str) -> bool:
    is_surrogate = "\ud800" <= character <= "\udfff"  # no encoding can write one alone
    return character > " " and character != "\x7f" and not is_surrogate


def _find_host_problem(parts: SplitResult) -> str | None:
    host = parts.hostname
    if not host:
        return "it has no host"
    if ":" in host or parts.netloc.rpartition("@")[2].startswith("["):
        return None if _is_ip(host) else "its host is malformed"
    try:
        encoded = _encode_host(host).encode("idna")  # checks the lengths of the labels
    except UnicodeError:
        encoded = b""
    if not 0 < len(encoded) <= _LONGEST_NAME:
        return "its host is not a name that a host can have"
    return None


def _encode_host(host: str) -> str:
    """Return a host in ASCII. Raises UnicodeError if a host cannot have this name."""
    if host.isascii():
        return host
    import idna  # here, because few hosts need it

    return idna.encode(host).decode()


def _is_ip(host: str) -> bool:
    from ipaddress import ip_address

    try:
        ip_address(host)
    except ValueError:
        return False
    return True
