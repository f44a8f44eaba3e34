"""The group `counterfoil`, and its commands, one module each.

Everything that the commands do is also available in Python, from the package `counterfoil`.
"""

from __future__ import annotations

import click

from .accounts import accounts_command
from .datasette import datasette_command
from .documents import documents_command
from .erase import erase_command
from .export import export_command
from .init import init_command
from .list_invoices import list_command
from .notify import notify_command
from .pull import pull_command
from .remap import remap_command
from .show_invoice import show_command
from .verify import verify_command

SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100, "show_default": True}


class InOrder(click.Group):
    """A group that lists its commands in the order in which they were added."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands."""
        return list(self.commands)


@click.group(cls=InOrder, context_settings=SETTINGS)
@click.version_option(package_name="counterfoil", prog_name="counterfoil")
def command() -> None:
    """Pull the invoices of every commerce platform into one store, list, verify and save them.

    \b
    Exit codes: 0 success, 1 findings or some failed, 2 usage, 3 configuration,
    4 authentication, 5 network or provider, 6 storage, 130 interrupted.
    Completion: eval "$(_COUNTERFOIL_COMPLETE=bash_source counterfoil)";
    or zsh_source, fish_source.
    """


# In the order of their use.
command.add_command(init_command)
command.add_command(accounts_command)
command.add_command(pull_command)
command.add_command(list_command)
command.add_command(show_command)
command.add_command(verify_command)
command.add_command(documents_command)
command.add_command(export_command)
command.add_command(datasette_command)
command.add_command(notify_command)
command.add_command(remap_command)
command.add_command(erase_command)
