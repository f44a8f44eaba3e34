"""The page docs/reference/accounts.md, made from the providers and the specs of their clients."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from counterfoil.accounts import ACCOUNT_SETTINGS
from counterfoil.registry import ProviderDescription, find_description, provider_names
from counterfoil_tools.generate.python.client import client_arguments
from counterfoil_tools.openapi.ingest import read

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/reference/accounts.md"
COMMON = {
    "provider": "the platform: `{providers}`. Required",
    "currency": "the currency of amounts whose platform sends none, by ISO 4217",
    "time_zone": "the time zone of times that come without an offset, such as `Europe/Rome`",
    "minor_digits": "the decimals of integer amounts, 0 to 6, or a table by currency such as "
    "`{{CLP = 0}}`; default 2",
    "item_quantity": "`measured` (the default: 3 units of 0.5 kg are 1.5 kg) or "
    "`units` (they are 3)",
    "base_url": "the address of a sandbox or a proxy",
    "overlap": "how much of the time before the end of the last pull is read again: `90s`, `15m`, "
    "`2h` or `1d`; default two minutes, at most ten years",
    "reread": "how far back the records are read again that a platform does not list by their own "
    "time; default `30d`",
}
INTRODUCTION = """\
<!-- Made by `nox -s golden` from the providers. Do not edit. -->
# accounts.toml

Each table is an account; its name is your choice, and part of every invoice's `ref`.
`counterfoil init` asks for the settings and writes the file, `counterfoil accounts check` asks each
platform whether they are right, `read_accounts()` returns the accounts by name.

```toml title="accounts.toml"
[milan]
provider = "open2b-admin"
store = "shop.example.com"
currency = "EUR"
time_zone = "Europe/Rome"

[rio]
provider = "vtex"
account = "lanternario"
overlap = "2h"
```

A secret is not written in the file, which would be an error. It is found in the environment, under
the name of the account or, for all accounts of a platform, of the platform:
`COUNTERFOIL_MILAN_KEY`, or else `COUNTERFOIL_OPEN2B_ADMIN_KEY`. In a name, `-` and other signs
become `_`."""


def make_page() -> str:
    """Return the page of accounts.toml."""
    names = provider_names()
    rows = []
    for name, text in COMMON.items():
        rows.append(f"| `{name}` | {text.format(providers='`, `'.join(names))} |")
    missing = set(ACCOUNT_SETTINGS) - set(COMMON) - set(_list_facts())
    if missing:
        raise RuntimeError(f"accounts.toml: nothing says what {sorted(missing)} mean")
    parts = [
        INTRODUCTION,
        "## Settings of every account\n\n| setting | meaning |\n|---|---|\n" + "\n".join(rows),
        "The facts that complete invoices, such as `seller` and `tax_categories`, are on the page "
        "[accounting](../accounting.md#facts-of-an-account).",
    ]
    parts += [_make_section(find_description(name)) for name in names]
    return "\n\n".join(parts) + "\n"


@cache
def _list_facts() -> tuple[str, ...]:
    """Return the settings that docs/accounting.md explains."""
    text = (ROOT / "docs/accounting.md").read_text(encoding="utf-8")
    return tuple(re.findall(r"^\| `(\w+)` \| ", text, re.MULTILINE))


def _make_section(description: ProviderDescription) -> str:
    rows = list(_list_rows(description))
    ways = [" and ".join(f"`{name}`" for name in names) for names in description.credentials]
    facts = [f"| `{name}` | {text} |" for name, text in description.facts.items()]
    parts = [
        f"## {description.name}",
        description.capabilities.note,
        f"Credentials: {', or '.join(ways)}.",
        "| setting | in the file | in the environment | meaning |\n|---|---|---|---|\n"
        + "\n".join(rows),
    ]
    if facts:
        parts.append(
            "Its invoices are completed by:\n\n| fact | for |\n|---|---|\n" + "\n".join(facts)
        )
    return "\n\n".join(parts)


def _list_rows(description: ProviderDescription) -> Iterator[str]:
    """Yield a row for each argument of a provider's client that an account sets."""
    texts = _read_texts(description.name)
    variable = f"COUNTERFOIL_{description.name}_".upper().replace("-", "_")
    for name in dict.fromkeys((*description.settings, *description.secrets)):
        is_secret = name in description.secrets
        place = "no, it is a secret" if is_secret else "yes"
        yield f"| `{name}` | {place} | `{variable}{name.upper()}` | {texts[name]} |"


@cache
def _read_texts(api: str) -> dict[str, str]:
    """Return what the arguments of an API's client mean, from its spec."""
    texts = {}
    for argument in client_arguments(read(ROOT / "specs" / api)):
        text = re.sub(r"\s*Environment: `\w+`\.", "", " ".join(argument.doc.split()))
        texts[argument.name] = text.replace("|", "\\|")
    return texts


if __name__ == "__main__":
    PAGE.write_text(make_page(), encoding="utf-8")
