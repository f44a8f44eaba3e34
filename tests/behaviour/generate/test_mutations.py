"""No spec, however wrong, gives a traceback or half a package: it is told what is wrong with it, or it becomes a sound one."""

from __future__ import annotations

import ast
import json
import shutil
import tomllib
from pathlib import Path

import pytest
import yaml

from tests.behaviour.generate.mutations import as_yaml, mutants
from tests.behaviour.generate.workspace import ROOT
from tools.generate import make
from tools.generate.errors import SpecError, SpecErrors

GOLDEN = ROOT / "tests" / "golden"
CASES = {"everything": 240, "tagged-answer": 40, "token-pages": 40, "tagged-lines": 40, "body-fields": 40}


def outcome(folder: Path) -> str:
    """Make a package and take it apart; "told" if its spec is refused, as it should be, with a place and a remedy each."""
    files, errors = made(folder)
    if not files:
        assert errors, "refused without a word"
        assert all(error.place.file.startswith("specs/") and error.message and error.remedy for error in errors)
        return "told"
    for path, text in files.items():
        if path.endswith(".py"):
            compile(text, path, "exec")
            assert len(names := defined(text)) == len(set(names)), f"{path} defines a name twice"
        elif path.endswith((".toml", ".json")):
            (tomllib if path.endswith(".toml") else json).loads(text)
    return "sound"


def made(folder: Path) -> tuple[dict[str, str], tuple[SpecError, ...]]:
    try:
        return make(folder, ROOT / "templates"), ()
    except SpecErrors as refused:
        return {}, refused.errors


def defined(source: str) -> list[str]:
    """The classes and functions that a module defines, its classes' own among them."""
    scopes = {
        node: getattr(node, "name", "") for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Module | ast.ClassDef)
    }
    kinds = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
    return [f"{name}.{child.name}" for node, name in scopes.items() for child in node.body if isinstance(child, kinds)]


@pytest.mark.parametrize(("case", "count"), CASES.items())
def test_a_spoilt_spec_is_told_what_is_wrong_with_it_or_becomes_a_sound_package(case: str, count: int, tmp_path: Path) -> None:
    root = yaml.load((GOLDEN / case / "openapi.yaml").read_text(), yaml.CSafeLoader)
    shutil.copy(GOLDEN / "package.toml", tmp_path)
    outcomes = []

    for said, spoilt in mutants(root, case, count):
        (tmp_path / "openapi.yaml").write_text(as_yaml(spoilt))
        try:
            outcomes.append(outcome(tmp_path))
        except Exception as error:
            error.add_note(f"{case}: {said}")
            raise

    assert {"told", "sound"} == set(outcomes), "the mutations are too harsh, or too gentle, to show anything"


def test_a_file_that_is_no_text_is_told_as_such(tmp_path: Path) -> None:
    shutil.copy(GOLDEN / "package.toml", tmp_path)
    (tmp_path / "openapi.yaml").write_bytes(b"openapi: 3.1.0\ninfo: {title: \xff}\n")

    with pytest.raises(SpecErrors, match="yaml: not YAML: 'utf-8' codec can't decode byte 0xff"):
        make(tmp_path, ROOT / "templates")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('runtime_floor = "0.1.0"', 'runtime_floor = "newest"', "runtime_floor"),
        ('import = "counterfoil_parcels"', 'import = "not a name"', "import"),
        ('client = "ParcelsClient"', "client = 5", "client"),
        ('version = "0.1.0"', "", "version"),
        ('dist = "counterfoil-parcels"', 'dist = "../elsewhere"', "dist"),
    ],
)
def test_wrong_settings_are_told_by_name(tmp_path: Path, old: str, new: str, told: str) -> None:
    shutil.copy(GOLDEN / "minimal" / "openapi.yaml", tmp_path)
    (tmp_path / "package.toml").write_text((GOLDEN / "package.toml").read_text().replace(old, new, 1))

    with pytest.raises(SpecErrors, match=rf"package.toml:1:1: package-settings: .*\b{told}\b"):
        make(tmp_path, ROOT / "templates")
