"""What can go wrong, as data: problems with an input, and runs that fail.

A problem says where, what was found, what is allowed and how to mend it. Bad input carries all
its problems at once and ends the program with 2; a failed run ends it with 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from simulate.language.problems import sentence

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with an input.

    Attributes:
        code: stable name, a key of :data:`simulate.language.problems.PROBLEMS`.
        path: place in the scenario, or empty.
        context: what the message needs.
        line: line in the file, counted from 1; 0 when there is none.
    """

    code: str
    path: Path = ()
    context: Mapping[str, object] = field(default_factory=dict)
    line: int = 0

    @property
    def key(self) -> str:
        """The place as a dotted key."""
        return dotted(self.path)

    def text(self) -> str:
        """Return the problem as one Swedish paragraph."""
        words = sentence(self.code, self.context)
        place = ", ".join(part for part in (f"rad {self.line}" * bool(self.line), self.key) if part)
        lead = f"{place}: " if place else ""
        return f"{lead}{words.found}\n  tillåtet: {words.allowed}\n  åtgärd: {words.remedy}"


def dotted(path: Path) -> str:
    """Return a path as people write it: ``contract.clauses[0].share``."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


class BadInput(Exception):
    """The input cannot be used; carries every problem that was found. Exit code 2."""

    def __init__(self, problems: Iterable[Problem], origin: str = "") -> None:
        self.problems = tuple(problems)
        self.origin = origin
        super().__init__("\n".join(problem.text() for problem in self.problems))


class RunFailed(Exception):
    """The input was fine but the run cannot be completed. Exit code 1."""
