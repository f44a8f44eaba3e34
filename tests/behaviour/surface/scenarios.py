"""Three changes of vendors, each followed from the vendor's file to the changelog, with the tools that a maintainer uses."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tests.behaviour.drift.vendor import edited
from tools.drift.__main__ import main as drift
from tools.generate import generate
from tools.release.changes import propose
from tools.release.packages import find_packages
from tools.surface import Verdict, judge
from tools.surface.__main__ import main as surface

from .repository import copy, edit

TODAY = date(2026, 11, 22)
Edit = tuple[str, str]


@dataclass(frozen=True)
class Scenario:
    """What the vendor changes, what we change after it, and how it is told."""

    api: str
    vendor: tuple[Edit, ...]
    spec: tuple[Edit, ...]
    fragment: str
    told: str
    examples: tuple[Edit, ...] = ()


@dataclass(frozen=True)
class Played:
    """What was said on the way, and what was decided."""

    drift: str
    surface: str
    proposal: str
    verdict: Verdict
    statuses: tuple[int, int]


NUMBER = '"invoiceNumber": {\n          "type": "string"'
SCENARIOS = {
    "amazon": Scenario(
        "amazon",
        vendor=(
            ('"content": {\n', '"invoiceDate": {\n     "type": "string",\n     "format": "date"\n    },\n    "content": {\n'),
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
                "Null is allowed. Not verified:\n            what a null does.\n          type: [string, 'null']\n",
                "It must not be null.\n          type: string\n",
            ),
        ),
        fragment="+invoice-number.broken.md",
        told="`notify` needs an `invoice_number`: VTEX refuses null.",
    ),
    "open2b-admin": Scenario(
        "open2b-admin",
        vendor=(("&quot;Sent&quot;", "&quot;Delivered&quot;"),),
        spec=(("[Open, Sent, Disputed, Archived, Cancelled]", "[Open, Delivered, Disputed, Archived, Cancelled]"),),
        examples=(('"Sent"', '"Delivered"'),),
        fragment="+delivered.broken.md",
        told="`InvoiceStatus.SENT` is `InvoiceStatus.DELIVERED` now, as Open2b calls it.",
    ),
}


def play(name: str, folder: Path) -> Played:
    """Follow a scenario in a repository of its own: see it, change the spec, judge, tell."""
    scenario = SCENARIOS[name]
    root = copy(scenario.api, folder / "repository")
    home = root / "specs" / scenario.api
    file = edited(scenario.api, folder, *scenario.vendor * (6 if scenario.examples else 1))
    seen = say(lambda: drift([scenario.api, str(file), "--specs", str(root / "specs")]))

    edit(home / "openapi.yaml", *scenario.spec)
    if scenario.examples:
        edit(home / "examples", *scenario.examples)
    generate([home], root)
    (home / "changes").mkdir(exist_ok=True)
    (home / "changes" / scenario.fragment).write_text(f"{scenario.told}\n")

    dist = f"counterfoil-{scenario.api}"
    tag, typing = f"{dist}-0.1.0", root / "tests" / "typing"
    judged = say(lambda: surface([scenario.api, "--against", tag, "--check-types", str(typing), "--root", str(root)]))
    proposal = "\n".join(propose(find_packages(root)[dist], TODAY, root))
    return Played(seen[1], judged[1], proposal, judge(dist, tag, root), (seen[0], judged[0]))


def say(run: Callable[[], int]) -> tuple[int, str]:
    """The exit status and the output of a command."""
    with contextlib.redirect_stdout(io.StringIO()) as said:
        status = run()
    return status, said.getvalue().rstrip()
