# Generated from specs/body-whole/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The operations, as the runtime needs to know them."""

from __future__ import annotations

from counterfoil_core.api import Body, Operation, Parameter

from . import models

PARCELS_REPLACE: Operation[None] = Operation(
    name="parcels.replace",
    operation_id="putParcel",
    method="PUT",
    path="/parcels/{key}",
    retry="keyed",
    parameters=(Parameter(name="key", wire="key", location="path", type=str, required=True),),
    body=Body(type=models.ParcelForm, argument="form"),
    responses={204: None},
    successor="parcels.update",
)
PARCELS_UPDATE: Operation[None] = Operation(
    name="parcels.update",
    operation_id="patchParcel",
    method="PATCH",
    path="/parcels/{key}",
    retry="keyed",
    parameters=(Parameter(name="key", wire="key", location="path", type=str, required=True),),
    body=Body(type=models.ParcelForm, argument="form"),
    responses={204: None},
)
