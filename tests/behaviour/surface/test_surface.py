"""Changes for a package's users are judged by who reads and who passes a value.

The package is not imported.
"""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from counterfoil_tools.generate import generate
from counterfoil_tools.release.packages import ReleaseError, find_packages
from counterfoil_tools.surface import Verdict, judge
from counterfoil_tools.surface.types import compare_types

from .repository import ROOT, commit, copy, edit

MODELS = """
from enum import StrEnum
from msgspec import UNSET, Struct, UnsetType, field

class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"

class Parcel(Struct):
    id: int
    note: str | None = None
    tags: list[str] | UnsetType = UNSET

class ParcelForm(Struct):
    name: str
    weight: int | None | UnsetType = UNSET
"""
CLIENT = """
from .models import Parcel, ParcelForm

LIMIT = 7

class Parcels:
    def get(self, id: int, *, deep: bool = False) -> Parcel:
        raise SystemExit("nothing of a package may be run")

    def create(self, form: ParcelForm) -> int: ...

    def _forget(self) -> None: ...

raise SystemExit("nothing of a package may be imported")
"""
PROJECT = '[project]\nname = "parcels"\nversion = "1.2.3"\n'

NULL_RECEIPT = """                nulls:
                  summary: A receipt that is null, as older pages have it
                  externalValue: examples/invoices.notify.nulls.200.json
"""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    source = tmp_path / "runtime" / "src" / "parcels"
    source.mkdir(parents=True)
    (tmp_path / "runtime" / "pyproject.toml").write_text(PROJECT)
    (source / "__init__.py").write_text(
        "from .client import Parcels as Parcels\nfrom .models import *\n"
    )
    (source / "models.py").write_text(MODELS)
    (source / "client.py").write_text(CLIENT)
    commit(tmp_path, "parcels-1.2.3")
    return tmp_path


def change(repository: Path, module: str, old: str, new: str) -> Verdict:
    edit(repository / "runtime" / "src" / "parcels" / f"{module}.py", (old, new))
    return judge("parcels", "parcels-1.2.3", repository)


def test_nothing_changed(repository: Path) -> None:
    assert judge("parcels", "HEAD", repository) == Verdict("none", ())


@pytest.mark.parametrize(
    ("module", "old", "new", "level", "sentence"),
    [
        (
            "models",
            "    id: int\n",
            "    id: int\n    size: int = 0\n",
            "minor",
            "`Parcel.size` is new",
        ),
        ("models", "    id: int\n", "", "major", "`Parcel.id` is gone"),
        (
            "models",
            "    name: str\n",
            "    name: str\n    to: str\n",
            "major",
            "`ParcelForm.to` is new and required",
        ),
        ("models", "    id: int\n", "    id: int\n    to: str\n", "minor", "`Parcel.to` is new"),
        (
            "models",
            "note: str | None = None",
            "note: str",
            "patch",
            "`Parcel.note` is narrower in type: str | None -> str",
        ),
        (
            "models",
            "id: int",
            "id: int | None",
            "major",
            "`Parcel.id` is wider in type: int -> int | None",
        ),
        (
            "models",
            "name: str",
            "name: str | int",
            "minor",
            "`ParcelForm.name` is wider in type: str -> str | int",
        ),
        (
            "models",
            "weight: int | None | Unset",
            "weight: int | Unset",
            "major",
            "`ParcelForm.weight` is narrower in type",
        ),
        (
            "models",
            "tags: list[str]",
            "tags: list[str | None]",
            "major",
            "`Parcel.tags` is wider in type: list[str]",
        ),
        ("models", "id: int", "id: str", "major", "`Parcel.id` is other in type: int -> str"),
        ("models", '    BLUE = "blue"\n', "", "major", "`Colour.BLUE` is gone"),
        (
            "models",
            '    BLUE = "blue"\n',
            '    BLUE = "azure"\n',
            "major",
            "`Colour.BLUE` is 'azure', was 'blue'",
        ),
        (
            "models",
            '    RED = "red"\n',
            '    RED = "red"\n    ANY = "any"\n',
            "minor",
            "`Colour.ANY` is new",
        ),
        (
            "client",
            "id: int, *",
            "id: int, *, key: str",
            "major",
            "`Parcels.get` has the new required parameter key",
        ),
        (
            "client",
            "deep: bool = False",
            "deep: bool = False, far: int = 0",
            "minor",
            "parameter far of `Parcels.get` is new",
        ),
        ("client", ", *, deep: bool = False", "", "major", "`Parcels.get` lost the parameter deep"),
        (
            "client",
            "deep: bool = False",
            "deep: bool",
            "major",
            "`Parcels.get` now requires the parameter deep",
        ),
        (
            "client",
            "deep: bool = False",
            "deep: bool = True",
            "minor",
            "defaults to True, not False any more",
        ),
        (
            "client",
            "self, id: int",
            "self, id: int | str",
            "minor",
            "the parameter id of `Parcels.get` is wider in type",
        ),
        (
            "client",
            ") -> int",
            ") -> int | None",
            "major",
            "the result of `Parcels.create` is wider in type",
        ),
        ("client", "    def create", "    def add", "major", "`Parcels.create` is gone"),
        ("client", "LIMIT = 7", "LIMIT = 8", "patch", "`LIMIT` is 8, was 7"),
    ],
)
def test_a_change_is_judged_by_whom_it_hits(
    repository: Path, module: str, old: str, new: str, level: str, sentence: str
) -> None:
    verdict = change(repository, module, old, new)

    assert verdict.level == level, verdict.reasons
    assert any(sentence in one.sentence and one.level == level for one in verdict.reasons), (
        verdict.reasons
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("def _forget(self)", "def _forget(self, all: bool)"),
        ("-> int: ...", "-> int:\n        return 1"),
    ],
)
def test_what_users_cannot_see_changes_nothing(repository: Path, old: str, new: str) -> None:
    assert change(repository, "client", old, new).level == "none"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("str", "str", "same"),
        ("str | None", "None | str", "same"),
        ("models.Parcel", "Parcel", "same"),
        ("list[models.Parcel]", "builtins.list[Parcel]", "same"),
        ("str", "str | None", "wider"),
        ("list[int | None]", "list[int]", "narrower"),
        ("dict[str, int]", "dict[str, int | None]", "wider"),
        ("list[int]", "tuple[int]", "other"),
        ("int | None", "int | str", "other"),
        ("A | list[int]", "A | list[int | None]", "wider"),
    ],
)
def test_types_are_the_same_wider_narrower_or_others(
    before: str, after: str, expected: str
) -> None:
    assert compare_types(before, after) == expected


