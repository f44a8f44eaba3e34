"""The maintainer's tools: adopt documents, generate clients, follow changes, release packages.

openapi/    one reading of OpenAPI documents, for every tool
adopt/      a vendor's document to a spec
generate/   specs/ and templates/ to packages
reference/  the reference of a client, as Markdown
drift/      a spec beside what its vendor publishes
surface/    what a change means for a package's users
release/    versions, changelogs, builds, uploads
verify/     generated clients against a mock server
corpus/     the tools on a folder of documents
"""

from __future__ import annotations

from pathlib import Path

__version__ = "0.1.0"

WORKSPACE = Path.cwd()  # the folder with specs/ and generated/, where a command is run


def find_templates() -> Path:
    """Return the folder of templates: in the installed package, or in this repository."""
    installed = Path(__file__).with_name("templates")
    return installed if installed.is_dir() else Path(__file__).resolve().parents[3] / "templates"
