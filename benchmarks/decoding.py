"""Decoding a large answer: our models beside untyped dicts, pydantic, and what openapi-python-client makes of the same spec."""

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

import orjson
from counterfoil_core.decoding import decode
from counterfoil_open2b_admin import ErrorAnswer, InvoicesFound

from .answers import ROOT, decimals, large_answer
from .rounds import Row, medians, milliseconds

SPEC = ROOT / "sandbox/src/counterfoil_sandbox/specs/open2b-admin.json"
EXACT = b'{"status":"ok","invoices":[{"total":1234567890123456.789,"taxAmount":56.330}]}'


def report() -> Iterator[Row]:
    answer = large_answer()
    with tempfile.TemporaryDirectory() as folder:
        subjects = {"orjson": lambda: orjson.loads(answer), "ours": lambda: ours(answer), **peers(Path(folder), answer)}
        times = medians(subjects, rounds=15)
    yield Row(f"the answer: {len(answer) / 1e6:.1f} MB", f"{decimals(answer)} decimals")
    for name, seconds in times.items():
        goal = 1.1 if name == "ours" else None
        yield Row(f"decode 1,000 invoices, {name}", milliseconds(seconds), seconds / times["orjson"], "orjson.loads", goal)
    exact = ours(EXACT).invoices[0]
    yield Row("1234567890123456.789 and 56.330 come back as", f"{exact.total}, {exact.tax_amount}")
    kept = memory(answer)
    yield Row("memory kept an invoice", f"{kept / 1000:.1f} kB", kept / 12_000, "12 kB", 1.0)


def ours(answer: bytes) -> Any:
    return decode(answer, InvoicesFound | ErrorAnswer)


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
    return {"pydantic": pydantic(folder, answer), "openapi-python-client": openapi_python_client(folder, answer)}


def pydantic(folder: Path, answer: bytes) -> Callable[[], object]:
    """pydantic v2 models by datamodel-code-generator, with its own options for decimals."""
    words = ["--input", str(SPEC), "--input-file-type", "openapi", "--output", str(folder / "pydantic_models.py")]
    options = ["--output-model-type", "pydantic_v2.BaseModel", "--target-python-version", "3.11", "--formatters", "builtin"]
    subprocess.run([sys.executable, "-m", "datamodel_code_generator", *words, *options], check=True, capture_output=True)
    found = importlib.import_module("pydantic_models").InvoicesFound
    return lambda: found.model_validate_json(answer)


def openapi_python_client(folder: Path, answer: bytes) -> Callable[[], object]:
    """attrs models by plain openapi-python-client."""
    words = ["generate", "--path", str(SPEC), "--meta", "none", "--output-path", str(folder / "opc_client")]
    subprocess.run([sys.executable, "-m", "openapi_python_client", *words], check=True, capture_output=True)
    found = importlib.import_module("opc_client.models").InvoicesFound
    return lambda: found.from_dict(json.loads(answer))
