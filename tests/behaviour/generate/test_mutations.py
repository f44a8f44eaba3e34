"""No spec, however wrong, causes a traceback or half a package: it is refused, or it works."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml
from counterfoil_tools.generate import _make, make
from counterfoil_tools.generate.ir import Package
from counterfoil_tools.generate.stamp import stamp
from counterfoil_tools.generate.trial import Trial
from counterfoil_tools.openapi.document import Document
from counterfoil_tools.openapi.errors import SpecError, SpecErrors

from tests.behaviour.generate.mutations import as_yaml, mutants
from tests.behaviour.generate.workspace import ROOT

GOLDEN = ROOT / "tests" / "golden"
Made = tuple[Document, Package, dict[str, str]]
CASES = {
    "everything": 240,
    "tagged-answer": 40,
    "token-pages": 40,
    "tagged-lines": 40,
    "body-fields": 40,
}


def made(folder: Path) -> Made | None:
    """Make a package, or return None if its spec is refused with a place and a remedy each."""
    told: tuple[SpecError, ...] = ()
    try:
        return _make(folder, ROOT / "templates")
    except SpecErrors as refused:
        told = refused.errors
    assert told, "refused without a word"
    assert all(
        error.location.file.startswith("specs/") and error.message and error.remedy
        for error in told
    )
    return None


def lay_out(folder: Path, text: str) -> None:
    """Write a spec for a package with a unique name, so that one child process can try them all."""
    folder.mkdir(parents=True)
    (folder / "openapi.yaml").write_text(text)
    settings = (
        (GOLDEN / "package.toml")
        .read_text()
        .replace("counterfoil-parcels", f"counterfoil-{folder.name}")
    )
    (folder / "package.toml").write_text(
        settings.replace("counterfoil_parcels", f"counterfoil_{folder.name}")
    )


@pytest.mark.parametrize(("case", "count"), CASES.items())
def test_a_spoilt_spec_is_told_what_is_wrong_with_it_or_becomes_a_sound_package(
    case: str, count: int, tmp_path: Path
) -> None:
    root = yaml.load((GOLDEN / case / "openapi.yaml").read_text(), yaml.CSafeLoader)
    sound: dict[str, Made] = {}

    for number, (said, spoilt) in enumerate(mutants(root, case, count)):
        folder = tmp_path / "specs" / f"m{number}"
        lay_out(folder, as_yaml(spoilt))
        try:
            found = made(folder)
        except Exception as error:
            error.add_note(f"{case}: {said}")
            raise
        if found:
            sound[folder.name] = found

    assert 0 < len(sound) < count, "the mutations are too harsh, or too gentle, to show anything"
    files = stamp({name: files for name, (_, _, files) in sound.items()})
    packages = {name: (document, package) for name, (document, package, _) in sound.items()}
    with Trial() as trial:
        trial.try_out(packages, files)


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
    (tmp_path / "package.toml").write_text(
        (GOLDEN / "package.toml").read_text().replace(old, new, 1)
    )

    with pytest.raises(SpecErrors, match=rf"package.toml:\d+:1: package-settings: .*\b{told}\b"):
        make(tmp_path, ROOT / "templates")
