"""A connection to PostgreSQL that is made again after the server was restarted."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import RLock
from typing import TYPE_CHECKING, Any, TypeVar

from counterfoil_core.types import Secret

from ...errors import StorageError

if TYPE_CHECKING:
    import psycopg

ResultT = TypeVar("ResultT")
CONNECT_TIMEOUT = 10  # seconds
PATIENCE = 60  # seconds to wait for a server that is being restarted
FIRST_WAIT, LONGEST_WAIT = 0.1, 2.0
MOST_DEADLOCKS = 5
RESTARTING = ("57P01", "57P02", "57P03")  # of errors by which a server ends a connection
SHOWN = ("user", "host", "port", "dbname")
CAUSES = {
    "28P01": "the password is wrong: set PGPASSWORD, or a line of ~/.pgpass",
    "28000": "the role may not log in: check the role and pg_hba.conf",
    "3D000": "there is no such database: create it",
    "53100": "the disk of the server is full: nothing of this step was stored",
    "53300": "the server has no connection left: use fewer pullers, or a pool",
    "57P03": "the server is starting or stopping: try again",
}

HINTS = {"42501": "the role lacks a right: docs/scaling.md lists what it needs"}
# Errors of connecting have no code, but the message of the server or of libpq.
MESSAGES = {
    "password authentication failed": CAUSES["28P01"],
    "no password supplied": CAUSES["28P01"],
    "is not permitted to log in": CAUSES["28000"],
    "no pg_hba.conf entry": CAUSES["28000"],
    "does not exist": "the database or role does not exist: create it",
    "Connection refused": "no server answers there: start it, or correct host and port",
    "No such file": "no server answers on its local socket: start it, or give a host",
    "failed to resolve host": "the host is unknown: correct its name",
    "Name or service not known": "the host is unknown: correct its name",
    "too many": CAUSES["53300"],
    "remaining connection slots": CAUSES["53300"],
    "starting up": CAUSES["57P03"],
    "shutting down": CAUSES["57P03"],
    "timeout expired": "the server does not answer: check the network",
}


def load() -> Any:
    """Return the package psycopg. Raises StorageError if it is not installed."""
    try:
        import psycopg
    except ImportError as error:
        message = 'PostgreSQL needs psycopg: pip install "counterfoil[postgres]"'
        raise StorageError(message) from error
    return psycopg


class Connection:
    """A connection that threads share. A step that a restart interrupts is done once more."""

    def __init__(self, url: str) -> None:
        self._psycopg = load()
        self._url = Secret(url)
        self._lock = RLock()
        self.name = self._describe(url)
        self.restarts = 0
        self._connection: psycopg.Connection[Any] = self._connect()

    def _describe(self, url: str) -> str:
        """Return the address without its password. Raises StorageError if it is malformed."""
        try:
            parts = self._psycopg.conninfo.conninfo_to_dict(str(url))
        except self._psycopg.Error:
            text = "the address must be like postgresql://role@host:5432/database"
            raise StorageError(text) from None
        shown = [f"{name}={parts[name]}" for name in SHOWN if parts.get(name)]
        return f"PostgreSQL ({' '.join(shown)})" if shown else "PostgreSQL"

    def __repr__(self) -> str:
        return f"<Connection {self.name}>"

    def close(self) -> None:
        """Close the connection."""
        with self._lock:
            self._connection.close()

    def run(
        self,
        work: Callable[[psycopg.Cursor[Any]], ResultT],
        *,
        prepare: Callable[[psycopg.Cursor[Any]], object] | None = None,
    ) -> ResultT:
        """Do a step in one transaction, and return its result.

        If the server is restarted meanwhile, the connection is made again, `prepare` is done, and
        then the step once more, since it may have been committed or not: a step must have the same
        effect if it is done twice. A step that a deadlock ends is repeated. Raises StorageError
        with an explanation.
        """
        deadlocks = 0
        with self._lock, self._explained():
            while True:
                try:
                    with self._connection.transaction(), self._connection.cursor() as cursor:
                        return work(cursor)
                except self._psycopg.errors.DeadlockDetected:
                    deadlocks += 1
                    if deadlocks > MOST_DEADLOCKS:
                        raise
                except self._psycopg.OperationalError as error:
                    if not self._connection.broken and error.sqlstate not in RESTARTING:
                        raise
                    self._reconnect(prepare)

    @contextmanager
    def stream(self, query: str, values: tuple[Any, ...]) -> Iterator[Iterator[Any]]:
        """Yield the rows of a query, which are fetched as they are needed."""
        with (
            self._explained(),
            self._connect() as connection,
            connection.transaction(),
            connection.cursor(name="counterfoil") as cursor,
        ):
            cursor.execute(query, values)
            yield iter(cursor)

    def _connect(self) -> psycopg.Connection[Any]:
        host = socket.gethostname()
        with self._explained():
            connection: psycopg.Connection[Any] = self._psycopg.connect(
                str(self._url),
                connect_timeout=CONNECT_TIMEOUT,
                application_name=f"counterfoil {os.getpid()} on {host}"[:63],
                autocommit=True,
            )
            connection.execute("SET TIME ZONE 'UTC'")
            return connection

    def _reconnect(self, prepare: Callable[[psycopg.Cursor[Any]], object] | None) -> None:
        """Connect again, for as long as a restart takes. Raises StorageError if it takes longer."""
        self._connection.close()
        deadline = time.monotonic() + PATIENCE
        wait = FIRST_WAIT
        while True:
            try:
                self._connection = self._connect()
                break
            except StorageError:
                if time.monotonic() + wait > deadline:
                    raise
                time.sleep(wait)
                wait = min(2 * wait, LONGEST_WAIT)
        self.restarts += 1
        if prepare is not None:
            with self._connection.cursor() as cursor:
                prepare(cursor)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Raise StorageError, with an explanation and without the password."""
        try:
            yield
        except self._psycopg.Error as error:
            raise StorageError(f"{self.name}: {self._explain(error)}") from None

    def _explain(self, error: psycopg.Error) -> str:
        text = str(error).strip()
        first = text.splitlines()[0] if text else type(error).__name__
        password = self._psycopg.conninfo.conninfo_to_dict(str(self._url)).get("password")
        if password:
            first = first.replace(str(password), "***")
        if error.sqlstate in HINTS:
            return f"{first}: {HINTS[error.sqlstate]}"
        cause = CAUSES.get(error.sqlstate or "")
        if cause is None:
            cause = next((one for words, one in MESSAGES.items() if words in text), first)
        return cause
