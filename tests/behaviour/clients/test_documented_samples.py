"""The samples in the vendors' documents are read by the models and written back unchanged."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from counterfoil_core.types import read_custom, write_custom

from tests.behaviour.clients.packages import ROOT, canonical, description, operations

SAMPLES = sorted((ROOT / "tests/fixtures/documented").glob("*.json"))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_a_documented_sample_is_read_and_written_back_as_it_stands(sample: Path) -> None:
    api, resource, method, side = sample.stem.split(".")
    operation = operations(api)[f"{resource}.{method}"]
    kind = operation.body.type if side == "request" else operation.responses[200]

    value = msgspec.json.Decoder(kind, dec_hook=read_custom).decode(sample.read_bytes())

    encoder = msgspec.json.Encoder(enc_hook=write_custom, decimal_format=description(api).decimals)
    assert canonical(encoder.encode(value)) == canonical(sample.read_bytes())


def test_there_are_samples() -> None:
    assert len(SAMPLES) == 16
