"""The trial: a child process imports the new package and compares it with the IR.

Nothing is written if they differ.
"""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from counterfoil_tools.generate import make_all
from counterfoil_tools.generate.python.types import find_tracked
from counterfoil_tools.openapi.ingest import ingest

from tests.behaviour.generate.packages import (
    SETTINGS,
    describe,
    fields,
    lay_out,
    parcels,
    refer,
    schemas,
)
from tests.behaviour.generate.workspace import ROOT, Workspace

MODELS = "templates/models/msgspec.jinja2"
RESOURCES = "templates/package/src/package/resources.py.jinja"
DICTS = "templates/package/src/package/dicts.py.jinja"
SURFACE = "templates/package/SURFACE.md.jinja"
INIT = "templates/package/src/package/__init__.py.jinja"


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (
            MODELS,
            "    {{ field.name }}: {{ annotation(field) }}\n",
            "    {{ field.name }}: int\n",
            "and should be",
        ),
        (
            MODELS,
            "{{ annotation(field) }} = {{ default(field.field) }}",
            "{{ annotation(field) }}",
            "is required, and should not be",
        ),
        (
            "templates/models/Enum.jinja2",
            "    {{ name }} = {{ value }}",
            '    {{ name }} = {{ value }} "x"',
            "SortOrder.",
        ),
        (
            "templates/models/Enum.jinja2",
            "(Open{{ base_class }})",
            "({{ base_class }})",
            "SortOrder is closed",
        ),
        (DICTS, "}}: {{ annotation }}", "}}: Required[str]", "has a type that cannot be read"),
        (DICTS, "}}: {{ annotation }}", "}}_: {{ annotation }}", "and should have"),
        (RESOURCES, "-> {{ method.returns }}:", "-> int:", "returns int, and should return"),
        (
            SURFACE,
            "`{{ method | signature }}`",
            "`{{ (method | signature).replace('str', 'int') }}`",
            "SURFACE.md has client",
        ),
        (
            SURFACE,
            "`{{ field.annotation }}`",
            "`{{ field.annotation.replace('Secret', 'str') }}`",
            "SURFACE.md: ",
        ),
        (
            INIT,
            '    "__version__",',
            '    "__version__",\n    "__version__",',
            "__version__ is twice in __all__",
        ),
    ],
)
def test_a_generator_that_errs_writes_nothing(
    workspace: Workspace, file: str, old: str, new: str, told: str
) -> None:
    workspace.edit(workspace.root / file, old, new)

    done = workspace.run()

    assert done.returncode == 1, done.stdout
    assert "trial: counterfoil-amazon: " in done.stderr
    assert told in done.stderr
    assert not (workspace.root / "generated").exists()


def test_without_the_runtime_the_trial_says_how_to_install_it(workspace: Workspace) -> None:
    workspace.edit(
        workspace.root / "tools/src/counterfoil_tools/generate/trial_child/__main__.py",
        'f"counterfoil_core.{module}"',
        'f"counterfoil_core_gone.{module}"',
    )

    done = workspace.run()

    assert done.returncode == 1
    assert (
        "Install counterfoil-core where the generator runs: `pip install -e runtime`" in done.stderr
    )


def large_document(count: int) -> dict:
    """A document whose models hold each other, in one circle and across it."""
    document = parcels()
    for number in range(count):
        properties = {
            "next": refer(f"Part{(number + 1) % count}"),
            "others": describe(type="array", items=refer(f"Part{number * 7 % count}")),
        }
        schemas(document)[f"Part{number}"] = describe(type="object", properties=properties)
    fields(document)["part"] = refer("Part0")
    return document


def seconds(folder: Path, count: int) -> float:
    """The time in which lint, model and the trial see to a large document."""
    spec = lay_out(folder, large_document(count))
    document = ingest(spec)
    begun = time.process_time()
    assert len(find_tracked(document)) == count
    for _ in range(1000):
        assert document.schemas is document.schemas
    return time.process_time() - begun


def test_a_document_of_2756_schemas_takes_time_in_proportion(tmp_path: Path) -> None:
    small = min(seconds(tmp_path / f"small{turn}", 689) for turn in range(3))
    large = seconds(tmp_path / "large", 2756)

    assert large < 12 * max(small, 0.05), (
        "four times the schemas take four times as long; the square would be sixteen"
    )


@pytest.mark.soak
def test_a_document_of_2756_schemas_becomes_a_package(tmp_path: Path) -> None:
    files = make_all([lay_out(tmp_path, large_document(2756))], ROOT / "templates")

    models = [text for path, text in files.items() if "/counterfoil_parcels/models/" in path]
    assert any("class Part2755(" in text for text in models)


def test_several_packages_are_tried_out_at_once(tmp_path: Path) -> None:
    specs = []
    for name in ("one", "two"):
        spec = tmp_path / "specs" / name
        spec.mkdir(parents=True)
        (spec / "openapi.yaml").write_text(json.dumps(parcels()))
        (spec / "package.toml").write_text(
            SETTINGS.replace("-parcels", f"-{name}").replace(
                "counterfoil_parcels", f"parcels_{name}"
            )
        )
        specs.append(spec)

    files = make_all(specs, ROOT / "templates")

    assert {path.split("/")[1] for path in files if path.startswith("generated/")} == {
        "counterfoil-one",
        "counterfoil-two",
    }
