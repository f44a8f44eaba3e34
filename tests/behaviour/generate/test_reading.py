"""Reading a spec: JSON and YAML alike, data left as data, and nothing from outside the spec."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from counterfoil_tools.generate import generate, make_all
from counterfoil_tools.openapi.errors import SpecErrors

from tests.behaviour.generate.packages import (
    SETTINGS,
    Wire,
    call,
    describe,
    fields,
    lay_out,
    make_package,
    operation,
    parcels,
    refer,
    refusal,
    schemas,
)
from tests.behaviour.generate.workspace import ROOT


def test_json_is_read_as_json(tmp_path: Path) -> None:
    document = parcels()
    document["info"]["title"] = "Parcels \U0001f4e6"
    fields(document)["price"] = describe(type="number", format="decimal", maximum=0)
    text = json.dumps(document, indent="\t").replace('"maximum": 0', '"maximum": 1e5')

    package = make_package(tmp_path, text)

    assert "\\ud83d" in text
    assert str(call(package, Wire(b'{"price": 1.10}')).price) == "1.10"


def test_a_fault_in_json_is_found_in_its_line(tmp_path: Path) -> None:
    document = parcels()
    fields(document)["price"] = describe(type="number")
    text = json.dumps(document, indent=1)
    before, _, _ = text.partition('"price"')
    line = before.count("\n") + 1

    assert f"specs/parcels/openapi.yaml:{line}:" in refusal(tmp_path, text)


def test_line_ends_of_another_system_are_folded_in_prose_and_kept_in_data(tmp_path: Path) -> None:
    document = parcels()
    schemas(document)["Parcel"]["description"] = "A parcel\r\non its way."
    fields(document)["note"] = describe(type="string")
    answer = operation(document)["responses"]["200"]["content"]["application/json"]
    answer["examples"]["typical"]["value"] = {"note": "first\r\nsecond"}

    package = make_package(tmp_path, document)

    assert package.Parcel.__doc__ == "A parcel on its way."
    example = next((tmp_path / "generated").rglob("examples.json")).read_text()
    assert json.loads(example)[0]["body"] == {"note": "first\r\nsecond"}


def test_a_reference_within_data_is_data(tmp_path: Path) -> None:
    document = parcels()
    fields(document)["$ref"] = describe(type="string")
    answer = operation(document)["responses"]["200"]["content"]["application/json"]
    answer["examples"]["typical"]["value"] = {"$ref": "https://parcels.example/7"}
    fields(document)["id"]["default"] = {"$ref": "#/nowhere"}

    package = make_package(tmp_path, document)

    assert call(package, Wire(b'{"$ref": "x"}')).ref == "x"


def test_two_schemas_may_have_one_title(tmp_path: Path) -> None:
    document = parcels()
    schemas(document)["Parcel"]["title"] = "Box"
    schemas(document)["Letter"] = describe(type="object", title="Box", properties={})
    fields(document)["title"] = describe(type="string")

    package = make_package(tmp_path, document)

    assert call(package, Wire(b'{"title": "x"}')).title == "x"
    assert package.Letter is not package.Parcel


def test_a_document_needs_no_component_schemas(tmp_path: Path) -> None:
    document = parcels()
    del document["components"]
    operation(document)["responses"] = {"204": {"description": "Nothing."}}

    assert call(make_package(tmp_path, document), Wire(b"")) is None


def test_a_default_is_the_vendors_prose(tmp_path: Path) -> None:
    document = parcels()
    since = {"type": "string", "format": "date", "default": "yesterday"}
    operation(document)["parameters"] = [describe(name="since", schema=since, **{"in": "query"})]
    fields(document)["count"] = describe(type="integer", default="many")
    wire = Wire()

    call(make_package(tmp_path, document), wire)

    assert wire.url == "/parcels"


NAMES = {
    "m²": "m2",
    "½x": "n12_x",
    "$": "sign_24",
    "_id": "own_id",
    "größe": "größe",
    "ﬁn": "fin",
    "{{x}}": "x",
}


def test_any_property_has_a_name_in_python(tmp_path: Path) -> None:
    document = parcels()
    fields(document).update({wire: describe(type="string") for wire in NAMES})
    fields(document)["_id"]["x-counterfoil"] = {"name": "own_id"}
    package = make_package(tmp_path, document)

    found = call(package, Wire(json.dumps(NAMES).encode()))

    for name in NAMES.values():
        assert getattr(found, name) == name


@pytest.mark.parametrize("name", ['a"b', "a\\b", "a\nb", ""])
def test_a_property_that_msgspec_cannot_read_is_refused(name: str, tmp_path: Path) -> None:
    document = parcels()
    fields(document)[name] = describe(type="string")

    assert "leave such a property out" in refusal(tmp_path, document)


def test_any_parameter_has_a_name_in_python(tmp_path: Path) -> None:
    document = parcels()
    names = {
        "m²": {},
        "id": {},
        "_id": {"x-counterfoil": {"name": "own_id"}},
        "filter[a]": {},
        "super": {},
    }
    text = {"type": "string"}
    operation(document)["parameters"] = [
        describe(name=wire, schema=text, **{"in": "query"}, **words)
        for wire, words in names.items()
    ]
    wire = Wire()

    call(
        make_package(tmp_path, document), wire, m2="1", id="2", own_id="3", filter_a="4", super_="5"
    )

    assert wire.url == "/parcels?m%C2%B2=1&id=2&_id=3&filter%5Ba%5D=4&super=5"


def test_enum_values_without_a_letter_have_names_and_may_be_given_others(tmp_path: Path) -> None:
    document = parcels()
    values = ["½", "m²", "-", "a", "A", "mro", "name"]
    names = {"½": "HALF", "A": "BIG_A"}
    schemas(document)["Kind"] = describe(
        type="string", enum=values, **{"x-counterfoil": {"names": names}}
    )
    fields(document)["kind"] = refer("Kind")
    package = make_package(tmp_path, document)

    made = {member.value: name for name, member in package.Kind.__members__.items()}

    assert made == {
        "½": "HALF",
        "m²": "M2",
        "-": "SIGN_2D",
        "a": "A",
        "A": "BIG_A",
        "mro": "MRO",
        "name": "NAME",
    }


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("field", "nothing can be called field"),
        ("Not a name", '"Not a name" does not match'),
        (
            None,
            "'id' and '_id' would both be called id. "
            "Name one yourself: `x-counterfoil: {name: other_id}`",
        ),
    ],
)
def test_a_name_that_cannot_be_is_refused_with_one_that_can(
    name: str | None, told: str, tmp_path: Path
) -> None:
    document = parcels()
    words = {"x-counterfoil": {"name": name}} if name else {}
    fields(document)["_id"] = describe(type="string", **words)

    assert told in refusal(tmp_path, document)


def test_aliases_that_multiply_are_refused_at_once(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    begun = time.monotonic()

    said = refusal(tmp_path, "\n".join([*lines, "paths: {}"]))

    assert "it has more than 500,000 nodes once every alias (*) is expanded" in said
    assert time.monotonic() - begun < 60


@pytest.mark.parametrize("text", ['{"a":' * 100_000, "a: &a [*a]", "[" * 100_000])
def test_nesting_without_end_is_refused(text: str, tmp_path: Path) -> None:
    assert "yaml: it is nested without end" in refusal(tmp_path, text)


# package.toml, and what lies beside it


def settings_with(old: str, new: str) -> str:
    assert old in SETTINGS
    return SETTINGS.replace(old, new, 1)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            '"counterfoil-parcels"',
            '"counterfoil-core"',
            "dist: counterfoil-core is another distribution of this project",
        ),
        ('"counterfoil-parcels"', '"../elsewhere"', "dist: "),
        (
            'import = "counterfoil_parcels"',
            'import = "os"',
            "import: `import os` is Python's, or another package's",
        ),
        (
            'import = "counterfoil_parcels"',
            'import = "counterfoil_core"',
            "import: `import counterfoil_core`",
        ),
        ('import = "counterfoil_parcels"', 'import = "class"', "import: `import class`"),
        (
            '"AsyncParcelsClient"',
            '"AsyncOther"',
            "async_client: the clients' names do not match. Write `async_client = \"Asyn",
        ),
        (
            'api_version = "v1"',
            r'api_version = "v1\r\nX-Evil: 1"',
            "api_version: it is sent in a header",
        ),
        ('example = "from', 'example = "form', "example: it is not Python"),
    ],
)
def test_a_package_takes_no_name_that_is_another_s(
    old: str, new: str, told: str, tmp_path: Path
) -> None:
    assert told in refusal(tmp_path, parcels(), settings_with(old, new))


@pytest.mark.parametrize("key", ["dist", "import"])
def test_two_apis_never_write_to_one_place(key: str, tmp_path: Path) -> None:
    spec = lay_out(tmp_path, parcels())
    generate([spec], tmp_path, ROOT / "templates")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    other = spec.with_name("letters")
    other.mkdir()
    (other / "openapi.yaml").write_text(json.dumps(parcels()))
    taken = {
        "dist": ("counterfoil_parcels", "counterfoil_letters"),
        "import": ("counterfoil-parcels", "counterfoil-letters"),
    }
    (other / "package.toml").write_text(SETTINGS.replace(*taken[key]))

    with pytest.raises(
        SpecErrors,
        match=rf"specs/letters/package.toml:\d+:1: .*{key}: .* is also that of specs/parcels",
    ):
        generate([other], tmp_path, ROOT / "templates")

    assert {path: path.read_bytes() for path in before} == before


@pytest.mark.parametrize("name", ["CHANGELOG.md", "openapi.yaml", "package.toml"])
def test_a_link_out_of_the_folder_is_not_followed(name: str, tmp_path: Path) -> None:
    spec = lay_out(tmp_path, parcels())
    secret = tmp_path / "secret"
    secret.write_text("what nobody should read")
    (spec / name).unlink(missing_ok=True)
    (spec / name).symlink_to(secret)

    with pytest.raises(SpecErrors, match=f"{name} leads out of the folder of the spec") as told:
        make_all([spec], ROOT / "templates")

    assert "nobody" not in str(told.value)


@pytest.mark.parametrize("name", ["../../secret.json", "/etc/hostname", "nothing.json"])
def test_an_example_file_lies_in_the_folder(name: str, tmp_path: Path) -> None:
    document = parcels()
    (tmp_path / "secret.json").write_text('{"id": 7}')
    answer = operation(document)["responses"]["200"]["content"]["application/json"]
    answer["examples"] = {"typical": {"externalValue": name}}

    assert f"example-file: the example {name} " in refusal(tmp_path, document)


def test_nothing_is_written_through_a_link(tmp_path: Path) -> None:
    spec = lay_out(tmp_path, parcels())
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "kept.txt").write_text("mine")
    (tmp_path / "generated").mkdir()
    (tmp_path / "generated" / "counterfoil-parcels").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(SpecErrors, match="write: a link leads elsewhere"):
        generate([spec], tmp_path, ROOT / "templates")

    assert [path.name for path in (tmp_path / "elsewhere").iterdir()] == ["kept.txt"]


def test_a_field_that_is_always_null_is_none(tmp_path: Path) -> None:
    document = parcels()
    fields(document)["gone"] = describe(type="null")
    package = make_package(tmp_path, document)

    assert call(package, Wire(b'{"id": 1, "gone": null}')).gone is None
    assert call(package, Wire(b'{"id": 1}')).gone is None
