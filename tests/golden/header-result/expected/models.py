# Generated from specs/header-result/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""What travels: the models of Parcels."""

from __future__ import annotations

from counterfoil_core.types import Secret

from ._model import ApiModel


class Login(ApiModel, gc=False, kw_only=True):
    """Who logs in."""

    password: Secret
    """Password of the customer."""


class LoggedIn(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """News that a customer is logged in."""

    name: str | None = None
    """Name of the customer."""
