"""The house's order: which room may know which, and how long files and functions may be."""

from __future__ import annotations

import ast
import statistics
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from counterfoil_sandbox.providers import PROVIDERS

from tests.described_apis import (
    DESCRIBED,
    DescribedApi,
    find_file,
    is_adopted,
    list_lacks,
    list_specs,
    read_settings,
)

ROOT = Path(__file__).parents[2]
ROOMS = {
    "tools": "tools/src",
    "core": "runtime/src",
    "sandbox": "sandbox/src",
    "generated": "generated",
    "overlay": "overlay/src",
}
MAY_IMPORT = {
    "tools": set(),
    "core": set(),
    "sandbox": set(),
    "generated": {"core"},
    "overlay": {"generated", "core"},
}
HAND_WRITTEN = ("tools", "runtime", "overlay", "sandbox", "benchmarks", "docs", "tests")
NOT_OURS = {"__pycache__", ".nox", "node_modules", "build", "dist", "expected"}


def sources(folder: str) -> list[Path]:
    paths = (ROOT / folder).rglob("*.py")
    return sorted(path for path in paths if not NOT_OURS & set(path.parts))


def room_of(module: str) -> str | None:
    """Return the room that a module belongs to; None for modules of other projects."""
    first = module.split(".")[0]
    if first == "counterfoil_tools":
        return "tools"
    if not first.startswith("counterfoil"):
        return None
    return {
        "counterfoil": "overlay",
        "counterfoil_core": "core",
        "counterfoil_sandbox": "sandbox",
    }.get(first, "generated")


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


@pytest.mark.parametrize("room", ROOMS)
def test_imports_run_one_way(room: str) -> None:
    strangers = [
        f"{path.relative_to(ROOT)} imports {module}"
        for path in sources(ROOMS[room])
        for module in imports(path)
        if (other := room_of(module)) and other != room and other not in MAY_IMPORT[room]
    ]

    assert not strangers


@pytest.mark.parametrize("generator", ["openapi_python_client", "datamodel_code_generator"])
def test_each_generator_has_one_door(generator: str) -> None:
    door = {"openapi_python_client": "crosscheck.py", "datamodel_code_generator": "models.py"}[
        generator
    ]

    assert {
        path.name
        for path in sources("tools")
        for module in imports(path)
        if module.split(".")[0] == generator
    } == {door}


def function_lengths(path: Path) -> list[int]:
    """Return the number of lines of each function, without its docstring."""
    found = ast.walk(ast.parse(path.read_text()))
    nodes = [node for node in found if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return [count_lines(node) for node in nodes]


def count_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    docstring = ast.get_docstring(node) or ""
    lines = (node.end_lineno or 0) - node.lineno + 1
    return lines - len(docstring.splitlines())


FILES = [
    "noxfile.py",
    *(str(path.relative_to(ROOT)) for folder in HAND_WRITTEN for path in sources(folder)),
]


@pytest.mark.parametrize("path", FILES)
def test_a_file_stays_readable(path: str) -> None:
    lines = len((ROOT / path).read_text().splitlines())
    longest_function = max(function_lengths(ROOT / path), default=0)

    assert lines <= (500 if path.startswith("tests/") else 400)
    assert longest_function <= 60


def test_a_template_stays_readable() -> None:
    templates = [
        path for path in (ROOT / "templates").rglob("*") if path.suffix in (".jinja", ".jinja2")
    ]
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in templates
    }

    assert lengths
    assert {name: lines for name, lines in lengths.items() if lines > 120} == {}


@pytest.mark.parametrize("folder", HAND_WRITTEN)
def test_functions_are_short(folder: str) -> None:
    lengths = [length for path in sources(folder) for length in function_lengths(path)]

    assert statistics.median(lengths) <= 10


def dists() -> dict[str, str]:
    """The distribution of each folder of specs/."""
    return {
        path.parent.name: tomllib.loads(path.read_text())["dist"]
        for path in sorted(ROOT.glob("specs/*/package.toml"))
    }


def test_one_folder_in_specs_is_one_package_in_generated() -> None:
    made = {path.parent.name for path in ROOT.glob("generated/*/pyproject.toml")}

    assert made == set(dists().values()), "run `nox -s generate`"


PLACES = {  # the files that a folder in specs/ needs elsewhere, and their remedy
    "sandbox/src/counterfoil_sandbox/specs/{api}.json": "`nox -s generate` writes it",
    "sandbox/src/counterfoil_sandbox/specs/{api}.operations.json": "`nox -s generate` writes it",
    "overlay/src/counterfoil/providers/{name}.py": "write how its records become an Invoice",
    "tests/typing/right_{name}.py": "write code of a user who calls every method",
    "specs/{api}/SOURCES.md": "say where each operation and field is documented",
    "specs/{api}/CHANGELOG.md": "begin it",
    "tests/behaviour/clients/test_{name}.py": "hold the bytes that are sent, and what is read",
}

CLIENT_ALONE = ("specs/{api}/CHANGELOG.md",)  # all that an adopted package needs of these


@pytest.mark.parametrize("api", dists())
def test_a_folder_in_specs_lacks_nothing_elsewhere(api: str) -> None:
    """docs/adding-a-provider.md walks through these."""
    settings = read_settings(api)
    places = {place: PLACES[place] for place in CLIENT_ALONE} if is_adopted(settings) else PLACES
    paths = {
        place.format(api=api, name=api.replace("-", "_")): remedy
        for place, remedy in places.items()
    }
    missing = [f"{path}: {remedy}" for path, remedy in paths.items() if not (ROOT / path).is_file()]
    lacks = list_lacks(settings, DESCRIBED.get(api))
    missing += [f"{find_file(api).relative_to(ROOT)} lacks {sentence}" for sentence in lacks]

    assert not missing, "\n".join([f"{api} lacks:", *missing])


COMPLETE = [api for api in dists() if not is_adopted(read_settings(api))]


@pytest.mark.parametrize("api", COMPLETE)
def test_the_sandbox_serves_every_api(api: str) -> None:
    assert api in PROVIDERS, (
        "sandbox/src/counterfoil_sandbox/providers/__init__.py, PROVIDERS: "
        "write how the platform behaves"
    )


def test_every_file_of_tests_apis_is_of_a_folder_in_specs() -> None:
    files = set((ROOT / "tests/apis").glob("*.py"))

    assert files <= {find_file(api) for api in list_specs()}


def test_an_api_without_a_file_or_with_parts_of_one_is_told_what_it_lacks() -> None:
    client_alone = DescribedApi(credentials={}, wrong={})

    assert list_lacks({}, None) == [
        "the file: describe the API as its neighbors are described there"
    ]
    assert [sentence.partition(":")[0] for sentence in list_lacks({}, client_alone)] == [
        "sandbox",
        "invoices",
        "vendor_file",
    ]


def test_an_adopted_package_may_be_a_client_alone() -> None:
    assert list_lacks({"grade": "adopted"}, None) == []
    assert list_lacks({"grade": "adopted"}, DescribedApi(credentials={}, wrong={})) == []


@pytest.mark.parametrize("api", COMPLETE)
def test_the_overlay_can_be_installed_for_every_api(api: str) -> None:
    extras = tomllib.loads((ROOT / "overlay/pyproject.toml").read_text())["project"][
        "optional-dependencies"
    ]

    assert any(need.startswith(dists()[api]) for need in extras.get(api, [])), (
        f"overlay/pyproject.toml needs the extra {api}"
    )
    assert api in extras["all"][0]
