"""Run all benchmarks, or those named: `nox -s bench -- decoding`.

`lost_responses` and `spark`, which needs Java, run only if they are named.
"""

from __future__ import annotations

import datetime
import importlib
import platform
import sys
from importlib.metadata import version

SUITES = (
    "decoding",
    "starting",
    "large_package",
    "concurrency",
    "mapping",
    "generating",
    "sandbox",
    "pulling",
    "einvoices",
    "scaling",
)
PEERS = (
    *(
        "openapi-python-client",
        "datamodel-code-generator",
        "pydantic",
        "orjson",
        "msgspec",
        "httpx2",
        "aiohttp",
    ),
    *("openai", "stripe", "python-amazon-sp-api"),
)


def main(names: list[str]) -> int:
    today = datetime.datetime.now(tz=datetime.UTC).date()
    peers = ", ".join(f"{peer} {version(peer)}" for peer in PEERS)
    print(f"{today}, Python {platform.python_version()}; {peers}")
    for name in names or SUITES:
        print(f"\n{name}")
        for row in importlib.import_module(f"benchmarks.{name}").report():
            print(row)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
