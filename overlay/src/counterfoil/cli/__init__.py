"""The command `counterfoil`. Needs `pip install "counterfoil[cli]"`.

Exit codes: 0 all is well; 1 findings, or some accounts or documents failed; 2 the command was misspelt; 3 an account or setting
is wrong; 4 the provider does not let us in; 5 the network or the provider failed; 6 something cannot be stored or read;
70 a fault of counterfoil itself; 130 interrupted. Where all accounts failed alike, the code is that of their failure.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code. Errors are one sentence on stderr."""
    try:
        from .commands import command
        from .screen import complain, tell_failure
    except ModuleNotFoundError as error:
        print(f'counterfoil: the command needs {error.name}: pip install "counterfoil[cli]"', file=sys.stderr)
        return 3
    try:
        return int(command.main(arguments, "counterfoil", standalone_mode=False) or 0)
    except Exception as error:
        if os.environ.get("COUNTERFOIL_DEBUG"):
            raise
        told = tell_failure(error)
        complain(f"counterfoil: {told['failure']}")
        return int(told["exit_code"])
