"""Accounts: from arguments, from accounts.toml, and refused in one sentence."""

from __future__ import annotations

import inspect
import sys
from importlib import import_module
from pathlib import Path

import pytest
from counterfoil import (
    Account,
    AccountError,
    connect,
    connect_async,
    find_provider,
    provider_names,
    read_accounts,
)

ROOT = Path(__file__).parents[3]
OPTIONS = {
    "rate_limit",
    "base_url",
    "transport",
    "timeout",
    "max_attempts",
    "default_headers",
    "app_info",
}


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    for name in [name for name in os.environ if name.startswith("COUNTERFOIL_")]:
        monkeypatch.delenv(name)


def write(folder: Path, text: str) -> Path:
    path = folder / "accounts.toml"
    path.write_text(text)
    return path


def test_there_is_a_provider_for_each_folder_of_specs() -> None:
    assert set(provider_names()) == {path.parent.name for path in ROOT.glob("specs/*/openapi.yaml")}


@pytest.mark.parametrize("name", provider_names())
def test_a_providers_settings_are_the_arguments_of_its_client(name: str) -> None:
    provider = find_provider(name)
    client = getattr(import_module(provider.package), provider.client)

    assert {*provider.settings, *provider.secrets} == set(
        inspect.signature(client).parameters
    ) - OPTIONS
    assert provider.name == name
    assert provider.package == "counterfoil_" + name.replace("-", "_")


def test_an_account_is_made_of_the_file_and_its_secret_of_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = (
        '[milan-shop]\nprovider = "open2b-admin"\nstore = "shop.example.com"\n'
        'currency = "EUR"\ntime_zone = "Europe/Rome"\n'
    )
    monkeypatch.setenv("COUNTERFOIL_MILAN_SHOP_KEY", "a-secret-key")

    [account] = read_accounts(write(tmp_path, file)).values()

    assert (account.name, account.currency, account.time_zone) == (
        "milan-shop",
        "EUR",
        "Europe/Rome",
    )
    with connect(account) as client:
        assert "shop.example.com" in repr(client)
        assert type(client).__name__ == "Open2bAdminClient"
    assert type(connect_async(account)).__name__ == "AsyncOpen2bAdminClient"


def test_an_account_may_lead_to_a_sandbox() -> None:
    account = Account(
        name="a",
        provider="flow",
        settings={"organization": "o", "token": "t"},
        base_url="http://127.0.0.1:9/flow",
    )

    with connect(account) as client:
        assert "http://127.0.0.1:9/flow" in repr(client)


def test_a_secret_in_the_file_is_refused_with_the_variable_to_use(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        '[milan]\nprovider = "open2b-admin"\nstore = "shop.example.com"\nkey = "super-secret"\n',
    )

    with pytest.raises(AccountError) as raised:
        read_accounts(path)

    assert "key is a secret, which must not be written in a file" in str(raised.value)
    assert "COUNTERFOIL_MILAN_KEY" in str(raised.value)
    assert "super-secret" not in str(raised.value)


def test_a_secret_shows_in_no_repr() -> None:
    account = Account(
        name="a",
        provider="vtex",
        settings={"account": "shop", "app_key": "k-123456", "app_token": "t-123456"},
    )

    assert "k-123456" not in repr(account)
    assert "t-123456" not in repr(account)
    assert "shop" in repr(account)


def test_a_missing_secret_is_named_with_its_variables() -> None:
    with pytest.raises(AccountError) as raised:
        connect(Account(name="shop", provider="vtex", settings={"account": "shop"}))

    assert str(raised.value) == (
        "account 'shop': a secret is missing: set the environment variable "
        "COUNTERFOIL_SHOP_APP_KEY and COUNTERFOIL_SHOP_APP_TOKEN, or COUNTERFOIL_SHOP_USER_TOKEN"
    )


def test_the_clients_own_variables_serve_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COUNTERFOIL_VTEX_APP_KEY", "k")
    monkeypatch.setenv("COUNTERFOIL_SHOP_APP_TOKEN", "t")

    connect(Account(name="shop", provider="vtex", settings={"account": "shop"})).close()


def test_a_package_that_is_not_installed_is_named_with_its_extra(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "counterfoil_vtex", None)
    monkeypatch.setattr(sys, "meta_path", [_Missing(), *sys.meta_path])
    monkeypatch.delitem(sys.modules, "counterfoil_vtex")

    with pytest.raises(
        AccountError,
        match=r'the client of vtex is not installed: pip install "counterfoil\[vtex\]"',
    ):
        connect(
            Account(name="shop", provider="vtex", settings={"account": "shop", "user_token": "t"})
        )


