"""The passes from a vendor's document to a spec, in order."""

from __future__ import annotations

from . import (
    all_of,
    arguments,
    bundle,
    discriminators,
    examples,
    forms,
    inline,
    left_out,
    media,
    names,
    only,
    operations,
    origins,
    pagination,
    parameters,
    request_ids,
    responses,
    security,
    servers,
    types,
    unions,
    upgrade,
    values,
)
from .state import Adoption


def transform(adoption: Adoption, version: str) -> None:
    """Run the passes on a document that was read; `version` is 2.0, 3.0 or 3.1."""
    adoption.others = {
        name: origins.stamp(adoption, tree, name) for name, tree in adoption.others.items()
    }
    adoption.root = origins.stamp(adoption, adoption.root)
    bundle.bundle(adoption)
    upgrade.upgrade(adoption)
    only.select(adoption)
    request_ids.request_ids(adoption)
    media.media(adoption)
    responses.responses(adoption)
    security.security(adoption)
    servers.servers(adoption)
    parameters.parameters(adoption)
    types.types(adoption)
    all_of.all_of(adoption)
    unions.unions(adoption)
    all_of.match_required(adoption)
    unions.lift_nulls(adoption)
    values.values(adoption)
    forms.forms(adoption)
    left_out.leave_out(adoption)
    operations.operation_ids(adoption)
    inline.inline(adoption)
    names.names(adoption)
    discriminators.tags(adoption)
    operations.operations(adoption)
    pagination.pagination(adoption)
    arguments.arguments(adoption)
    examples.examples(adoption)
