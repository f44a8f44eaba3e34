"""Open the store that a command reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import click

from ..sinks import is_address
from ..sinks.sqlite import SqliteSink

if TYPE_CHECKING:
    from ..sinks.postgres import PostgresSink

Store: TypeAlias = "SqliteSink | PostgresSink"


def open_store(store: str) -> Store:
    """Open a store that exists. Raises StorageError if it does not, or is damaged."""
    if not is_address(store):
        return SqliteSink(store, make=False)
    from ..sinks.postgres import PostgresSink

    return PostgresSink(store, make=False)


def open_file(store: str) -> SqliteSink:
    """Open a SQLite file that exists. Raises UsageError for the address of a database."""
    if is_address(store):
        command = click.get_current_context().info_name
        raise click.UsageError(f"{command} works with SQLite files only, not with PostgreSQL")
    return SqliteSink(store, make=False)
