"""`python -m counterfoil_tools.generate`, as a maintainer meets it."""

from __future__ import annotations

import pytest

from tests.behaviour.generate.workspace import Workspace

PACKAGE = "generated/counterfoil-amazon/src/counterfoil_amazon"


def test_the_same_spec_makes_the_same_bytes_whatever_the_hash_seed(generated: Workspace) -> None:
    first = generated.files()  # made with another seed

    for path in generated.root.glob("generated/*/*.md"):
        path.unlink()
    assert generated.run("--force", seed="4711").returncode == 0

    assert f"{PACKAGE}/client.py" in first
    assert generated.files() == first


def test_nothing_is_done_twice(generated: Workspace) -> None:

    assert generated.run().stdout == "nothing to do: amazon as generated\n"


@pytest.mark.parametrize(
    "edited",
    [
        f"{PACKAGE}/models.py",
        "tools/src/counterfoil_tools/generate/python/names.py",
        "templates/package/README.md.jinja",
        "specs/amazon/openapi.yaml",
    ],
)
def test_an_edit_anywhere_is_noticed(generated: Workspace, edited: str) -> None:
    made = generated.files()

    with (generated.root / edited).open("a") as file:
        file.write("\n# an edit\n")
    again = generated.run()

    assert "nothing to do" not in again.stdout
    provenance = f"{PACKAGE}/_provenance.py"
    files = generated.files()
    changed = {path for path, content in files.items() if content != made.get(path)}
    assert changed <= {provenance, "generated/counterfoil-amazon/README.md"}, (
        "an edit of generated/ survived"
    )


def test_check_prints_the_difference_and_fails(generated: Workspace) -> None:
    generated.edit(
        generated.root / PACKAGE / "models.py", "class CustomerInvoice(", "class Renamed("
    )

    checked = generated.run("--check")

    assert checked.returncode == 1
    assert "-class Renamed(ApiModel" in checked.stdout
    assert "+class CustomerInvoice(ApiModel" in checked.stdout
    assert "run `nox -s generate`" in checked.stderr
    assert "class Renamed(" in (generated.root / PACKAGE / "models.py").read_text(), (
        "--check must not write"
    )


def test_a_file_that_is_no_longer_made_is_told_and_pruned(generated: Workspace) -> None:
    stray = generated.root / PACKAGE / "old" / "leftover.py"
    stray.parent.mkdir()
    stray.write_text("x = 1\n")

    assert "leftover.py" in generated.run("--check").stdout
    generated.run()

    assert not stray.parent.exists()


def test_nothing_is_written_when_one_spec_of_two_is_wrong(generated: Workspace) -> None:
    before = generated.files()
    other = generated.spec("broken")
    other.parent.mkdir()
    other.write_text(
        generated.spec()
        .read_text()
        .replace("#/components/schemas/SortOrder", "#/components/schemas/Gone")
    )
    (other.parent / "package.toml").write_text(
        (generated.root / "specs/amazon/package.toml").read_text()
    )
    generated.edit(generated.spec(), "List the customer invoices of a period", "List invoices")

    done = generated.run()

    assert done.returncode == 1
    assert "specs/broken/openapi.yaml:" in done.stderr
    assert "nothing was written" in done.stderr
    assert generated.files() == before


def test_an_operation_that_the_cross_check_leaves_out_fails_the_run(workspace: Workspace) -> None:
    """We make an operation whose path parameter has a dot; openapi-python-client skips it."""
    text = workspace.spec().read_text()
    workspace.spec().write_text(
        text.replace("{purchaseOrderNumber}", "{purchase.order}").replace(
            "name: purchaseOrderNumber", "name: purchase.order"
        )
    )

    done = workspace.run()

    assert done.returncode == 1
    assert "cross-check: openapi-python-client" in done.stderr
    assert not (workspace.root / "generated").exists()


def test_an_operation_dropped_from_the_cross_checks_result_fails_the_run(
    workspace: Workspace,
) -> None:
    """Break the cross-check: the comparison by wire name still finds the difference."""
    workspace.edit(
        workspace.root / "tools/src/counterfoil_tools/generate/rules/crosscheck.py",
        "    found = dict(_endpoints(data))\n",
        "    found = dict(list(_endpoints(data))[1:])\n",
    )

    done = workspace.run()

    assert done.returncode == 1
    assert "leaves out GET /vendor/directFulfillment/shipping/v1/customerInvoices" in done.stderr


def test_show_model_prints_the_ir(workspace: Workspace) -> None:
    shown = workspace.run("amazon", "--show", "model")

    assert shown.returncode == 0
    assert "operation_id: 'getCustomerInvoices'" in shown.stdout
    assert not (workspace.root / "generated").exists()


@pytest.mark.parametrize("words", [["nowhere"], ["--chekc"], ["--show", "everything"]])
def test_a_wrong_word_is_named_with_what_could_be_meant(
    workspace: Workspace, words: list[str]
) -> None:
    done = workspace.run(*words)

    assert done.returncode == 2
    assert words[-1] in done.stderr
    assert "amazon" in done.stderr


def test_a_missing_template_variable_is_an_error(workspace: Workspace) -> None:
    workspace.edit(
        workspace.root / "templates/package/README.md.jinja",
        "{{ package.summary }}",
        "{{ package.sumary }}",
    )

    done = workspace.run()

    assert done.returncode != 0
    assert "sumary" in done.stderr
    assert not (workspace.root / "generated").exists()


def test_a_folder_without_its_package_toml_is_told_so_in_one_line(workspace: Workspace) -> None:
    (workspace.spec().parent / "package.toml").unlink()
    ended = workspace.run("amazon")

    assert ended.returncode == 1
    assert ended.stderr.count("package.toml") == 2
    assert (
        "package-settings: package.toml does not exist, or is empty. Copy that of another API."
        in ended.stderr
    )
