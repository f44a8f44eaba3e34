# Generated from specs/hostile-description/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""What travels: the models of Parcels."""

from __future__ import annotations

from counterfoil_core.types import OpenStrEnum
from msgspec import UNSET, Struct, UnsetType


class Kind(OpenStrEnum):
    """Quotes " and ' and \"\"\", a backslash \\, braces {{ x }} {% raw %}, code \"\"\"; import os; os.abort() #,
    an end in \"\"\"
    """

    IMPORT_OS = '"""; import os'
    IT_S = "it's"
    X = "{{ x }}"
    SIGN_5C = "\\"


class Parcel(Struct, gc=False, kw_only=True):
    """Quotes " and ' and \"\"\", a backslash \\, braces {{ x }} {% raw %}, code \"\"\"; import os; os.abort() #,
    an end in \"\"\"
    """

    id: int | UnsetType = UNSET
    """Identifier of the parcel."""

    note: str | UnsetType = UNSET
    """Quotes " and ' and \"\"\", a backslash \\, braces {{ x }} {% raw %}, code \"\"\"; import os; os.abort() #,
    an end in \"\"\".
    """

    kind: Kind | UnsetType = UNSET
    """Quotes " and ' and \"\"\", a backslash \\, braces {{ x }} {% raw %}, code \"\"\"; import os; os.abort() #,
    an end in \"\"\".
    """
