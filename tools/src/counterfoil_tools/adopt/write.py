"""Read a vendor's file, adopt it, and write the folder: all files at once, or none."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

from ..openapi.document import Node
from .finish import finish
from .overlay import apply_overlay
from .package import write_changelog, write_overlay, write_settings, write_sources
from .passes import transform
from .places import find_place
from .read import read
from .recognize import check_root
from .record import Record, Source, read_previous, read_record, write_record
from .report import write_report
from .state import AdoptError, Adoption, Choices
from .upgrade import text_of
from .yaml_text import to_yaml

SUFFIXES = (".json", ".yaml", ".yml")
MOST_FAULTS = 10  # that a refusal lists
FORMATS = {"2.0": "Swagger 2.0", "3.0": "OpenAPI 3.0", "3.1": "OpenAPI 3.1"}


def adopt_into(folder: Path, file: Path, refs: tuple[Path, ...], only: tuple[str, ...]) -> Adoption:
    """Adopt a file into a folder; raise AdoptError, with nothing written, if it cannot be."""
    record = read_record(folder)
    tree = read(file)
    version = check_root(file.name, tree)
    source = _source(file, tree, version)
    adoption = Adoption(
        name=folder.name,
        root=tree,
        file=file.name,
        others={_relative(path, file): read(path) for path in _spread(refs)},
        choices=_choose(record, only, folder),
        previous=read_previous(folder, record),
    )
    try:
        transform(adoption, version)
    except RecursionError:
        deep = "its schemas are composed of one another too deeply"
        raise AdoptError(f"{file.name}:1:1: {deep}.") from None
    _check_faults(adoption, file)
    root = finish(adoption)
    if (folder / "overlay.yaml").is_file():
        apply_overlay(root, folder / "overlay.yaml")
    _write(folder, _files(folder, adoption, root, source, record))
    return adoption


def _spread(refs: tuple[Path, ...]) -> list[Path]:
    """Return the files given with --ref, those of folders one by one."""
    found: list[Path] = []
    for path in refs:
        inside = sorted(one for one in path.rglob("*") if one.suffix in SUFFIXES)
        found += inside if path.is_dir() else [path]
    return found


def _relative(path: Path, file: Path) -> str:
    """Return a file's path as references in the main file spell it."""
    return os.path.relpath(path, file.parent).replace(os.sep, "/")


def _source(file: Path, tree: Any, version: str) -> Source:
    info = tree.get("info")
    stated = " ".join(text_of(info, "version").split()) or "1"
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    return Source(file.name, sha256, stated, FORMATS[version])


def _choose(record: Record, only: tuple[str, ...], folder: Path) -> Choices:
    if record.text and only and only != record.choices.only:
        raise AdoptError(
            f"specs/{folder.name}/adopt.toml: `only` is chosen there. Change it there."
        )
    if record.text:
        return record.choices
    return Choices(only=only)


def _check_faults(adoption: Adoption, file: Path) -> None:
    """Refuse a document that describes nothing, or of which nothing is left because of its own
    faults.
    """
    if any(True for _ in adoption.operations()):
        return
    if not adoption.total and not adoption.left_out and not adoption.schemas:
        raise AdoptError(
            f"{file.name}:1:1: the document describes no operation. Is it the file that you meant?"
        )
    faults = [one for one in adoption.left_out if one.kind == "operation" and one.is_fault]
    if not faults:
        return
    lines = dict.fromkeys(
        f"{find_place(file, one.place)}: {one.name}: {one.reason}." for one in faults[:MOST_FAULTS]
    )
    raise AdoptError(
        "\n".join([*lines, f"{file.name}: no operation is left to adopt. Mend the document first."])
    )


def _files(
    folder: Path, adoption: Adoption, root: Node, source: Source, record: Record
) -> dict[str, str]:
    """Return the files to write: adopt's own always, a person's only where there are none."""
    result = to_yaml(root)
    kept = sum(1 for _ in adoption.operations())
    counts = {"operations": adoption.total, "adopted": kept, "left_out": adoption.total - kept}
    files = {
        "openapi.yaml": result,
        "ADOPTED.md": write_report(adoption, source),
        "adopt.toml": write_record(record, adoption.choices.only, source, result, counts),
    }
    settings = write_settings(adoption, root, source)
    once = {
        "package.toml": settings,
        "overlay.yaml": write_overlay(adoption),
        "SOURCES.md": write_sources(adoption, root, source),
        "CHANGELOG.md": write_changelog(settings),
    }
    for name, text in once.items():
        if not (folder / name).exists():
            files[name] = text
    return files


def _write(folder: Path, files: dict[str, str]) -> None:
    """Write the files beside their places first, so that a full disk changes nothing."""
    folder.mkdir(parents=True, exist_ok=True)
    temporary = {folder / name: folder / f".{name}.new" for name in files}
    try:
        for path, beside in temporary.items():
            beside.write_text(files[path.name], "utf-8", newline="\n")
        for path, beside in temporary.items():
            os.replace(beside, path)
    finally:
        for beside in temporary.values():
            beside.unlink(missing_ok=True)
