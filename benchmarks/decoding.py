"""Decoding a large response: our models, untyped dicts, pydantic and openapi-python-client."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
import tempfile
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import orjson
from counterfoil_core.decode import make_reader
from counterfoil_core.response import RawResponse
from counterfoil_core.types import read_custom
from counterfoil_open2b_admin import ErrorAnswer, InvoicesFound

from .payloads import ROOT, decimals, large_answer
from .timing import Row, medians, milliseconds

SPEC = ROOT / "sandbox/src/counterfoil_sandbox/specs/open2b-admin.json"
EXACT = b'{"status":"ok","invoices":[{"total":1234567890123456.789,"taxAmount":56.330}]}'


KEPT = 10  # answers that a program keeps at once, as one does that reads page after page


def report() -> Iterator[Row]:
    answer = large_answer()
    yield Row(f"the answer: {len(answer) / 1e6:.1f} MB", f"{decimals(answer)} decimals")
    with tempfile.TemporaryDirectory() as folder:
        subjects = {
            "orjson, untyped": lambda: orjson.loads(answer),
            **own(answer),
            **peers(Path(folder), answer),
        }
        yield from rows("decode 1,000 invoices", medians(subjects, rounds=15))
        kept = {name: keep(decode) for name, decode in subjects.items()}
        yield from rows(f"decode {KEPT} such answers and keep them", medians(kept, rounds=5))
    exact = ours(EXACT).invoices[0]
    yield Row("1234567890123456.789 and 56.330 come back as", f"{exact.total}, {exact.tax_amount}")
    size = memory(answer)
    yield Row("memory kept an invoice", f"{size / 1000:.1f} kB", size / 12_000, "12 kB", 1.0)


def rows(what: str, times: dict[str, float]) -> Iterator[Row]:
    for name, seconds in times.items():
        goal = 1.1 if name.startswith("ours") else None
        yield Row(
            f"{what}: {name}",
            milliseconds(seconds),
            seconds / times["orjson, untyped"],
            "orjson",
            goal,
        )
    ratio = times["ours, in the client"] / times["ours, models alone"]
    yield Row(f"{what}: in the client", "", ratio, "our models alone", 1.1)


def keep(decode: Callable[[], object]) -> Callable[[], object]:
    return lambda: [decode() for _ in range(KEPT)]


def own(answer: bytes) -> dict[str, Callable[[], object]]:
    """Return the decoders of our models: alone, and as the client uses them, with its checks."""
    decoder = msgspec.json.Decoder(InvoicesFound | ErrorAnswer, dec_hook=read_custom)
    return {
        "ours, models alone": lambda: decoder.decode(answer),
        "ours, in the client": lambda: ours(answer),
    }


READ = make_reader(InvoicesFound | ErrorAnswer)


def ours(answer: bytes) -> Any:
    """Decode as the client does, finite amounts checked."""
    return READ(
        RawResponse(status=200, headers={"content-type": "application/json"}, content=answer)
    )


def memory(answer: bytes) -> float:
    ours(answer)
    tracemalloc.start()
    kept = ours(answer)
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return size / len(kept.invoices)


def peers(folder: Path, answer: bytes) -> dict[str, Callable[[], object]]:
    """Make the peers' models of the same spec and return how each decodes the answer."""
    sys.path.insert(0, str(folder))
    return {
        "pydantic": pydantic(folder, answer),
        "openapi-python-client": openapi_python_client(folder, answer),
    }


def pydantic(folder: Path, answer: bytes) -> Callable[[], object]:
    """pydantic v2 models by datamodel-code-generator, with its own options for decimals."""
    words = [
        "--input",
        str(SPEC),
        "--input-file-type",
        "openapi",
        "--output",
        str(folder / "pydantic_models.py"),
    ]
    options = [
        "--output-model-type",
        "pydantic_v2.BaseModel",
        "--target-python-version",
        "3.11",
        "--formatters",
        "builtin",
    ]
    subprocess.run(
        [sys.executable, "-m", "datamodel_code_generator", *words, *options],
        check=True,
        capture_output=True,
    )
    found = importlib.import_module("pydantic_models").InvoicesFound
    return lambda: found.model_validate_json(answer)


def openapi_python_client(folder: Path, answer: bytes) -> Callable[[], object]:
    """attrs models by plain openapi-python-client."""
    words = [
        "generate",
        "--path",
        str(SPEC),
        "--meta",
        "none",
        "--output-path",
        str(folder / "opc_client"),
    ]
    subprocess.run(
        [sys.executable, "-m", "openapi_python_client", *words], check=True, capture_output=True
    )
    found = importlib.import_module("opc_client.models").InvoicesFound
    return lambda: found.from_dict(json.loads(answer))
