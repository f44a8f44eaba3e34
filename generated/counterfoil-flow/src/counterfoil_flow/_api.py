# Generated from specs/flow/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The API as a whole, as data for the runtime. No model is imported here."""

from counterfoil_core.api import Api, Constraints, ModelConstraints, SecurityScheme

CONSTRAINTS = {
    "ConsumerInvoiceLineDiscountForm": ModelConstraints(
        fields={"price": Constraints(exclusive_maximum=0)}
    ),
    "ConsumerInvoiceLineItemForm": ModelConstraints(
        fields={
            "quantity": Constraints(minimum=1),
            "unit_discount": Constraints(exclusive_maximum=0),
        }
    ),
    "ConsumerInvoiceLineShippingForm": ModelConstraints(
        fields={"discount": Constraints(exclusive_maximum=0)}
    ),
    "CreditMemoForm": ModelConstraints(one_of=("refund_id", "refund_key", "refund_identifier")),
}

API = Api(
    name="flow",
    distribution="counterfoil-flow",
    version="0.1.0",
    api_version="0.19.66",
    server="https://api.flow.io",
    security=(SecurityScheme(name="token", kind="basic"),),
    credentials=(("token",),),
    defaults=("organization",),
    decimals="string",
    constraints=CONSTRAINTS,
    tags={
        "ConsumerInvoiceLineDiscount": ("discount", "consumer_invoice_line_discount"),
        "ConsumerInvoiceLineItem": ("item", "consumer_invoice_line_item"),
        "ConsumerInvoiceLineShipping": ("shipping", "consumer_invoice_line_shipping"),
    },
    request_id_headers=("X-Request-Id", "Request-Id", "X-Flow-Request-Id"),
)
