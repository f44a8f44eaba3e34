# Generated from specs/hostile-description/ by `nox -s generate`. Do not edit: change the spec, or templates/.
"""What travels: the models of Parcels."""

from __future__ import annotations

from counterfoil_core.types import OpenStrEnum

from ._model import ApiModel


class Kind(OpenStrEnum):
    """Quotes " and ' and \"\"\", a backslash \\, braces {{ x }} {% raw %}, code \"\"\"; import os;
    os.abort() #, an end in \"\"\"
    """

    IMPORT_OS = '"""; import os'
    IT_S = "it's"
    X = "{{ x }}"
    SIGN_5C = "\\"


class Parcel(ApiModel, gc=False, omit_defaults=True, kw_only=True):
    """Quotes " and ' and \"\"\", a backslash \\, braces {{ x }} {% raw %}, code \"\"\"; import os;
    os.abort() #, an end in \"\"\"
    """

    id: int | None = None
    """Identifier of the parcel."""

    note: str | None = None
    """Quotes " and ' and \"\"\", a backslash \\, braces {{ x }} {% raw %}, code \"\"\"; import os;
    os.abort() #, an end in \"\"\".
    """

    kind: Kind | None = None
    """Quotes " and ' and \"\"\", a backslash \\, braces {{ x }} {% raw %}, code \"\"\"; import os;
    os.abort() #, an end in \"\"\".
    """
