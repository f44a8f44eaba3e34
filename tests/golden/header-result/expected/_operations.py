# Generated from specs/header-result/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The operations, as the runtime needs to know them."""

from __future__ import annotations

from counterfoil_core.api import Body, Operation
from counterfoil_core.types import Secret

from . import models

SESSION_LOGIN: Operation[Secret] = Operation(
    name="session.login",
    operation_id="login",
    method="POST",
    path="/login",
    retry="safe",
    body=Body(type=models.Login),
    responses={200: models.LoggedIn},
    result_header="X-Session-Key",
)
