"""Fetch the links of documents, within a time limit and from public addresses only."""

from __future__ import annotations

import socket
import threading
from collections.abc import Collection
from contextlib import suppress
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

import httpx2

from .errors import DocumentError

MOST_BYTES = 64 * 1024 * 1024
_INACTIVITY = 10.0  # seconds without a byte, or for one address to accept a connection

# IANA's special-purpose registries. The list in `ipaddress` depends on the version of Python.
_CLOSED_IPV4 = [
    IPv4Network(text)
    for text in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "168.63.129.16/32",  # a public address that leads a virtual machine in Azure to its host
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
]
_OPEN_IPV6 = IPv6Network("2000::/3")  # the only addresses assigned to public hosts
_CLOSED_IPV6 = [IPv6Network(text) for text in ("2001::/23", "2001:db8::/32", "3fff::/20")]
_NAT64 = IPv6Network("64:ff9b::/96")  # an IPv4 address in the last 32 bits


def fetch_link(
    url: str,
    *,
    client: httpx2.Client | None = None,
    allow_hosts: Collection[str] = (),
    timeout: float = 60.0,
) -> bytes:
    """Return the content of a link, after redirects.

    `timeout` is the time limit in seconds for everything: resolving the host's name, connecting,
    redirects and the body. A host whose address is not public raises, also as the target of a
    redirect, unless `allow_hosts` contains its name as it is spelled in the link.

    Without `client`, the connection is made to the same address that was checked, without the
    proxies of the environment. A custom `client` resolves the name itself after the check, so the
    check does not protect against a name whose address changes in between.

    Raises DocumentError if the link is not http or https, leads to such a host, returns an error
    status, takes longer than `timeout`, or leads to more than 64 MiB.
    """
    return _Download(url, client, _Addresses(allow_hosts)).run(timeout)


def show_link(url: str) -> str:
    """Return a link for messages, without query, fragment and user: they may be credentials."""
    shown = url.partition("?")[0].partition("#")[0]
    if "@" in url:
        shown = _name_host(url)
    return shown if shown.isprintable() else repr(shown)[1:-1]


