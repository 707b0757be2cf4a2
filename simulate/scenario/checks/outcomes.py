"""What must hold of the outcomes, in every kind of scenario that has any."""

from __future__ import annotations

from collections.abc import Iterator

from simulate.errors import Path, Problem
from simulate.scenario.checks.common import lasts, party_exists
from simulate.scenario.tree.outcomes import Answers, CostOutcome, PersonsOutcome, Priced
from simulate.scenario.tree.scenario import ContractScenario, FundScenario

Anyhow = ContractScenario | FundScenario


def bearers(scenario: Anyhow) -> Iterator[Problem]:
    """Savings fall on parties."""
    for key, outcome in scenario.outcomes.items():
        if isinstance(outcome, Priced):
            for party in outcome.falls_on:
                yield from party_exists(scenario, ("outcomes", key, "falls_on", party), party)


def splits(scenario: Anyhow) -> Iterator[Problem]:
    """What falls on the parties adds up to the whole."""
    for key, outcome in scenario.outcomes.items():
        if not isinstance(outcome, Priced):
            continue
        path: Path = ("outcomes", key, "falls_on")
        if not all(share.certain for share in outcome.falls_on.values()):
            yield Problem("uncertain_split", path)
            continue
        total = sum(share.distribution.support()[0] for share in outcome.falls_on.values())
        if abs(total - 1.0) > 1e-9:
            yield Problem("shares_not_one", path, {"found": f"{total:g}"})


def periods(scenario: Anyhow) -> Iterator[Problem]:
    """A cost refers to a period that has a length."""
    for outcome in scenario.outcomes.values():
        if isinstance(outcome, CostOutcome):
            yield from lasts(outcome.per)


def targets(scenario: Anyhow) -> Iterator[Problem]:
    """A human gain has one target at most, and it can be met."""
    for key, outcome in scenario.outcomes.items():
        if not isinstance(outcome, PersonsOutcome) or outcome.target is None:
            continue
        path: Path = ("outcomes", key, "target")
        if outcome.target_share is not None:
            yield Problem("target_twice", path)
        if outcome.persons is not None:
            least = outcome.target.distribution.support()[0]
            most = outcome.persons.distribution.support()[1]
            if least > most:
                context = {"found": f"{least:g}", "allowed": f"{most:g}"}
                yield Problem("target_beyond_group", path, context)


def shares(scenario: Anyhow) -> Iterator[Problem]:
    """A human gain says the share with the insats once, and knows no more than there are."""
    for key, outcome in scenario.outcomes.items():
        if not isinstance(outcome, PersonsOutcome):
            continue
        path: Path = ("outcomes", key)
        if outcome.effect is None and outcome.share is None:
            yield Problem("missing_key", (*path, "effect"), {"found": "effect"})
        elif outcome.effect is not None and outcome.share is not None:
            yield Problem("share_and_effect", (*path, "share"))
        if outcome.answers is not None:
            yield from _answers((*path, "answers"), outcome, outcome.answers)


def _answers(path: Path, outcome: PersonsOutcome, answers: Answers) -> Iterator[Problem]:
    known = answers.persons.distribution.support()[0]
    reached = answers.reached.distribution.support()[0]
    if reached > known:
        context = {"found": f"{reached:g}", "allowed": f"{known:g}"}
        yield Problem("answers_beyond_group", (*path, "reached"), context)
    if outcome.persons is not None and known > outcome.persons.distribution.support()[0]:
        least = outcome.persons.distribution.support()[0]
        context = {"found": f"{known:g}", "allowed": f"{least:g}"}
        yield Problem("answers_beyond_group", (*path, "persons"), context)


def groups(scenario: FundScenario) -> Iterator[Problem]:
    """In a fund a human gain says how many persons it is about, and nothing has a price twice."""
    for key, outcome in scenario.outcomes.items():
        if not isinstance(outcome, PersonsOutcome):
            context = {"found": getattr(outcome, "type", "")}
            yield Problem("outcome_needs_programme", ("outcomes", key, "type"), context)
        elif outcome.persons is None:
            yield Problem("missing_key", ("outcomes", key, "persons"), {"found": "persons"})
