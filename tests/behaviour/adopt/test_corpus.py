"""Measuring a folder of documents: every document has a row, whatever it holds."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from counterfoil_tools.corpus.__main__ import main

from .documents import BILLING


def test_a_folder_of_documents_is_measured(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    shutil.copy(BILLING, folder / "billing.yaml")
    (folder / "broken.json").write_text('{"openapi": ')
    (folder / "README.md").write_text("No document.")
    figures = tmp_path / "figures.json"

    assert main([str(folder), "--lint", "--json", str(figures)]) == 1

    printed = capsys.readouterr().out
    assert "| billing.yaml | yes | 14 of 15 |" in printed
    assert "| broken.json | no: broken.json:1:13: not JSON, or not whole" in printed
    assert "1 of 2 documents, 14 of 15 operations" in printed
    assert "1 it needs the query parameter" in printed
    found = json.loads(figures.read_text())["billing.yaml"]
    assert found["faults"]["documentation"] > 0
    assert found["memory"] < 1024


def test_each_document_is_generated_and_imported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    shutil.copy(BILLING, folder / "billing.yaml")

    assert main([str(folder), "--generate"]) == 0

    printed = capsys.readouterr().out
    assert (
        "1 packages generated, imported, every decoder built: 14 of 15 operations (93.3 %)"
        in printed
    )


def test_each_operation_is_called_once_and_its_request_is_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    shutil.copy(BILLING, folder / "billing.yaml")
    kept = tmp_path / "kept"

    assert main([str(folder), "--generate", "--call", "--keep", str(kept)]) == 0

    assert "14 operations called once" in capsys.readouterr().out
    lines = (kept / "billing/requests.jsonl").read_text().splitlines()
    requests = {row["operation"]: row for row in map(json.loads, lines)}
    assert len(requests) == 14
    upload = requests["files.upload"]
    assert upload["method"] == "POST"
    assert upload["headers"]["content-type"].startswith("multipart/form-data")
    assert "authorization" in upload["headers"]
    assert not [row for row in requests.values() if "error" in row]


def test_the_peer_runs_on_the_same_documents(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    shutil.copy(BILLING, folder / "billing.yaml")

    assert main([str(folder), "--peer"]) == 0

    printed = capsys.readouterr().out
    assert "the peer: 1 packages, 1 import, 15 of 15 operations in these" in printed


def test_what_is_no_folder_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["nowhere"]) == 2
    assert "Measure a folder" in capsys.readouterr().err
