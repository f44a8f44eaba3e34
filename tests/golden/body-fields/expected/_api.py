# Generated from specs/body-fields/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The API as a whole, as data for the runtime. No model is imported here."""

from collections.abc import Mapping

from counterfoil_core.api import Api, ModelConstraints


def import_constraints() -> Mapping[str, ModelConstraints]:
    """Return the constraints of models, which are imported when a request is checked."""
    from ._constraints import CONSTRAINTS

    return CONSTRAINTS


API = Api(
    name="body-fields",
    distribution="counterfoil-parcels",
    version="0.1.0",
    api_version="v1",
    server="https://parcels.example",
    constraints=import_constraints,
)
