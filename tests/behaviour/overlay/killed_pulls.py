"""Pulls that run as processes, so that they can be killed, and what they should have stored."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from counterfoil_amazon import AmazonClient
from counterfoil_flow import FlowClient
from counterfoil_sandbox import FaultRule, Sandbox

INVOICES = 4000
DAYS = 40
PULL = """
import sys
from datetime import datetime
from counterfoil import open_sink, pull, read_accounts
since, until = map(datetime.fromisoformat, sys.argv[2:4])
with open_sink(sys.argv[1]) as sink:
    print("begun", flush=True)
    result = pull(read_accounts().values(), since, until, into=sink)
failed = [f"{one.account}: {one.failure}" for one in result.failed]
sys.exit("; ".join(failed) or None)
"""
FAULTS = [
    FaultRule(kind="server-error", rate=0.04),
    FaultRule(kind="reset", rate=0.03),
    FaultRule(kind="truncate", rate=0.03),
]


class Puller:
    """Runs pulls as processes, kills them, and keeps what they asked for."""

    def __init__(
        self, box: Sandbox, folder: Path, words: list[str], secrets: dict[str, str]
    ) -> None:
        self.box = box
        self.folder = folder
        self.words = words
        self.secrets = secrets
        self.asked: dict[int, Any] = {}
        self.before = {id(one) for one in box.requests}

    def start(self) -> subprocess.Popen[str]:
        words = [sys.executable, "-c", PULL, *self.words]
        process = subprocess.Popen(
            words,
            cwd=self.folder,
            env=self.secrets,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        return process

    def kill(self, seconds: float) -> bool:
        """Start a pull and kill it after some seconds; return whether it was still running."""
        process = self.start()
        time.sleep(seconds)
        was_at_work = process.poll() is None
        process.kill()
        process.communicate()
        self.note()
        return was_at_work

    def finish(self) -> int:
        """Pull until all is there; accounts that failed for the faults go on with the next pull."""
        for count in range(1, 40):
            process = self.start()
            _, said = process.communicate()
            self.note()
            if not process.returncode:
                return count
        raise AssertionError(said)

    def note(self) -> None:
        self.asked |= {id(one): one for one in self.box.requests}

    def count_pages(self, api: str) -> int:
        new = [one for number, one in self.asked.items() if number not in self.before]
        read = [one for one in new if one.method == "GET" and one.status == 200]
        return len([one for one in read if one.api == api and "nvoices" in one.path])


def read_all(box: Sandbox, since: datetime, until: datetime) -> set[tuple[str, str]]:
    """Return the providers' invoices, read with their own clients."""
    with (
        FlowClient(**box.client_arguments("flow")) as flow,
        AmazonClient(**box.client_arguments("amazon")) as amazon,
    ):
        found = {
            ("flow", one.key)
            for one in flow.consumer_invoices.iterate(limit=100)
            if since <= one.date < until
        }
        for start in (since + timedelta(days=days) for days in range(0, DAYS, 5)):
            listed = amazon.customer_invoices.iterate(
                created_after=start, created_before=start + timedelta(days=5), limit=100
            )
            found |= {("amazon", one.purchase_order_number) for one in listed}
    return found
