"""Type checkers follow files, downloads, events and options of a package made from a small spec."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from counterfoil_tools.generate import make_all

from tests.typing.test_typing import CHECKERS

GOLDEN = Path(__file__).parents[1] / "golden"
RIGHT = """
import asyncio
from pathlib import Path

from counterfoil_core import File, Response
from counterfoil_parcels import AsyncParcelsClient, Label, Move, ParcelsClient

client = ParcelsClient(client_id="a", client_secret="b", app_info="shop/1", default_headers={})
label: Label = client.labels.upload(Path("a.pdf"), photos=[b"", File(b"")], idempotency_key="k")
with open("a.pdf", "rb") as opened:
    client.labels.replace(7, opened, timeout=3.0, extra_headers={"X-A": "b"})
content: bytes = client.labels.download(7, extra_query={"a": ["b", "c"]})
response: Response[bytes] = client.with_response.labels.download(7, max_attempts=1)
with client.with_streaming.labels.download(7, timeout=600) as download:
    size: int = download.save("a.pdf", max_bytes=10)
    for chunk in download:
        whole: bytes = chunk
with client.events.watch(timeout=600) as events:
    for event in events:
        move: Move = event.data
raw = client.request("GET", "/labels", query={"a": 1}, timeout=3)
status: int = raw.status


async def main() -> None:
    parcels = AsyncParcelsClient(oauth="token")
    label: Label = await parcels.labels.upload(b"")
    response: Response[Label] = await parcels.with_response.labels.upload(b"", timeout=3)
    async with parcels.with_streaming.labels.download(7) as download:
        size: int = await download.save("a.pdf")
        async for chunk in download:
            whole: bytes = chunk
    async with parcels.events.watch() as events:
        async for event in events:
            move: Move = event.data
    raw = await parcels.request("POST", "/labels", json={"a": 1}, retry="keyed")


asyncio.run(main())
"""
WRONG = """
from counterfoil_parcels import ParcelsClient

client = ParcelsClient(oauth="token")
client.labels.upload("a path")
client.labels.upload(b"", photos=b"")
client.labels.download(7, timeot=3)
client.labels.download(7, timeout="3")
client.labels.download("7")
client.with_response.labels.download("7")
client.with_response.labels.download(7).valeu
client.with_streaming.labels.upload(b"")
client.with_streaming.labels.download("7")
client.with_response.events
with client.events.watch() as events:
    for event in events:
        event.data.plaice
client.request("GET", "/labels", retry="often")
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("made")
    spec = made / "specs" / "parcels"
    spec.mkdir(parents=True)
    shutil.copy(GOLDEN / "files-and-events/openapi.yaml", spec)
    shutil.copy(GOLDEN / "package.toml", spec)
    for path, text in make_all([spec], GOLDEN.parents[1] / "templates").items():
        name = path.partition("/src/")[2]
        if name.startswith("counterfoil_parcels/"):
            target = made / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text)
    return made


@CHECKERS
def test_right_code_passes(checker, folder: Path) -> None:
    (folder / "right.py").write_text(RIGHT)
    assert checker(folder / "right.py", folder=folder) == {}


@CHECKERS
def test_each_wrong_line_is_found(checker, folder: Path) -> None:
    (folder / "wrong.py").write_text(WRONG)
    lines = WRONG.splitlines()
    wrong = {number for number, line in enumerate(lines, 1) if "client." in line}
    wrong -= {lines.index("with client.events.watch() as events:") + 1}
    wrong |= {lines.index("        event.data.plaice") + 1}
    # The variant of a resource without values has no methods, and can be named.
    wrong -= {lines.index("client.with_response.events") + 1}
    assert set(checker(folder / "wrong.py", folder=folder)) == wrong
