# Generated from specs/amazon/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The base of the models."""

from __future__ import annotations

from counterfoil_core import models

from ._api import API


class ApiModel(models.Model):
    """A model of Amazon SP-API vendor direct-fulfilment customer invoices."""

    _decimals = API.decimals
    _tags = API.tags
