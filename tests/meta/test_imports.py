"""No room has a circle of imports, and the overlay's core imports none of its extras.

Every import statement of a module counts, including those in functions and those for type checkers
only: a circle that only a type checker follows still ties two files together for their readers.
Importing a module also imports the packages that it lies in,
except those that the importing module lies in itself: these are being imported already.

One import is left out. A room's own `__init__` exports lazily: the names that it lists for type
checkers are imported when users ask for them.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = {
    "tools": "tools/src/counterfoil_tools",
    "runtime": "runtime/src/counterfoil_core",
    "overlay": "overlay/src/counterfoil",
    "sandbox": "sandbox/src/counterfoil_sandbox",
}
EXTRAS = ("cli", "einvoice", "postgres", "spark")
Modules = Mapping[str, Path]


def find_modules(folder: Path) -> dict[str, Path]:
    """The modules of a package by their full names."""
    found = {}
    for path in sorted(folder.rglob("*.py")):
        parts = path.relative_to(folder.parent).with_suffix("").parts
        found[".".join(parts).removesuffix(".__init__")] = path
    return found


def read_imports(name: str, modules: Modules) -> set[str]:
    """The modules of the same package that a module imports."""
    own_packages = set(list_packages(name))
    found: set[str] = set()
    tree = ast.parse(modules[name].read_text(encoding="utf-8"))
    if not own_packages:
        tree.body = [node for node in tree.body if not is_for_type_checkers(node)]
    for node in ast.walk(tree):
        for target in read_statement(node, name, modules):
            found.add(target)
            found.update(set(list_packages(target)) - own_packages)
    return {each for each in found if each in modules and each != name}


def is_for_type_checkers(node: ast.stmt) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


def list_packages(name: str) -> list[str]:
    """The packages that a module lies in, the outermost first."""
    parts = name.split(".")
    return [".".join(parts[:length]) for length in range(1, len(parts))]


def read_statement(node: ast.AST, name: str, modules: Modules) -> Iterator[str]:
    """The full names of what one statement imports, as far as they are modules."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    if not isinstance(node, ast.ImportFrom):
        return
    base = resolve(node, name, is_package=modules[name].name == "__init__.py")
    for alias in node.names:
        submodule = f"{base}.{alias.name}"
        yield submodule if submodule in modules else base


def resolve(node: ast.ImportFrom, name: str, *, is_package: bool) -> str:
    """The full name of the module that a `from` statement names."""
    if not node.level:
        return node.module or ""
    steps_up = node.level - 1 if is_package else node.level
    parts = name.split(".")
    base = parts[: len(parts) - steps_up]
    return ".".join([*base, node.module] if node.module else base)


def find_circle(folder: Path) -> list[str]:
    """A circle of imports, module by module; empty if there is none."""
    modules = find_modules(folder)
    graph = {name: read_imports(name, modules) for name in modules}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        circle: list[str] = error.args[1]
        return circle[::-1]  # each imports the next one
    return []


@pytest.mark.parametrize("room", ROOMS)
def test_no_imports_run_in_a_circle(room: str) -> None:
    circle = find_circle(ROOT / ROOMS[room])

    assert not circle, f"{room} imports in a circle: {' -> '.join(circle)}"


CIRCLES = {
    "of two": {"a": "from .b import x", "b": "from . import a"},
    "of three": {"a": "import shop.b", "b": "import shop.c", "c": "import shop.a"},
    "for type checkers": {"a": "if TYPE_CHECKING:\n    from .b import x", "b": "from .a import y"},
    "in a function": {"a": "def f():\n    from .b import x", "b": "from .a import y"},
    "through a package": {
        "a": "from .deep.b import x",
        "deep/__init__": "from ..a import y",
        "deep/b": "",
    },
    "for type checkers, in a package": {
        "deep/__init__": "if TYPE_CHECKING:\n    from .b import x",
        "deep/b": "from . import y",
    },
    "with the package": {"a": "from . import version", "__init__": "from .a import x"},
}


@pytest.mark.parametrize("case", CIRCLES)
def test_a_circle_is_found(case: str, tmp_path: Path) -> None:
    write_package(tmp_path / "shop", CIRCLES[case])

    assert find_circle(tmp_path / "shop")


def test_an_import_of_a_sibling_is_no_circle_with_the_package(tmp_path: Path) -> None:
    sources = {
        "__init__": "from .a import x",
        "a": "from .b import x",
        "b": "from shop import c",
        "c": "import shopping.a",
    }
    write_package(tmp_path / "shop", sources)

    assert find_circle(tmp_path / "shop") == []


def test_what_a_room_exports_lazily_makes_no_circle(tmp_path: Path) -> None:
    lazy = "TYPE_CHECKING = False\nif TYPE_CHECKING:\n    from .a import x\nversion = 1"
    write_package(tmp_path / "shop", {"__init__": lazy, "a": "from . import version"})

    assert find_circle(tmp_path / "shop") == []


def write_package(folder: Path, sources: Mapping[str, str]) -> None:
    for name, source in {"__init__": "", **sources}.items():
        path = folder / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source)


def test_the_core_of_the_overlay_imports_no_extra() -> None:
    """The command line and what needs other packages is imported by users, never by the core."""
    modules = find_modules(ROOT / ROOMS["overlay"])
    extras = [f"counterfoil.{name}" for name in EXTRAS]
    core = [name for name in modules if not any(is_within(name, extra) for extra in extras)]
    wrong = [
        f"{name} imports {target}"
        for name in core
        for target in sorted(read_imports(name, modules))
        if any(is_within(target, extra) for extra in extras)
    ]

    assert "counterfoil.invoice" in core
    assert "counterfoil.cli" in modules
    assert wrong == []


def is_within(name: str, package: str) -> bool:
    """Whether a module is a package or lies in it."""
    return f"{name}.".startswith(f"{package}.")
