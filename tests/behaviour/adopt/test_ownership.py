"""Which files are whose, what adopting again keeps, and how a person's edits are applied."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from counterfoil_tools.adopt import AdoptError
from counterfoil_tools.adopt.__main__ import main

from .documents import BILLING, Adopted, adopt_document, adopt_file, document

Adopt = Callable[..., Adopted]
PERSONS = ("package.toml", "overlay.yaml", "SOURCES.md", "CHANGELOG.md")


def names(result: Adopted) -> dict[str, str]:
    """The names of methods by their place in the vendor's file."""
    found = {}
    for item in result.root["paths"].values():
        for operation in item.values():
            extension = operation["x-counterfoil"]
            found[extension["origin"]] = f"{extension['resource']}.{extension['method']}"
    return found


def test_a_folder_has_all_that_a_spec_needs(billing: Adopted) -> None:
    settings = tomllib.loads((billing.folder / "package.toml").read_text())

    assert {path.name for path in billing.folder.iterdir()} == {
        *("openapi.yaml", "ADOPTED.md", "adopt.toml"),
        *PERSONS,
    }
    assert settings["grade"] == "adopted"
    assert (settings["dist"], settings["client"]) == ("billing-client", "BillingClient")
    record = tomllib.loads((billing.folder / "adopt.toml").read_text())["record"]
    assert record["version"] == "2026-03"
    assert record["operations"] == 15
    assert record["adopted"] == 14


def test_what_is_left_out_stands_there_by_name(billing: Adopted) -> None:
    text = (billing.folder / "ADOPTED.md").read_text()

    reason = (
        "it needs the query parameter 'ranges', and it is an array with others in it in a query"
    )
    assert billing.left_out() == {"GET /payments/{payment_id}/methods": reason}
    assert f"| GET /payments/{{payment_id}}/methods | {reason} | `#/paths" in text
    assert "2 operations look paged" in text


def test_a_persons_files_are_never_written_again(billing: Adopted) -> None:
    for name in PERSONS:
        path = billing.folder / name
        path.write_text(path.read_text() + "\n# mine\n")
    before = {name: (billing.folder / name).read_text() for name in PERSONS}

    adopt_file(BILLING, billing.folder)

    assert {name: (billing.folder / name).read_text() for name in PERSONS} == before


def test_adopting_the_same_file_again_changes_nothing(billing: Adopted) -> None:
    before = {path.name: path.read_text() for path in billing.folder.iterdir()}

    adopt_file(BILLING, billing.folder)

    assert {path.name: path.read_text() for path in billing.folder.iterdir()} == before


def test_a_hand_edited_result_is_refused_with_the_way_out(billing: Adopted) -> None:
    path = billing.folder / "openapi.yaml"
    path.write_text(path.read_text().replace("Somebody who is billed.", "A customer."))

    with pytest.raises(AdoptError, match=r"edited by hand .* overlay.yaml .* delete adopt.toml"):
        adopt_file(BILLING, billing.folder)

    assert "A customer." in path.read_text()


def test_a_hand_written_spec_is_never_overwritten(tmp_path: Path) -> None:
    folder = tmp_path / "specs/billing"
    folder.mkdir(parents=True)
    (folder / "openapi.yaml").write_text("openapi: 3.1.0\n")

    with pytest.raises(AdoptError, match=r"there is no adopt.toml beside it"):
        adopt_file(BILLING, folder)


def test_a_persons_choices_stay_and_hold(billing: Adopted) -> None:
    path = billing.folder / "adopt.toml"
    text = path.read_text().replace("left_out = []", 'left_out = ["listEvents"] # why')
    text = text.replace("[methods]", '[methods]\n"#/paths/~1customers/get" = "people.all"')
    text = text.replace("[retry]", '[retry]\n"#/paths/~1customers/post" = "keyed"')
    path.write_text(
        text.replace("[schemas]", '[schemas]\n"#/components/schemas/customer" = "Person"')
    )

    result = adopt_file(BILLING, billing.folder)

    assert "/events" not in result.root["paths"]
    assert names(result)["#/paths/~1customers/get"] == "people.all"
    assert result.operation("/customers", "post")["x-counterfoil"]["retry"] == "keyed"
    assert "Person" in result.schemas
    assert 'left_out = ["listEvents"] # why' in path.read_text()


def vendors_next_version() -> Any:
    """Return the vendor's next billing document: reordered, renamed, with more and less."""
    root = yaml.safe_load(BILLING.read_text())
    root["paths"] = dict(reversed(root["paths"].items()))
    root["components"]["schemas"] = dict(reversed(root["components"]["schemas"].items()))
    invoices = root["paths"]["/invoices"]
    invoices["get"]["parameters"].reverse()
    invoices["get"]["operationId"] = "searchForInvoices"
    del root["paths"]["/events"]
    done = {"responses": {"200": {"description": "Done."}}}
    root["paths"]["/invoices/all"] = {"get": {"operationId": "listInvoice", **done}}
    root["components"]["schemas"]["invoice_status"] = {"type": "object", "properties": {"x": {}}}
    return root