def _name_host(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return "a link"
    return f"{parts.scheme}://{parts.hostname}/..." if parts.hostname else "a link"


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Return whether an address is public. Of an IPv6 address that wraps IPv4, IPv4 counts."""
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _CLOSED_IPV4)
    wrapped = _unwrap(address)
    if wrapped is not None:
        return is_public(wrapped)
    return address in _OPEN_IPV6 and not any(address in network for network in _CLOSED_IPV6)


def _unwrap(address: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address within a mapped, 6to4 or NAT64 address, or None."""
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour


class _Addresses:
    """Resolves the names of hosts, and rejects addresses that are not public."""

    def __init__(self, allowed: Collection[str]) -> None:
        self._allowed = {_fold(name) for name in allowed}

    def find(self, url: httpx2.URL) -> list[str]:
        """Return the addresses of a link's host.

        Raises OSError if the name has no address, and DocumentError if one of them is neither
        public nor allowed.
        """
        host = url.raw_host.decode("ascii")
        try:
            found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
        except UnicodeError as error:  # a label of more than 63 characters
            raise OSError(str(error)) from error
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        if _fold(host) not in self._allowed:
            self._require_public(host, addresses)
        return addresses

    def check(self, url: httpx2.URL) -> None:
        """Raise DocumentError if a custom client must not follow a link.

        A name without an address is accepted, because the client's proxy may resolve it.
        """
        require_web(url)
        if _fold(url.raw_host.decode("ascii")) in self._allowed:
            return
        with suppress(OSError):
            self.find(url)

    def _require_public(self, host: str, addresses: list[str]) -> None:
        for address in addresses:
            if not is_public(ip_address(address)):
                shown = address if address == host else f"{host} ({address})"
                raise DocumentError(
                    f"the document's link leads to {shown}, which is not a public address, and was "
                    "not fetched: if you trust it, allow this host by its name"
                )


def require_web(url: httpx2.URL, shown: str = "") -> None:
    """Raise DocumentError if a link is neither http nor https."""
    if url.scheme not in ("http", "https") or not url.raw_host:
        raise DocumentError(
            f"{shown or show_link(str(url))!r} cannot be fetched: only http and https links can"
        )


def _fold(host: str) -> str:
    return host.lower().strip("[]").rstrip(".")


class _CheckedTransport(httpx2.BaseTransport):
    """Connects to the address that was checked, as the address of a name may change."""

    def __init__(self, addresses: _Addresses) -> None:
        self._addresses = addresses
        # A connection that is kept alive would be reused for another name at the same address,
        # without checking its certificate.
        self._inner = httpx2.HTTPTransport(limits=httpx2.Limits(max_keepalive_connections=0))

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request to the first address of its host that accepts a connection."""
        require_web(request.url)
        try:
            [*others, last] = self._addresses.find(request.url)
        except OSError as error:
            raise httpx2.ConnectError("the host's name has no address", request=request) from error
        for address in others:
            try:
                return self._inner.handle_request(_direct(request, address))
            except (httpx2.ConnectError, httpx2.ConnectTimeout):
                continue
        return self._inner.handle_request(_direct(request, last))

    def close(self) -> None:
        """Close the connections."""
        self._inner.close()


def _direct(request: httpx2.Request, address: str) -> httpx2.Request:
    """Return the request with an address as its host. Host header and certificate are unchanged."""
    name = request.url.raw_host.decode("ascii").rstrip(".")
    return httpx2.Request(
        request.method,
        request.url.copy_with(host=address),
        headers=request.headers,
        stream=request.stream,
        extensions={**request.extensions, "sni_hostname": name},
    )


class _Download:
    """Fetches one link in a separate thread, because resolving a name cannot be interrupted."""

    def __init__(self, url: str, client: httpx2.Client | None, addresses: _Addresses) -> None:
        self._url = url
        self._custom_client = client
        self._addresses = addresses
        self._over = threading.Event()
        self._content = bytearray()
        self._failure: Exception | None = None

    def run(self, timeout: float) -> bytes:
        """Return the content. Raises DocumentError if it does not arrive in time."""
        shown = show_link(self._url)
        thread = threading.Thread(target=self._work, name="counterfoil-document", daemon=True)
        thread.start()
        try:
            thread.join(timeout)
        finally:
            self._over.set()
        if thread.is_alive():
            raise DocumentError(
                f"{shown} did not arrive within {timeout:g} seconds: try again, or allow more time"
            )
        if isinstance(self._failure, DocumentError):
            raise self._failure
        if self._failure is not None:  # its message may contain credentials from the link
            raise DocumentError(
                f"{shown} could not be fetched ({type(self._failure).__name__}): try again"
            )
        return bytes(self._content)

    def _work(self) -> None:
        try:
            if self._custom_client is not None:
                self._read(self._custom_client)
                return
            transport = _CheckedTransport(self._addresses)
            client = httpx2.Client(transport=transport, timeout=_INACTIVITY, follow_redirects=True)
            with client:
                self._read(client)
        except Exception as error:  # the thread of the caller raises it
            self._failure = error

    def _read(self, client: httpx2.Client) -> None:
        response = self._follow(client)
        try:
            if not response.is_success:
                answered = f"{show_link(self._url)} answered {response.status_code}"
                raise DocumentError(f"{answered}: read the invoice again for a fresh link")
            for chunk in response.iter_bytes():
                self._add(chunk)
        finally:
            response.close()

    def _follow(self, client: httpx2.Client) -> httpx2.Response:
        """Send the request, and follow redirects if the client does."""
        url = httpx2.URL(self._url)
        # The client would treat a relative link as a path below its base_url.
        require_web(url, show_link(self._url))
        request = client.build_request("GET", url)
        self._check(request.url)
        response = client.send(request, stream=True, follow_redirects=False)
        hops = 0
        while client.follow_redirects and response.next_request is not None:
            response.close()
            hops += 1
            if hops > client.max_redirects:
                raise httpx2.TooManyRedirects("too many redirects", request=request)
            if self._over.is_set():
                break
            self._check(response.next_request.url)
            # The client's `auth` is meant for the first host. httpx2 keeps the header if a redirect
            # leads to the same host.
            response = client.send(
                response.next_request, stream=True, auth=None, follow_redirects=False
            )
        return response

    def _check(self, url: httpx2.URL) -> None:
        if self._custom_client is not None:  # _CheckedTransport checks all links itself
            self._addresses.check(url)

    def _add(self, chunk: bytes) -> None:
        self._content += chunk
        if len(self._content) > MOST_BYTES:
            raise DocumentError(
                f"{show_link(self._url)} is larger than 64 MiB: fetch it yourself, if this is "
                "what you expect"
            )
        if self._over.is_set():
            raise DocumentError("the time limit for this document is over")
