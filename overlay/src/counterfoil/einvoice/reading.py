"""Reads an e-invoice: UBL, CII, or a PDF that contains CII."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..errors import DocumentError
from ..invoice import Invoice
from . import library
from .invoice_of_terms import make_invoice

MOST_BYTES = 50 * 1024 * 1024
MOST_LINES = 1500  # of which factur-x reads about a thousand in a second
LINE_TAGS = ("{*}InvoiceLine", "{*}CreditNoteLine", "{*}IncludedSupplyChainTradeLineItem")
ROOTS = {
    "{urn:oasis:names:specification:ubl:schema:xsd:Invoice-2}Invoice": "ubl-2.1-invoice",
    "{urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2}CreditNote": "ubl-2.1-creditnote",
    "{urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100}CrossIndustryInvoice": (
        "factur-x"
    ),
}


def read_einvoice(source: str | Path | bytes) -> Invoice:
    """Read a file, or its bytes, into an Invoice.

    `ref` has the provider "document", the seller's VAT number or name as the account, and the
    number as the key. Amounts have the digits of the file; those of an invoice may be negative.

    Raises DocumentError if the file is no e-invoice, cannot be read, has a document type
    declaration (which could refer to other files), or more than 1500 lines or 50 MiB.
    """
    name, content = _read_source(source)
    factur_x = library.load()
    if content[:1024].lstrip().startswith(b"%PDF-"):
        content = _extract(factur_x, name, content)
    root = _parse(name, content)
    flavor = ROOTS.get(root.tag)
    if flavor is None:
        raise DocumentError(f"{name} is no UBL or CII invoice: its first element is {root.tag}")
    lines = sum(1 for _ in root.iter(*LINE_TAGS))
    if lines > MOST_LINES:
        raise DocumentError(f"{name} has {lines} lines; files of up to {MOST_LINES} are read")
    _normalise(root)
    try:
        terms = factur_x.parse_ubl_cii_xml(
            root, flavor=flavor, level="en16931", check_xsd=False, check_schematron=False
        )
    except Exception as error:  # the library raises whatever its parts do
        raise DocumentError(f"{name} cannot be read: {error}") from error
    return make_invoice(terms, library.is_credit)


def _normalise(root: Any) -> None:
    """Write texts without white space around them, and truth values as factur-x looks for them."""
    for element in root.iter("*"):
        if element.text is None or len(element):
            continue
        element.text = element.text.strip()
        if element.tag.endswith("Indicator"):
            element.text = {"0": "false", "1": "true"}.get(element.text, element.text)


def _read_source(source: str | Path | bytes) -> tuple[str, bytes]:
    if isinstance(source, bytes):
        name, content = "the document", source
    else:
        name = str(source)
        try:
            with Path(source).open("rb") as file:
                content = file.read(MOST_BYTES + 1)
        except OSError as error:
            raise DocumentError(f"{name} cannot be read: {error.strerror}") from error
    if len(content) > MOST_BYTES:
        raise DocumentError(f"{name} is larger than {MOST_BYTES // 1024 // 1024} MiB")
    if not content.strip():
        raise DocumentError(f"{name} is empty")
    return name, content


def _extract(factur_x: Any, name: str, content: bytes) -> bytes:
    """Return the XML in a PDF. Raises DocumentError if it has none."""
    try:
        file, xml = factur_x.get_facturx_xml_from_pdf(content, check_xsd=False)
    except Exception as error:  # a damaged PDF raises whatever its reader does
        raise DocumentError(f"{name} is a damaged PDF: {error}") from error
    if not file or not xml:
        raise DocumentError(f"{name} is a PDF without an e-invoice in it")
    return bytes(xml)


def _parse(name: str, content: bytes) -> Any:
    """Parse XML without entities, other files, and other hosts."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise DocumentError(f"{name} is no XML: {error.msg}") from error
    if root.getroottree().docinfo.doctype:
        raise DocumentError(f"{name} has a document type declaration, which e-invoices have not")
    return root
