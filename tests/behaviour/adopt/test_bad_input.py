"""A file that is not a document is refused with its location, and nothing is written."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from counterfoil_tools.adopt import AdoptError
from counterfoil_tools.adopt.__main__ import main

from .documents import BILLING, adopt_document, adopt_file, document

GOOD = json.dumps(document(), indent=1)
LONGEST = 10  # seconds
DEEP = '{"properties":{"a":' * 2000 + "{}" + "}}" * 2000
BOMB = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
)
LOOP = {
    "schemas": {"A": {"$ref": "#/components/schemas/B"}, "B": {"$ref": "#/components/schemas/A"}}
}


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("a.json", GOOD[: len(GOOD) // 2], r"a.json:\d+:\d+: not JSON, or not whole"),
        ("a.yaml", "openapi: 3.0.0\npaths: [", "a.yaml:3:1: not YAML, or not whole"),
        ("a.json", f'{{"a": {DEEP}}}', "a.json:1:1: the document is nested more than 200"),
        ("a.yaml", "a: " + "[" * 4000 + "]" * 4000, r"a.yaml:1:\d+: the document is nested more"),
        (
            "a.yaml",
            "".join(" " * n + "a:\n" for n in range(300)),
            r"a.yaml:\d+:\d+: the document is",
        ),
        ("a.yaml", BOMB, "a.yaml:1:1: its aliases .* write out to more than"),
        ("a.yaml", "a: &a\n  b: *a\n", "a.yaml:1:4: this anchor .* without end"),
        (
            "a.json",
            '{\n "openapi": "3.0.0",\n "openapi": "3.0.0"}',
            "a.json:3:2: the key 'openapi' is duplicated",
        ),
        (
            "a.yaml",
            "openapi: 3.0.0\nopenapi: 3.0.0\n",
            "a.yaml:2:1: the key 'openapi' is duplicated",
        ),
        (
            "a.yaml",
            "openapi: 3.0.0\n---\nopenapi: 3.0.0\n",
            "a.yaml:2:1: a second document begins here",
        ),
        ("a.json", GOOD + GOOD, r"a.json:\d+:\d+: a second document begins here"),
        ("a.html", "<!DOCTYPE html><html></html>", "a.html:1:1: this is HTML or XML"),
        (
            "a.json",
            '{"info": {"_postman_id": "1"}, "item": []}',
            "a.json:1:1: this is a Postman collection",
        ),
        ("a.yaml", "", "a.yaml:1:1: the file is empty"),
        ("a.yaml", "just words\n", "a.yaml:1:1: the file is not a mapping"),
        ("a.yaml", "asyncapi: 2.6.0\n", "a.yaml:1:1: this is an AsyncAPI document"),
        ("a.yaml", "openapi: 4.0.0\n", "a.yaml:1:1: the document says that it is OpenAPI 4.0.0"),
        ("a.json", '{"swaggerVersion": "1.2"}', "a.json:1:1: this is a Swagger 1.x document"),
        (
            "a.yaml",
            "openapi: 3.0.0\npaths: {}\n",
            "a.yaml:1:1: the document describes no operation",
        ),
        ("a.yaml", "openapi: 3.0.0\npaths: !include b.yaml\n", "a.yaml:2:8: the tag !include"),
        ("a.json", '{"openapi": "3.0.0", "n": NaN}', "a.json:1:1: the file is not JSON: NaN"),
        (
            "a.json",
            json.dumps(
                document(paths={"/a": {"get": {"responses": {"200": {"$ref": "#/gone"}}}}}),
                indent=1,
            ),
            r"a.json:\d+:\d+: GET /a: the reference '#/gone' cannot be resolved",
        ),
        (
            "a.json",
            json.dumps(document({"$ref": "#/components/schemas/A"}, components=LOOP), indent=1),
            r"a.json:\d+:\d+: GET /things/{id}: the schema only refers to itself",
        ),
        (
            "a.json",
            json.dumps(document(paths={"/a": {"$ref": "#/paths/~1b"}}), indent=1),
            r"a.json:\d+:\d+: /a: the reference '#/paths/~1b' cannot be resolved",
        ),
    ],
    ids=lambda text: str(text)[:40],
)
def test_what_is_no_document_is_refused(name: str, text: str, reason: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text)
    begun = time.monotonic()

    with pytest.raises(AdoptError, match=reason):
        adopt_file(tmp_path / name, tmp_path / "specs/a")

    assert time.monotonic() - begun < LONGEST
    assert not (tmp_path / "specs").exists()


def test_a_file_of_50_megabytes_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with (tmp_path / "a.json").open("wb") as file:
        file.truncate(50 * 1024 * 1024)

    with pytest.raises(AdoptError, match=r"a.json:1:1: the file has 50 MB"):
        adopt_file(tmp_path / "a.json", tmp_path / "specs/a")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"PK\x03\x04", "a zip archive"),
        (b"\x1f\x8b", "a gzip archive"),
        (b"openapi: 3.0.0\ninfo: {title: Rech\xe9}", "a.yaml:2:1: the file is not UTF-8"),
    ],
)
def test_what_is_no_text_is_refused(content: bytes, reason: str, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(content)

    with pytest.raises(AdoptError, match=reason):
        adopt_file(tmp_path / "a.yaml", tmp_path / "specs/a")


@pytest.mark.parametrize("name", ["../evil", "/etc/evil", "Evil", "a_b", "a--b", "", "1a", "a/b"])
def test_a_hostile_name_of_the_folder_is_refused(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("counterfoil_tools.adopt.__main__.WORKSPACE", tmp_path)

    assert main([name, str(BILLING)]) == 2

    assert list(tmp_path.iterdir()) == []
    assert "is no name" in capsys.readouterr().err


HOSTILE = '"""\nimport os; os.system("x")\n#{{ 7*7 }}{% raw %}\\N{BULLET}\u202e<script>'


