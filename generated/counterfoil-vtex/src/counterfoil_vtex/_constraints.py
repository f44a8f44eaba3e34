# Generated from specs/vtex/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The documented constraints of the models in requests."""

from counterfoil_core.api import Constraints, ModelConstraints

CONSTRAINTS = {
    "InvoiceNotification": ModelConstraints(
        fields={"invoice_value": Constraints(pattern="^[1-9][0-9]*$")}
    )
}
