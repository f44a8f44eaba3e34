# Generated from specs/flow/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The documented constraints of the models in requests."""

from counterfoil_core.api import Constraints, ModelConstraints

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
