"""The configuration of the invented store: its taxes, methods, customers and address."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class TaxClass:
    """A tax with its rate in percent."""

    code: str
    name: str
    rate: Decimal


@dataclass(frozen=True, slots=True)
class TaxArea:
    """An area of taxes. If it is not taxed, every rate is zero."""

    id: int
    taxed: bool = True


@dataclass(frozen=True, slots=True)
class Method:
    """A method of shipping or payment."""

    name: str
    cost: Decimal
    tax_class: int = 2
    countries: frozenset[str] | None = None
    on_delivery: bool = False
    shipping_methods: frozenset[int] | None = None

    def suits(self, country: str) -> bool:
        """Whether invoices for a country can use the method."""
        return self.countries is None or country in self.countries

    def goes_with(self, shipping_method: int | None) -> bool:
        """Whether a payment method can be combined with a shipping method."""
        if self.shipping_methods is None or shipping_method is None:
            return True
        return shipping_method in self.shipping_methods


@dataclass(frozen=True, slots=True)
class Customer:
    """Defaults of a registered customer's invoices."""

    locale: str
    recipient: str = ""


@dataclass(frozen=True, slots=True)
class Login:
    """A customer's login to the storefront."""

    email: str
    password: str


NO_TAX = TaxClass("", "", Decimal("0.00"))
TAX_CLASSES = {
    1: TaxClass("IVA4", "IVA minima", Decimal("4.00")),
    2: TaxClass("IVA22", "IVA ordinaria", Decimal("22.00")),
    3: TaxClass("IVA10", "IVA ridotta", Decimal("10.00")),
    4: TaxClass("ESENTE", "Esente", Decimal("0.00")),
}
TAX_AREAS = {
    "IT": TaxArea(1),
    "DE": TaxArea(2),
    "FR": TaxArea(3),
    "AT": TaxArea(4),
    "CH": TaxArea(5, taxed=False),
}
SHIPPING_METHODS = {
    3: Method("Courier", Decimal("15.000")),
    4: Method("Collection at the shop", Decimal("0.000"), countries=frozenset({"IT"})),
    6: Method("Parcel post", Decimal("7.400"), countries=frozenset({"IT", "DE", "FR", "AT"})),
}
PAYMENT_METHODS = {
    5: Method("Card", Decimal("1.000")),
    7: Method(
        "Cash on delivery",
        Decimal("4.500"),
        2,
        frozenset({"IT"}),
        on_delivery=True,
        shipping_methods=frozenset({3, 6}),
    ),
    8: Method("Bank transfer", Decimal("0.000")),
}
CUSTOMERS = {
    812: Customer("it-IT", "X0Y1Z2W"),
    813: Customer("de-DE"),
    814: Customer("fr"),
    815: Customer("it", "ordini@pec.tarabelli.example"),
}
LOGINS = {  # these open nothing but the sandbox
    812: Login("studio@tarabelli.example", "Vetro-41b"),
    813: Login("lager@dalverti.example", "Rahmen-7"),
    814: Login("atelier@quaglini.example", "Cadre-22"),
    815: Login("ordini@fuscaldoni.example", "Telaio-9"),
}
SELLER = {
    "companyName": "Bottega Lucerna S.r.l.",
    "companyCode": "01230045600",
    "street1": "Via dei Vetrai 8",
    "city": "Faenza",
    "postalCode": "48018",
    "stateProv": "RA",
    "country": "IT",
    "phoneNumber": "+39 0546 000100",
    "email": "ordini@lucerna.example",
}
