"""`adopt --verify` counts the findings of other tools, and the checks that did not run."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from counterfoil_tools.adopt.__main__ import main
from counterfoil_tools.verify import Status, Verdict, show, verify
from counterfoil_tools.verify.checks import CHECKS, GENERATE, Check
from counterfoil_tools.verify.run import run_check

from .documents import BILLING, Adopted

SLEEPER = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
open(sys.argv[1], "w").write(str(child.pid))
time.sleep(60)
"""


def find_check(name: str) -> Check:
    [found] = [check for check in CHECKS if check.name == name]
    return found


def make_check(*command: str, module: str = "") -> Check:
    """A check that runs a command and takes each line that it prints as a finding."""
    return Check(
        "invented",
        lambda _folder, _package: [sys.executable, *command],
        str.splitlines,
        module=module,
        distribution="invented-dist",
    )


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("counterfoil_tools.adopt.__main__.WORKSPACE", tmp_path)
    return tmp_path


def test_a_sound_document_passes_every_check(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["billing", str(BILLING), "--verify"]) == 0

    printed = capsys.readouterr().out.partition("verify:\n")[2]
    assert printed.splitlines() == [
        "  generate: no warnings",
        "  openapi-spec-validator: no warnings",
        "  openapi-python-client: no warnings",
        "  calls and responses: no warnings",
        "  mypy: no warnings",
        "  pyright: no warnings",
    ]
    assert {path.name for path in workspace.iterdir()} == {"specs"}


@pytest.mark.parametrize(("words", "status"), [([], 0), (["--strict"], 1)])
def test_findings_are_warnings_unless_strict(
    words: list[str],
    status: int,
    workspace: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    check = make_check("-c", "print('a: wrong'); print('b: wrong')")
    monkeypatch.setattr("counterfoil_tools.verify.CHECKS", (check,))
    only = ["--only", "listCustomers"]  # of which nothing is left out

    assert main(["billing", str(BILLING), "--verify", *only, *words]) == status

    printed = capsys.readouterr().out
    assert "  invented: 2 warnings\n    a: wrong\n    b: wrong\n" in printed


def test_an_invalid_result_is_found(billing: Adopted, tmp_path: Path) -> None:
    path = billing.folder / "openapi.yaml"
    path.write_text(path.read_text().replace("type: integer", "type: whole", 1))

    verdict = run_check(find_check("openapi-spec-validator"), billing.folder, tmp_path)

    assert verdict.status is Status.FOUND
    assert "'whole' is not" in verdict.findings[0]


def test_an_operation_that_the_cross_check_does_not_find_is_named(
    billing: Adopted, tmp_path: Path
) -> None:
    path = billing.folder / "openapi.yaml"
    old = "/customers/{customer_id}:"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, "/customers/{other_id}:"))

    verdict = run_check(find_check("openapi-python-client"), billing.folder, tmp_path)

    assert verdict.status is Status.FOUND
    assert any("/customers/{other_id}" in finding for finding in verdict.findings)


def test_digits_that_a_response_loses_are_found_with_their_place(
    billing: Adopted, tmp_path: Path
) -> None:
    assert run_check(GENERATE, billing.folder, tmp_path).status is Status.PASSED
    check = find_check("calls and responses")
    assert run_check(check, billing.folder, tmp_path).status is Status.PASSED
    [models] = tmp_path.glob("generated/*/src/*/models.py")
    models.write_text(models.read_text().replace(": Decimal", ": float"))

    verdict = run_check(check, billing.folder, tmp_path)

    assert verdict.status is Status.FOUND
    lost = "12345678901234567.10 became 12345678901234568"
    assert any("loses $." in finding and lost in finding for finding in verdict.findings)


@pytest.mark.parametrize("name", ["mypy", "pyright"])
def test_a_type_error_of_the_package_is_found_with_its_place(name: str, tmp_path: Path) -> None:
    package = tmp_path / "generated/parcels-client/src/parcels_client"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("NAMES = ['Ada']\nFIRST: int = NAMES[0]\n")

    verdict = run_check(find_check(name), tmp_path, tmp_path)

    assert verdict.status is Status.FOUND
    assert len(verdict.findings) == 1
    assert verdict.findings[0].startswith("parcels_client/__init__.py:2: ")


def test_a_check_that_takes_too_long_is_ended_with_its_children(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("counterfoil_tools.verify.run.LONGEST", 3.0)
    noted = tmp_path / "pid"

    verdict = run_check(make_check("-c", SLEEPER, str(noted)), tmp_path, tmp_path)

    assert verdict.status is Status.TIMED_OUT
    assert is_gone(int(noted.read_text()))


def is_gone(pid: int) -> bool:
    """Wait until a process has ended, or is a zombie that nobody waits for."""
    for _ in range(200):
        found = subprocess.run(
            ["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False
        )
        if found.stdout.strip()[:1] in ("", "Z"):
            return True
        time.sleep(0.05)
    return False


def test_a_check_that_is_not_installed_or_falls_over_is_counted(
    billing: Adopted, monkeypatch: pytest.MonkeyPatch
) -> None:
    absent = make_check("-c", "", module="no_such_module")
    broken = make_check("-c", "raise SystemExit('no disk')")
    monkeypatch.setattr("counterfoil_tools.verify.CHECKS", (absent, broken))

    verdicts = verify(billing.folder)

    assert list(show(verdicts)) == [
        "  generate: no warnings",
        "  invented: not installed",
        "    pip install invented-dist",
        "  invented: failed",
        "    no disk",
    ]


def test_without_a_package_there_is_nothing_to_type_check(billing: Adopted) -> None:
    path = billing.folder / "openapi.yaml"
    path.write_text(path.read_text().replace("method: finalize", "method: Finalize"))

    by_name = {verdict.name: verdict for verdict in verify(billing.folder)}

    assert by_name["generate"].status is Status.FOUND
    assert '"Finalize"' in by_name["generate"].findings[0]
    skipped = Verdict("mypy", Status.SKIPPED, ("there is no package to check",))
    assert by_name["mypy"] == skipped
    assert by_name["pyright"].status is Status.SKIPPED


def test_many_findings_are_counted_and_the_first_are_shown() -> None:
    verdict = Verdict("mypy", Status.FOUND, tuple(f"a.py:{line}: wrong" for line in range(1, 9)))

    assert list(show([verdict])) == [
        "  mypy: 8 warnings",
        "    a.py:1: wrong",
        "    a.py:2: wrong",
        "    a.py:3: wrong",
        "    and 5 more",
    ]
