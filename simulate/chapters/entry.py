"""What a chapter is: its name, its title, and the module that works it out and says it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol, cast

if TYPE_CHECKING:
    from simulate.errors import Problem
    from simulate.report.sections import Told
    from simulate.run import Progress, Result
    from simulate.scenario.read import AnyScenario


class Builder(Protocol):
    """What the module of a chapter has."""

    def refused(self, scenario: AnyScenario) -> Iterator[Problem]:
        """Yield why a scenario has no such chapter; nothing when it has."""

    def study(self, result: Result, progress: Progress | None = None) -> Any:
        """Work out the facts of the chapter, on the run's own seed, draws and posteriors.

        Equal runs give equal facts, whatever language is spoken.
        """

    def told(self, found: Any) -> Told:
        """Say the facts in the language that is spoken; equal facts give equal text."""


@dataclass(frozen=True)
class Entry:
    """One chapter.

    Attributes:
        name: stable; what people ask for it by, in ASCII letters and ``_``.
        title: marked, to be said.
        module: of its functions; imported when it is asked for, for it is slow to import.
    """

    name: str
    title: str
    module: str

    @property
    def builder(self) -> Builder:
        """Its functions."""
        return cast("Builder", import_module(self.module))
