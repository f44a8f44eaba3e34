"""Build hook that adds the templates to the wheel.

In the repository templates/ is beside this folder; in a source distribution it is inside.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class TemplatesHook(BuildHookInterface[Any]):
    """Includes templates/ as counterfoil_tools/templates/, except in editable installs."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the templates to the files of the wheel."""
        if version == "editable":
            return  # an editable install reads the repository's templates
        root = Path(self.root)
        templates = root / "templates"
        if not templates.is_dir():
            templates = root.parent / "templates"
        build_data["force_include"][str(templates)] = "counterfoil_tools/templates"
