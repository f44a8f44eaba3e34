"""Saving documents: whole or not at all, named by their invoice, fetched without credentials."""

from __future__ import annotations

import errno
import hashlib
import os
import socket
import stat
from base64 import b64encode, encodebytes, urlsafe_b64encode
from pathlib import Path

import httpx2
import pytest
from counterfoil import Document, DocumentError, Invoice, InvoiceRef, save_documents

PDF = b"%PDF-1.4\ninvented\n%%EOF"
HELD = Document(content_b64=b64encode(PDF).decode())


def make(*documents: Document, key: str | None = "PO/1 ü") -> Invoice:
    ref = InvoiceRef(provider="amazon", account="mine", kind="invoice", key=key)
    return Invoice(ref=ref, completeness="document", documents=documents)


def fetch(url: str, folder: Path, answer: httpx2.Response) -> None:
    with httpx2.Client(transport=httpx2.MockTransport(lambda request: answer)) as client:
        save_documents(
            make(Document(url=url)), folder, client=client, allow_hosts=["documents.example"]
        )


def test_a_pdf_is_saved_under_the_name_of_its_invoice(tmp_path: Path) -> None:
    [saved] = save_documents(make(HELD), tmp_path / "new folder")

    assert saved.path == tmp_path / "new folder" / "mine~invoice~PO%2F1 %C3%BC.pdf"
    assert saved.path.read_bytes() == PDF
    assert (saved.sha256, saved.media_type, saved.size) == (
        hashlib.sha256(PDF).hexdigest(),
        "application/pdf",
        len(PDF),
    )
    assert os.listdir(saved.path.parent) == [saved.path.name]


def test_several_documents_of_an_invoice_have_names_of_their_own(tmp_path: Path) -> None:
    xml = Document(content_b64=b64encode(b"<NFe/>").decode(), language="pt")

    assert [saved.path.name for saved in save_documents(make(HELD, xml, key="1"), tmp_path)] == [
        "mine~invoice~1~1.pdf",
        "mine~invoice~1~2~pt.xml",
    ]


def test_no_key_leads_out_of_the_folder_and_none_is_too_long(tmp_path: Path) -> None:
    [out] = save_documents(make(HELD, key="../../etc/passwd"), tmp_path)
    [long] = save_documents(make(HELD, key="k" * 300 + "a"), tmp_path)
    [other] = save_documents(make(HELD, key="k" * 300 + "b"), tmp_path)

    assert {out.path.parent, long.path.parent} == {tmp_path}
    assert long.path.name != other.path.name


def test_saving_again_changes_nothing(tmp_path: Path) -> None:
    [first] = save_documents(make(HELD), tmp_path)
    written = first.path.stat().st_mtime_ns

    assert save_documents(make(HELD), tmp_path) == [first]
    assert first.path.stat().st_mtime_ns == written


def test_another_content_is_refused_unless_it_may_be_overwritten(tmp_path: Path) -> None:
    [first] = save_documents(make(HELD), tmp_path)
    first.path.write_bytes(b"%PDF-other")

    with pytest.raises(DocumentError, match="exists with other content"):
        save_documents(make(HELD), tmp_path)
    assert first.path.read_bytes() == b"%PDF-other"

    save_documents(make(HELD), tmp_path, overwrite=True)
    assert first.path.read_bytes() == PDF


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        (Document(content_b64="not base64!"), "is not base64"),
        (Document(content_b64=""), "is empty"),
        (Document(), "neither content nor a link"),
        (Document(url="file:///etc/passwd"), "only http and https links can"),
        (Document(url="ftp://files.example/1.pdf"), "only http and https links can"),
    ],
)
def test_what_cannot_be_saved_is_refused_and_leaves_nothing(
    document: Document, sentence: str, tmp_path: Path
) -> None:
    with pytest.raises(DocumentError, match=sentence):
        save_documents(make(document), tmp_path)

    assert os.listdir(tmp_path) == []


def test_an_invoice_without_a_key_cannot_be_named(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="its file name would not be unique"):
        save_documents(make(HELD, key=None), tmp_path)


def test_a_full_disk_leaves_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)

    with pytest.raises(DocumentError, match=r"could not be saved in .*: No space left on device"):
        save_documents(make(HELD), tmp_path)
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("overwrite", [False, True])
@pytest.mark.parametrize("kind", ["pipe", "folder", "link to a device", "socket"])
def test_what_is_there_and_is_no_file_is_said_and_stays(
    kind: str, overwrite: bool, tmp_path: Path
) -> None:
    path = tmp_path / "mine~invoice~1.pdf"
    make_special(kind, path)

    with pytest.raises(DocumentError, match="exists and is not a regular file"):
        save_documents(make(HELD, key="1"), tmp_path, overwrite=overwrite)

    assert os.listdir(tmp_path) == [path.name]
    assert not stat.S_ISREG(path.stat().st_mode)


