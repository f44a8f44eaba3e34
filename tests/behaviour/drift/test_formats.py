"""Each vendor's own format is read, and a change in it is reported at its place."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import yaml

from .vendor import FILES, VENDOR, drift, edited, find, write

INVOICES = "GET /vendor/directFulfillment/shipping/v1/customerInvoices"
NOTIFY = "POST /api/oms/pvt/orders/{}/invoice"
FIND = "POST /api/v6/commerce.invoices.find"


@pytest.mark.parametrize("api", FILES)
def test_what_the_vendors_publish_today_says_nothing_new(api: str) -> None:
    done = drift(api, VENDOR / FILES[api])

    assert done.returncode == 0, done.stdout + done.stderr
    assert ": nothing new, " in done.stdout
    assert "stale" not in done.stdout


@pytest.mark.parametrize(
    ("edit", "finding"),
    [
        (
            ('"maximum": 100', '"maximum": 50'),
            ("breaking", f"{INVOICES} query limit", "bound tightened"),
        ),
        (
            ('"maximum": 100', '"maximum": 200'),
            ("addition", f"{INVOICES} query limit", "bound widened"),
        ),
        (('     "ASC",\n', ""), ("breaking", f"{INVOICES} query sortOrder", "value removed")),
        (
            ('"name": "nextToken"', '"name": "pageToken"'),
            ("breaking", f"{INVOICES} query nextToken", "field removed"),
        ),
        (
            ('"format": "date-time"', '"format": "date"'),
            ("breaking", f"{INVOICES} query createdAfter", "format changed"),
        ),
        (
            ('    "content",\n', ""),
            ("breaking", f"{INVOICES}/{{}} answer 200 /payload/content", "no longer required"),
        ),
        (
            ('"customerInvoices": {', '"invoices": {'),
            ("addition", f"{INVOICES} answer 200 /payload/invoices", "field added"),
        ),
    ],
)
def test_a_change_in_swagger_is_found(
    edit: tuple[str, str], finding: tuple[str, str, str], tmp_path: Path
) -> None:
    assert finding in find("amazon", edited("amazon", tmp_path, edit))


def test_a_change_in_openapi_is_found_in_json_and_in_yaml(tmp_path: Path) -> None:
    file = edited(
        "vtex", tmp_path, ('"quantity"\n', '"quantity", "description"\n'), ('"Input"', '"Return"')
    )
    in_yaml = tmp_path / "vtex.yaml"
    in_yaml.write_text(yaml.safe_dump(json.loads(file.read_text())))

    assert find("vtex", file) == find("vtex", in_yaml)
    assert find("vtex", file) == [
        ("breaking", f"{NOTIFY} request /items[]/description", "now required"),
        ("addition", f"{NOTIFY} request /type", "value added"),
        ("breaking", f"{NOTIFY} request /type", "value removed"),
    ]


def test_a_change_in_api_builders_notation_is_found(tmp_path: Path) -> None:
    service = json.loads((VENDOR / FILES["flow"]).read_text())
    models = {model["name"]: model for model in service["models"]}
    models["credit_memo_form"]["fields"].append(
        {"name": "reason", "type": "string", "required": True}
    )
    models["consumer_invoice_payment"]["fields"][0]["type"] = "long"
    enums = {enum["name"]: enum for enum in service["enums"]}
    enums["consumer_invoice_status"]["values"].append({"name": "voided"})
    service["unions"][0]["types"].append({"type": "price", "discriminator_value": "gift"})

    found = find("flow", write(tmp_path, service))

    memo = "POST /{}/consumer/invoices/{}/credit/memos request /reason"
    assert ("breaking", memo, "required field added") in found
    assert ("addition", "GET /{}/consumer/invoices/{} answer 200 /status", "value added") in found
    assert (
        "addition",
        "GET /{}/consumer/invoices/{} answer 200 /lines[]/discriminator",
        "value added",
    ) in found
    assert any(change == "type changed" and "/payments[]/" in place for _, place, change in found)


@pytest.mark.parametrize(
    ("edit", "finding"),
    [
        (
            ("&quot;Sent&quot;", "&quot;Posted&quot;"),
            ("breaking", f"{FIND} request /conditions/status", "value removed"),
        ),
        (
            ("string(1…32)", "string(1…16)"),
            ("breaking", f"{FIND} request /conditions/fromNumber", "bound tightened"),
        ),
        (
            ("int(1…64)", "string(1…64)"),
            ("breaking", f"{FIND} request /conditions/labels[]", "type changed"),
        ),
        (
            ("// (can be null) - date<", "// - date<"),
            ("fix", f"{FIND} answer 200 /invoices[]/dueDate", "no longer nullable"),
        ),
        (
            ("decimal[10,3]", "decimal[12,3]"),
            ("fix", f"{FIND} answer 200 /invoices[]/items[]/price", "bound widened"),
        ),
        (
            ("&quot;taxArea&quot;", "&quot;area&quot;"),
            ("breaking", f"{FIND} answer 200 /invoices[]/taxArea", "field removed"),
        ),
    ],
)
def test_a_change_in_a_documentation_page_is_found(
    edit: tuple[str, str], finding: tuple[str, str, str], tmp_path: Path
) -> None:
    assert finding in find("open2b-admin", edited("open2b-admin", tmp_path, edit))


def test_a_new_operation_beside_ours_is_found_and_one_elsewhere_is_counted(tmp_path: Path) -> None:
    swagger = json.loads((VENDOR / FILES["amazon"]).read_text())
    path = "/vendor/directFulfillment/shipping/v1/customerInvoices"
    swagger["paths"] |= {
        f"{path}/{{id}}/pdf": {"get": {}},
        "/vendor/directFulfillment/orders/v1/purchaseOrders": {"get": {}},
    }
    file = write(tmp_path, swagger)

    assert find("amazon", file) == [("addition", f"{INVOICES}/{{}}/pdf", "operation added")]
    assert "were not compared: 1" in drift("amazon", file).stdout


def test_an_operation_that_is_gone_breaks(tmp_path: Path) -> None:
    swagger = json.loads((VENDOR / FILES["amazon"]).read_text())
    del swagger["paths"][
        "/vendor/directFulfillment/shipping/v1/customerInvoices/{purchaseOrderNumber}"
    ]

    assert ("breaking", f"{INVOICES}/{{}}", "operation removed") in find(
        "amazon", write(tmp_path, swagger)
    )


def test_several_files_of_one_vendor_are_one_description(tmp_path: Path) -> None:
    swagger = json.loads((VENDOR / FILES["amazon"]).read_text())
    first, second = swagger["paths"].items()
    files = [
        write(tmp_path, {**swagger, "paths": dict([item])}, f"{number}.json")
        for number, item in enumerate((first, second))
    ]

    assert find("amazon", files[0], files[1]) == []
    assert find("amazon", files[0]) == [("breaking", f"{INVOICES}/{{}}", "operation removed")]


def test_a_reference_to_another_file_is_followed_only_if_that_is_given(tmp_path: Path) -> None:
    text = (VENDOR / FILES["amazon"]).read_text()
    root = json.loads(
        text.replace(
            '"#/definitions/Pagination"', '"https://example.com/more.json#/definitions/Pagination"'
        )
    )
    more = {
        "Pagination": {"$ref": "#/definitions/Real"},
        "Real": root["definitions"].pop("Pagination"),
    }
    write(tmp_path, {"definitions": more}, "more.json")
    file = write(tmp_path, root)

    refused = drift("amazon", file)
    assert refused.returncode == 2
    assert (
        "'https://example.com/more.json#/definitions/Pagination' points to another file: "
        "pass that file with --ref" in refused.stderr
    )
    assert find("amazon", file, "--ref", tmp_path / "more.json") == []


def test_a_copy_elsewhere_says_the_same(tmp_path: Path) -> None:
    shutil.copy(VENDOR / FILES["flow"], tmp_path / "copy.json")

    assert drift("flow", tmp_path / "copy.json").returncode == 0