def test_adopting_the_vendors_next_version_keeps_every_name(billing: Adopted) -> None:
    result = adopt_document(vendors_next_version(), billing.folder.parents[1], "billing")

    new_names = names(result)
    kept = {place: name for place, name in names(billing).items() if place in new_names}
    assert names(result) == {
        **kept,
        "#/paths/~1invoices~1all/get": names(result)["#/paths/~1invoices~1all/get"],
    }
    assert len(kept) == len(names(billing)) - 1
    assert result.operation("/invoices", "get")["operationId"] == "searchForInvoices"
    before = set(billing.schemas) - {"Event"}
    assert before <= set(result.schemas)
    assert len(set(result.schemas) - before) == 1
    unchanged = before - {"InvoiceStatus"}
    assert {name: result.schemas[name] for name in unchanged} == {
        name: billing.schemas[name] for name in unchanged
    }


def test_a_vendors_order_of_writing_does_not_name_anything(
    billing: Adopted, tmp_path: Path
) -> None:
    root = yaml.safe_load(BILLING.read_text())
    root["paths"] = dict(reversed(root["paths"].items()))
    root["components"]["schemas"] = dict(reversed(root["components"]["schemas"].items()))

    result = adopt_document(root, tmp_path / "other", "billing")

    assert names(result) == names(billing)
    assert set(result.schemas) == set(billing.schemas)


def test_only_takes_what_is_named_and_what_that_needs(tmp_path: Path) -> None:
    words = ("Customers", "/invoices/{invoice_id}/finalize", "listEvents")

    result = adopt_file(BILLING, tmp_path / "specs/billing", only=words)

    assert set(result.root["paths"]) == {
        "/customers",
        "/customers/{customer_id}",
        "/invoices/{invoice_id}/finalize",
        "/events",
    }
    assert "Invoice" in result.schemas
    assert "Payment" not in result.schemas


def test_only_refuses_a_word_that_names_nothing(tmp_path: Path) -> None:
    with pytest.raises(AdoptError, match="--only names 'Customer', of which the document has none"):
        adopt_file(BILLING, tmp_path / "specs/billing", only=("Customer",))


def test_files_given_with_ref_are_brought_in_and_others_named(tmp_path: Path) -> None:
    (tmp_path / "common.yaml").write_text(
        "components: {schemas: {"
        "Money: {type: object, properties: {amount: {$ref: '#/components/schemas/Amount'}}},"
        " Amount: {type: number}}}\n"
    )
    root = document({"$ref": "common.yaml#/components/schemas/Money"})

    result = adopt_document(root, tmp_path, refs=(tmp_path / "common.yaml",))

    assert result.schemas["Amount"] == {"type": "number", "format": "decimal"}
    origin = result.root["components"]["schemas"]["Money"]["x-counterfoil"]["origin"]
    assert origin == "common.yaml#/components/schemas/Money"


@pytest.mark.parametrize("reference", ["common.yaml#/Money", "#/components/schemas/Gone"])
def test_a_schema_that_is_not_there_allows_any_value_and_is_reported(
    reference: str, tmp_path: Path
) -> None:
    thing = {"type": "object", "properties": {"price": {"$ref": reference}}}

    result = adopt_document(document(thing), tmp_path)

    body = next(iter(result.schemas.values()))
    assert body["properties"]["price"] == {
        "description": f"Any value: its schema, `{reference}`, is not here."
    }
    assert not result.left_out("operation")
    reason = result.left_out("schema")[reference]
    assert reason.endswith("it allows any value")
    assert ("`--ref`" in reason) == (not reference.startswith("#"))
    assert f"| {reference} |" in (result.folder / "ADOPTED.md").read_text()


# overlay.yaml


def edit(result: Adopted, *actions: str) -> None:
    lines = ["overlay: 1.1.0", "info: {title: Mine, version: 1.0.0}", "actions:", *actions]
    (result.folder / "overlay.yaml").write_text("\n".join(lines) + "\n")


