"""The child process of trial.py: imports the runtime, reads a task from stdin, tries the
packages out, and writes the differences to stdout.

It is run by the path of its folder, isolated, and imports nothing else of tools. Its argument is
the folder of the runtime, if that is not installed.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import sys
import threading
from collections.abc import Iterator
from typing import Any

from trial_methods import (
    check_classes,
    check_dicts,
    check_operations,
    check_responding,
    check_webhooks,
)
from trial_models import check_models
from trial_surface import check_surface
from trial_types import Difference, describe_error

DEPTH = 20_000  # models that hold each other; a chain of thousands is read as well as a short one
# What every package needs, imported while the packages are being made.
RUNTIME = ("types", "client", "operations", "decode", "webhooks", "with_streaming")
STACK = 512 * 1024 * 1024


def main() -> None:
    """Work in a thread whose stack is large enough for the deepest document."""
    sys.setrecursionlimit(DEPTH)
    threading.stack_size(STACK)
    worker = threading.Thread(target=work)
    worker.start()
    worker.join()


def work() -> None:
    """Try out every package of the task."""
    sys.path[:0] = sys.argv[1:]
    # Nothing can be tried out without the runtime: fail once, and not for each package.
    for module in RUNTIME:
        importlib.import_module(f"counterfoil_core.{module}")
    task = json.load(sys.stdin)
    sys.path[:0] = task["paths"]
    found = []
    for expected in task["packages"]:
        for model, message in try_safely(expected):
            found.append({"api": expected["api"], "model": model, "message": message})
    json.dump(found, sys.stdout)


def try_safely(expected: dict[str, Any]) -> list[Difference]:
    """Return everything wrong with one package; a failed comparison is a difference too."""
    try:
        return list(try_package(expected))
    except Exception as error:
        return [("", f"it could not be compared: {describe_error(error)}")]


def try_package(expected: dict[str, Any]) -> Iterator[Difference]:
    """Yield the differences of one package; a package that cannot be imported has only that one."""
    try:
        package = importlib.import_module(expected["import"])
        for module in pkgutil.iter_modules(package.__path__):
            importlib.import_module(f"{expected['import']}.{module.name}")
    except Exception as error:
        yield "", f"it cannot be imported: {describe_error(error)}"
        return
    resources = importlib.import_module(f"{expected['import']}.resources")
    yield from check_names(package, expected)
    yield from check_models(package.models, expected["models"])
    yield from check_operations(package, expected["operations"])
    yield from check_classes(resources, expected["classes"])
    yield from check_responding(resources, expected["responding"])
    yield from check_dicts(package, expected["dicts"])
    yield from check_webhooks(package, expected["webhooks"])
    yield from check_surface(package, resources, expected)


def check_names(package: Any, expected: dict[str, Any]) -> Iterator[Difference]:
    """Compare the package's public names, its clients' resources and its models."""
    names = package.__all__
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield name, f"{name} is twice in __all__"
    for name in names:
        if not hasattr(package, name):
            yield name, f"{name} is in __all__, and cannot be imported"
    for name in expected["clients"]:
        client = getattr(package, name, None)
        for resource, class_name in expected["resources"].items():
            if not hasattr(client, resource):
                yield "", f"{name} has no {resource}, which is to be a {class_name}"
    for one in expected["models"]:
        name = one["name"]
        if getattr(package, name, None) is not getattr(package.models, name, None):
            yield name, f"{name} of the package is not that of its models"


if __name__ == "__main__":
    main()
