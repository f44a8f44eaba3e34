"""The operations of a generated package, for the transport of tests and for tools."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules


def import_operations(package: str) -> dict[str, object]:
    """Return the operations and paginations of a package by their constants' names.

    A large package has them in a module for each resource. A package without any returns {}.
    """
    try:
        module = import_module(f"{package}._operations")
    except ModuleNotFoundError:
        return {}
    found = dict(vars(module))
    for one in iter_modules(getattr(module, "__path__", ())):
        found |= vars(import_module(f"{module.__name__}.{one.name}"))
    return found
