"""The command `counterfoil`. Requires `pip install "counterfoil[cli]"`.

Exit codes:

    0    success
    1    findings, or some accounts or documents failed
    2    usage error
    3    an account or setting is invalid
    4    the provider rejected the credentials
    5    the network or the provider failed
    6    data cannot be stored or read
    70   an error in counterfoil itself
    130  interrupted

If all accounts fail for the same reason, the exit code is the code of that failure.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code. Errors are printed to stderr in one sentence."""
    try:
        from click.exceptions import NoArgsIsHelpError

        from .commands import command
        from .output import describe_failure, print_error
    except ModuleNotFoundError as error:
        print(
            f'counterfoil: the command needs {error.name}: pip install "counterfoil[cli]"',
            file=sys.stderr,
        )
        return 3
    try:
        return int(command.main(arguments, "counterfoil", standalone_mode=False) or 0)
    except NoArgsIsHelpError as error:  # without arguments, help is printed: this is not an error
        print(error.ctx.get_help() if error.ctx else "")
        return 0
    except Exception as error:
        if os.environ.get("COUNTERFOIL_DEBUG"):
            raise
        failure = describe_failure(error)
        print_error(f"counterfoil: {failure['failure']}")
        return int(failure["exit_code"])
