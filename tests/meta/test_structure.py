"""The house's order: which room may know which, and how large rooms and functions may be."""

from __future__ import annotations

import ast
import statistics
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = {"tools": "tools", "core": "runtime/src", "sandbox": "sandbox/src", "generated": "generated", "overlay": "overlay/src"}
MAY_IMPORT = {"tools": set(), "core": set(), "sandbox": set(), "generated": {"core"}, "overlay": {"generated", "core"}}
BUDGETS = {"tools/generate": 2500, "tools": 4200, "runtime": 2500, "overlay": 2350, "sandbox": 3400}  # docs/decisions has why
FIRST, PER_API = 5, {"overlay": 150, "sandbox": 400}  # what each API after the first five may add
HAND_WRITTEN = ("tools", "runtime", "overlay", "sandbox")


def sources(folder: str) -> list[Path]:
    return sorted(path for path in (ROOT / folder).rglob("*.py") if not {"__pycache__", ".nox"} & set(path.parts))


def room_of(module: str) -> str | None:
    """Tell which room a module lives in; None for what is not ours."""
    first = module.split(".")[0]
    if first == "tools":
        return "tools"
    if not first.startswith("counterfoil"):
        return None
    return {"counterfoil": "overlay", "counterfoil_core": "core", "counterfoil_sandbox": "sandbox"}.get(first, "generated")


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
    door = {"openapi_python_client": "_opc.py", "datamodel_code_generator": "_datamodel.py"}[generator]

    assert {path.name for path in sources("tools") for module in imports(path) if module.split(".")[0] == generator} == {door}


DOCUMENTED = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def code_lines(path: Path) -> int:
    """The lines of code: neither blanks, comments nor docstrings, of which there can hardly be too many."""
    text = path.read_text()
    nodes = [node for node in ast.walk(ast.parse(text)) if isinstance(node, DOCUMENTED) and ast.get_docstring(node)]
    prose = {line for node in nodes for line in range(node.body[0].lineno, (node.body[0].end_lineno or 0) + 1)}
    lines = enumerate(text.splitlines(), 1)
    return sum(1 for number, line in lines if number not in prose and line.strip() and not line.strip().startswith("#"))


@pytest.mark.parametrize("folder", BUDGETS)
def test_a_room_keeps_its_budget(folder: str) -> None:
    lines, budget = sum(map(code_lines, sources(folder))), BUDGETS[folder] + PER_API.get(folder, 0) * (len(dists()) - FIRST)

    assert lines <= budget, f"{folder} has {lines} lines of {budget}: shorten it, or say in docs/decisions why it is more"


def test_templates_and_noxfile_keep_theirs() -> None:
    templates = [path for path in (ROOT / "templates").rglob("*") if path.suffix in (".jinja", ".jinja2")]

    assert sum(len(path.read_text().splitlines()) for path in templates) <= 800
    assert max(len(path.read_text().splitlines()) for path in templates) <= 120
    assert len((ROOT / "noxfile.py").read_text().splitlines()) <= 200


def function_lengths(path: Path) -> list[int]:
    """The lines of each function, its docstring aside."""
    nodes = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    docs = [len((ast.get_docstring(node) or "").splitlines()) for node in nodes]
    return [(node.end_lineno or 0) - node.lineno + 1 - doc for node, doc in zip(nodes, docs, strict=True)]


@pytest.mark.parametrize("path", [str(path.relative_to(ROOT)) for folder in HAND_WRITTEN for path in sources(folder)])
def test_a_file_stays_readable(path: str) -> None:
    assert len((ROOT / path).read_text().splitlines()) <= 400
    assert max(function_lengths(ROOT / path), default=0) <= 60


@pytest.mark.parametrize("folder", [folder for folder in HAND_WRITTEN if sources(folder)])
def test_functions_are_short(folder: str) -> None:
    lengths = [length for path in sources(folder) for length in function_lengths(path)]

    assert statistics.median(lengths) <= 8


def dists() -> dict[str, str]:
    """The distribution of each folder of specs/."""
    return {path.parent.name: tomllib.loads(path.read_text())["dist"] for path in sorted(ROOT.glob("specs/*/package.toml"))}


def test_one_folder_in_specs_is_one_package_in_generated() -> None:
    made = {path.parent.name for path in ROOT.glob("generated/*/pyproject.toml")}

    assert made == set(dists().values()), "run `nox -s generate`"


PLACES = {  # what a folder in specs/ needs elsewhere, and how it comes to be there
    "sandbox/src/counterfoil_sandbox/specs/{api}.json": "`nox -s generate` writes it",
    "sandbox/src/counterfoil_sandbox/providers/{name}.py": "write how the platform behaves",
    "overlay/src/counterfoil/providers/{name}.py": "write how its records become an Invoice",
    "tests/typing/right_{name}.py": "write code of a user who calls every method",
    "specs/{api}/SOURCES.md": "say where each operation and field is documented",
    "specs/{api}/CHANGELOG.md": "begin it",
    "tests/behaviour/clients/test_{name}.py": "hold the bytes that are sent, and what is read",
}

TABLES = {  # where tests have a row for each folder in specs/; without one they would leave it out in silence
    ("tests/contract/calls.py", "CREDENTIALS"): "add what its client is made with",
    ("tests/contract/test_sandbox.py", "STAYS"): "add a stay of a client at its sandbox, which Prism looks on",
    ("tests/behaviour/sandbox/test_bad_input.py", "FORMS"): "add what its errors look like",
    ("tests/behaviour/sandbox/test_bad_input.py", "WRITES"): "add an operation that takes a body",
    ("tests/behaviour/sandbox/test_in_process.py", "LISTS"): "add a request for its invoices",
    ("tests/behaviour/sandbox/test_in_process.py", "DIGESTS"): "add the digest that the test prints",
    ("tests/behaviour/overlay/reading.py", "SETTINGS"): "add the settings of an account",
    ("benchmarks/mapping.py", "READ"): "add the operation whose examples are mapped",
}


def read_keys(path: str, name: str) -> set[object]:
    """The keys of a table in a module, without importing it."""
    for node in ast.parse((ROOT / path).read_text()).body:
        targets = [node.target] if isinstance(node, ast.AnnAssign) else getattr(node, "targets", [])
        if [ast.unparse(target) for target in targets] == [name]:
            assert isinstance(node, ast.Assign | ast.AnnAssign)
            assert isinstance(node.value, ast.Dict)
            return {key.value for key in node.value.keys if isinstance(key, ast.Constant)}
    raise AssertionError(f"{path} has no table {name}: correct TABLES")


@pytest.mark.parametrize("api", dists())
def test_a_folder_in_specs_lacks_nothing_elsewhere(api: str) -> None:
    """docs/adding-a-provider.md walks through these."""
    paths = {place.format(api=api, name=api.replace("-", "_")): remedy for place, remedy in PLACES.items()}
    missing = [f"{path}: {remedy}" for path, remedy in paths.items() if not (ROOT / path).is_file()]
    missing += [f"{path}, {name}: {remedy}" for (path, name), remedy in TABLES.items() if api not in read_keys(path, name)]

    assert not missing, "\n".join([f"{api} lacks:", *missing])


@pytest.mark.parametrize("api", dists())
def test_the_overlay_can_be_installed_for_every_api(api: str) -> None:
    extras = tomllib.loads((ROOT / "overlay/pyproject.toml").read_text())["project"]["optional-dependencies"]

    assert any(need.startswith(dists()[api]) for need in extras.get(api, [])), f"overlay/pyproject.toml needs the extra {api}"
    assert api in extras["all"][0]
