# Generated from specs/body-fields/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The API as a whole, as data for the runtime. No model is imported here."""

from counterfoil_core.api import Api, Constraints, DependentConstraints, ModelConstraints

CONSTRAINTS = {
    "CreateParcel": ModelConstraints(
        fields={
            "weight": Constraints(exclusive_minimum=0, digits=6, places=3),
            "discounts": Constraints(max_items=5),
        },
        one_of=("sent_at", "secret"),
    ),
    "Discount": ModelConstraints(
        fields={"value": Constraints(exclusive_minimum=0)},
        dependent=(
            DependentConstraints(
                field="kind", equals="percent", constraints={"value": Constraints(maximum=100)}
            ),
        ),
    ),
}

API = Api(
    name="body-fields",
    distribution="counterfoil-parcels",
    version="0.1.0",
    api_version="v1",
    server="https://parcels.example",
    constraints=CONSTRAINTS,
)
