"""The logger `counterfoil`: one line a request, without credentials, query or body."""

from __future__ import annotations

import logging
import os

from .configuration import Settings
from .hooks import Attempt
from .refusal import show_headers
from .response import Reply

logger = logging.getLogger("counterfoil")
logger.addHandler(logging.NullHandler())


def _listen_to_environment() -> None:
    """COUNTERFOIL_LOG=debug (or another level's name) writes the log to stderr."""
    level = logging.getLevelNamesMapping().get(os.environ.get("COUNTERFOIL_LOG", "").upper())
    if level:
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("%(asctime)s %(name)s %(levelname)s %(message)s"))
        logger.addHandler(handler)
        logger.setLevel(level)


_listen_to_environment()


def log_attempt(watched: Attempt, reply: Reply | None, settings: Settings) -> None:
    """Say what was asked and what came back, headers by allow-list."""
    if not logger.isEnabledFor(logging.DEBUG):
        return
    came, rest = f"{type(watched.fault).__name__}: {watched.fault}" if watched.fault else "cancelled", ""
    if reply is not None:
        came = f"{reply.status}, {len(reply.content)} bytes"
        rest = f", request id {watched.request_id}, headers {show_headers(reply.headers, settings.api.secret_headers)}"
    told = f"{came} in {(watched.seconds or 0) * 1000:.0f} ms, attempt {watched.number}{rest}"
    place = f"{watched.provider} {watched.operation}: {watched.method} {watched.url}"
    logger.debug("%s -> %s", place, settings.redact(told))


def log_wait(place: str, seconds: float, why: str) -> None:
    """Say that the call waits."""
    logger.debug("%s: waiting %.2f s: %s", place, seconds, why)
