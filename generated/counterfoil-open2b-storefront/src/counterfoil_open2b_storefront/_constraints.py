# Generated from specs/open2b-storefront/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The documented constraints of the models in requests."""

from counterfoil_core.api import Constraints, ModelConstraints

CONSTRAINTS = {
    "FindInvoices": ModelConstraints(
        fields={
            "limit": Constraints(minimum=1, maximum=2147483647),
            "first": Constraints(minimum=0, maximum=2147483647),
        }
    ),
    "InvoiceConditions": ModelConstraints(
        fields={
            "ids": Constraints(items=Constraints(minimum=1, maximum=2147483647)),
            "after": Constraints(minimum=0, maximum=2147483647),
        }
    ),
    "Login": ModelConstraints(
        fields={
            "email": Constraints(min_length=3, max_length=120),
            "password": Constraints(min_length=4, max_length=16),
        }
    ),
}
