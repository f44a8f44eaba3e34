# Generated from specs/token-exchange/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The operations, as the runtime needs to know them."""

from __future__ import annotations

from counterfoil_core.api import Body, Operation
from counterfoil_core.types import Secret

from . import models

PARCELS_COUNT: Operation[None] = Operation(
    name="parcels.count",
    operation_id="countParcels",
    method="GET",
    path="/parcels",
    retry="safe",
    responses={204: None},
    security=(("ticket",),),
)
SESSION_LOGIN: Operation[Secret] = Operation(
    name="session.login",
    operation_id="login",
    method="POST",
    path="/login",
    retry="safe",
    body=Body(type=models.Login),
    responses={204: None},
    result_header="X-Session-Key",
    server="https://login.parcels.example",
)
TICKETS_BUY: Operation[models.Ticket] = Operation(
    name="tickets.buy",
    operation_id="buyTicket",
    method="POST",
    path="/tickets",
    retry="safe",
    body=Body(type=models.Wish),
    responses={200: models.TicketAnswer},
    result=("ticket",),
    security=(("session",),),
    server="https://{city}.tickets.example",
)
