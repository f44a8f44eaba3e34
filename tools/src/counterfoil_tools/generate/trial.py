"""Stage 6, trial: what was made is imported, and held against the IR, before anything is written.

A child process imports every module of every package of the run, builds every decoder and every check, and compares names,
types, members and signatures with what the IR and SURFACE.md say. It is a child because the packages stand on counterfoil-core,
which no tool imports, and because what is tried out must not stay in this process.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from .. import WORKSPACE
from ..openapi.document import Document, escape
from ..openapi.errors import Location, SpecError, SpecErrors
from .ir import Argument, Method, Model, Package
from .render import Files

CHILD = Path(__file__).with_name("trial_child.py")
REMEDY = "This is a fault of the generator: report it with the spec; until it is mended, describe the schema in another form"
INSTALL = "Install counterfoil-core where the generator runs: `pip install -e runtime`"
LONGEST = 600.0  # seconds; five packages take one, and a document of 2,756 schemas five
Made = dict[str, tuple[Document, Package]]  # by API


def try_out(made: Made, files: Files) -> Files:
    """Return the files if the packages are what the IR says; raise SpecErrors for all that differs."""
    with tempfile.TemporaryDirectory() as name:
        _lay_out(Path(name), files)
        task = {
            "paths": _paths(Path(name), made),
            "packages": [_expect(package) for _, package in made.values()],
        }
        found = _run(task)
    errors = [_locate(*made[each["api"]], each["model"], each["message"]) for each in found]
    if errors:
        raise SpecErrors(errors)
    return files


def _lay_out(folder: Path, files: Files) -> None:
    for path, text in files.items():
        if path.startswith("generated/"):
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")


def _paths(folder: Path, made: Made) -> list[str]:
    """Where the child finds the packages, and the runtime: this repository's own, else the one that is installed."""
    own = [WORKSPACE / "runtime" / "src"] if (WORKSPACE / "runtime" / "src").is_dir() else []
    sources = [folder / "generated" / package.dist / "src" for _, package in made.values()]
    return [str(path) for path in [*sources, *own]]


def _run(task: dict[str, Any]) -> list[dict[str, str]]:
    command = [sys.executable, "-I", "-B", str(CHILD)]
    try:
        done = subprocess.run(
            command,
            input=json.dumps(task),
            capture_output=True,
            text=True,
            timeout=LONGEST,
            encoding="utf-8",
        )
    except subprocess.TimeoutExpired:
        raise _fail(f"it did not end within {LONGEST:g} seconds", REMEDY) from None
    if done.returncode or not done.stdout:
        said = done.stderr.strip().splitlines() or [f"it ended with {done.returncode}"]
        raise _fail(said[-1], INSTALL if "counterfoil_core" in said[-1] else REMEDY)
    found: list[dict[str, str]] = json.loads(done.stdout)
    return found


def _fail(message: str, remedy: str) -> SpecErrors:
    return SpecErrors(
        [
            SpecError(
                Location("generated"),
                "trial",
                f"the packages could not be tried out: {message}",
                remedy,
            )
        ]
    )


def _locate(document: Document, package: Package, model: str, message: str) -> SpecError:
    location = document.location(f"/components/schemas/{escape(model)}" if model else "")
    return SpecError(location, "trial", f"{package.dist}: {message}", REMEDY)


# what the IR says, as plain data


def _expect(package: Package) -> dict[str, Any]:
    return {
        "api": package.api,
        "import": package.import_name,
        "clients": [package.client, package.async_client],
        "models": [_expect_model(one) for one in package.models],
        "operations": [one.constant for one in package.operations],
        "resources": {resource.name: resource.class_name for resource in package.resources},
        "classes": {
            class_.name: {method.name: _expect_method(method) for method in class_.methods}
            for resource in package.resources
            for class_ in resource.classes
        },
    }


def _expect_model(model: Model) -> dict[str, Any]:
    return {
        "name": model.name,
        "kind": model.kind,
        "annotation": model.annotation,
        "tag": [model.tag[0], model.tag[1][0]] if model.tag else None,
        "fields": [[one.name, one.wire, one.annotation, one.required] for one in model.fields],
    }


def _expect_method(method: Method) -> dict[str, Any]:
    return {
        "is_async": method.definition.startswith("async"),
        "returns": method.returns,
        "arguments": [
            _expect_argument(one, index < method.keyword_only)
            for index, one in enumerate(method.arguments)
        ],
    }


def _expect_argument(argument: Argument, by_position: bool) -> list[Any]:
    return [argument.name, argument.annotation, argument.default, by_position]
