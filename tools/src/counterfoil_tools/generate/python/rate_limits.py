"""The runtime's `RateLimit` of an API or an operation."""

from __future__ import annotations

from typing import Any

from ...openapi.durations import seconds
from .source import Source, call, keywords


def rate_limit(extension: Any) -> Source | None:
    """Return the source of a `RateLimit`, None if the spec has none."""
    if not extension:
        return None
    requests = extension["requests"]
    spelled = keywords(
        requests=requests,
        per=seconds(extension["per"]),
        burst=extension.get("burst", requests),
        scope=extension.get("scope"),
    )
    return call("RateLimit", spelled)
