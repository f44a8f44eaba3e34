"""E-invoices by EN 16931, out and in: UBL, CII and Factur-X. Requires `counterfoil[einvoice]`.

    facts = Facts(iban="DE02120300000000202051")
    write_einvoice(invoice, "ubl", facts)                       # bytes of XML
    write_einvoice(invoice, "facturx", facts, pdf=pdf_bytes)    # the PDF with the XML in it
    read_einvoice("invoice.xml")                                # an Invoice

Nothing is written that lacks a term of the standard, or breaks one of its rules about amounts. The
XML itself is made and read by the library factur-x.
"""

from __future__ import annotations

from ..errors import EInvoiceError as EInvoiceError
from .facts import Facts as Facts
from .reading import read_einvoice as read_einvoice
from .terms import MissingTerms as MissingTerms
from .terms import Terms as Terms
from .terms import to_terms as to_terms
from .writing import RuleBroken as RuleBroken
from .writing import Syntax as Syntax
from .writing import write_einvoice as write_einvoice

__all__ = [
    "EInvoiceError",
    "Facts",
    "MissingTerms",
    "RuleBroken",
    "Syntax",
    "Terms",
    "read_einvoice",
    "to_terms",
    "write_einvoice",
]