def test_a_wheel_is_as_good_as_a_commit(repository: Path, tmp_path: Path) -> None:
    wheel = tmp_path / "parcels-1.2.3-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as held:
        for file in (repository / "runtime" / "src" / "parcels").glob("*.py"):
            held.write(file, f"parcels/{file.name}")
    edit(repository / "runtime/src/parcels/models.py", ('    BLUE = "blue"\n', ""))

    assert judge("parcels", str(wheel), repository) == judge("parcels", "parcels-1.2.3", repository)
    assert judge("parcels", str(wheel), repository).level == "major"


def test_a_package_that_was_not_there_is_an_addition(repository: Path) -> None:
    source = repository / "overlay" / "src" / "stamps"
    source.mkdir(parents=True)
    (source / "__init__.py").write_text("")
    (repository / "overlay" / "pyproject.toml").write_text(PROJECT.replace("parcels", "stamps"))

    assert judge("stamps", "HEAD", repository).level == "minor"


@pytest.mark.parametrize(
    ("package", "against", "reason"),
    [
        ("letters", "HEAD", "unknown package 'letters'; the packages are parcels"),
        ("parcels", "v9", "'v9' is not a commit, a tag or a wheel"),
        ("parcels", "--output=x", "'--output=x' is not a commit, a tag or a wheel"),
        ("parcels", "parcels-9.whl", "the file parcels-9.whl does not exist"),
    ],
)
def test_what_cannot_be_compared_is_said(
    repository: Path, package: str, against: str, reason: str
) -> None:
    with pytest.raises(ReleaseError, match=reason):
        judge(package, against, repository)


def test_a_file_that_is_no_wheel_or_of_another_package_is_said(
    repository: Path, tmp_path: Path
) -> None:
    for name in ("parcels-1-py3-none-any.whl", "stamps-1-py3-none-any.whl"):
        (tmp_path / name).write_text("nothing")

    with pytest.raises(ReleaseError, match="is not a wheel, or is incomplete"):
        judge("parcels", str(tmp_path / "parcels-1-py3-none-any.whl"), repository)
    with pytest.raises(ReleaseError, match="is not a wheel of parcels"):
        judge("parcels", str(tmp_path / "stamps-1-py3-none-any.whl"), repository)


def test_sources_that_cannot_be_read_are_said(repository: Path) -> None:
    (repository / "runtime/src/parcels/__init__.py").write_text("def (")

    with pytest.raises(ReleaseError, match="the sources of parcels cannot be read"):
        judge("parcels", "HEAD", repository)


def test_an_answer_that_is_never_null_any_more_breaks_nobody(tmp_path: Path) -> None:
    root = copy("vtex", tmp_path)
    null = (
        "Null has been documented.\n          type: [string, 'null']",
        "Never null.\n          type: string",
    )
    edit(root / "specs/vtex/openapi.yaml", null, (NULL_RECEIPT, ""))
    generate([root / "specs/vtex"], root)

    verdict = judge("counterfoil-vtex", "counterfoil-vtex-0.1.0", root)

    assert verdict.level == "patch"
    assert [one.sentence for one in verdict.reasons] == [
        "POST /api/oms/pvt/orders/{}/invoice answer 200 /receipt: no longer nullable",
    ]


def test_what_only_the_wire_shows_counts(tmp_path: Path) -> None:
    root = copy("amazon", tmp_path)
    edit(
        root / "specs/amazon/openapi.yaml",
        ("            maximum: 100\n", "            maximum: 50\n"),
    )
    generate([root / "specs/amazon"], root)

    verdict = judge("counterfoil-amazon", "HEAD", root)

    assert verdict.level == "major"
    assert [one.sentence.partition(": ")[2] for one in verdict.reasons] == [
        "bound tightened: maximum 100 -> maximum 50"
    ]


@pytest.mark.parametrize("package", find_packages())
def test_every_package_of_ours_can_be_judged(package: str) -> None:
    words = [
        sys.executable,
        "-m",
        "counterfoil_tools.surface",
        package,
        "--against",
        "HEAD",
        "--json",
    ]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True)

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["level"] in ("none", "patch", "minor", "major")


def test_the_command_says_what_stands_in_its_way() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "counterfoil_tools.surface", "letters"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )

    assert (done.returncode, done.stdout) == (2, "")
    assert "unknown package 'letters'" in done.stderr
