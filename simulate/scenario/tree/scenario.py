"""The whole scenario: what every kind has in common, and the kinds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from models.evidence import AnyEvidence
from models.number import SignedShare
from models.table import Day, Identifier, Integer, Table, Text
from simulate.scenario.tree.contract import Contract
from simulate.scenario.tree.decision import Decision
from simulate.scenario.tree.fund import Fund
from simulate.scenario.tree.investment import Effect, Investment, Lines
from simulate.scenario.tree.measurements import AnyMeasurement
from simulate.scenario.tree.outcomes import AnyOutcome, Outcome
from simulate.scenario.tree.party import Party, Society
from simulate.scenario.tree.programme import Programme

Year = Annotated[Integer, Field(ge=1950, le=2200)]


class Correlation(Table):
    """Two uncertain numbers that go together, beyond what the scenario otherwise makes of them.

    Attributes:
        between: the keys of both, as in the register of numbers.
        rank: Spearman's rank correlation.
    """

    between: Annotated[tuple[Text, ...], Field(min_length=2)]
    rank: SignedShare

    @property
    def pair(self) -> tuple[str, str]:
        """The two keys."""
        return self.between[0], self.between[-1]


class Scenario(Table):
    """Everything that is assumed about one or several social investments.

    Attributes:
        schema_version: of this format.
        id: names the scenario in results, and the folder of its runs.
        title: the scenario in a few words, for people.
        parties: everyone who pays or receives, by id.
        society: how all parties together are valued.
        evidence: what is learned from published figures before any draw, by id.
        decision: what is to be decided, for the value of knowing more before it.
        signed: day of signing, or of the decision; base date of all discounting.
        judged: day on which the judgement is made, if it is not the day of signing. Numbers known
            only later are refused unless they are marked as hindsight.
        first_year, last_year: the horizon, both years included.
        fit_seed: seed of the evidence models; belongs to the scenario, never to a run.
        correlations: rank correlations between uncertain numbers; pairs that are not named have
            none.
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
    correlations: tuple[Correlation, ...] = ()
    decision: Decision | None = None

    @property
    def known_until(self) -> date:
        """The day on which the judgement is made."""
        return self.judged or self.signed

    @property
    def years(self) -> tuple[int, ...]:
        """The calendar years of the horizon."""
        return tuple(range(self.first_year, self.last_year + 1))


class ContractScenario(Scenario):
    """An insats that a finansiär pays for under a contract on what is measured.

    Attributes:
        programme: the insats.
        outcomes: what the insats changes, by id.
        measurements: what the evaluation will show of it, by id.
        contract: what is paid for what is measured.
        at_signing: id of the same contract's scenario as it could be judged when it was signed,
            where this one knows the outcome.
    """

    programme: Programme
    outcomes: Annotated[dict[Identifier, AnyOutcome], Field(min_length=1)]
    measurements: Annotated[dict[Identifier, AnyMeasurement], Field(min_length=1)]
    contract: Contract
    at_signing: Identifier | None = None

    @property
    def investor(self) -> str:
        """Who has money at risk: the investor, or the provider where there is none outside."""
        return self.contract.investor or self.programme.provider

    @property
    def changed(self) -> Mapping[str, Outcome]:
        """What the insats changes, by the name that a pilot gives it."""
        return self.outcomes


class FundScenario(Scenario):
    """A fund that grants investments, and the återföring that is to fill it again.

    Attributes:
        fund: its capital, and the rule by which it is filled again.
        investments: what the fund pays for, by id.
        outcomes: human gains, which have no price.
    """

    fund: Fund
    investments: Annotated[dict[Identifier, Investment], Field(min_length=1)]
    outcomes: dict[Identifier, AnyOutcome] = Field(default_factory=dict)

    @property
    def lines(self) -> dict[str, Lines]:
        """Everything with effect lines, by its place: each investment, and what comes after it."""
        found: dict[str, Lines] = {}
        for key, one in self.investments.items():
            found[key] = one
            if one.implementation is not None:
                found[f"{key}.implementation"] = one.implementation
        return found

    @property
    def changed(self) -> Mapping[str, Outcome | Effect]:
        """What the investments change, by the name that a pilot gives it: outcomes and lines."""
        own = {
            f"{key}.{line.id}": line
            for key, one in self.investments.items()
            for line in one.effects
        }
        return {**self.outcomes, **own}


# Either of these makes a scenario one with a fund.
FUND_KEYS = ("fund", "investments")


def kind_of(raw: Mapping[str, Any]) -> type[ContractScenario] | type[FundScenario]:
    """Return the kind of scenario that plain data states: with a fund, or with a contract."""
    return FundScenario if any(key in raw for key in FUND_KEYS) else ContractScenario
