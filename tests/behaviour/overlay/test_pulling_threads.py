"""Many accounts of one provider pulled at once, in processes of their own: none dies."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from counterfoil_sandbox import Sandbox

from .sandbox_accounts import make_account

ACCOUNTS = 8
PROGRAM = """
import json, sys
from datetime import UTC, datetime
from counterfoil import Account, open_sink, pull

sys.setswitchinterval(1e-6)
about = json.loads(sys.argv[1])
accounts = [Account(name=f"shop-{number}", **about) for number in range(8)]
with open_sink(sys.argv[2]) as sink:
    result = pull(accounts, since=datetime(2000, 1, 1, tzinfo=UTC), into=sink)
    print(result.count("new"), len(result.failed))
"""


def see_that_none_dies(folder: Path, pulls: int) -> None:
    with Sandbox(["open2b-admin"], invoices=8, rate_limits=False) as box, box.serve():
        account = make_account(box, "open2b-admin")
        names = ("provider", "base_url", "settings", "time_zone", "currency")
        about = json.dumps({name: getattr(account, name) for name in names})
        for number in range(pulls):
            command = [sys.executable, "-c", PROGRAM, about, str(folder / f"{number}.db")]
            done = subprocess.run(command, capture_output=True, text=True, timeout=120)
            assert (done.returncode, done.stdout) == (0, f"{8 * ACCOUNTS} 0\n"), done.stderr[-2000:]


def test_8_accounts_of_one_provider_are_pulled_at_once(tmp_path: Path) -> None:
    see_that_none_dies(tmp_path, 2)


@pytest.mark.soak
def test_8_accounts_of_one_provider_are_pulled_at_once_100_times(tmp_path: Path) -> None:
    see_that_none_dies(tmp_path, 100)
