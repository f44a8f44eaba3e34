"""The logger `counterfoil`: one line a request, without credentials, query or body."""

from __future__ import annotations

import logging
import os
from typing import Any

from .error_responses import show_headers
from .hooks import Attempt
from .locks import FIRST_USE
from .response import RawResponse, Response
from .settings import Settings

logger = logging.getLogger("counterfoil")
logger.addHandler(logging.NullHandler())


def _listen_to_environment() -> None:
    """Write the log to stderr if COUNTERFOIL_LOG is the name of a level, such as debug."""
    level = logging.getLevelNamesMapping().get(os.environ.get("COUNTERFOIL_LOG", "").upper())
    if level:
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("%(asctime)s %(name)s %(levelname)s %(message)s"))
        logger.addHandler(handler)
        logger.setLevel(level)


_listen_to_environment()
_UNKNOWN = (
    "%s: %s has fields that this package does not know: %s. "
    "with_response(...).unknown_fields() returns them."
)


def log_attempt(watched: Attempt, raw_response: RawResponse | None, settings: Settings) -> None:
    """Log a request and its response, with the headers that are safe to show."""
    if not logger.isEnabledFor(logging.DEBUG):
        return
    rest = ""
    if raw_response is not None:
        came = f"{raw_response.status}, {len(raw_response.content)} bytes"
        headers = settings.redact(str(show_headers(raw_response.headers, settings.api)))
        request_id = settings.redact(str(watched.request_id))
        rest = f", request id {request_id}, headers {headers}"
    elif watched.fault:
        came = f"{type(watched.fault).__name__}: {watched.fault}"
    else:
        came = "cancelled"
    place = f"{watched.provider} {watched.operation}: {watched.method} {watched.url}"
    seconds = watched.seconds or 0
    logger.debug(
        "%s -> %s in %.0f ms, attempt %d%s", place, came, seconds * 1000, watched.number, rest
    )


def log_wait(place: str, seconds: float, why: str) -> None:
    """Log that the call waits."""
    logger.debug("%s: waiting %.2f s: %s", place, seconds, why)


_TOLD: set[tuple[str, str]] = set()  # APIs and models


def log_unknown_fields(api: str, response: Response[Any]) -> None:
    """Log the fields of a response that its models do not declare, once for each model.

    They are searched only if the level is DEBUG, because the search takes as long as decoding.
    """
    if not logger.isEnabledFor(logging.DEBUG):
        return
    with FIRST_USE:
        from .unknown_fields import find_unknown

    unknown: dict[str, set[str]] = {}
    for field in find_unknown(response.raw, response.kind, response.tags):
        unknown.setdefault(field.model, set()).add(field.name)
    for model, names in unknown.items():
        if (api, model) not in _TOLD:
            _TOLD.add((api, model))
            logger.info(_UNKNOWN, api, model, ", ".join(sorted(names)))
