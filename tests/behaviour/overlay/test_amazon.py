"""Amazon's invoices: a number and a PDF."""

from __future__ import annotations

from base64 import b64encode

import pytest
from counterfoil import DocumentError, Invoice, Reference

from tests.behaviour.overlay.reading import map_one


def read(content: str) -> Invoice:
    return map_one("amazon", "CustomerInvoice", {"purchaseOrderNumber": "PO1", "content": content})


def test_an_invoice_is_a_document_and_nothing_else_is_known() -> None:
    invoice = read(b64encode(b"%PDF-1.4 invented").decode())

    assert (invoice.ref.key, invoice.completeness) == ("PO1", "document")
    assert invoice.references == (Reference(type="purchase_order", number="PO1"),)
    assert (
        invoice.number,
        invoice.currency,
        invoice.totals,
        invoice.lines,
        invoice.issue_date,
    ) == (None, None, None, None, None)
    [document] = invoice.documents or ()
    assert (document.bytes(), document.media_type()) == (b"%PDF-1.4 invented", "application/pdf")


@pytest.mark.parametrize("content", ["base 64 content", "abc", "JVBERi0xLjQ*", "é"])
def test_a_pdf_that_is_not_base64_is_an_error_when_it_is_asked_for_and_not_before(
    content: str,
) -> None:
    [document] = read(content).documents or ()

    with pytest.raises(DocumentError, match="is not base64"):
        document.bytes()
