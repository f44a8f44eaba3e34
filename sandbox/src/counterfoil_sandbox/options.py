"""What can be set for one API: each provider declares its options, and nobody else knows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


class UnknownOption(ValueError):
    """An option that no provider declares, or a value that it does not take."""


@dataclass(frozen=True, slots=True)
class Option:
    """A setting of one provider: a number or a switch, by its default."""

    default: int | bool
    meaning: str
    choices: tuple[int | bool, ...]

    def parse(self, text: str) -> int | bool | str:
        """Read a value as it is typed on a command line; a text that is no value is given back."""
        named = {str(each).lower(): each for each in self.choices}
        return named.get(text.lower(), text)


def check_options(declared: Mapping[str, Mapping[str, Option]], given: Mapping[str, Mapping[str, Any]]) -> None:
    """Refuse what no provider declares.

    Raises:
        UnknownOption: with the name of the option and what there is instead.
    """
    for api, values in given.items():
        for name, value in values.items():
            option = declared.get(api, {}).get(name)
            if option is None:
                known = ", ".join(f"{owner}.{each}" for owner, options in declared.items() for each in options)
                raise UnknownOption(f"There is no option {api}.{name}; there is {known}.")
            if value not in option.choices or type(value) is not type(option.default):
                raise UnknownOption(f"The option {api}.{name} cannot be {value!r}; it is {_list_choices(option)}.")


def parse_options(declared: Mapping[str, Mapping[str, Option]], texts: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Read options as they are typed: `vtex.repeated_numbers=true`.

    Raises:
        UnknownOption: an option is not typed like that.
    """
    found: dict[str, dict[str, Any]] = {}
    for text in texts:
        path, equals, value = text.partition("=")
        api, point, name = path.partition(".")
        if not (equals and point):
            raise UnknownOption(f"{text!r} is not an option; one is set like open2b-admin.calls=200.")
        option = declared.get(api, {}).get(name)
        found.setdefault(api, {})[name] = option.parse(value) if option else value
    return found


def describe_options(declared: Mapping[str, Mapping[str, Option]]) -> list[str]:
    """Say what can be set, one line an option."""
    return [
        f"{api}.{name}: {option.meaning}; {_list_choices(option)}, {str(option.default).lower()} unless set"
        for api, options in declared.items()
        for name, option in options.items()
    ]


def _list_choices(option: Option) -> str:
    return " or ".join(str(each).lower() for each in option.choices)
