# Generated from specs/flow/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The API as a whole, as the runtime needs to know it. No model is imported: a client is ready without them."""

from counterfoil_core.operation import Api, Bound, Limits, SecurityScheme

LIMITS = {
    "ConsumerInvoiceLineDiscountForm": Limits(fields={"price": Bound(exclusive_maximum=0)}),
    "ConsumerInvoiceLineItemForm": Limits(
        fields={"quantity": Bound(minimum=1), "unit_discount": Bound(exclusive_maximum=0)}
    ),
    "ConsumerInvoiceLineShippingForm": Limits(fields={"discount": Bound(exclusive_maximum=0)}),
    "CreditMemoForm": Limits(one_of=("refund_id", "refund_key", "refund_identifier")),
}

API = Api(
    name="flow",
    distribution="counterfoil-flow",
    version="0.1.0",
    api_version="0.19.66",
    server="https://api.flow.io",
    security=(SecurityScheme(name="token", kind="basic"),),
    defaults=("organization",),
    decimals="string",
    limits=LIMITS,
    tags={
        "ConsumerInvoiceLineDiscount": ("discount", "consumer_invoice_line_discount"),
        "ConsumerInvoiceLineItem": ("item", "consumer_invoice_line_item"),
        "ConsumerInvoiceLineShipping": ("shipping", "consumer_invoice_line_shipping"),
    },
)
