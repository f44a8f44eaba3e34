"""Webhooks of a document: the requests that an API sends to an application."""

from __future__ import annotations

from ...openapi.document import Document
from ...openapi.durations import seconds
from ..ir import Keywords, Webhook
from .docstrings import describe, escape_lines
from .names import python_name
from .source import keywords, wrap
from .types import annotate


def read_webhooks(document: Document) -> tuple[Webhook, ...]:
    """Return the webhooks, in the document's order."""
    found = []
    for wire, operation, schema in document.webhooks():
        texts = [str(operation.get("summary", "")).strip(), describe(operation)]
        texts.append(describe(document.resolve(schema)))
        doc = next((text for text in texts if text), wire)
        found.append(
            Webhook(
                name=python_name(wire),
                wire=wire,
                annotation=annotate(schema),
                doc=escape_lines(wrap(doc if doc.endswith(".") else f"{doc}.")),
            )
        )
    return tuple(found)


def spell_signature(document: Document) -> Keywords:
    """Return the arguments of the runtime's `WebhookSignature` as source."""
    extension = document.extension.get("webhook")
    if not extension:
        return ()
    words = {word.replace("-", "_"): value for word, value in extension.items()}
    if "tolerance" in words:
        words["tolerance"] = seconds(words["tolerance"])
    return keywords(**words)
