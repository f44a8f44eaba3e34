# Generated from specs/open2b-admin/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The API as a whole, as the runtime needs to know it. No model is imported: a client is ready without them."""

from counterfoil_core.operation import Api, Bound, Limits, RateLimit, Rule, SecurityScheme, ServerVariable

LIMITS = {
    "BillingAddressForm": Limits(
        fields={
            "first_name": Bound(min_length=1, max_length=25),
            "last_name": Bound(min_length=1, max_length=25),
            "personal_code": Bound(max_length=20),
            "company_name": Bound(max_length=100),
            "company_code": Bound(max_length=20),
            "company_code2": Bound(max_length=20),
            "street1": Bound(min_length=1, max_length=60),
            "street2": Bound(max_length=60),
            "city": Bound(min_length=1, max_length=25),
            "postal_code": Bound(min_length=1, max_length=20),
            "state_prov": Bound(max_length=3),
            "country": Bound(min_length=2, max_length=2),
            "phone_number": Bound(max_length=15),
            "mobile_number": Bound(max_length=15),
            "fax_number": Bound(max_length=15),
            "email": Bound(min_length=3, max_length=120),
        }
    ),
    "DeleteInvoices": Limits(fields={"ids": Bound(items=Bound(minimum=1, maximum=2147483647))}),
    "Discount": Limits(
        fields={"value": Bound(exclusive_minimum=0, digits=8, places=3)},
        rules=(Rule(field="type", equals="PercentOff", bounds={"value": Bound(maximum=100)}),),
    ),
    "FindInvoices": Limits(
        fields={"limit": Bound(minimum=1, maximum=2147483647), "first": Bound(minimum=0, maximum=2147483647)}
    ),
    "GetInvoice": Limits(fields={"id": Bound(minimum=1, maximum=2147483647)}),
    "InvoiceConditions": Limits(
        fields={
            "ids": Bound(items=Bound(minimum=1, maximum=2147483647)),
            "from_number": Bound(min_length=1, max_length=32),
            "to_number": Bound(min_length=1, max_length=32),
            "customer": Bound(minimum=1, maximum=2147483647),
            "address": Bound(min_length=1, max_length=30),
            "labels": Bound(items=Bound(minimum=1, maximum=64)),
            "after": Bound(minimum=0, maximum=2147483647),
        }
    ),
    "InvoiceForm": Limits(
        fields={
            "number": Bound(max_length=32),
            "reference_number": Bound(max_length=32),
            "customer": Bound(minimum=1, maximum=2147483647),
            "locale": Bound(min_length=2, max_length=5),
            "discounts": Bound(max_items=5),
            "shipping_method": Bound(minimum=1, maximum=2147483647),
            "shipping_cost": Bound(minimum=0, digits=8, places=3),
            "payment_method": Bound(minimum=1, maximum=2147483647),
            "payment_cost": Bound(minimum=0, digits=8, places=3),
            "invoice_recipient": Bound(max_length=256),
            "number_of_packages": Bound(minimum=1, maximum=100),
            "goods_appearance": Bound(max_length=255),
            "tracking_number": Bound(max_length=64),
            "transport_reason": Bound(max_length=255),
            "terms": Bound(max_length=65535),
        }
    ),
    "InvoiceItemForm": Limits(
        fields={
            "sku": Bound(max_length=32),
            "name": Bound(max_length=255),
            "quantity": Bound(minimum=0, digits=8, places=2),
            "price": Bound(digits=10, places=3),
            "weight": Bound(minimum=0, digits=8, places=3),
            "tax_class": Bound(minimum=1, maximum=2147483647),
            "requests": Bound(max_length=255),
        }
    ),
    "InvoiceUpdateForm": Limits(
        fields={
            "number": Bound(max_length=32),
            "reference_number": Bound(max_length=32),
            "customer": Bound(minimum=0, maximum=2147483647),
            "locale": Bound(min_length=2, max_length=5),
            "discounts": Bound(max_items=5),
            "shipping_method": Bound(minimum=1, maximum=2147483647),
            "shipping_cost": Bound(minimum=0, digits=8, places=3),
            "payment_method": Bound(minimum=1, maximum=2147483647),
            "payment_cost": Bound(minimum=0, digits=8, places=3),
            "invoice_recipient": Bound(max_length=256),
            "number_of_packages": Bound(minimum=1, maximum=100),
            "goods_appearance": Bound(max_length=255),
            "tracking_number": Bound(max_length=64),
            "transport_reason": Bound(max_length=255),
            "terms": Bound(max_length=65535),
        }
    ),
    "SellerAddress": Limits(
        fields={
            "company_name": Bound(max_length=100),
            "company_code": Bound(max_length=20),
            "personal_code": Bound(max_length=20),
            "street1": Bound(max_length=60),
            "street2": Bound(max_length=60),
            "city": Bound(max_length=25),
            "postal_code": Bound(max_length=20),
            "state_prov": Bound(max_length=3),
            "country": Bound(max_length=2),
            "phone_number": Bound(max_length=15),
            "mobile_number": Bound(max_length=15),
            "fax_number": Bound(max_length=15),
            "email": Bound(max_length=120),
        }
    ),
    "ShippingAddressForm": Limits(
        fields={
            "name": Bound(min_length=1, max_length=100),
            "street1": Bound(min_length=1, max_length=60),
            "street2": Bound(max_length=60),
            "city": Bound(min_length=1, max_length=25),
            "postal_code": Bound(min_length=1, max_length=20),
            "state_prov": Bound(max_length=3),
            "country": Bound(min_length=2, max_length=2),
        }
    ),
    "UpdateInvoice": Limits(fields={"id": Bound(minimum=1, maximum=2147483647)}),
}

API = Api(
    name="open2b-admin",
    distribution="counterfoil-open2b-admin",
    version="0.1.0",
    api_version="v6",
    server="https://{store}",
    variables=(ServerVariable(name="store", wire="store"),),
    security=(SecurityScheme(name="key", kind="header", header="X-Key", headers=("X-Key", "X-Secret-Key")),),
    statuses={403: "AuthenticationFailed"},
    rate_limit=RateLimit(requests=1000, per=300, burst=1000, scope="account"),
    limits=LIMITS,
)
