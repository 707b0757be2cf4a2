"""All or nothing: any cohort that reaches one level, else all of them together a lower one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

import pydantic

from models.number import Number
from models.table import Identifier
from simulate.contract.bound import Bound
from simulate.contract.clauses.base import Clause, Fault, Threshold
from simulate.errors import Path

if TYPE_CHECKING:
    from simulate.contract.money import Ore
    from simulate.contract.terms import Terms


class Trigger(Clause):
    """Pays ``pays`` if any cohort reaches ``at``, else if the pooled measure reaches ``pooled_at``.

    Law: payment ∈ {0, pays}; non-decreasing in every measure.

    Attributes:
        cohorts: measures, one a cohort.
        at: level that one cohort must reach, itself included.
        pooled: the measure of all cohorts together.
        pooled_at: level that it must reach where no cohort did, itself included; below ``at``.
        pays: what is then paid.
    """

    EXAMPLE: ClassVar[Mapping[str, object]] = {
        "id": "trigger",
        "title": "Trigger",
        "type": "trigger",
        "cohorts": ["first", "second"],
        "at": "10 %",
        "pooled": "all",
        "pooled_at": "7.5 %",
        "pays": {"of_drawn": 1.1},
    }

    type: Literal["trigger"]
    cohorts: Annotated[tuple[Identifier, ...], pydantic.Field(min_length=1)]
    at: Threshold
    pooled: Identifier
    pooled_at: Threshold
    pays: Bound

    def reads(self) -> Iterator[tuple[Path, str]]:
        for place, cohort in enumerate(self.cohorts):
            yield ("cohorts", place), cohort
        yield ("pooled",), self.pooled
        yield from super().reads()

    def thresholds(self) -> Iterator[tuple[str, Number]]:
        yield from ((cohort, self.at) for cohort in self.cohorts)
        yield self.pooled, self.pooled_at
        yield from super().thresholds()

    def faults(self) -> Iterator[Fault]:
        if self.pooled_at.distribution.support()[0] >= self.at.distribution.support()[1]:
            yield "fallback_not_lower", ("pooled_at",), {"other": self.at.key}

    def amount(self, terms: Terms) -> Ore:
        holds = terms.reaches(self.pooled, self.pooled_at)
        for cohort in self.cohorts:
            holds = holds | terms.reaches(cohort, self.at)
        return terms.where(holds, terms.limit(self.pays) + terms.nothing)


CLAUSE = Trigger
