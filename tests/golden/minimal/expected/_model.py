# Generated from specs/minimal/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The base of the models."""

from __future__ import annotations

from counterfoil_core import models

from ._api import API


class ApiModel(models.Model):
    """A model of Parcels."""

    _decimals = API.decimals
    _tags = API.tags
