"""Three changes of vendors, from the vendor's file to the changelog, with a maintainer's tools."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from counterfoil_tools.drift.__main__ import main as drift
from counterfoil_tools.generate import generate
from counterfoil_tools.release.changes import propose
from counterfoil_tools.release.packages import find_packages
from counterfoil_tools.surface import Verdict, judge
from counterfoil_tools.surface.__main__ import main as surface

from tests.behaviour.drift.vendor import edited

from .repository import copy, edit

TODAY = date(2026, 11, 22)
Edit = tuple[str, str]


@dataclass(frozen=True)
class Scenario:
    """The vendor's change, our change of the spec, and the entry in the changelog."""

    api: str
    vendor: tuple[Edit, ...]
    spec: tuple[Edit, ...]
    fragment: str
    told: str
    examples: tuple[Edit, ...] = ()


@dataclass(frozen=True)
class Played:
    """The output of each tool, and the decision."""

    drift: str
    surface: str
    proposal: str
    verdict: Verdict
    statuses: tuple[int, int]


NULLS = """              nulls:
                summary: Null for what is not known yet
                externalValue: examples/invoices.notify.nulls.request.json
"""
NUMBER = '"invoiceNumber": {\n          "type": "string"'
SCENARIOS = {
    "amazon": Scenario(
        "amazon",
        vendor=(
            (
                '"content": {\n',
                '"invoiceDate": {\n     "type": "string",\n     "format": "date"\n    },\n'
                '    "content": {\n',
            ),
        ),
        spec=(
            (
                "          contentMediaType: application/pdf\n",
                "          contentMediaType: application/pdf\n        invoiceDate:\n"
                "          description: Day the invoice was made out. It may be absent.\n"
                "          type: string\n          format: date\n",
            ),
        ),
        fragment="+invoice-date.added.md",
        told="`CustomerInvoice.invoice_date`, the day the invoice was made out. It may be absent.",
    ),
    "vtex": Scenario(
        "vtex",
        vendor=((NUMBER + ',\n          "nullable": true', NUMBER),),
        spec=(
            (
                "Null is allowed. Not verified:\n            what a null does.\n"
                "          type: [string, 'null']\n",
                "It must not be null.\n          type: string\n",
            ),
            (NULLS, ""),  # the example of a request that may not be sent any more
        ),
        fragment="+invoice-number.broken.md",
        told="`notify` needs an `invoice_number`: VTEX refuses null.",
    ),
    "open2b-admin": Scenario(
        "open2b-admin",
        vendor=(("&quot;Sent&quot;", "&quot;Delivered&quot;"),),
        spec=(
            (
                "[Open, Sent, Disputed, Archived, Cancelled]",
                "[Open, Delivered, Disputed, Archived, Cancelled]",
            ),
        ),
        examples=(('"Sent"', '"Delivered"'),),
        fragment="+delivered.broken.md",
        told="`InvoiceStatus.SENT` is `InvoiceStatus.DELIVERED` now, as Open2b calls it.",
    ),
}


def play(name: str, folder: Path) -> Played:
    """Play a scenario in a separate repository: detect, change the spec, judge, announce."""
    scenario = SCENARIOS[name]
    root = copy(scenario.api, folder / "repository")
    home = root / "specs" / scenario.api
    file = edited(scenario.api, folder, *scenario.vendor * (6 if scenario.examples else 1))
    words = [scenario.api, str(file), "--specs", str(root / "specs")]
    seen = say(lambda: drift(words))

    edit(home / "openapi.yaml", *scenario.spec)
    if scenario.examples:
        edit(home / "examples", *scenario.examples)
    generate([home], root)
    (home / "changes").mkdir(exist_ok=True)
    (home / "changes" / scenario.fragment).write_text(f"{scenario.told}\n")

    dist = f"counterfoil-{scenario.api}"
    tag = f"{dist}-0.1.0"
    typing = root / "tests" / "typing"
    compared = [scenario.api, "--against", tag, "--check-types", str(typing), "--root", str(root)]
    judged = say(lambda: surface(compared))
    proposal = "\n".join(propose(find_packages(root)[dist], TODAY, root))
    codes = (seen[0], judged[0])
    return Played(seen[1], judged[1], proposal, judge(dist, tag, root), codes)


def say(run: Callable[[], int]) -> tuple[int, str]:
    """The exit status and the output of a command."""
    with contextlib.redirect_stdout(io.StringIO()) as said:
        status = run()
    return status, said.getvalue().rstrip()
