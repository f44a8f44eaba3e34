"""Fields that are called like a method of all models have another name in Python."""

from __future__ import annotations

import pytest
from counterfoil_core.models import Model
from counterfoil_tools.generate.python.names import is_taken, python_name


@pytest.mark.parametrize("wire", ["to_dict", "toDict", "to_json", "fromDict", "from_json"])
def test_a_field_called_like_a_method_gets_another_name(wire: str) -> None:
    assert python_name(wire).endswith("_")


def test_every_public_name_of_a_model_is_known_to_the_generator() -> None:
    public = {name for name in dir(Model) if not name.startswith("_")}

    assert public
    assert all(map(is_taken, public)), "a field could replace a method"
