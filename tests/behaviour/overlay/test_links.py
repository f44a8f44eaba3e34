"""Links of documents must not reach addresses of this machine or of its private network."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import httpx2
import pytest
from counterfoil import Document, DocumentError, Invoice, InvoiceRef, save_documents
from counterfoil.links import fetch_link, is_public, show_link

PDF = b"%PDF-1.4\ninvented\n%%EOF"


class Host(ThreadingHTTPServer):
    """Serves a document, or redirects to `target`; `asked` are the paths and hosts of requests."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[str, str | None]] = []
        self.target = ""
        self.released = threading.Event()

    def url(self, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: Host

    def do_GET(self) -> None:
        self.server.asked.append((self.path, self.headers["Host"]))
        if self.path.startswith("/redirect"):
            self.send_response(302)
            self.send_header("Location", self.server.target)
            self.end_headers()
            return
        self.send_response(200)
        self.send_header("Content-Type", "application/pdf")
        self.end_headers()
        self.wfile.write(PDF)
        if self.path.startswith("/drip"):
            while not self.server.released.wait(0.02):
                self.wfile.write(b"a")

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def host() -> Iterator[Host]:
    with Host() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server
        finally:
            server.released.set()
            server.shutdown()
            thread.join()


LOOPBACK = [
    "127.0.0.1",
    "127.1",
    "2130706433",
    "0x7f000001",
    "0x7f.1",
    "017700000001",
    "0177.0.0.1",
    "localhost",
    "LOCALHOST.",
]
LOOPBACK += [
    "127.0.0.1.",
    "127.8.9.10",
    "0.0.0.0",
    "0",
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
]


# Not every system resolves every spelling.
REFUSED = r"not a public address|InvalidURL|ConnectError"


def test_the_refusal_says_how_to_go_on() -> None:
    with pytest.raises(
        DocumentError,
        match=r"^the document's link leads to localhost \(.*\), .* allow this host by its name$",
    ):
        fetch_link("http://localhost:1/x.pdf")


@pytest.mark.parametrize("name", LOOPBACK)
def test_no_spelling_of_this_machine_is_asked(host: Host, name: str) -> None:
    with pytest.raises(DocumentError, match=REFUSED):
        fetch_link(host.url(name) + "/latest/meta-data")

    assert host.asked == []


@pytest.mark.parametrize("name", LOOPBACK)
def test_nor_by_a_client_of_the_users(host: Host, name: str) -> None:
    with httpx2.Client() as client, pytest.raises(DocumentError, match=REFUSED):
        fetch_link(host.url(name) + "/latest/meta-data", client=client)

    assert host.asked == []


CLOSED = [
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "100.100.100.200",
    "127.0.0.1",
    "168.63.129.16",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.192",
]
CLOSED += [
    "192.168.1.1",
    "198.18.0.1",
    "192.0.2.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
]
CLOSED += [
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::808:808",
    "100::1",
]
CLOSED += [
    "2002:7f00:1::",
    "2002:a9fe:a9fe::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "2001:db8::1",
    "3fff::1",
    "5f00::1",
]
CLOSED += ["fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "ff0e::1"]
OPEN = [
    "1.1.1.1",
    "93.184.216.34",
    "172.32.0.1",
    "192.0.1.1",
    "223.255.255.255",
    "::ffff:1.1.1.1",
    "64:ff9b::101:101",
    "2002:101:101::1",
]
OPEN += ["2606:4700:4700::1111", "2a00:1450:4001:800::200e"]


@pytest.mark.parametrize("text", CLOSED)
def test_an_address_that_is_not_public_is_told(text: str) -> None:
    assert not is_public(ip_address(text))


@pytest.mark.parametrize("text", OPEN)
def test_a_public_address_is_told_too(text: str) -> None:
    assert is_public(ip_address(text))


@pytest.mark.parametrize("own_client", [False, True], ids=["without a client", "with one"])
def test_a_redirect_to_this_machine_is_not_followed(host: Host, own_client: bool) -> None:
    host.target = host.url("127.0.0.1") + "/admin"
    client = httpx2.Client(follow_redirects=True) if own_client else None

    with pytest.raises(DocumentError, match=r"to 127\.0\.0\.1, which is not a public address"):
        fetch_link(host.url("localhost") + "/redirect", client=client, allow_hosts=["localhost"])

    assert [path for path, _ in host.asked] == ["/redirect"]
    if client:
        client.close()


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://127.0.0.1/x", "gopher://127.0.0.1:1/x"]
)
def test_a_redirect_to_another_kind_of_link_is_not_followed(host: Host, target: str) -> None:
    host.target = target

    with pytest.raises(DocumentError, match=r"could not be fetched|only http and https links can"):
        fetch_link(host.url() + "/redirect", allow_hosts=["127.0.0.1"])


def test_redirects_in_a_circle_end(host: Host) -> None:
    host.target = "/redirect"

    with pytest.raises(DocumentError, match="TooManyRedirects"):
        fetch_link(host.url() + "/redirect", allow_hosts=["127.0.0.1"])

    assert 2 < len(host.asked) < 100


def test_what_is_allowed_by_name_is_fetched_through_redirects(host: Host, tmp_path: Path) -> None:
    host.target = "/real"
    ref = InvoiceRef(provider="flow", account="mine", kind="invoice", key="1")
    invoice = Invoice(
        ref=ref, completeness="full", documents=(Document(url=host.url() + "/redirect"),)
    )

    [saved] = save_documents(invoice, tmp_path, allow_hosts=["127.0.0.1"])

    assert saved.path.read_bytes() == PDF
    assert [path for path, _ in host.asked] == ["/redirect", "/real"]


def test_the_connection_goes_to_the_address_that_was_checked(
    host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    find = socket.getaddrinfo
    lookups = []

    def find_once(name: Any, *rest: Any, **options: Any) -> Any:
        """A name that could be another machine each time it is looked up."""
        if name not in ("files.example", b"files.example"):
            return find(name, *rest, **options)
        lookups.append(name)
        return find("127.0.0.1", *rest, **options)

    monkeypatch.setattr(socket, "getaddrinfo", find_once)

    assert fetch_link(host.url("files.example") + "/1.pdf", allow_hosts=["Files.Example"]) == PDF
    assert len(lookups) == 1
    assert host.asked == [("/1.pdf", f"files.example:{host.server_port}")]


def test_one_closed_address_among_open_ones_is_enough_to_refuse(
    host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    find = socket.getaddrinfo

    def find_both(name: Any, *rest: Any, **options: Any) -> Any:
        addresses = ("93.184.216.34", "127.0.0.1") if name == "files.example" else (name,)
        return [entry for address in addresses for entry in find(address, *rest, **options)]

    monkeypatch.setattr(socket, "getaddrinfo", find_both)

    with pytest.raises(
        DocumentError, match=r"files\.example \(127\.0\.0\.1\), which is not a public address"
    ):
        fetch_link(host.url("files.example"))
    assert host.asked == []


def test_a_body_that_never_ends_is_left_when_the_time_is_up(host: Host) -> None:
    with pytest.raises(DocumentError, match=r"did not arrive within 0\.3 seconds"):
        fetch_link(host.url() + "/drip", allow_hosts=["127.0.0.1"], timeout=0.3)


def test_a_lookup_that_hangs_is_left_when_the_time_is_up(monkeypatch: pytest.MonkeyPatch) -> None:
    released = threading.Event()

    def hang(*_: object, **__: object) -> Any:
        released.wait(60)
        raise OSError("at last")

    monkeypatch.setattr(socket, "getaddrinfo", hang)

    with pytest.raises(DocumentError, match=r"http://files\.example/1\.pdf did not arrive"):
        fetch_link("http://files.example/1.pdf", timeout=0.2)
    released.set()


SECRET = "hunter2"
WITH_SECRETS = [
    f"http://user:{SECRET}@127.0.0.1:1/p.pdf",
    f"http://{SECRET}@127.0.0.1:1/p.pdf",
    f"http://user:{SECRET}%40x@127.0.0.1:1/p.pdf",
    f"http://user:{SECRET}/x@127.0.0.1:1/p.pdf",
    f"http://user:{SECRET}#x@127.0.0.1:1/p.pdf",
    f"ftp://user:{SECRET}@files.example/p.pdf",
    f"//user:{SECRET}@127.0.0.1/p.pdf",
    f"http:\\\\user:{SECRET}@127.0.0.1/p.pdf",
    f"http://user:{SECRET}@[::1/p.pdf",
    f"http://127.0.0.1:1/p.pdf?signature={SECRET}",
    f"http://127.0.0.1:1/p.pdf#token={SECRET}",
]


@pytest.mark.parametrize("url", WITH_SECRETS)
@pytest.mark.parametrize("allowed", [[], ["127.0.0.1"]], ids=["refused", "allowed"])
def test_no_message_shows_what_lets_somebody_in(url: str, allowed: list[str]) -> None:
    with pytest.raises(DocumentError) as caught:
        fetch_link(url, allow_hosts=allowed)

    assert SECRET not in str(caught.value)
    assert SECRET not in repr(caught.value.__cause__)


def test_a_message_shows_the_rest_of_a_link() -> None:
    assert show_link("https://files.example/a/b.pdf?signature=x") == "https://files.example/a/b.pdf"
    with pytest.raises(DocumentError, match=r"^'file:///etc/passwd' cannot be fetched"):
        fetch_link("file:///etc/passwd")
    assert show_link("https://a:b@files.example/a/b.pdf") == "https://files.example/..."
    assert show_link("https://files.example/\x1b[31m") == "https://files.example/\\x1b[31m"


@pytest.mark.parametrize(
    "url",
    [
        "http://",
        "http:///x",
        "http://[::1",
        "javascript:1",
        "",
        "http://a b/",
        f"http://{'a' * 70}.example/",
    ],
)
def test_a_link_that_is_none_is_a_document_error(url: str) -> None:
    with pytest.raises(DocumentError):
        fetch_link(url)
