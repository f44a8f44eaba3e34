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
        import click
        import rich  # noqa: F401 -- the commands need it
    except ModuleNotFoundError as error:
        print(f'counterfoil: the command needs {error.name}: pip install "counterfoil[cli]"', file=sys.stderr)
        return 3
    from .commands import counterfoil

    try:
        return int(counterfoil.main(arguments, "counterfoil", standalone_mode=False) or 0)
    except click.UsageError as error:
        hint = f" (see `{error.ctx.command_path} --help`)" if error.ctx else ""
        print(f"counterfoil: {error.format_message().rstrip('.')}{hint}", file=sys.stderr)
        return 2
    except (click.Abort, KeyboardInterrupt):
        print("counterfoil: interrupted; what was stored is good, and the next pull goes on there", file=sys.stderr)
        return 130
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115 -- so that the flush at exit is quiet
        return 141
    except Exception as error:
        from .failures import find_exit_code, tell

        if os.environ.get("COUNTERFOIL_DEBUG"):
            raise
        print(f"counterfoil: {tell(error)}", file=sys.stderr)
        return find_exit_code(error)
