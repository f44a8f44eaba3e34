"""Invoices in PostgreSQL. Requires `counterfoil[postgres]`.

    with open_sink("postgresql://puller@db.internal/books") as sink:
        pull(accounts, since, into=sink)

The password comes from the environment (PGPASSWORD), from ~/.pgpass or from the URL. The tables are
in the schema `counterfoil`; docs/scaling.md lists them, and the roles that need least.
"""

from __future__ import annotations

from .sink import PostgresSink as PostgresSink

__all__ = ["PostgresSink"]
