# Generated from specs/body-fields/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The API as a whole, as the runtime needs to know it. No model is imported: a client is ready without them."""

from counterfoil_core.operation import Api, Bound, Limits, Rule

LIMITS = {
    "CreateParcel": Limits(
        fields={"weight": Bound(exclusive_minimum=0, digits=6, places=3), "discounts": Bound(max_items=5)},
        one_of=("sent_at", "secret"),
    ),
    "Discount": Limits(
        fields={"value": Bound(exclusive_minimum=0)},
        rules=(Rule(field="kind", equals="percent", bounds={"value": Bound(maximum=100)}),),
    ),
}

API = Api(
    name="body-fields",
    distribution="counterfoil-parcels",
    version="0.1.0",
    api_version="v1",
    server="https://parcels.example",
    limits=LIMITS,
)
