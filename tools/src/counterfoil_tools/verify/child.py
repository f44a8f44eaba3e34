"""A check in a process of its own: `python -m counterfoil_tools.verify.child TASK SPEC PACKAGE`.

It prints the findings as JSON.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

from .. import find_templates
from ..generate import make_all
from ..openapi.errors import SpecErrors
from ..openapi.ingest import read
from .calls import call_operations, list_findings


def generate(folder: Path, package: Path) -> list[str]:
    """Write the package of a spec, and return the errors if there is none."""
    try:
        files = make_all([folder], find_templates())
    except SpecErrors as found:
        return list(map(str, found.errors))
    for path, text in files.items():
        if path.startswith("generated/"):
            target = package / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
    return []


def validate(folder: Path, _package: Path) -> list[str]:
    """Return the errors of openapi-spec-validator."""
    import yaml
    from openapi_spec_validator import OpenAPIV31SpecValidator

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    root = yaml.load((folder / "openapi.yaml").read_text("utf-8"), loader)  # noqa: S506 -- safe
    errors = OpenAPIV31SpecValidator(root).iter_errors()
    return [f"/{'/'.join(map(str, error.absolute_path))}: {error.message}" for error in errors]


def crosscheck(folder: Path, _package: Path) -> list[str]:
    """Return the operations and parts of them that openapi-python-client does not find."""
    from ..generate.rules.crosscheck import crosscheck as compare

    try:
        compare(read(folder))
    except SpecErrors as found:
        return [f"{error.location}: {error.message}" for error in found.errors]
    return []


def call(folder: Path, package: Path) -> list[str]:
    """Return the operations that cannot be called, and what their responses lose."""
    return list(list_findings(call_operations(folder, package)))


TASKS: dict[str, Callable[[Path, Path], list[str]]] = {
    "generate": generate,
    "validate": validate,
    "crosscheck": crosscheck,
    "call": call,
}


def main(words: list[str]) -> None:
    task, folder, package = words
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        findings = TASKS[task](Path(folder), Path(package))
    print(json.dumps(findings))


if __name__ == "__main__":
    main(sys.argv[1:])
