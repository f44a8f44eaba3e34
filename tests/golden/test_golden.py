"""Every folder here is a case: a tiny spec with one feature or one fault, and its result."""

from __future__ import annotations

import ast
import difflib
from pathlib import Path

import pytest
import yaml

from tests.golden.cases import HERE, MESSAGE, case_names, expected, outcome


@pytest.mark.parametrize("name", case_names())
def test_a_case_becomes_what_is_expected_of_it(name: str, tmp_path: Path) -> None:
    kept = expected(name)
    made = outcome(name, tmp_path)

    assert kept, (
        f"{name}: nothing is expected of it; run `nox -s golden -- {name}` and read what it wrote"
    )
    assert (MESSAGE in made) == (MESSAGE in kept), made.get(
        MESSAGE, f"{name} was made, but a message was expected"
    )
    for path, text in kept.items():
        difference = difflib.unified_diff(
            text.splitlines(),
            made[path].splitlines(),
            f"expected/{path}",
            f"made/{path}",
            lineterm="",
        )
        assert made[path] == text, "\n".join(difference)


@pytest.mark.parametrize("name", [name for name in case_names() if MESSAGE not in expected(name)])
def test_what_is_made_compiles(name: str, tmp_path: Path) -> None:
    for path, text in outcome(name, tmp_path).items():
        if path.endswith(".py"):
            compile(text, path, "exec")


def test_a_hostile_description_stays_a_text(tmp_path: Path) -> None:
    made = outcome("hostile-description", tmp_path)
    said = yaml.safe_load((HERE / "hostile-description" / "openapi.yaml").read_text())[
        "components"
    ]["schemas"]["Kind"]["description"]

    trees = [ast.parse(text) for path, text in made.items() if path.endswith(".py")]
    names = {name for tree in trees for node in ast.walk(tree) for name in words_that_act(node)}
    kind = next(
        node
        for tree in trees
        for node in tree.body
        if isinstance(node, ast.ClassDef) and node.name == "Kind"
    )

    assert not names & {"os", "abort"}
    docstring = str(ast.get_docstring(kind))
    assert docstring.split() == said.split()


def words_that_act(node: ast.AST) -> set[str]:
    """The names that a node imports, reads or calls."""
    if isinstance(node, ast.Import | ast.ImportFrom):
        return {alias.name for alias in node.names}
    return (
        {node.id}
        if isinstance(node, ast.Name)
        else {node.attr}
        if isinstance(node, ast.Attribute)
        else set()
    )


def test_the_whole_package_of_the_minimal_case_is_kept() -> None:
    assert {
        "pyproject.toml",
        "README.md",
        "SURFACE.md",
        "LICENSE",
        "py.typed",
        "client.py",
    } <= expected("minimal").keys()
