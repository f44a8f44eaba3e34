"""Publishing to an index that accepts, lacks, already has or refuses files, fills up or is down."""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from counterfoil_tools.release.build import build
from counterfoil_tools.release.packages import ReleaseError, find_packages
from counterfoil_tools.release.publish import Index, publish, require_clean_tree
from counterfoil_tools.release.rehearse import install, serve_index

from .conftest import write_package

CORE = ["parcels_core-0.1.0-py3-none-any.whl", "parcels_core-0.1.0.tar.gz"]
ALL = [*CORE, "parcels-0.1.0-py3-none-any.whl", "parcels-0.1.0.tar.gz"]


def kept(folder: Path) -> dict[str, bytes]:
    return {
        path.name: path.read_bytes() for path in folder.iterdir() if path.suffix in (".whl", ".gz")
    }


def test_packages_come_after_those_that_they_need(workspace: Path) -> None:
    assert list(find_packages(workspace)) == ["parcels-core", "parcels"]


def test_the_nine_packages_are_found_with_what_needs_what_first() -> None:
    names = list(find_packages())

    assert names[0] in ("counterfoil-core", "counterfoil-sandbox")
    assert names.index("counterfoil-core") < names.index("counterfoil-tools")
    assert {
        "counterfoil-core",
        "counterfoil-sandbox",
        "counterfoil-vtex",
        "counterfoil-flow",
        "counterfoil-amazon",
    } <= set(names)
    assert names.index("counterfoil-core") < names.index("counterfoil-vtex")


def test_two_builds_at_other_times_and_places_are_equal(
    workspace: Path, dist: Path, tmp_path: Path
) -> None:
    shutil.copytree(
        workspace,
        tmp_path / "moved",
        ignore=shutil.ignore_patterns("dist"),
        copy_function=shutil.copyfile,
    )
    build(tmp_path / "dist", tmp_path / "moved")

    assert kept(tmp_path / "dist") == kept(dist)


def test_a_build_that_depends_on_the_place_is_refused_and_the_last_one_stays(
    tmp_path: Path,
) -> None:
    write_package(tmp_path / "runtime", "parcels-core", "")
    hook = '\n[tool.hatch.build.hooks.custom]\npath = "hook.py"\n'
    project = tmp_path / "runtime" / "pyproject.toml"
    project.write_text(project.read_text() + hook)
    (tmp_path / "runtime" / "hook.py").write_text(
        "from hatchling.builders.hooks.plugin.interface import BuildHookInterface\n"
        "class Hook(BuildHookInterface):\n"
        "    def initialize(self, version, build_data):\n"
        "        import pathlib\n"
        "        module = pathlib.Path(self.root, 'src/parcels_core/__init__.py')\n"
        "        module.write_text(f'HOME = {self.root!r}')\n"
    )
    (tmp_path / "dist").mkdir()
    (tmp_path / "dist" / "before").write_text("stays")

    with pytest.raises(ReleaseError, match=r"two builds differ: parcels_core-0.1.0"):
        build(tmp_path / "dist", tmp_path)
    assert (tmp_path / "dist" / "before").read_text() == "stays"


def test_what_is_published_can_be_installed_from_that_index_alone(
    workspace: Path, dist: Path, index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The machine's settings must not count.
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/nowhere")
    assert publish(dist, index, workspace) == ALL
    python = install(tmp_path / "venv", index, "parcels")

    said = subprocess.run(
        [python, "-Ic", "import parcels; print(parcels.VERSE)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout == "neither snow nor rain\n"


def test_publishing_again_uploads_nothing(workspace: Path, dist: Path, index: Index) -> None:
    publish(dist, index, workspace)

    assert publish(dist, index, workspace) == []


def test_after_a_failure_halfway_the_rest_is_uploaded(
    workspace: Path, dist: Path, tmp_path: Path
) -> None:
    with serve_index(tmp_path / "index") as index:
        for name in CORE:
            shutil.copy(dist / name, tmp_path / "index")

        assert publish(dist, index, workspace) == ALL[2:]
        assert kept(tmp_path / "index") == kept(dist)


def test_a_published_file_with_other_content_stops_everything(
    workspace: Path, dist: Path, tmp_path: Path
) -> None:
    with serve_index(tmp_path / "index") as index:
        (tmp_path / "index" / ALL[2]).write_bytes(b"somebody was faster")

        with pytest.raises(
            ReleaseError,
            match=r"parcels-0.1.0-py3-none-any.whl is published already, with other content. "
            r"Raise the",
        ):
            publish(dist, index, workspace)
        assert kept(tmp_path / "index") == {ALL[2]: b"somebody was faster"}


def test_nothing_built_and_something_changed_since_are_said(
    workspace: Path, dist: Path, index: Index, tmp_path: Path
) -> None:
    with pytest.raises(
        ReleaseError, match="empty/ has no built packages: run `nox -s build` first"
    ):
        publish(tmp_path / "empty", index, workspace)
    shutil.copytree(dist, tmp_path / "dist")
    (tmp_path / "dist" / CORE[0]).write_bytes(b"spoiled")
    with pytest.raises(
        ReleaseError, match=r"changed since they were built: parcels_core-0.1.0-py3"
    ):
        publish(tmp_path / "dist", index, workspace)


def test_an_index_that_is_down_is_said_before_anything_is_sent(workspace: Path, dist: Path) -> None:
    with pytest.raises(ReleaseError, match=r"cannot be reached.*Nothing was uploaded"):
        publish(dist, Index("http://127.0.0.1:9/simple", "http://127.0.0.1:9/"), workspace)


def test_a_work_tree_with_changes_is_refused_by_name(tmp_path: Path) -> None:
    somebody = ["-c", "user.name=Nives", "-c", "user.email=nives@tarabelli.example"]
    for words in (["init", "-q"], [*somebody, "commit", "-q", "--allow-empty", "-m", "begin"]):
        subprocess.run(["git", *words], cwd=tmp_path, check=True)
    require_clean_tree(tmp_path)
    (tmp_path / "half-done.py").write_text("")

    with pytest.raises(
        ReleaseError, match=r"the work tree is not clean:\n\?\? half-done.py\nCommit or stash"
    ):
        require_clean_tree(tmp_path)


@contextmanager
def refusing(status: int, after: int) -> Iterator[Index]:
    """An index that takes `after` files and then answers each upload with a status."""
    taken: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.answer(404)

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            taken.append(self.path)
            self.answer(200 if len(taken) <= after else status)

        def answer(self, code: int) -> None:
            self.send_response(code)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *words: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_address[1]}"
        yield Index(f"{url}/simple", f"{url}/")
        server.shutdown()


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (507, "the index has no space left"),
        (409, "the index already has a file of this name: raise the version"),
        (403, "the credentials are wrong, or the package belongs to somebody else"),
        (401, "set TWINE_USERNAME and TWINE_PASSWORD"),
    ],
)
def test_an_index_that_refuses_is_explained_with_what_is_left(
    workspace: Path, dist: Path, status: int, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TWINE_USERNAME", "publisher")
    monkeypatch.setenv("TWINE_PASSWORD", "pa55-word")
    with refusing(status, after=1) as index, pytest.raises(ReleaseError) as caught:
        publish(dist, index, workspace)

    assert words in str(caught.value)
    assert str(caught.value).endswith("1 files were uploaded, 3 remain: call again to continue.")
    assert "pa55-word" not in str(caught.value)
