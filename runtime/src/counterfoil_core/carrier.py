"""The transport of a client: the caller's, or one that is opened at the first request."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from .errors import ConfigurationError, CounterfoilError
from .locks import FIRST_USE
from .transports.protocol import Transport

CarrierT = TypeVar("CarrierT")


class Carrier(Generic[CarrierT]):
    """The transport. It is opened at the first request, for each process and event loop."""

    def __init__(
        self,
        given: Any,
        open_transport: Callable[[Any], CarrierT],
        owner: str,
        created_at: tuple[str, int],
    ) -> None:
        """`owner` is the client's class, `created_at` the file and line that created it."""
        self._owner = owner
        self._created_at = created_at
        self._given = given
        # A class is opened, and closed, here.
        self._is_lent = given is not None and not isinstance(given, type)
        self._open = open_transport
        self._opened: tuple[object, CarrierT] | None = None
        self._closed = False

    def find(self, place: object) -> CarrierT:
        """Return the open transport of a process (and loop). Raises ConfigurationError."""
        opened = self._opened
        if opened is None or opened[0] != place:
            with FIRST_USE:
                opened = self._opened = self._open_in(place)
        return opened[1]

    def shut(self) -> CarrierT | None:
        """Refuse further requests. Returns the transport if it was opened here, to be closed."""
        with FIRST_USE:
            opened = self._opened
            self._opened = None
            self._closed = True
        return opened[1] if opened and not self._is_lent else None

    def __del__(self) -> None:
        """Warn of a client that was not closed, at the line that created it."""
        opened = getattr(self, "_opened", None)
        if opened is None or self._is_lent or _find_process(opened[0]) != os.getpid():
            return
        close = "async with, or await aclose()" if "Async" in self._owner else "with, or close()"
        file, line = self._created_at
        message = f"{self._owner} was not closed: use {close}"
        warnings.warn_explicit(message, ResourceWarning, file, line)
        if isinstance(opened[1], Transport):  # an async one can only be closed by its event loop
            opened[1].close()

    def _open_in(self, place: object) -> tuple[object, CarrierT]:
        if self._closed:
            raise ConfigurationError("this client is closed; make a new one")
        if self._opened is not None:
            opened_place, transport = self._opened
            if opened_place == place or self._given is not None:
                return place, transport
        try:
            return place, self._open(self._given)
        except CounterfoilError:
            raise
        except (ImportError, OSError) as error:  # such as a package that a proxy requires
            raise ConfigurationError(f"no connection can be made from here: {error}") from error
        except Exception as error:  # its text may contain a proxy's password
            kind = type(error).__name__
            raise ConfigurationError(f"the transport cannot be opened: {kind}") from None


def _find_process(place: object) -> object:
    """Return the process of a place, which is a process, or a process and an event loop."""
    return place[0] if isinstance(place, tuple) else place


def is_instance(given: object, module: str, *names: str) -> bool:
    """Return whether an object is an instance of one of a module's classes, without importing it.

    If the module is not imported, an instance cannot exist. Another thread may be importing it at
    this moment; a class that it does not have yet has no instances.
    """
    loaded = sys.modules.get(module)
    classes = tuple(getattr(loaded, name) for name in names if hasattr(loaded, name))
    return isinstance(given, classes)


def refuse_transport(given: object, wanted: str) -> ConfigurationError:
    return ConfigurationError(f"transport must be {wanted}, not a {type(given).__name__}")
