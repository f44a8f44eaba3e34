"""The base of models: conversion to dicts and JSON and back, and use as a type of pydantic.

Models are imported for type hints as well, so that the conversions are imported when they are used.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

from msgspec import Struct


class Convertible:
    """Methods of structs: to a dict and to JSON, and back. A base beside `msgspec.Struct`."""

    __slots__ = ()

    _decimals: ClassVar[Literal["number", "string"]] = "number"  # how JSON has amounts
    _tags: ClassVar[Mapping[str, tuple[str, ...]]] = {}  # of models that have several

    def to_dict(self) -> dict[str, Any]:
        """Return the model as JSON values by the API's names, with a Decimal for each amount.

        Times, enums and secrets are text as in JSON. Absent fields are omitted.
        """
        from .conversion import to_values

        values: dict[str, Any] = to_values(self)
        return values

    def to_json(self) -> bytes:
        """Return the model as the API's JSON. Amounts have all their digits.

        Raises ValueError for an amount that is not finite, and for a time without a zone where
        the API has one.
        """
        from .encode import make_body_writer

        return make_body_writer(self._decimals)(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """Create the model from JSON values by the API's names, such as those of `to_dict`.

        Fields that the model does not declare are ignored. An amount can be a Decimal, an int or a
        text, but not a float, which may have lost digits: decode JSON with `from_json`, or with
        `json.loads(text, parse_float=Decimal)`. Raises ValueError, with a path, if a value does not
        fit.
        """
        from .exact_decode import read_values

        model: Self = read_values(values, cls, cls._tags)
        return model

    @classmethod
    def from_json(cls, content: bytes | str) -> Self:
        """Create the model from the API's JSON, as a response is decoded.

        Fields that the model does not declare are ignored. Raises ValueError, with a path, if a
        value does not fit, or if it is not JSON.
        """
        from .conversion import find_decoder

        raw = content.encode() if isinstance(content, str) else content
        decoder = find_decoder(cls, cls._tags)
        model: Self = decoder.decode(raw.removeprefix(b"\xef\xbb\xbf"))
        return model

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        """Make models usable as types of pydantic, and so of FastAPI. Amounts are texts in JSON."""
        from .pydantic_types import make_core_schema

        return make_core_schema(cls)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: Any) -> dict[str, Any]:
        """Return the model's JSON Schema, for pydantic and for the OpenAPI document of FastAPI."""
        from .pydantic_types import make_json_schema

        return make_json_schema(cls)


class Model(Convertible, Struct, repr_omit_defaults=True):
    """A value of an API. Its fields have Python's names here, and the API's names in JSON.

    The repr omits fields that have their default.
    """
