"""Begin a workspace in the current folder: `counterfoil-tools init`.

It makes specs/, README.md and .gitignore; existing files stay as they are.

Exit status: 0 done; 2 the command line is wrong.
"""

from __future__ import annotations

import sys

from .. import WORKSPACE

README = """# Clients

Each folder of `specs/` describes one API; `generated/` has its package.

    counterfoil-tools adopt billing billing.yaml    # a vendor's OpenAPI document to specs/billing/
    counterfoil-tools generate billing              # specs/billing/ to generated/billing-client/
"""
FILES = {"specs/.gitkeep": "", "README.md": README, ".gitignore": ".generated/\n"}


def main(words: list[str]) -> int:
    """Make the missing files, print each path, and return the exit status."""
    if "--help" in words or "-h" in words:
        print(__doc__)
        return 0
    if words:
        print(f"counterfoil-tools init: {words[0]!r} is not expected; see --help", file=sys.stderr)
        return 2
    missing = [name for name in FILES if not (WORKSPACE / name).exists()]
    for name in missing:
        path = WORKSPACE / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(FILES[name], encoding="utf-8")
    print("\n".join(missing) or "nothing to do: the folder is a workspace")
    return 0
