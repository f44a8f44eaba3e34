"""The logger `counterfoil`: one line a request, without credentials, query or body."""

from __future__ import annotations

import logging
import os

from .refusal import show_headers
from .response import Reply, find_request_id
from .transport import Request

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


def log_reply(place: str, request: Request, reply: Reply, attempt: int, seconds: float, secret: tuple[str, ...]) -> None:
    """Say what was asked and what came back, headers by allow-list."""
    if not logger.isEnabledFor(logging.DEBUG):
        return
    logger.debug(
        "%s: %s %s -> %d, %d bytes in %.0f ms, attempt %d, request id %s, headers %s",
        place,
        request.method,
        request.url.partition("?")[0],
        reply.status,
        len(reply.content),
        seconds * 1000,
        attempt,
        find_request_id(reply.headers),
        show_headers(reply.headers, secret),
    )


def log_fault(place: str, request: Request, fault: Exception, attempt: int) -> None:
    """Say that no answer came."""
    url = request.url.partition("?")[0]
    logger.debug("%s: %s %s -> %s: %s, attempt %d", place, request.method, url, type(fault).__name__, fault, attempt)


def log_wait(place: str, seconds: float, why: str) -> None:
    """Say that the call waits."""
    logger.debug("%s: waiting %.2f s: %s", place, seconds, why)