def test_hostile_words_change_nothing_but_texts(tmp_path: Path) -> None:
    schema = {
        "type": "object",
        "title": HOSTILE,
        "description": HOSTILE,
        "properties": {
            HOSTILE: {"type": "string"},
            "__class__": {"type": "string", "enum": [HOSTILE]},
        },
    }
    operation = {
        "summary": HOSTILE,
        "operationId": HOSTILE,
        "tags": [HOSTILE],
        "description": HOSTILE,
    }
    root = document({"$ref": "#/components/schemas/x"}, {"x": schema, HOSTILE: schema}, operation)

    result = adopt_document(root, tmp_path)

    extension = result.operation()["x-counterfoil"]
    assert all(
        part.replace("_", "").isalnum() for part in (extension["resource"], extension["method"])
    )
    assert all(name.isidentifier() for name in result.schemas)
    assert "\u202e" not in result.text
    assert "<script" not in (result.folder / "ADOPTED.md").read_text()


JUNK: list[Any] = [
    None,
    True,
    -1,
    "",
    "x",
    [],
    {},
    [None],
    {"$ref": 5},
    {"$ref": "#/x"},
    {"type": []},
]


@pytest.mark.parametrize("seed", range(40))
def test_a_document_with_wrong_forms_anywhere_never_falls_over(seed: int, tmp_path: Path) -> None:
    import yaml

    choose = random.Random(seed)
    root = yaml.safe_load(BILLING.read_text())
    for _ in range(choose.choice([1, 3, 10])):
        holder, key = choose.choice(list(every_place(root)))
        holder[key] = choose.choice(JUNK)

    try:
        result = adopt_document(root, tmp_path)
    except AdoptError:
        return

    assert result.root["openapi"] == "3.1.0"


def every_place(node: Any) -> Any:
    """Yield a holder and a key for every value of a document."""
    items = (
        node.items()
        if isinstance(node, dict)
        else enumerate(node)
        if isinstance(node, list)
        else ()
    )
    for key, child in items:
        yield node, key
        yield from every_place(child)


def test_the_command_refuses_in_sentences(tmp_path: Path) -> None:
    (tmp_path / "specs").mkdir()
    (tmp_path / "a.yaml").write_text("openapi: 3.0.0\npaths: [")
    command = [sys.executable, "-m", "counterfoil_tools.adopt", "a", "a.yaml"]

    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.splitlines()[-1] == "nothing was written"
    assert "Traceback" not in done.stderr
    assert list((tmp_path / "specs").iterdir()) == []


def test_a_chain_of_compositions_without_measure_is_refused(tmp_path: Path) -> None:
    schemas = {
        f"S{number}": {
            "allOf": [
                {"$ref": f"#/components/schemas/S{number + 1}"},
                {"type": "object", "properties": {"a": {}}},
            ]
        }
        for number in range(2000)
    }
    schemas["S2000"] = {"type": "object"}

    with pytest.raises(AdoptError, match=r"things.json:1:1: its schemas are composed"):
        adopt_document(document({"$ref": "#/components/schemas/S0"}, schemas), tmp_path)

    assert not (tmp_path / "specs").exists()


def test_a_duplicate_key_is_found_however_it_is_spelled(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{\n "a": 1,\n "\\u0061": 2}')

    with pytest.raises(AdoptError, match=r"a.json:3:2: the key 'a' is duplicated"):
        adopt_file(tmp_path / "a.json", tmp_path / "specs/a")