def test_an_overlay_edits_the_result_each_time(billing: Adopted) -> None:
    edit(
        billing,
        "- target: $.components.schemas.Customer.properties.balance",
        "  update: {description: What they owe., minimum: 0}",
        "- target: $.paths['/invoices'].get.tags",
        "  update: [Bills]",
        "- target: $.paths.*[?@.operationId == 'deleteCustomer']",
        "  remove: true",
        "- target: $.info.title",
        "  update: Ledgerline",
        "- target: $.paths['/customers'].post",
        "  copy: $.paths['/customers'].get['x-counterfoil']",
    )

    result = adopt_file(BILLING, billing.folder)

    balance = result.schemas["Customer"]["properties"]["balance"]
    assert balance == {
        "description": "What they owe.",
        "type": "number",
        "format": "decimal",
        "minimum": 0,
    }
    assert result.operation("/invoices")["tags"] == ["Invoices", "Bills"]
    assert set(result.root["paths"]["/customers/{customer_id}"]) == {"get", "patch"}
    assert result.root["info"]["title"] == "Ledgerline"
    assert result.operation("/customers", "post")["method"] == "list"
    assert adopt_file(BILLING, billing.folder).text == result.text


@pytest.mark.parametrize(
    ("action", "fault"),
    [
        (
            "- {target: \"$.paths['/gone']\", remove: true}",
            "matches nothing in the adopted document",
        ),
        ("- {target: '$.paths[', remove: true}", "is no JSONPath of RFC 9535"),
        ("- {target: $.info}", "says neither update, copy nor remove"),
        ("- {target: $.info, update: x}", "the target is an object, so `update` is one"),
        ("- {target: $.info.title, update: {a: 1}}", "the target is a single value"),
        ("- {target: $.info, copy: '$.paths.*'}", "`copy` selects"),
        ("- {target: $.info, change: {}}", "an action has no word 'change'"),
        ("- {target: $, remove: true}", "the document itself cannot be removed"),
        ("- nonsense", "an action has a `target`"),
    ],
)
def test_an_action_that_does_nothing_is_an_error_with_its_line(
    billing: Adopted, action: str, fault: str
) -> None:
    edit(billing, "- target: $.info", "  update: {summary: Mine.}", action)

    with pytest.raises(AdoptError, match=r"overlay.yaml:6:3: .*") as caught:
        adopt_file(BILLING, billing.folder)

    assert fault in str(caught.value)
    assert (billing.folder / "openapi.yaml").read_text() == billing.text


def test_a_suggestion_that_is_turned_on_reaches_the_result(billing: Adopted) -> None:
    path = billing.folder / "overlay.yaml"
    commented = [
        line.removeprefix("#  ") for line in path.read_text().splitlines() if line.startswith("#  ")
    ]
    edit(billing, *commented)

    result = adopt_file(BILLING, billing.folder)

    assert result.operation("/invoices")["x-counterfoil"]["pagination"] == {
        "style": "token",
        "cursor": "starting_after",
        "next": "/data/-1/id",
        "has-more": "/has_more",
        "end": "has-more",
        "items": "/data",
        "size": "limit",
    }


def test_strict_fails_and_writes_nevertheless(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("counterfoil_tools.adopt.__main__.WORKSPACE", tmp_path)

    assert main(["billing", str(BILLING)]) == 0
    assert "billing: 14 of 15 operations" in capsys.readouterr().out
    assert main(["billing", str(BILLING), "--strict"]) == 1
    assert (tmp_path / "specs/billing/openapi.yaml").is_file()


def test_references_between_files_are_relative_to_the_file_they_are_in(tmp_path: Path) -> None:
    models = tmp_path / "models"
    (models / "parts").mkdir(parents=True)
    (models / "invoice.yaml").write_text(
        "type: object\nproperties: {total: {$ref: parts/money.yaml}, next: {$ref: '#'}}\n"
    )
    (models / "parts/money.yaml").write_text(
        "type: object\nproperties: {unit: {$ref: '../units.json#/$defs/unit'}}\n"
    )
    (models / "units.json").write_text('{"$defs": {"unit": {"type": "string", "enum": ["EUR"]}}}')

    result = adopt_document(document({"$ref": "./models/invoice.yaml"}), tmp_path, refs=(models,))

    assert set(result.schemas) == {"Invoice", "Money", "Unit"}
    assert result.schemas["Invoice"]["properties"]["next"] == {
        "$ref": "#/components/schemas/Invoice"
    }
    origin = result.root["components"]["schemas"]["Money"]["x-counterfoil"]["origin"]
    assert origin == "models/parts/money.yaml#"


def test_a_schema_that_is_brought_into_the_components_keeps_its_name(tmp_path: Path) -> None:
    properties = {"n": {"type": "integer"}, "unit": {"type": "string"}}
    part = {"type": "object", "properties": properties}
    schemas = {
        "A": {"type": "object", "properties": {"part": part}},
        "B": {"allOf": [{"$ref": "#/components/schemas/A"}, {"properties": {"part": part}}]},
    }
    root = document({"$ref": "#/components/schemas/A/properties/part"}, schemas)

    first = adopt_document(root, tmp_path)

    assert first.schemas["A"]["properties"]["part"] == {"$ref": "#/components/schemas/Part"}
    assert set(first.schemas) == {"A", "B", "Part"}
    assert adopt_document(root, tmp_path).text == first.text
