# Generated from specs/amazon/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The documented constraints of the models in requests."""

from counterfoil_core.api import Constraints, ModelConstraints

CONSTRAINTS = {
    "CreateRestrictedDataToken": ModelConstraints(
        fields={"restricted_resources": Constraints(max_items=50)}
    )
}