class _Missing:
    """An import system in which counterfoil_vtex is not installed."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        if name == "counterfoil_vtex":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        ('[a]\nprovider = "shopify"\n', "unknown provider 'shopify'; known are amazon, flow"),
        (
            '[a]\nprovider = "vtex"\nstore = "x"\n',
            "vtex has no setting 'store'; it has account, environment",
        ),
        ('[a]\nstore = "x"\n', "must be a table with a provider"),
        ("a = 1\n", "must be a table with a provider"),
        ('[a]\nprovider = "vtex"\naccount = 7\n', "account must be a text"),
        ('[a]\nprovider = "vtex"\ncurrency = "euro"\n', "ISO 4217 code such as EUR, not 'euro'"),
        ('[a]\nprovider = "vtex"\ntime_zone = "Rome"\n', "a name such as Europe/Rome, not 'Rome'"),
        ('[a]\nprovider = "vtex"\nminor_digits = 2.5\n', "a whole number from 0 to 6, not 2.5"),
        ('[a]\nprovider = ["vtex"]\n', "unknown provider"),
        ("[a\n", "cannot be read"),
        (
            '[a-b]\nprovider = "vtex"\n[a_b]\nprovider = "flow"\n',
            "would have the same environment variables",
        ),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(
    file: str, sentence: str, tmp_path: Path
) -> None:
    with pytest.raises(AccountError) as raised:
        read_accounts(write(tmp_path, file))

    assert sentence in str(raised.value)
    assert "accounts.toml" in str(raised.value)


def test_a_byte_order_mark_is_read_past(tmp_path: Path) -> None:
    path = tmp_path / "accounts.toml"
    path.write_bytes(b'\xef\xbb\xbf[milan]\nprovider = "vtex"\naccount = "shop"\n')

    assert list(read_accounts(path)) == ["milan"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "latin-1"])
def test_another_encoding_than_utf_8_is_said(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "accounts.toml"
    path.write_bytes('[milan]\nprovider = "vtex"\naccount = "caff\xe8"\n'.encode(encoding))

    with pytest.raises(
        AccountError, match=r"accounts\.toml (is not UTF-8 .*: save it as UTF-8|cannot be read: )"
    ):
        read_accounts(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(AccountError, match="there is no file"):
        read_accounts(tmp_path / "accounts.toml")


def test_all_faulty_accounts_are_named(tmp_path: Path) -> None:
    file = """
[milan]
provider = "open2b-admin"
stor = "shop.example.com"
[rio]
provider = "vtexx"
[dublin]
provider = "flow"
organization = "x"
curency = "EUR"
token = "in the open"
[paris]
provider = "flow"
organization = "x"
"""
    with pytest.raises(AccountError) as raised:
        read_accounts(write(tmp_path, file))

    said = str(raised.value)
    assert "account 'milan': open2b-admin has no setting 'stor'; it has store, key_header" in said
    assert "did you mean 'store'?" in said
    assert "account 'rio': unknown provider 'vtexx'" in said
    assert "did you mean 'vtex'?" in said
    assert "account 'dublin': flow has no setting 'curency'" in said
    assert "did you mean 'currency'?" in said
    assert "paris" not in said


def test_secrets_are_no_settings_to_choose_from(tmp_path: Path) -> None:
    with pytest.raises(AccountError) as raised:
        read_accounts(write(tmp_path, '[a]\nprovider = "flow"\norganisation = "x"\n'))

    assert "did you mean 'organization'?" in str(raised.value)
    assert "token" not in str(raised.value)


def test_a_file_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "accounts.toml"
    path.write_bytes(b'\xef\xbb\xbf[milan]\nprovider = "vtex"\naccount = "shop"\n')

    assert list(read_accounts(path)) == ["milan"]


def test_minor_digits_may_differ_by_currency(tmp_path: Path) -> None:
    file = '[a]\nprovider = "vtex"\nminor_digits = {CLP = 0, KWD = 3}\nitem_quantity = "units"\n'
    [account] = read_accounts(write(tmp_path, file)).values()

    found = [account.find_minor_digits(code) for code in ("CLP", "KWD", "BRL", None)]
    assert (found, account.item_quantity) == ([0, 3, None, None], "units")
    assert Account(name="a", provider="vtex", minor_digits=2).find_minor_digits("CLP") == 2


@pytest.mark.parametrize(
    ("setting", "sentence"),
    [
        (
            "minor_digits = {pesos = 0}",
            "minor_digits must be an ISO 4217 code such as EUR, not 'pesos'",
        ),
        ("minor_digits = {CLP = 7}", "minor_digits.CLP must be a whole number from 0 to 6, not 7"),
        ("minor_digits = true", "minor_digits must be a whole number from 0 to 6, not True"),
        ('item_quantity = "kg"', "item_quantity must be measured or units, not 'kg'"),
    ],
)
def test_settings_of_amounts_are_checked(setting: str, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(AccountError) as raised:
        read_accounts(write(tmp_path, f'[a]\nprovider = "vtex"\n{setting}\n'))

    assert sentence in str(raised.value)
