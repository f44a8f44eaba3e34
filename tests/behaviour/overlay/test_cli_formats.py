"""The formats of the command's output, and `counterfoil init`."""

from __future__ import annotations

import csv
import io
import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from counterfoil import Invoice, InvoiceRef, Party, Totals, open_sink, read_accounts
from counterfoil.cli import main
from counterfoil_sandbox import Sandbox

from .sandbox_accounts import write_accounts

Run = Callable[..., tuple[int, str, str]]
INVOICE = Invoice(
    ref=InvoiceRef(provider="flow", account="mine", kind="invoice", key="W-1"),
    completeness="full",
    number="2026/7",
    currency="EUR",
    buyer=Party(name='Ada, "the\tfirst" of Zürich'),
    totals=Totals(gross=Decimal("1234567890123456.7890"), net=Decimal("10")),
    paid=True,
)


@pytest.fixture(scope="module")
def served() -> Iterator[Sandbox]:
    with Sandbox(seed=7, invoices=12) as box, box.serve():
        yield box


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COUNTERFOIL_FORMAT", raising=False)

    def run(*words: str) -> tuple[int, str, str]:
        code = main(words)
        return code, *capfd.readouterr()

    return run


@pytest.fixture
def stored(run: Run) -> Run:
    with open_sink("invoices.db") as sink:
        sink.store("mine", [INVOICE], b"{}")
    return run


@pytest.mark.parametrize(("words", "delimiter"), [((), "\t"), (("--format", "csv"), ",")])
def test_a_pipe_gets_values_for_programs(
    stored: Run, words: tuple[str, ...], delimiter: str
) -> None:
    code, out, err = stored("list", *words)

    [row] = csv.DictReader(io.StringIO(out), delimiter=delimiter)
    assert (code, err) == (0, "")
    assert row["gross"] == "1234567890123456.7890"
    assert row["buyer_name"] == 'Ada, "the first" of Zürich'
    assert (row["net"], row["tax"], row["paid"]) == ("10", "", "true")


def test_the_formats_can_be_chosen(stored: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "─" in stored("list", "--format", "table")[1]
    assert json.loads(stored("list", "--format", "json")[1])["number"] == "2026/7"
    assert stored("list", "--format", "json")[1] == stored("list", "--json")[1]
    monkeypatch.setenv("COUNTERFOIL_FORMAT", "csv")
    assert stored("list")[1].startswith("account,kind,")
    code, _, err = stored("list", "--format", "xml")
    assert (code, "'xml' is not one of" in err) == (2, True)


def test_nothing_found_is_a_line_of_names_and_a_sentence(run: Run) -> None:
    with open_sink("invoices.db") as sink:
        sink.store("mine", [INVOICE], b"{}")

    code, out, err = run("list", "--kind", "credit_note")

    assert (code, out.count("\n")) == (0, 1)
    assert "credit_note" in err


def test_help_names_the_environment_variables(run: Run) -> None:
    text = run("list", "--help")[1]

    assert "COUNTERFOIL_STORE" in text
    assert "COUNTERFOIL_FORMAT" in text
    assert "COUNTERFOIL_ACCOUNTS" in run("pull", "--help")[1]


def test_documents_can_be_limited(served: Sandbox, run: Run, tmp_path: Path) -> None:
    environment = write_accounts(served, tmp_path, "amazon")
    with pytest.MonkeyPatch.context() as patch:
        for name, secret in environment.items():
            patch.setenv(name, secret)
        assert run("pull", "--since", "90d")[0] == 0
    code, out, _ = run("documents", "--limit", "2")

    assert code == 0
    assert len(out.splitlines()) == 1 + 2
    assert len(list(Path("documents").rglob("*.*"))) == 2


def test_a_character_that_the_output_lacks_is_escaped(stored: Run) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "counterfoil.cli", "list", "--format", "csv"],
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        text=True,
    )

    assert (ran.returncode, ran.stderr) == (0, "")
    assert "Z\\xfcrich" in ran.stdout


# init


def test_init_writes_an_account_that_works(
    served: Sandbox, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = served.client_arguments("flow")
    settings = ("organization", "base_url")
    words = [f"--set={name}={given[name]}" for name in settings]

    code, out, err = run("init", "--provider", "flow", "--name", "dublin", *words)

    assert (code, err) == (0, "")
    assert "export COUNTERFOIL_DUBLIN_TOKEN=..." in out
    monkeypatch.setenv("COUNTERFOIL_DUBLIN_TOKEN", given["token"])
    assert run("accounts", "check")[0] == 0
    text = Path("accounts.toml").read_text()
    assert given["token"] not in text
    assert "#   unit: e-invoices: the unit of quantities" in text


def test_init_adds_to_a_file_and_keeps_what_is_there(run: Run) -> None:
    Path("accounts.toml").write_text('# mine\n[rio]\nprovider = "vtex"\naccount = "shop"')

    assert run("init", "--provider", "flow", "--set", 'organization=a"b')[0] == 0

    text = Path("accounts.toml").read_text()
    assert text.startswith('# mine\n[rio]\nprovider = "vtex"\naccount = "shop"\n\n[flow]\n')
    assert read_accounts()["flow"].settings["organization"] == 'a"b'
    assert list(read_accounts()) == ["rio", "flow"]


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ((), "pass --provider: one of amazon, flow"),
        (("--provider", "shopify"), "'shopify' is not one of"),
        (("--provider", "flow", "--set", "organization"), "has no value"),
        (("--provider", "flow", "--set", "organisation=a"), "did you mean 'organization'"),
        (("--provider", "flow", "--set", "token=s3cret"), "COUNTERFOIL_FLOW_TOKEN"),
        (("--provider", "vtex", "--name", "rio"), "has an account 'rio' already"),
    ],
)
def test_init_refuses_and_leaves_the_file(run: Run, words: tuple[str, ...], problem: str) -> None:
    before = '[rio]\nprovider = "vtex"\naccount = "shop"\n'
    Path("accounts.toml").write_text(before)

    code, out, err = run("init", *words)

    assert code in (2, 3)
    assert problem in err
    assert "s3cret" not in out + err
    assert Path("accounts.toml").read_text() == before
    assert [path.name for path in Path().iterdir()] == ["accounts.toml"]


