# Generated from specs/flow/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The API as a whole, as data for the runtime. No model is imported here."""

from collections.abc import Mapping

from counterfoil_core.api import Api, ModelConstraints, SecurityScheme


def import_constraints() -> Mapping[str, ModelConstraints]:
    """Return the constraints of models, which are imported when a request is checked."""
    from ._constraints import CONSTRAINTS

    return CONSTRAINTS


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
    constraints=import_constraints,
    tags={
        "ConsumerInvoiceLineDiscount": ("discount", "consumer_invoice_line_discount"),
        "ConsumerInvoiceLineItem": ("item", "consumer_invoice_line_item"),
        "ConsumerInvoiceLineShipping": ("shipping", "consumer_invoice_line_shipping"),
    },
    request_id_headers=("X-Request-Id", "Request-Id", "X-Flow-Request-Id"),
)
