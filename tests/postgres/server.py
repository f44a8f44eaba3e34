"""A PostgreSQL server of the tests' own: a cluster in a folder of its own, on a free port."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

PASSWORD = "correct-horse-4711"
OWNER = "postgres"
SETTINGS = "-c fsync=off -c max_connections=60 -c deadlock_timeout=100ms"


def find_programs() -> Path:
    """Return the folder of initdb and pg_ctl, of the latest version that is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))  # by version
    on_path = shutil.which("initdb")
    assert found or on_path, "this needs a server: apt-get install postgresql"
    return found[-1].parent if found else Path(str(on_path)).parent


class Server:
    """A cluster that can be stopped, killed and started again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.programs = find_programs()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        (folder / "password").write_text(PASSWORD)
        self.run_as_owner("chown")
        options = [f"--pwfile={folder / 'password'}", "--auth=scram-sha-256", "--username=owner"]
        # A locale that sorts "a" before "B", as those of most servers do.
        options += ["--encoding=UTF8", "--locale-provider=icu", "--icu-locale=en-US"]
        self.run("initdb", "--no-sync", *options, f"--pgdata={folder / 'data'}")

    def run_as_owner(self, program: str) -> None:
        if os.getuid() == 0:  # PostgreSQL refuses to run as root
            subprocess.run([program, "-R", OWNER, str(self.folder)], check=True)

    def run(self, program: str, *words: str) -> None:
        """Run a program of the server as its owner."""
        command: Sequence[str] = [str(self.programs / program), *words]
        if os.getuid() == 0:
            command = ["runuser", "-u", OWNER, "--", *command]
        log = self.folder / "programs.log"
        with log.open("ab") as output:
            done = subprocess.run(command, stdout=output, stderr=output, cwd="/")
        assert done.returncode == 0, log.read_text()

    def start(self) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 {SETTINGS}"
        options += f" -c unix_socket_directories={self.folder}"
        data = f"--pgdata={self.folder / 'data'}"
        log = f"--log={self.folder / 'log'}"
        self.run("pg_ctl", data, log, "-w", "-o", options, "start")

    def stop(self, mode: str = "immediate") -> None:
        """Stop it; `immediate` is as if it had been killed."""
        self.run("pg_ctl", f"--pgdata={self.folder / 'data'}", "-w", "-m", mode, "stop")

    def url(self, database: str = "postgres", role: str = "owner") -> str:
        """Return the address of a database."""
        return f"postgresql://{role}:{PASSWORD}@127.0.0.1:{self.port}/{database}"


@contextmanager
def serve() -> Iterator[Server]:
    """Start a server, and remove it afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="counterfoil-postgres-"))
    folder.chmod(0o755)
    try:
        server = Server(folder)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
