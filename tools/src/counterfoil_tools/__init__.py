"""The tools of a maintainer: generate clients from specs/, follow a vendor's changes, release packages.

openapi/    one reading of OpenAPI documents, for every tool
generate/   specs/ and templates/ to packages
drift/      a spec beside what its vendor publishes
surface/    what a change means for a package's users
release/    versions, changelogs, builds, uploads
"""

from __future__ import annotations

from pathlib import Path

__version__ = "0.1.0"

WORKSPACE = (
    Path.cwd()
)  # holds specs/ and generated/: every command works on the folder that it is called in


def find_templates() -> Path:
    """Return the folder of templates: the installed package's own, or the repository's in an editable install."""
    installed = Path(__file__).with_name("templates")
    return installed if installed.is_dir() else Path(__file__).resolve().parents[3] / "templates"