def test_init_refuses_a_name_with_the_variables_of_another(run: Run) -> None:
    assert run("init", "--provider", "flow", "--name", "a-b")[0] == 0
    before = Path("accounts.toml").read_bytes()

    code, _, err = run("init", "--provider", "flow", "--name", "a_b")

    assert (code, "the same environment variables" in err) == (3, True)
    assert Path("accounts.toml").read_bytes() == before


def test_init_refuses_a_value_that_is_not_utf8(run: Run) -> None:
    code, _, err = run("init", "--provider", "flow", "--set", "organization=\udcff")

    assert (code, "is not UTF-8" in err) == (2, True)
    assert not Path("accounts.toml").exists()


def test_init_keeps_bytes_mode_and_link_of_a_file(run: Run) -> None:
    before = b'\xef\xbb\xbf# mine\r\n[rio]\r\nprovider = "vtex"\r\naccount = "shop"\r\n'
    real = Path("dotfiles.toml")
    real.write_bytes(before)
    real.chmod(0o600)
    Path("accounts.toml").symlink_to(real)

    assert run("init", "--provider", "flow")[0] == 0

    assert Path("accounts.toml").is_symlink()
    assert real.read_bytes().startswith(before + b"\n[flow]\n")
    assert stat.S_IMODE(real.stat().st_mode) == 0o600
    assert list(read_accounts()) == ["rio", "flow"]


def test_init_asks_on_a_terminal(run: Run) -> None:
    """A real terminal, by Python's own pty."""
    program = (
        "import os, pty, sys\n"
        "pid, fd = pty.fork()\n"
        "if pid == 0:\n"
        "    os.execvp(sys.executable, [sys.executable, '-m', 'counterfoil.cli', 'init'])\n"
        "os.write(fd, b'flow\\ndublin\\nacme\\n')\n"
        "text = b''\n"
        "while True:\n"
        "    try:\n"
        "        part = os.read(fd, 4096)\n"
        "    except OSError:\n"
        "        break\n"
        "    if not part:\n"
        "        break\n"
        "    text += part\n"
        "print(text.decode())\n"
        "sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))\n"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)

    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "organization (Enter leaves it out)" in ran.stdout
    account = read_accounts()["dublin"]
    assert (account.provider, account.settings) == ("flow", {"organization": "acme"})
    assert stat.S_ISREG(Path("accounts.toml").stat().st_mode)


# where it looks, and completion


def test_accounts_are_also_found_in_the_configuration_folder(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("COUNTERFOIL_FLOW_TOKEN", "invented")
    shared = tmp_path / "config" / "counterfoil" / "accounts.toml"
    assert run("init", "--provider", "flow", f"--accounts={shared}")[0] == 0

    assert "flow\tflow\t" in run("accounts")[1]
    Path("accounts.toml").write_text('[rio]\nprovider = "vtex"\naccount = "shop"\n')
    assert "rio\tvtex\t" in run("accounts")[1], "the file here comes first"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("counterfoil show 20", "2026/7"),
        ("counterfoil list --kind cr", "credit_note"),
        ("counterfoil list --status av", "available"),
        ("counterfoil list --format t", "table"),
    ],
)
def test_the_shell_completes_numbers_kinds_and_statuses(
    stored: Run, words: str, expected: str
) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "counterfoil.cli"],
        env={
            **os.environ,
            "_COUNTERFOIL_COMPLETE": "bash_complete",
            "COMP_WORDS": words,
            "COMP_CWORD": str(len(words.split()) - 1),
        },
        capture_output=True,
        text=True,
    )
    assert f"plain,{expected}\n" in ran.stdout


def test_the_metadata_for_datasette_names_the_stores_main_currency(
    run: Run, tmp_path: Path
) -> None:
    with open_sink(tmp_path / "our file.db") as sink:
        sink.store("mine", [INVOICE], b"")

    code, out, err = run("datasette", "--store", "our file.db", "--output", "made.json")

    made = json.loads((tmp_path / "made.json").read_text())
    dashboard = made["plugins"]["datasette-dashboards"]["invoices"]
    assert code == 0
    assert "datasette 'our file.db' --metadata made.json" in out
    assert "no charts" in err
    assert dashboard["filters"]["currency"]["default"] == "EUR"
    assert list(made["databases"]) == ["our file"]


def test_an_empty_store_and_a_missing_one(run: Run, tmp_path: Path) -> None:
    with open_sink(tmp_path / "invoices.db"):
        pass

    assert run("datasette")[0] == 0
    assert json.loads((tmp_path / "datasette.json").read_text())
    code, _, err = run("datasette", "--store", "none.db")
    assert (code, "there is no file 'none.db'" in err) == (6, True)
    code, _, err = run("datasette", "--output", "no/such/folder.json")
    assert (code, "cannot be written" in err) == (6, True)
