# Generated from specs/open2b-admin/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The documented constraints of the models in requests."""

from counterfoil_core.api import Constraints, DependentConstraints, ModelConstraints

CONSTRAINTS = {
    "BillingAddressForm": ModelConstraints(
        fields={
            "first_name": Constraints(min_length=1, max_length=25),
            "last_name": Constraints(min_length=1, max_length=25),
            "personal_code": Constraints(max_length=20),
            "company_name": Constraints(max_length=100),
            "company_code": Constraints(max_length=20),
            "company_code2": Constraints(max_length=20),
            "street1": Constraints(min_length=1, max_length=60),
            "street2": Constraints(max_length=60),
            "city": Constraints(min_length=1, max_length=25),
            "postal_code": Constraints(min_length=1, max_length=20),
            "state_prov": Constraints(max_length=3),
            "country": Constraints(min_length=2, max_length=2),
            "phone_number": Constraints(max_length=15),
            "mobile_number": Constraints(max_length=15),
            "fax_number": Constraints(max_length=15),
            "email": Constraints(min_length=3, max_length=120),
        }
    ),
    "DeleteInvoices": ModelConstraints(
        fields={"ids": Constraints(items=Constraints(minimum=1, maximum=2147483647))}
    ),
    "DiscountInput": ModelConstraints(
        fields={"value": Constraints(exclusive_minimum=0, digits=8, places=3)},
        dependent=(
            DependentConstraints(
                field="type", equals="PercentOff", constraints={"value": Constraints(maximum=100)}
            ),
        ),
    ),
    "FindInvoices": ModelConstraints(
        fields={
            "limit": Constraints(minimum=1, maximum=2147483647),
            "first": Constraints(minimum=0, maximum=2147483647),
        }
    ),
    "GetInvoice": ModelConstraints(fields={"id": Constraints(minimum=1, maximum=2147483647)}),
    "InvoiceConditions": ModelConstraints(
        fields={
            "ids": Constraints(items=Constraints(minimum=1, maximum=2147483647)),
            "from_number": Constraints(min_length=1, max_length=32),
            "to_number": Constraints(min_length=1, max_length=32),
            "customer": Constraints(minimum=1, maximum=2147483647),
            "address": Constraints(min_length=1, max_length=30),
            "labels": Constraints(items=Constraints(minimum=1, maximum=64)),
            "after": Constraints(minimum=0, maximum=2147483647),
        }
    ),
    "InvoiceForm": ModelConstraints(
        fields={
            "number": Constraints(max_length=32),
            "reference_number": Constraints(max_length=32),
            "customer": Constraints(minimum=1, maximum=2147483647),
            "locale": Constraints(min_length=2, max_length=5),
            "discounts": Constraints(max_items=5),
            "shipping_method": Constraints(minimum=1, maximum=2147483647),
            "shipping_cost": Constraints(minimum=0, digits=8, places=3),
            "payment_method": Constraints(minimum=1, maximum=2147483647),
            "payment_cost": Constraints(minimum=0, digits=8, places=3),
            "invoice_recipient": Constraints(max_length=256),
            "number_of_packages": Constraints(minimum=1, maximum=100),
            "goods_appearance": Constraints(max_length=255),
            "tracking_number": Constraints(max_length=64),
            "transport_reason": Constraints(max_length=255),
            "terms": Constraints(max_length=65535),
        }
    ),
    "InvoiceItemForm": ModelConstraints(
        fields={
            "sku": Constraints(max_length=32),
            "name": Constraints(max_length=255),
            "quantity": Constraints(minimum=0, digits=8, places=2),
            "price": Constraints(digits=10, places=3),
            "weight": Constraints(minimum=0, digits=8, places=3),
            "tax_class": Constraints(minimum=1, maximum=2147483647),
            "requests": Constraints(max_length=255),
        }
    ),
    "InvoiceUpdateForm": ModelConstraints(
        fields={
            "number": Constraints(max_length=32),
            "reference_number": Constraints(max_length=32),
            "customer": Constraints(minimum=0, maximum=2147483647),
            "locale": Constraints(min_length=2, max_length=5),
            "discounts": Constraints(max_items=5),
            "shipping_method": Constraints(minimum=1, maximum=2147483647),
            "shipping_cost": Constraints(minimum=0, digits=8, places=3),
            "payment_method": Constraints(minimum=1, maximum=2147483647),
            "payment_cost": Constraints(minimum=0, digits=8, places=3),
            "invoice_recipient": Constraints(max_length=256),
            "number_of_packages": Constraints(minimum=1, maximum=100),
            "goods_appearance": Constraints(max_length=255),
            "tracking_number": Constraints(max_length=64),
            "transport_reason": Constraints(max_length=255),
            "terms": Constraints(max_length=65535),
        }
    ),
    "SellerAddressInput": ModelConstraints(
        fields={
            "company_name": Constraints(max_length=100),
            "company_code": Constraints(max_length=20),
            "personal_code": Constraints(max_length=20),
            "street1": Constraints(max_length=60),
            "street2": Constraints(max_length=60),
            "city": Constraints(max_length=25),
            "postal_code": Constraints(max_length=20),
            "state_prov": Constraints(max_length=3),
            "country": Constraints(max_length=2),
            "phone_number": Constraints(max_length=15),
            "mobile_number": Constraints(max_length=15),
            "fax_number": Constraints(max_length=15),
            "email": Constraints(max_length=120),
        }
    ),
    "ShippingAddressForm": ModelConstraints(
        fields={
            "name": Constraints(min_length=1, max_length=100),
            "street1": Constraints(min_length=1, max_length=60),
            "street2": Constraints(max_length=60),
            "city": Constraints(min_length=1, max_length=25),
            "postal_code": Constraints(min_length=1, max_length=20),
            "state_prov": Constraints(max_length=3),
            "country": Constraints(min_length=2, max_length=2),
        }
    ),
    "UpdateInvoice": ModelConstraints(fields={"id": Constraints(minimum=1, maximum=2147483647)}),
}
