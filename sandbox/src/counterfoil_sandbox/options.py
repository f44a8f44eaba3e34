"""Options of single APIs. Each provider declares its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


class UnknownOption(ValueError):
    """An option that no provider declares, or a value that it does not take."""


@dataclass(frozen=True, slots=True)
class Option:
    """A setting of one provider: a number or a switch, depending on its default."""

    default: int | bool
    meaning: str
    choices: tuple[int | bool, ...]

    def parse(self, text: str) -> int | bool | str:
        """Read a value from a command line; return the text if it is not one of the choices."""
        named = {str(each).lower(): each for each in self.choices}
        return named.get(text.lower(), text)


Declared = Mapping[str, Mapping[str, Option]]
"""Options by API and name."""

Given = Mapping[str, Mapping[str, Any]]
"""Values of options by API and name."""


def check_options(declared: Declared, given: Given) -> None:
    """Check values against the declared options.

    Raises:
        UnknownOption: an option or a value is unknown; the message lists the known ones.
    """
    for api, values in given.items():
        for name, value in values.items():
            option = declared.get(api, {}).get(name)
            if option is None:
                known = ", ".join(_list_names(declared))
                raise UnknownOption(f"There is no option {api}.{name}. The options are {known}.")
            # True == 1, so that the type has to be compared as well
            if value not in option.choices or type(value) is not type(option.default):
                choices = _list_choices(option)
                raise UnknownOption(
                    f"The option {api}.{name} cannot be {value!r}; it must be {choices}."
                )


def parse_options(declared: Declared, texts: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Read options in the form of the command line, `vtex.repeated_numbers=true`.

    Raises:
        UnknownOption: a text is not of that form.
    """
    found: dict[str, dict[str, Any]] = {}
    for text in texts:
        path, equals, value = text.partition("=")
        api, point, name = path.partition(".")
        if not (equals and point):
            raise UnknownOption(
                f"{text!r} is not an option. Write API.NAME=VALUE, such as open2b-admin.calls=200."
            )
        option = declared.get(api, {}).get(name)
        found.setdefault(api, {})[name] = option.parse(value) if option else value
    return found


def describe_options(declared: Declared) -> list[str]:
    """Describe all options, one line each."""
    lines = []
    for api, options in declared.items():
        for name, option in options.items():
            choices = _list_choices(option)
            default = str(option.default).lower()
            lines.append(f"{api}.{name}: {option.meaning}; {choices}, default: {default}")
    return lines


def _list_names(declared: Declared) -> list[str]:
    names = []
    for api, options in declared.items():
        names += [f"{api}.{name}" for name in options]
    return names


def _list_choices(option: Option) -> str:
    return " or ".join(str(each).lower() for each in option.choices)
