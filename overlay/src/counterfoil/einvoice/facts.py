"""Facts that an e-invoice needs, and that neither a record nor an account contains."""

from __future__ import annotations

import re

from msgspec import Struct

from ..errors import DocumentError

IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
BIC = re.compile(r"[A-Z0-9]{8}([A-Z0-9]{3})?")


class Facts(Struct, frozen=True, kw_only=True):
    """Facts for the terms of an e-invoice. What an Invoice has itself is not replaced.

    Seller, tax categories, unit, terms and means of payment are facts of the account
    (docs/accounting.md), because every use of its invoices needs them.

    iban, bic:         the account to pay to (BT-84, BT-86); credit transfers need the IBAN
    account_holder:    its name (BT-85)
    payment_means:     a code of UNCL4461, such as 58 for SEPA transfers (BT-81)
    payment_reference: what a payment is to refer to (BT-83); the number by default
    terms:             the terms of payment, as text (BT-20)
    buyer_reference:   the buyer's routing identifier, such as a Leitweg-ID (BT-10)
    unit:              the code of UN/ECE Recommendation 20 of lines without one, such as C62
    duty_category:     the tax category of customs duty, which is a charge: E by default
    duty_reason:       why duty is exempt (BT-120)

    Raises DocumentError if an IBAN or BIC is malformed.
    """

    iban: str | None = None
    bic: str | None = None
    account_holder: str | None = None
    payment_means: str | None = None
    payment_reference: str | None = None
    terms: str | None = None
    buyer_reference: str | None = None
    unit: str | None = None
    duty_category: str = "E"
    duty_reason: str = "Customs duty, collected for the authorities"

    def __post_init__(self) -> None:
        for name, pattern in (("iban", IBAN), ("bic", BIC)):
            value = getattr(self, name)
            if value is not None and not pattern.fullmatch(value):
                raise DocumentError(f"{name} must be without spaces, in capitals, not {value!r}")
