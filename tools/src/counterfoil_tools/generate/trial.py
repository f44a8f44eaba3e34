"""Stage 6, trial: the packages are imported and compared with the IR before anything is written.

A child process imports every module of every package of the run, builds every decoder and every
check, and compares names, types, members and signatures with the IR and with SURFACE.md. It is a
child because the packages need counterfoil-core, which no tool imports, and because the packages
must not stay loaded in this process.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Self

from .. import WORKSPACE
from ..openapi.document import Document, escape
from ..openapi.errors import Location, SpecError, SpecErrors
from .ir import Method, Model, Package
from .render import Files

CHILD = Path(__file__).with_name("trial_child")
REMEDY = (
    "This is a fault of the generator: report it with the spec; until it is fixed, describe the "
    "schema in another form"
)
INSTALL = "Install counterfoil-core where the generator runs: `pip install -e runtime`"
LONGEST = 600.0  # seconds; five packages take one, and a document of 2,756 schemas five
Made = dict[str, tuple[Document, Package]]  # by API


class Trial:
    """The child process, which imports the runtime while the packages are being made.

    Use it as a context manager: at the end, a child that is still running is killed.
    """

    def __init__(self) -> None:
        runtime = WORKSPACE / "runtime" / "src"  # in other workspaces, the installed one is used
        self._child = subprocess.Popen(
            [sys.executable, "-I", "-B", str(CHILD), *([str(runtime)] if runtime.is_dir() else [])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._child.poll() is None:
            self._child.kill()
        self._child.communicate()

    def try_out(self, made: Made, files: Files) -> Files:
        """Return the files if the packages agree with the IR; raise SpecErrors if they do not."""
        with tempfile.TemporaryDirectory() as name:
            _lay_out(Path(name), files)
            task = {
                "paths": _paths(Path(name), made),
                "packages": [_expect(package) for _, package in made.values()],
            }
            found = self._run(task)
        errors = []
        for each in found:
            document, package = made[each["api"]]
            errors.append(_locate(document, package, each["model"], each["message"]))
        if errors:
            raise SpecErrors(errors)
        return files

    def _run(self, task: dict[str, Any]) -> list[dict[str, str]]:
        try:
            output, problems = self._child.communicate(json.dumps(task), timeout=LONGEST)
        except subprocess.TimeoutExpired:
            raise _fail(f"it did not end within {LONGEST:g} seconds", REMEDY) from None
        if self._child.returncode or not output:
            status = f"it ended with {self._child.returncode}"
            lines = problems.strip().splitlines() or [status]
            is_missing = "counterfoil_core" in lines[-1] or "'msgspec'" in lines[-1]
            raise _fail(lines[-1], INSTALL if is_missing else REMEDY)
        found: list[dict[str, str]] = json.loads(output)
        return found


def _lay_out(folder: Path, files: Files) -> None:
    for path, text in files.items():
        if path.startswith("generated/"):
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")


def _paths(folder: Path, made: Made) -> list[str]:
    """Return the import paths of the packages."""
    return [str(folder / "generated" / package.dist / "src") for _, package in made.values()]


def _fail(message: str, remedy: str) -> SpecErrors:
    text = f"the packages could not be tried out: {message}"
    return SpecErrors([SpecError(Location("generated"), "trial", text, remedy)])


def _locate(document: Document, package: Package, model: str, message: str) -> SpecError:
    location = document.location(f"/components/schemas/{escape(model)}" if model else "")
    return SpecError(location, "trial", f"{package.dist}: {message}", REMEDY)


# the IR as plain data


def _expect(package: Package) -> dict[str, Any]:
    classes = {}
    responding = {}
    for resource in package.resources:
        for one in resource.classes:
            classes[one.name] = {method.name: _expect_method(method) for method in one.methods}
            responding[one.with_response] = [method.name for method in one.calls]
            if one.downloads:
                responding[one.with_streaming] = [method.name for method in one.downloads]
    return {
        "api": package.api,
        "import": package.import_name,
        "clients": [package.client, package.async_client],
        "models": [_expect_model(one) for one in package.models],
        "operations": [one.constant for one in package.operations],
        "resources": {resource.name: resource.class_name for resource in package.resources},
        "classes": classes,
        "responding": responding,
        "dicts": {one.name: one.model for one in package.dicts},
        "webhooks": [webhook.name for webhook in package.webhooks],
    }


def _expect_model(model: Model) -> dict[str, Any]:
    return {
        "name": model.name,
        "kind": model.kind,
        "annotation": model.annotation,
        "is_one_of": model.is_one_of,
        "variants": list(model.variants),
        "tag": [model.tag[0], model.tag[1][0]] if model.tag else None,
        "fields": [[one.name, one.wire, one.annotation, one.required] for one in model.fields],
    }


def _expect_method(method: Method) -> dict[str, Any]:
    arguments = []
    for index, one in enumerate(method.arguments):
        by_position = index < method.keyword_only
        arguments.append([one.name, one.annotation, one.default, by_position])
    return {
        "is_async": method.definition.startswith("async"),
        "returns": method.returns,
        "arguments": arguments,
    }
