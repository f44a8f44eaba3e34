"""A vendor's OpenAPI document to a spec in house style: specs/NAME/, which `generate` makes a
package of.

    read -> (stamp) -> bundle -> upgrade -> (only) -> request ids -> media -> responses -> security
         -> servers -> parameters -> types -> allOf -> unions -> (left out) -> inline -> names
         -> operations -> pagination -> arguments -> examples -> (overlay) -> write

Each pass is a file with one function that changes the document and notes each change, with the
place in the vendor's file. Unsupported operations are left out by name: one operation never refuses
a document.
"""

from __future__ import annotations

from pathlib import Path

from .state import AdoptError, Adoption

__all__ = ["AdoptError", "Adoption", "adopt"]


def adopt(
    folder: Path, file: Path, *, refs: tuple[Path, ...] = (), only: tuple[str, ...] = ()
) -> Adoption:
    """Adopt a vendor's file into a folder of specs/, and return the result and all notes.

    `refs` are the other files that it refers to, `only` the tags, path prefixes and operationIds to
    take. Raises AdoptError, whose lines begin with a place, if the document cannot be adopted; then
    nothing is written.
    """
    from .write import adopt_into

    return adopt_into(folder, file, refs, only)
