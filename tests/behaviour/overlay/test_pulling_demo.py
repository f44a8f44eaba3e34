"""The demo, as `nox -s demo` runs it, and the commands that it prints at its end."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PLATFORMS = ("amazon", "flow", "open2b-admin", "open2b-storefront", "vtex")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def screen(folder: Path) -> str:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "100"}
    ran = subprocess.run(
        [sys.executable, "-m", "docs.demo"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    return ran.stdout


def test_the_killed_pull_resumes_and_stores_each_invoice_once(screen: str) -> None:
    [stored] = re.findall(r"killed in the middle: (\d+) invoices are stored", screen)
    rows = re.findall(r"│ ([\w-]+) +│ +(\d+) │ +(\d+) │ +(\d+) │", screen)
    before = {row[0]: int(row[1]) for row in rows}
    new = {row[0]: int(row[2]) for row in rows}
    after = {row[0]: int(row[3]) for row in rows}

    assert tuple(after) == PLATFORMS
    assert sum(before.values()) == int(stored)
    assert int(stored) >= 250
    for name in PLATFORMS:
        assert after[name] > 0
        assert before[name] + new[name] == after[name]
    assert "A third pull: 0 new, 0 changed." in screen


def test_the_latest_invoice_of_each_platform_is_shown(screen: str) -> None:
    table = screen.split("The latest invoice of each")[1].split("\n2. ")[0]

    for name in PLATFORMS:
        assert re.search(rf"│ {name} +│ [\w/-]+ +│ .* (\d+\.\d\d [A-Z]{{3}}|in the PDF) │", table)


def test_digits_stay_and_a_lost_response_sends_nothing_twice(screen: str) -> None:
    assert re.search(r'"price": 56\.330 │ 56\.33 +│ 56\.330 +│', screen)
    assert re.search(r"sum of 100 totals +│ 61741\.36000000003 │ 61741\.36 +│", screen)
    assert "OutcomeUnknown: vtex invoices.notify" in screen
    assert "Sent 1 time. Read back, the order has the invoice: DEMO-1." in screen


def test_a_changed_total_is_found_and_a_pdf_is_saved(screen: str, folder: Path) -> None:
    assert " invoices checked: 0 errors." in screen
    assert re.search(r"error: totals.gross is [\d.]+, expected [\d.]+", screen)
    [pdf] = folder.glob("demo-invoices/*.pdf")
    assert pdf.read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize("command", ["list", "show", "verify"])
def test_the_printed_commands_work(command: str, screen: str, folder: Path) -> None:
    [line] = re.findall(rf"^    (\S+counterfoil {command} .*)$", screen, re.MULTILINE)

    ran = subprocess.run(shlex.split(line), cwd=folder, capture_output=True, text=True)

    assert ran.returncode == 0, ran.stderr
    assert ran.stdout


def test_the_sandbox_command_exists(screen: str, folder: Path) -> None:
    [script] = re.findall(r"^    (\S+counterfoil-sandbox) serve ", screen, re.MULTILINE)

    ran = subprocess.run([script, "serve", "--help"], cwd=folder, capture_output=True, text=True)

    assert ran.returncode == 0, ran.stderr
