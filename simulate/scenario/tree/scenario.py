"""The whole scenario."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from models.evidence import AnyEvidence
from models.table import Day, Identifier, Integer, Table, Text
from simulate.scenario.tree.contract import Contract
from simulate.scenario.tree.measurements import AnyMeasurement
from simulate.scenario.tree.outcomes import AnyOutcome
from simulate.scenario.tree.party import Party, Society
from simulate.scenario.tree.programme import Programme

Year = Annotated[Integer, Field(ge=1950, le=2200)]


class Scenario(Table):
    """Everything that is assumed about one social investment.

    Attributes:
        signed: day of signing; base date of all discounting.
        judged: day on which the judgement is made, if it is not the day of signing. Numbers known
            only later are refused unless they are marked as hindsight.
        first_year, last_year: the horizon, both years included.
        fit_seed: seed of the evidence models; belongs to the scenario, never to a run.
    """

    schema_version: Annotated[Literal[1], Field(alias="schema")] = 1
    id: Identifier
    title: Text
    signed: Day
    judged: Day | None = None
    first_year: Year
    last_year: Year
    fit_seed: Annotated[Integer, Field(ge=0, lt=2**63)]
    parties: Annotated[dict[Identifier, Party], Field(min_length=1)]
    society: Society
    evidence: dict[Identifier, AnyEvidence] = Field(default_factory=dict)
    programme: Programme
    outcomes: Annotated[dict[Identifier, AnyOutcome], Field(min_length=1)]
    measurements: Annotated[dict[Identifier, AnyMeasurement], Field(min_length=1)]
    contract: Contract

    @property
    def known_until(self) -> date:
        """The day on which the judgement is made."""
        return self.judged or self.signed

    @property
    def years(self) -> tuple[int, ...]:
        """The calendar years of the horizon."""
        return tuple(range(self.first_year, self.last_year + 1))
