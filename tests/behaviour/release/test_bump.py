"""Versions: as large a step as the change demands, told in the changelog; nothing is written where something is wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tools.release.bump import bump, draft, find_next
from tools.release.packages import Package, ReleaseError

TODAY = date(2026, 11, 22)
CHANGELOG = "# Changelog\n\n<!-- changes -->\n\n## [0.3.1] - 2026-10-01\n\n### Fixed\n\n- Stamps stick.\n"


@pytest.fixture
def package(tmp_path: Path) -> Package:
    home = tmp_path / "specs" / "parcels"
    (home / "changes").mkdir(parents=True)
    (home / "CHANGELOG.md").write_text(CHANGELOG)
    (home / "package.toml").write_text('dist = "parcels"\nversion = "0.3.1"\nruntime_floor = "0.1.0"\n')
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
    assert (package.home / "package.toml").read_text() == 'dist = "parcels"\nversion = "0.4.0"\nruntime_floor = "0.1.0"\n'
    told = (package.home / "CHANGELOG.md").read_text()
    broken, added = "### Broken\n\n- `Parcel.weight` may be null.", "### Added\n\n- `Parcel.colour`, which may be absent."
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
    with pytest.raises(ReleaseError, match=r"parcels 0.3.1 needs 0.4.0 or more, because of what changed; 0.3.2 would hide it"):
        bump(package, "major", TODAY, to="0.3.2")
    assert everything(package) == before

    assert bump(package, "minor", TODAY, to="1.0.0") == "1.0.0"


@pytest.mark.parametrize("version", ["1.0", "v1.0.0", "1.0.0rc1", "one"])
def test_what_is_no_version_is_refused(package: Package, version: str) -> None:
    tell(package, "+colour.added.md", "`Parcel.colour`.")
    before = everything(package)

    with pytest.raises(ReleaseError, match="is no version: write three numbers"):
        bump(package, "minor", TODAY, to=version)
    assert everything(package) == before


def test_a_change_that_nobody_told_is_refused(package: Package) -> None:
    with pytest.raises(ReleaseError, match=r"nothing is told in .*changes/: write NAME.<broken\|added\|changed\|fixed>.md"):
        bump(package, "minor", TODAY)


def test_a_fragment_of_no_known_kind_is_named(package: Package) -> None:
    tell(package, "+colour.feature.md", "`Parcel.colour`.")
    with pytest.raises(ReleaseError, match=r"colour.feature.md is of no known kind"):
        bump(package, "minor", TODAY)


def test_a_changelog_without_its_mark_is_refused_before_the_version_is_written(package: Package) -> None:
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
