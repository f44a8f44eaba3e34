"""Accounts: from arguments, from accounts.toml, and what is refused in one sentence."""

from __future__ import annotations

import inspect
import sys
from importlib import import_module
from pathlib import Path

import pytest
from counterfoil import Account, AccountError, connect, connect_async, find_provider, provider_names, read_accounts

ROOT = Path(__file__).parents[3]
OPTIONS = {"rate_limit", "base_url", "transport", "timeout", "max_attempts"}


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

    assert {*provider.settings, *provider.secrets} == set(inspect.signature(client).parameters) - OPTIONS
    assert (provider.name, provider.package) == (name, "counterfoil_" + name.replace("-", "_"))


def test_an_account_is_made_of_the_file_and_its_secret_of_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = '[milan-shop]\nprovider = "open2b-admin"\nstore = "shop.example.com"\ncurrency = "EUR"\ntime_zone = "Europe/Rome"\n'
    monkeypatch.setenv("COUNTERFOIL_MILAN_SHOP_KEY", "a-secret-key")

    [account] = read_accounts(write(tmp_path, file)).values()

    assert (account.name, account.currency, account.time_zone) == ("milan-shop", "EUR", "Europe/Rome")
    with connect(account) as client:
        assert "shop.example.com" in repr(client)
        assert type(client).__name__ == "Open2bAdminClient"
    assert type(connect_async(account)).__name__ == "AsyncOpen2bAdminClient"


def test_an_account_may_lead_to_a_sandbox() -> None:
    account = Account(name="a", provider="flow", settings={"organization": "o", "token": "t"}, base_url="http://127.0.0.1:9/flow")

    with connect(account) as client:
        assert "http://127.0.0.1:9/flow" in repr(client)


def test_a_secret_in_the_file_is_refused_with_the_variable_to_use(tmp_path: Path) -> None:
    path = write(tmp_path, '[milan]\nprovider = "open2b-admin"\nstore = "shop.example.com"\nkey = "super-secret"\n')

    with pytest.raises(AccountError) as raised:
        read_accounts(path)

    assert "key is a secret and must not stand in a file" in str(raised.value)
    assert "COUNTERFOIL_MILAN_KEY" in str(raised.value)
    assert "super-secret" not in str(raised.value)


def test_a_secret_shows_in_no_repr() -> None:
    account = Account(name="a", provider="vtex", settings={"account": "shop", "app_key": "k-123456", "app_token": "t-123456"})

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


def test_a_package_that_is_not_installed_is_named_with_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "counterfoil_vtex", None)
    monkeypatch.setattr(sys, "meta_path", [_Missing(), *sys.meta_path])
    monkeypatch.delitem(sys.modules, "counterfoil_vtex")

    with pytest.raises(AccountError, match=r'the client of vtex is not installed: pip install "counterfoil\[vtex\]"'):
        connect(Account(name="shop", provider="vtex", settings={"account": "shop", "user_token": "t"}))


class _Missing:
    """An import system in which counterfoil_vtex is not installed."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        if name == "counterfoil_vtex":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        ('[a]\nprovider = "shopify"\n', "there is no provider 'shopify'; there are amazon, flow"),
        ('[a]\nprovider = "vtex"\nstore = "x"\n', "vtex has no setting 'store'; it has account, environment"),
        ('[a]\nstore = "x"\n', "must be a table with a provider"),
        ("a = 1\n", "must be a table with a provider"),
        ('[a]\nprovider = "vtex"\naccount = 7\n', "account must be a text"),
        ('[a]\nprovider = "vtex"\ncurrency = "euro"\n', "ISO 4217 code such as EUR, not 'euro'"),
        ('[a]\nprovider = "vtex"\ntime_zone = "Rome"\n', "a name such as Europe/Rome, not 'Rome'"),
        ('[a]\nprovider = "vtex"\nminor_digits = 2.5\n', "a whole number from 0 to 6, not 2.5"),
        ('[a]\nprovider = ["vtex"]\n', "there is no provider"),
        ("[a\n", "cannot be read"),
        ('[a-b]\nprovider = "vtex"\n[a_b]\nprovider = "flow"\n', "would have the same environment variables"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(file: str, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(AccountError) as raised:
        read_accounts(write(tmp_path, file))

    assert sentence in str(raised.value)
    assert "accounts.toml" in str(raised.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(AccountError, match="there is no file"):
        read_accounts(tmp_path / "accounts.toml")
