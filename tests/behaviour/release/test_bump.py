"""Versions: the step fits the change and is in the changelog; errors leave files unchanged."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from counterfoil_tools.release.bump import bump, draft, find_next
from counterfoil_tools.release.changes import preview_bump
from counterfoil_tools.release.packages import Package, ReleaseError

TODAY = date(2026, 11, 22)
CHANGELOG = (
    "# Changelog\n\n<!-- changes -->\n\n## [0.3.1] - 2026-10-01\n\n### Fixed\n\n- Stamps stick.\n"
)


@pytest.fixture
def package(tmp_path: Path) -> Package:
    home = tmp_path / "specs" / "parcels"
    (home / "changes").mkdir(parents=True)
    (home / "CHANGELOG.md").write_text(CHANGELOG)
    (home / "package.toml").write_text(
        'dist = "parcels"\nversion = "0.3.1"\nruntime_floor = "0.1.0"\n'
    )
    return Package("parcels", "0.3.1", tmp_path, home, frozenset())


def tell(package: Package, name: str, text: str) -> None:
    (package.home / "changes" / name).write_text(f"{text}\n")


def everything(package: Package) -> dict[str, str]:
    return {path.name: path.read_text() for path in package.home.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("version", "level", "following"),
    [
        ("1.4.2", "major", "2.0.0"),
        ("1.4.2", "minor", "1.5.0"),
        ("1.4.2", "patch", "1.4.3"),
        ("0.4.2", "major", "0.5.0"),
        ("0.4.2", "minor", "0.4.3"),
        ("0.4.2", "patch", "0.4.3"),
    ],
)
def test_a_version_follows_by_what_changed(version: str, level: str, following: str) -> None:
    assert find_next(version, level) == following


def test_a_break_raises_the_version_and_is_told_first(package: Package) -> None:
    tell(package, "+colour.added.md", "`Parcel.colour`, which may be absent.")
    tell(package, "+weight.broken.md", "`Parcel.weight` may be null.")

    assert bump(package, "major", TODAY) == "0.4.0"
    assert (
        package.home / "package.toml"
    ).read_text() == 'dist = "parcels"\nversion = "0.4.0"\nruntime_floor = "0.1.0"\n'
    told = (package.home / "CHANGELOG.md").read_text()
    broken = "### Broken\n\n- `Parcel.weight` may be null."
    added = "### Added\n\n- `Parcel.colour`, which may be absent."
    assert f"## [0.4.0] - 2026-11-22\n\n{broken}\n\n{added}" in told
    assert told.index("[0.4.0]") < told.index("[0.3.1]")
    assert told.endswith("- Stamps stick.\n")
    assert not package.fragments


def test_a_fragment_can_raise_what_the_surface_says(package: Package) -> None:
    tell(package, "+meaning.broken.md", "Weights are in grams now; no type shows it.")

    assert bump(package, "patch", TODAY) == "0.4.0"


def test_a_larger_step_may_be_chosen_and_a_smaller_one_may_not(package: Package) -> None:
    tell(package, "+colour.added.md", "`Parcel.colour`.")
    before = everything(package)
    with pytest.raises(
        ReleaseError,
        match=r"parcels 0.3.1 needs 0.4.0 or more, because of its changes; 0.3.2 would hide them",
    ):
        bump(package, "major", TODAY, to="0.3.2")
    assert everything(package) == before

    assert bump(package, "minor", TODAY, to="1.0.0") == "1.0.0"


@pytest.mark.parametrize("version", ["1.0", "v1.0.0", "1.0.0rc1", "one"])
def test_what_is_no_version_is_refused(package: Package, version: str) -> None:
    tell(package, "+colour.added.md", "`Parcel.colour`.")
    before = everything(package)

    with pytest.raises(ReleaseError, match="is not a version: write three numbers"):
        bump(package, "minor", TODAY, to=version)
    assert everything(package) == before


def test_a_change_that_nobody_told_is_refused(package: Package) -> None:
    with pytest.raises(
        ReleaseError,
        match=r"changes/ has no fragments: write NAME.<broken\|added\|changed\|fixed>.md",
    ):
        bump(package, "minor", TODAY)


def test_a_fragment_of_no_known_kind_is_named(package: Package) -> None:
    tell(package, "+colour.feature.md", "`Parcel.colour`.")
    with pytest.raises(ReleaseError, match=r"colour.feature.md has an unknown kind"):
        bump(package, "minor", TODAY)


def test_a_changelog_without_its_mark_is_refused_before_the_version_is_written(
    package: Package,
) -> None:
    tell(package, "+colour.added.md", "`Parcel.colour`.")
    package.changelog.write_text("# Changelog\n")
    before = everything(package)

    with pytest.raises(ReleaseError, match="has no line `<!-- changes -->`"):
        bump(package, "minor", TODAY)
    assert everything(package) == before


def test_a_draft_writes_nothing(package: Package) -> None:
    tell(package, "+colour.added.md", "`Parcel.colour`.")
    before = everything(package)

    assert "- `Parcel.colour`." in draft(package, "0.3.2", TODAY)
    assert everything(package) == before


def test_a_dry_run_for_a_package_that_was_never_released_says_its_first_version_and_writes_nothing(
    package: Package,
) -> None:
    before = everything(package)

    said = preview_bump(package, TODAY, root=package.folder)

    assert (
        said[0] == "parcels was never released (the tag parcels-0.3.1 does not exist): "
        "its first release is 0.3.1, unbumped"
    )
    assert said[1:] == [
        "CHANGELOG.md does not change: there are no fragments in changes/",
        "dry run: nothing was written",
    ]
    assert everything(package) == before


def test_a_dry_run_shows_the_changelog(package: Package) -> None:
    tell(package, "+colour.added.md", "`Parcel.colour`.")
    before = everything(package)

    said = "\n".join(preview_bump(package, TODAY, root=package.folder))

    assert "CHANGELOG.md would get this entry:" in said
    assert "## [0.3.1] - 2026-11-22" in said
    assert "- `Parcel.colour`." in said
    assert everything(package) == before


def test_the_command_of_a_dry_run_writes_nothing() -> None:
    root = Path(__file__).parents[3]
    command = [sys.executable, "-m", "counterfoil_tools.release", "bump", "vtex", "--dry-run"]
    before = {
        path: path.read_bytes() for path in (root / "specs/vtex").rglob("*") if path.is_file()
    }

    done = subprocess.run(command, cwd=root, capture_output=True, text=True)

    assert done.returncode == 0, done.stderr
    assert "counterfoil-vtex" in done.stdout
    assert done.stdout.endswith("dry run: nothing was written\n")
    assert {
        path: path.read_bytes() for path in (root / "specs/vtex").rglob("*") if path.is_file()
    } == before
