"""A server for the session, and a new database for each test."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import psycopg
import pytest

from .server import Server, serve

NUMBERS = count(1)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with serve() as server:
        yield server


@pytest.fixture
def url(server: Server) -> str:
    """The address of a new database."""
    name = f"books{next(NUMBERS)}"
    with psycopg.connect(server.url(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return server.url(name)


@pytest.fixture
def own_server() -> Iterator[Server]:
    """A server that a test may stop and kill."""
    with serve() as server:
        yield server
