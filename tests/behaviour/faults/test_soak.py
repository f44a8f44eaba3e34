"""Every fault on every operation of every client: the guarantees that all operations have."""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable
from typing import Any

import pytest
from counterfoil_core import CounterfoilError, RateLimit

from tests.contract import calls as documented
from tests.described_apis import DESCRIBED

from .callers import MARKER, MARKERS, WAYS, Call
from .matrix import FAULTS
from .run_fault import ADVICE, meet_fault

pytestmark = [
    pytest.mark.soak,
    pytest.mark.filterwarnings("ignore:replace is deprecated:DeprecationWarning"),
]
FAST = RateLimit(requests=100_000, per=1, burst=100_000)
PLAIN = {"store", "account", "organization"}  # arguments of clients that are not secret
MOST_ATTEMPTS = {"safe": 3, "keyed": 3, "never": 1}


def make_call(found: documented.Call) -> Call:
    operations = vars(importlib.import_module(f"{found.settings['import']}._operations")).values()
    operation = next(each for each in operations if getattr(each, "name", None) == found.name)
    given = DESCRIBED[found.api].credentials
    return Call(
        str(found),
        operation.retry,
        importlib.import_module(found.settings["import"]),
        found.settings["client"],
        {name: value if name in PLAIN else MARKER for name, value in given.items()},
        make_invoke(found),
        find_good_body(found),
        None,
        b"X-Customer-Key: key-of-a-customer\r\n",  # which a login reads
    )


def make_invoke(found: documented.Call) -> Callable[[Any], Any]:
    resource, method = found.name.split(".")
    return lambda client: getattr(getattr(client, resource), method)(**found.arguments)


def find_good_body(found: documented.Call) -> bytes:
    """The body of the operation's first documented success."""
    path = (
        documented.ROOT
        / "generated"
        / found.settings["dist"]
        / "src"
        / found.settings["import"]
        / "examples.json"
    )
    bodies = [
        each["body"]
        for each in json.loads(path.read_text())
        if each["operation"] == found.name and each["status"] < 300
    ]
    if not bodies or bodies[0] is None:
        return b""
    return json.dumps(bodies[0]).encode()


CALLS = [make_call(found) for found in documented.calls()]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.name)
def test_no_fault_breaks_the_promises(
    call: Call, way: str, record_property: Callable[[str, object], None]
) -> None:
    broken: list[str] = []
    for fault in FAULTS:
        record = meet_fault(fault, call, way, rate_limit=FAST)
        error = record.error
        kept = {
            "ours": error is None or isinstance(error, CounterfoilError),
            "named": error is None or f"{error.provider} {error.operation}" == call.name,
            "advised": error is None or ADVICE.search(error.message) is not None,
            "counted": record.attempts <= MOST_ATTEMPTS[call.retry],
            "in time": record.seconds < fault.options.get("timeout", 5) + 0.5,
            "secret": not [
                trace for trace in record.traces if any(marker in trace for marker in MARKERS)
            ],
            "without cookies": not [
                each for each in record.requests if b"\r\ncookie:" in each.lower()
            ],
        }
        broken += [
            f"{fault.name}: {promise}: {error!r}, {record.attempts}"
            for promise, is_kept in kept.items()
            if not is_kept
        ]
    record_property("faults met", len(FAULTS))

    assert not broken, "\n".join(broken)
