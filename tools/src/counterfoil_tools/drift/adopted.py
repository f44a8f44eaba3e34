"""Drift of an adopted spec: the vendor's file is adopted again, and the results are compared.

The changes that adopting always makes, such as the format of numbers, are then no difference.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from ..adopt import AdoptError, adopt
from ..openapi.ingest import ingest
from ..openapi.shapes import ApiDescription, InputError


def is_adopted(folder: Path) -> bool:
    """Return whether a folder of specs/ is adopted from a vendor's file, and not owned by hand."""
    return (folder / "adopt.toml").is_file()


def read_as_adopted(folder: Path, files: list[Path], others: tuple[Path, ...]) -> ApiDescription:
    """Return the vendor's file as adopting it would describe the API; nothing is written.

    Raises InputError if it cannot be adopted, or if there are several files.
    """
    if len(files) > 1:
        names = ", ".join(file.name for file in files)
        raise InputError(f"{names}: one file is adopted; give those that it refers to with --ref")
    with tempfile.TemporaryDirectory() as temporary:
        copy = Path(temporary, "specs", folder.name)
        shutil.copytree(folder, copy)
        try:
            adopt(copy, files[0], refs=others)
        except AdoptError as error:
            raise InputError(str(error)) from error
        return ApiDescription(ingest(copy).root)
