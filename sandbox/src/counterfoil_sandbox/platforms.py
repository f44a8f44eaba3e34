"""Platforms that other distributions add by entry points.

In the pyproject.toml of such a distribution:

    [project.entry-points."counterfoil_sandbox.platforms"]
    billing = "billing_parts.sandbox:PLATFORM"
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

GROUP = "counterfoil_sandbox.platforms"


class PlatformError(Exception):
    """A platform that another distribution adds cannot be used."""


@dataclass(frozen=True, slots=True)
class Platform:
    """A platform: a class that implements `provider.Provider`, and two files about its API.

    The class is called with specification, seed, number of invoices and clock. The files are JSON,
    printed by `counterfoil-tools generate NAME --show operations` and `--show document`: the
    operations as the sandbox decodes them, and the OpenAPI document that its page shows.
    """

    provider: Any
    operations: Path
    document: Path


@cache
def list_platforms() -> tuple[str, ...]:
    """Return the names of the platforms that other distributions add."""
    return tuple(sorted({entry.name for entry in entry_points(group=GROUP)}))


@cache
def load_platform(name: str) -> Platform:
    """Return a platform that another distribution adds.

    Raises:
        PlatformError: there are several of this name, or its entry point leads to no `Platform`.
    """
    entries = list(entry_points(group=GROUP, name=name))
    if len(entries) > 1:
        values = " and ".join(sorted(entry.value for entry in entries))
        raise PlatformError(f"The platform {name!r} is added twice, by {values}: uninstall one.")
    [entry] = entries
    try:
        found = entry.load()
    except (ImportError, AttributeError) as error:
        raise PlatformError(f"The platform {name!r} cannot be loaded: {error}.") from error
    if not isinstance(found, Platform):
        raise PlatformError(f"The platform {name!r}: {entry.value} is not a Platform.")
    return found
