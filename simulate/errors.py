"""What can go wrong, as data: problems with an input, and runs that fail.

A problem says where, what was found, what is allowed and how to mend it. Bad input carries all
its problems at once and ends the program with 2; a failed run ends it with 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from models.language import say
from simulate.language.problems import sentence
from simulate.language.shown import clean, cut
from simulate.language.words import Words

Path = tuple[str | int, ...]
_BARE = re.compile(r"[A-Za-z0-9_-]{1,60}")


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with an input.

    Attributes:
        code: stable name, a key of :data:`simulate.language.problems.PROBLEMS`.
        path: place in the scenario, or empty.
        context: what the message needs.
        line: line in the file, counted from 1; 0 when there is none.
        cell: place in a workbook, ``Effekter!E7``, or empty.
        file: where it is, when that is not the file which was read but a part of it.
    """

    code: str
    path: Path = ()
    context: Mapping[str, object] = field(default_factory=dict)
    line: int = 0
    cell: str = ""
    file: str = ""

    @property
    def key(self) -> str:
        """The place as a dotted key."""
        return dotted(self.path)

    @property
    def words(self) -> Words:
        """What was found, what is allowed and how to mend it."""
        return sentence(self.code, self.context)

    def text(self) -> str:
        """Return the problem as one paragraph in the language that is spoken."""
        words = self.words
        line = say("rad {line}", line=self.line) if self.line else ""
        place = ", ".join(
            part for part in (clean(self.file), clean(self.cell), line, self.key) if part
        )
        lead = f"{place}: " if place else ""
        allowed = say("tillåtet: {allowed}", allowed=words.allowed)
        return f"{lead}{words.found}\n  {allowed}\n  {remedy(words.remedy)}"


def remedy(words: str) -> str:
    """Return how to mend something, as it stands on the last line of every message."""
    return say("åtgärd: {remedy}", remedy=words)


def dotted(path: Path) -> str:
    """Return a path as people write it.

    Example:
        >>> dotted(("contract", "clauses", 0, "share")), dotted(("parties", "Norrköpings kommun"))
        ('contract.clauses[0].share', 'parties."Norrköpings kommun"')
    """
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            name = part if _BARE.fullmatch(part) else f'"{cut(clean(part), 60)}"'
            text += f".{name}" if text else name
    return text


class BadInput(Exception):
    """The input cannot be used; carries every problem that was found. Exit code 2.

    Args:
        problems: what is wrong.
        origin: the file, or empty.
        note: what to say after the problems, in the language that is spoken.
    """

    def __init__(self, problems: Iterable[Problem], origin: str = "", note: str = "") -> None:
        self.problems = tuple(problems)
        self.origin = origin
        self.note = note
        super().__init__("\n".join(problem.text() for problem in self.problems))


class RunFailed(Exception):
    """The input was fine but the run cannot be completed. Exit code 1.

    Args:
        found: what happened, in the language that is spoken.
        mend: how to mend it.
    """

    def __init__(self, found: str, mend: str) -> None:
        super().__init__(f"{found}\n  {remedy(mend)}")
