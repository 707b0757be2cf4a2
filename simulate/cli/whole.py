"""Options that must be whole numbers: told of with every other problem, not one at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import click

from models.language import say
from simulate.errors import Problem
from simulate.language.numbers import number


@dataclass(frozen=True)
class Whole:
    """An option whose value is a whole number.

    Attributes:
        name: of the option, such as ``--draws``.
        code: of the problem when it is something else.
        least, most: what it may be.
    """

    name: str
    code: str
    least: int
    most: int

    def option(self, default: str | None, explained: str) -> Callable[[Any], Any]:
        """Return the option for a command; its value stays text until it is read."""
        return click.option(self.name, default=default, metavar="N", help=explained)

    def read(self, text: str, problems: list[Problem]) -> int:
        """Return the number in ``text``; what is none, or too large, is added to ``problems``.

        Example:
            >>> persons, problems = Whole("--persons", "bad_persons", 20, 100_000), []
            >>> persons.read(" 1_000 ", problems), problems
            (1000, [])
            >>> persons.read("3", problems), problems[0].code
            (20, 'bad_persons')
        """
        digits = text.strip().replace(" ", "").replace("_", "")
        plain = digits.isascii() and digits.isdecimal() and len(digits) <= len(str(self.most))
        if plain and self.least <= int(digits) <= self.most:
            return int(digits)
        allowed = say("från {least} till {most}", least=self.least, most=number(self.most))
        problems.append(Problem(self.code, (self.name,), {"found": text, "allowed": allowed}))
        return self.least


DRAWS = Whole("--draws", "bad_draws", 100, 8_000_000)
SEED = Whole("--seed", "bad_seed", 0, 2**63 - 1)
