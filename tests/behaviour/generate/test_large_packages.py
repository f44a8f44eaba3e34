"""Packages of more than 150 models: modules by resource, imported by need."""

from __future__ import annotations

import importlib
import pickle
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from counterfoil_core import ApiError
from counterfoil_core.transports.protocol import Request, StreamedResponse
from counterfoil_core.types import Unknown
from counterfoil_tools.openapi.document import LARGE

from tests.behaviour.generate.packages import (
    Wire,
    answer_with,
    call,
    describe,
    fields,
    make_package,
    parcels,
    refer,
    schemas,
)

TEXT = {"type": "string", "description": "A text that says something."}
PERSON = b'{"sender": {"name": "A", "home": {"city": "B"}}}'


def model(**properties: Any) -> Any:
    return describe(type="object", required=list(properties), properties=properties)


def document() -> Any:
    """Parcels and routes, which share Place, and an archive of many models of its own."""
    made = parcels()
    found = schemas(made)
    found["Place"] = model(city=TEXT)
    found["Person"] = model(name=TEXT, home=refer("Place"))
    found["Company"] = model(firm=TEXT, seat=refer("Place"))
    found["Sender"] = describe(oneOf=[{"type": "string"}, refer("Person"), refer("Company")])
    found["Weighing"] = describe(enum=["light", "heavy"], type="string")
    found["Refusal"] = model(reason=TEXT)
    found["Stop"] = model(place=refer("Place"), then=refer("Route"))
    found["Route"] = describe(type="object", properties={"first": refer("Stop")})
    fields(made)["sender"] = refer("Sender")
    fields(made)["weighing"] = refer("Weighing")
    answer_with(made, "application/json", refer("Parcel"), {"sender": "p-1"})
    listed = made["paths"]["/parcels"]["get"]
    listed["responses"]["404"] = {
        "description": "There are none.",
        "content": {"application/json": {"schema": refer("Refusal")}},
    }
    names = [f"Shelf{number}" for number in range(LARGE)]
    found |= {name: model(label=TEXT) for name in names}
    found["Archive"] = describe(
        type="object", properties={name.lower(): refer(name) for name in names}
    )
    add(made, "routes", refer("Route"))
    add(made, "archive", refer("Archive"))
    return made


def add(made: Any, resource: str, schema: Any) -> None:
    answer = {"application/json": {"schema": schema, "examples": {"empty": {"value": {}}}}}
    made["paths"][f"/{resource}"] = {
        "get": {
            "operationId": f"list{resource.title()}",
            "summary": f"List the {resource}",
            "description": f"All {resource}.",
            "externalDocs": {"url": "https://parcels.example/docs"},
            "x-counterfoil": {"resource": resource, "method": "list", "retry": "safe"},
            "responses": {"200": {"description": "They follow.", "content": answer}},
        }
    }


@pytest.fixture
def package(tmp_path: Path) -> ModuleType:
    return make_package(tmp_path, document())


def imported(package: ModuleType) -> set[str]:
    """Return the modules of the package that are imported, apart from itself."""
    prefix = f"{package.__name__}."
    return {name.removeprefix(prefix) for name in sys.modules if name.startswith(prefix)}


def test_a_call_imports_what_it_uses(package: ModuleType) -> None:
    assert imported(package) == set()

    client = package.ParcelsClient(transport=Wire(b'{"sender": "p-1"}'))
    assert imported(package) == {"client", "_api"}
    assert client.parcels.list().sender == "p-1"

    assert imported(package) == {
        *("client", "_api", "resources", "resources.parcels"),
        *("_operations", "_operations.parcels", "_model", "models", "models.parcels"),
    }


def test_a_union_imports_its_objects_when_it_decodes_one(package: ModuleType) -> None:
    assert call(package, Wire(b'{"sender": "p-1"}')).sender == "p-1"
    assert "models.person" not in imported(package)

    sender = call(package, Wire(PERSON)).sender

    assert (type(sender).__name__, sender.home.city) == ("Person", "B")
    assert call(package, Wire(b'{"sender": {"robot": 1.50}}')).sender == Unknown(b'{"robot": 1.50}')
    assert call(package, Wire(b"{}")).sender is None
    kind = type(call(package, Wire(b"{}"))).__struct_fields__
    assert "sender" in kind


def test_an_error_imports_its_model(package: ModuleType) -> None:
    class Refusing(Wire):
        def send(self, request: Request) -> StreamedResponse:
            answer = super().send(request)
            return StreamedResponse(status=404, headers=answer.headers, body=answer.body)

    with pytest.raises(ApiError) as caught:
        call(package, Refusing(b'{"reason": "none left"}'))

    assert caught.value.model == package.Refusal(reason="none left")


def test_models_are_divided_by_their_use(package: ModuleType) -> None:
    modules = {name: getattr(package, name).__module__ for name in ("Parcel", "Place", "Shelf7")}

    assert modules == {
        "Parcel": f"{package.__name__}.models.parcels",
        "Place": f"{package.__name__}.models.place",  # of several resources
        "Shelf7": f"{package.__name__}.models.archive",
    }
    assert package.Weighing.__module__ == package.Parcel.__module__
    assert package.Stop.__module__ == package.Route.__module__  # each contains the other


def test_all_names_are_public_as_in_a_small_package(package: ModuleType) -> None:
    everything: dict[str, Any] = {}
    exec(f"from {package.__name__} import *", everything)

    assert {"ParcelsClient", "AsyncParcelsClient", "models", "Shelf149"} <= everything.keys()
    assert set(dir(package)) <= everything.keys()
    assert package.models.Parcel is package.Parcel
    resources = importlib.import_module(f"{package.__name__}.resources")
    assert {"Parcels", "AsyncArchive", "RoutesWithResponse"} <= set(dir(resources))
    assert resources.Parcels.__name__ == "Parcels"
    for place in (package, package.models, resources):
        with pytest.raises(AttributeError, match=f"module '{place.__name__}' has no .*'Nothing'"):
            place.Nothing  # noqa: B018
    value = package.Place(city="B")
    assert pickle.loads(pickle.dumps(value)) == value


def test_type_checkers_see_every_name(package: ModuleType, tmp_path: Path) -> None:
    user = tmp_path / "user.py"
    user.write_text(
        f"from {package.__name__} import Company, ParcelsClient, Person, models\n"
        "client = ParcelsClient()\n"
        "sender = client.parcels.list().sender\n"
        "if isinstance(sender, Person):\n"
        "    reveal_type(sender.home.city)\n"
        "if isinstance(sender, Company):\n"
        "    sender.home\n"
        "shelf: models.Shelf7 | None = client.archive.list().shelf7\n"
        "route: models.Place = client.routes.list()\n"
    )
    source = Path(str(package.__file__)).parents[1]

    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path / "cache")]
    done = subprocess.run(
        [*command, str(user)],
        capture_output=True,
        text=True,
        env={"MYPYPATH": str(source), "PATH": ""},
        timeout=300,
    )

    lines = [line.partition("user.py:")[2] for line in done.stdout.splitlines()]
    assert [line[:60] for line in lines if line] == [
        '5: note: Revealed type is "str"'[:60],
        '7: error: "Company" has no attribute "home"  [attr-defined]'[:60],
        "9: error: Incompatible types in assignment (expression has t"[:60],
    ]


def test_a_small_package_is_in_single_files(tmp_path: Path) -> None:
    make_package(tmp_path, parcels())

    names = {path.name for path in tmp_path.glob("generated/*/src/*/*")}

    assert {"models.py", "resources.py", "_operations.py"} <= names
    assert not any(name.endswith(".pyi") for name in names)