def make_special(kind: str, path: Path) -> None:
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    elif kind == "link to a device":
        path.symlink_to("/dev/zero")
    else:
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(str(path))


def test_a_link_of_the_file_system_is_replaced_and_what_it_led_to_stays(tmp_path: Path) -> None:
    precious = tmp_path / "precious.txt"
    folder = tmp_path / "documents"
    precious.write_text("precious")
    folder.mkdir()
    (folder / "mine~invoice~1.pdf").symlink_to(precious)
    (folder / "mine~invoice~2.pdf").symlink_to(tmp_path / "nothing")

    with pytest.raises(DocumentError, match="exists with other content"):
        save_documents(make(HELD, key="1"), folder)
    saved = [save_documents(make(HELD, key=key), folder, overwrite=True)[0] for key in "12"]

    assert precious.read_text() == "precious"
    assert [one.path.read_bytes() for one in saved] == [PDF, PDF]
    assert not (tmp_path / "nothing").exists()


BYTES = bytes(range(256))
STANDARD = b64encode(BYTES).decode()


@pytest.mark.parametrize(
    "text",
    [
        STANDARD,
        encodebytes(BYTES).decode(),
        encodebytes(BYTES).decode().replace("\n", "\r\n"),
        f" \t{STANDARD}\n\n",
        urlsafe_b64encode(BYTES).decode(),
        urlsafe_b64encode(BYTES).decode().rstrip("="),
    ],
)
def test_base64_is_read_in_lines_in_either_alphabet(text: str) -> None:
    assert Document(content_b64=text).bytes() == BYTES


@pytest.mark.parametrize(
    "text",
    ["Y", "YQ", "YQ=", "YQ==\nYQ==\n", "Y=Q=", "====", "YQ!!", "YQ\x00==", "Yé==", "\u2028YQ=="],
)
def test_what_is_not_base64_is_refused(text: str) -> None:
    with pytest.raises(DocumentError, match="is not base64"):
        Document(content_b64=text).bytes()


def test_a_folder_that_is_a_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")

    with pytest.raises(DocumentError, match="could not be saved in"):
        save_documents(make(HELD), tmp_path / "taken")


def test_a_link_is_fetched_without_credentials(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from counterfoil_sandbox import Sandbox

    monkeypatch.setenv("COUNTERFOIL_FLOW_TOKEN", "secret-token")
    seen: list[httpx2.Request] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        seen.append(request)
        return httpx2.Response(200, content=PDF)

    with httpx2.Client(transport=httpx2.MockTransport(answer)) as client:
        link = make(Document(url="https://documents.example/1.pdf?sig=1"))
        [saved] = save_documents(link, tmp_path, client=client, allow_hosts=["documents.example"])

    assert saved.path.read_bytes() == PDF
    assert "authorization" not in seen[0].headers
    assert "secret-token" not in str(seen[0].headers)
    # The default connection reaches a real server, whose page is not a document.
    with Sandbox() as box, box.serve() as url:
        [page] = save_documents(
            make(Document(url=url), key="2"), tmp_path, allow_hosts=["127.0.0.1"]
        )
        assert b"apis" in page.path.read_bytes()


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (
            httpx2.Response(403, content=b"no"),
            "answered 403: read the invoice again for a fresh link",
        ),
        (httpx2.Response(200, content=b""), "is empty"),
        (httpx2.Response(302, headers={"location": "https://elsewhere.example"}), "answered 302"),
    ],
)
def test_a_link_that_leads_nowhere_is_said_without_its_query(
    answer: httpx2.Response, sentence: str, tmp_path: Path
) -> None:
    with pytest.raises(DocumentError, match=sentence) as raised:
        fetch("https://documents.example/1.pdf?signature=secret", tmp_path, answer)

    assert "signature" not in str(raised.value)
    assert os.listdir(tmp_path) == []


def test_a_host_that_cannot_be_reached_is_said(tmp_path: Path) -> None:
    with pytest.raises(
        DocumentError, match=r"http://127\.0\.0\.1:1/x\.pdf could not be fetched \(ConnectError\)"
    ):
        save_documents(
            make(Document(url="http://127.0.0.1:1/x.pdf")), tmp_path, allow_hosts=["127.0.0.1"]
        )
    assert os.listdir(tmp_path) == []


def test_a_document_larger_than_64_mib_is_refused(tmp_path: Path) -> None:
    content = b"\0" * (64 * 1024 * 1024 + 1)

    with pytest.raises(DocumentError, match="larger than 64 MiB"):
        fetch("https://documents.example/1.pdf", tmp_path, httpx2.Response(200, content=content))
    assert os.listdir(tmp_path) == []
