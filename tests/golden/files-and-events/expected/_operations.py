# Generated from specs/files-and-events/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""The operations, as the runtime needs to know them."""

from __future__ import annotations

from counterfoil_core.api import Body, FieldEncoding, Operation, Parameter
from counterfoil_core.multipart import FileInput

from . import models

LABELS_UPLOAD: Operation[models.Label] = Operation(
    name="labels.upload",
    operation_id="uploadLabel",
    method="POST",
    path="/labels",
    retry="keyed",
    idempotency_header="Idempotency-Key",
    body=Body(
        type=models.LabelUpload,
        media_type="multipart/form-data",
        encoding={"label": FieldEncoding(content_type="application/pdf")},
    ),
    responses={200: models.Label},
    security=(("oauth",), ("key",)),
)
LABELS_DOWNLOAD: Operation[bytes] = Operation(
    name="labels.download",
    operation_id="downloadLabel",
    method="GET",
    path="/labels/{id}",
    retry="safe",
    parameters=(Parameter(name="id", wire="id", location="path", type=int, required=True),),
    accept="application/pdf",
    responses={200: bytes},
    security=(("oauth",), ("key",)),
)
LABELS_REPLACE: Operation[None] = Operation(
    name="labels.replace",
    operation_id="replaceLabel",
    method="PUT",
    path="/labels/{id}",
    retry="keyed",
    parameters=(Parameter(name="id", wire="id", location="path", type=int, required=True),),
    body=Body(type=FileInput, media_type="application/pdf", argument="file"),
    responses={204: None},
    security=(("oauth",), ("key",)),
)
EVENTS_WATCH: Operation[models.Move] = Operation(
    name="events.watch",
    operation_id="watchEvents",
    method="GET",
    path="/events",
    retry="safe",
    accept="text/event-stream",
    responses={200: models.Move},
    security=(("oauth",), ("key",)),
)
