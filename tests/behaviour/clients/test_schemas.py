"""Every model reads values made from its schema, and writes them back digit for digit."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from counterfoil_core.decode import make_reader
from counterfoil_core.encode import make_body_writer
from counterfoil_core.response import RawResponse
from hypothesis import HealthCheck, given, settings
from msgspec import UNSET, Struct, structs

from tests.behaviour.clients.packages import MOMENT, apis, description, drop_nulls, package
from tests.schema_strategies import components, made_from

MODELS = [pytest.param(api, name, id=f"{api}-{name}") for api in apis() for name in components(api)]


def read_exactly(text: str | bytes) -> Any:
    return compare_by_meaning(json.loads(text, parse_float=Decimal))


def compare_by_meaning(value: Any) -> Any:
    """Numbers by all their digits, whether they came as number or as text; moments as moments."""
    if isinstance(value, dict):
        return {key: compare_by_meaning(part) for key, part in value.items()}
    if isinstance(value, list):
        return [compare_by_meaning(part) for part in value]
    if isinstance(value, (Decimal, int)) and not isinstance(value, bool):
        return f"{Decimal(value):f}"
    if isinstance(value, str) and MOMENT.fullmatch(value):
        return datetime.fromisoformat(value).astimezone(UTC)
    return value


def is_sent(model: Any) -> bool:
    is_struct = isinstance(model, type) and issubclass(model, Struct)
    return is_struct and any(field.default is UNSET for field in structs.fields(model))


def send_first_tags(api: str, text: str) -> str:
    """The members of a union that go by several tags are written with the first."""
    for first, *others in description(api).tags.values():
        for other in others:
            text = text.replace(f'"{other}"', f'"{first}"')
    return text


def hold_for(api: str, name: str, count: int) -> None:
    model = getattr(package(api), name)
    read = make_reader(model, description(api).tags)
    write = make_body_writer(description(api).decimals)

    @settings(
        max_examples=count,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
        derandomize=True,
    )
    @given(made_from(api, name))
    def run(text: str) -> None:
        text = send_first_tags(api, text)
        value = read(
            RawResponse(
                status=200, headers={"content-type": "application/json"}, content=text.encode()
            )
        )
        written = read_exactly(write(value))
        expected = read_exactly(text)
        if is_sent(model):
            assert written == expected
        else:
            assert drop_nulls(written) == drop_nulls(expected)

    run()


@pytest.mark.parametrize(("api", "name"), MODELS)
def test_what_a_schema_allows_is_read_and_written_again(api: str, name: str) -> None:
    hold_for(api, name, 5)


@pytest.mark.soak
@pytest.mark.parametrize(("api", "name"), MODELS)
def test_what_a_schema_allows_is_read_and_written_again_a_hundred_times(
    api: str, name: str
) -> None:
    hold_for(api, name, 100)
