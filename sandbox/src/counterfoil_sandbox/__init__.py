"""The invoice APIs of commerce platforms on your own machine, to try, test and demonstrate without an account."""

from __future__ import annotations

from .request_log import LoggedRequest
from .sandbox import Sandbox, UnknownApi

__all__ = ["LoggedRequest", "Sandbox", "UnknownApi"]
__version__ = "0.1.0"
