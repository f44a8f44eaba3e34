"""The commands; each one's work is in a module of its own, imported when it runs."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

COMMANDS = {
    "accounts": ("accounts", "List the accounts, or check that they work."),
    "pull": ("pull", "Pull what is new from the accounts into a store."),
    "list": ("reading", "List the invoices of a store."),
    "show": ("reading", "Show an invoice."),
    "verify": ("reading", "Hold the amounts of invoices against each other."),
    "documents": ("documents", "Save the documents of invoices, such as PDFs."),
    "notify": ("notify", "Enter an invoice in a VTEX order; a dry run unless --send is given."),
}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are asked for, so that --help is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of their use."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command itself."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f".{COMMANDS[cmd_name][0]}", __package__), f"{cmd_name}_command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Their list in --help, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, sentence) for name, (_, sentence) in COMMANDS.items()])


EPILOG = """\b
Exit codes: 0 well, 1 findings or some failed, 2 usage, 3 configuration,
4 authentication, 5 network or provider, 6 storage, 130 interrupted.
\b
Completion: eval "$(_COUNTERFOIL_COMPLETE=bash_source counterfoil)", or zsh_source, fish_source.
"""


@click.group(cls=LazyGroup, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="counterfoil", prog_name="counterfoil")
def counterfoil(**_: Any) -> None:
    """Invoices of every commerce platform, read as one: pull them into a store, look at them, hold them against themselves."""
