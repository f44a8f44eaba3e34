"""Writes e-invoices: UBL, CII, and PDFs with CII in them (Factur-X, ZUGFeRD 2)."""

from __future__ import annotations

import copy
from decimal import Decimal
from typing import Any, Literal, get_args

from ..decimals import count_decimals
from ..errors import EInvoiceError
from ..finding import Finding
from ..invoice import Invoice
from ..verification import verify
from . import library
from .facts import Facts
from .invoice_of_terms import make_invoice
from .reading import MOST_LINES
from .terms import Terms, to_terms

Syntax = Literal["ubl", "cii", "facturx"]
FLAVORS = {"ubl": "ubl-2.1", "cii": "factur-x", "facturx": "factur-x"}
LEVEL = "en16931"
NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"


def write_einvoice(
    invoice: Invoice,
    syntax: Syntax = "ubl",
    facts: Facts | None = None,
    *,
    pdf: bytes | None = None,
) -> bytes:
    """Return an e-invoice as bytes: XML, or for "facturx" the PDF with the XML in it.

    The terms are those of `to_terms`. Before anything is returned, the XML is checked against its
    schema, and its amounts against the rules of EN 16931 (`verify(..., "en16931")`).

    Raises MissingTerms and EInvoiceError.
    """
    if syntax not in get_args(Syntax):
        raise EInvoiceError(f"the syntax is ubl, cii or facturx, not {syntax!r}")
    if (syntax == "facturx") != (pdf is not None):
        raise EInvoiceError("a PDF goes with the syntax facturx, and with no other: pdf=...")
    factur_x = library.load()
    terms = to_terms(invoice, facts)
    if len(terms["BG-25"]) > MOST_LINES:
        raise EInvoiceError(f"it has {len(terms['BG-25'])} lines; up to {MOST_LINES} are written")
    values = spell_terms(terms)
    _check_rules(values)
    xml = _check_schema(_generate(factur_x, values, syntax))
    if pdf is None:
        return xml
    try:
        made = factur_x.generate_from_binary(
            pdf, xml, flavor="factur-x", level=LEVEL, check_xsd=False, check_schematron=False
        )
    except Exception as error:  # a damaged PDF raises whatever its reader does
        raise EInvoiceError(f"the PDF cannot contain an e-invoice: {error}") from error
    return bytes(made)


def _generate(factur_x: Any, values: dict[str, Any], syntax: Syntax) -> bytes:
    try:
        made = factur_x.generate_xml(
            copy.deepcopy(values),  # which the library changes
            flavor=FLAVORS[syntax],
            level=LEVEL,
            check_xsd=False,
            check_schematron=False,
        )
    except ValueError as error:  # such as characters that XML does not have
        raise EInvoiceError(f"the XML cannot be written: {error}") from error
    return bytes(made)


def _check_rules(values: dict[str, Any]) -> None:
    made = make_invoice(values, library.is_credit)
    errors = [one for one in verify(made, "en16931") if one.severity == "error"]
    if errors:
        raise RuleBroken(errors)


class RuleBroken(EInvoiceError):
    """The amounts break rules of EN 16931. `findings` are those of `verify`."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__("; ".join(one.text for one in findings))
        self.findings = findings


def _check_schema(xml: bytes) -> bytes:
    """Return the XML, checked against its schema."""
    from lxml import etree

    root = etree.fromstring(xml)
    for element in root.iter("*"):
        element.attrib.pop(NIL, None)  # which the library gives to empty elements
    schema = library.load_schema(etree.QName(root).localname)
    if not schema.validate(root):
        raise EInvoiceError(f"the XML does not fit its schema: {schema.error_log.last_error}")
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True))


PARTY = {
    "name": ("BT-27", "BT-44", "BT-70"),
    "biz_name": ("BT-28", "BT-45"),
    "identifiers": ("BT-29", "BT-46"),
    "vat_identifier": ("BT-31", "BT-48"),
    "tax_identifier": ("BT-32",),
}
ADDRESS = {
    "addr_l1": "BT-35",
    "addr_l2": "BT-36",
    "addr_l3": "BT-162",
    "city": "BT-37",
    "postcode": "BT-38",
    "country_subdivision": "BT-39",
    "country_code": "BT-40",
}
DISCOUNT = {"BT-92": "amount", "BT-97": "reason", "BT-95": "vat_category_code", "BT-96": "vat_rate"}
CHARGE = {
    "BT-99": "amount",
    "BT-104": "reason",
    "BT-102": "vat_category_code",
    "BT-103": "vat_rate",
}
RATES = frozenset({"BT-96", "BT-103", "BT-119", "BT-152"})
PRICES = frozenset({"BT-146", "BT-129"})


def spell_terms(terms: Terms) -> dict[str, Any]:
    """Return the terms as factur-x takes them: its names, and amounts as texts."""
    decimals = min(count_decimals(terms["BT-5"]), 2)
    values: dict[str, Any] = {}
    for term, value in terms.items():
        match term:
            case "BG-4" | "BG-7" | "BG-13":
                values[term] = _spell_party(value)
            case "BG-20":
                values[term] = [_spell_part(one, DISCOUNT, decimals) for one in value]
            case "BG-21":
                values[term] = [_spell_part(one, CHARGE, decimals) for one in value]
            case "BG-23":
                values[term] = [_spell_part(one, {}, decimals) for one in value]
            case "BG-25":
                values[term] = [_spell_line(one, decimals) for one in value]
            case _:
                values[term] = _spell_value(term, value, decimals)
    return values


def _spell_value(term: str, value: Any, decimals: int) -> Any:
    if not isinstance(value, Decimal):
        return value
    if term in RATES or term in PRICES:
        return format(value, "f")
    return f"{value:.{decimals}f}"


def _spell_part(part: Terms, names: dict[str, str], decimals: int) -> dict[str, Any]:
    return {names.get(term, term): _spell_value(term, one, decimals) for term, one in part.items()}


def _spell_line(line: Terms, decimals: int) -> dict[str, Any]:
    values = _spell_part(line, {}, decimals)
    if "BT-127" in values:
        values["BT-127-00"] = [{"BT-127": values.pop("BT-127")}]
    if "BT-136" in values:
        values["BG-27"] = [{"amount": values.pop("BT-136"), "reason": "Discount"}]
    return values


def _spell_party(party: Terms) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, terms in PARTY.items():
        for term in terms:
            if term in party:
                values[name] = party[term]
    address = party.get("BG-5") or party.get("BG-8") or party.get("BG-15") or {}
    values |= {name: address[term] for name, term in ADDRESS.items() if term in address}
    for term in ("BT-30", "BT-47"):
        for scheme, number in party.get(term, {}).items():
            values["legal_identifier"] = number
            if scheme:
                values["legal_identifier_schemeid"] = scheme
    for term in ("BT-34", "BT-49"):
        for scheme, number in party.get(term, {}).items():
            values |= {"einvoicing_addr": number, "einvoicing_addr_schemeid": scheme}
    contact = {
        "phone": party.get("BT-42") or party.get("BT-57"),
        "email": party.get("BT-43") or party.get("BT-58"),
    }
    if any(contact.values()):
        values["contacts"] = [{name: text for name, text in contact.items() if text}]
    return values
