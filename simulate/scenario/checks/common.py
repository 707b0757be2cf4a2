"""What must hold in every scenario, and what the checks of all kinds share."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence

from models.distributions import FromEvidence
from models.language import say
from models.number import Number
from models.table import Table
from simulate.errors import Path, Problem, dotted
from simulate.scenario.resolve import numbers
from simulate.scenario.tree.party import MUNICIPALITY, RESERVED, SOCIETY
from simulate.scenario.tree.scenario import FundScenario, Scenario

_DAY = 1 / 366  # of a year


def place(key: str) -> Path:
    """Return a dotted key as a path."""
    return tuple(key.split("."))


def written(key: str) -> str:
    """Return a dotted key with items of lists as they are told elsewhere.

    Example:
        >>> written("contract.clauses.steps.tiers.0.at"), written("fund.capital.2015")
        ('contract.clauses.steps.tiers[0].at', 'fund.capital.2015')
    """
    return re.sub(r"\.(\d{1,3})(?=\.|$)", r"[\1]", key)


def unknown(code: str, path: Path, found: str, known: Iterable[str]) -> Problem:
    """Return the problem of a name that is not among the known ones."""
    names = list(known)
    close = "".join(difflib.get_close_matches(found, names, n=1))
    allowed = ", ".join(names) or say("inget: scenariot har inga")
    return Problem(code, path, {"found": found, "allowed": allowed, "close": close})


def sources(scenario: Scenario) -> Iterator[Problem]:
    """Every number has a source and a kind."""
    for number in numbers(scenario):
        if number.source is None:
            yield Problem("no_source", place(number.key))
        elif number.kind is None:
            yield Problem("no_kind", place(number.key))


def hindsight(scenario: Scenario) -> Iterator[Problem]:
    """Nothing is used that was not known at signing, unless it says so and why."""
    for number in numbers(scenario):
        if number.hindsight and not number.reason:
            yield Problem("hindsight_without_reason", place(number.key))
        late = number.known_from is not None and number.known_from > scenario.known_until
        if late and not number.hindsight:
            context = {"found": number.known_from, "signed": scenario.known_until}
            yield Problem("later_than_signed", place(number.key), context)


def names(scenario: Scenario) -> Iterator[Problem]:
    """No party has a name that results use for something else."""
    for party in scenario.parties:
        if party in RESERVED:
            yield Problem("reserved_name", ("parties", party), {"found": party})


def party_exists(scenario: Scenario, path: Path, party: str) -> Iterator[Problem]:
    """Yield a problem if there is no such party."""
    if party not in scenario.parties:
        yield unknown("unknown_party", path, party, scenario.parties)


def unique_ids(path: Path, items: tuple[Table, ...]) -> Iterator[Problem]:
    """Yield a problem for every id that stands twice in a list."""
    ids = [getattr(item, "id", "") for item in items]
    for index, name in enumerate(ids):
        if name in ids[:index]:
            yield Problem("duplicate_id", (*path, index, "id"), {"found": name})


def named_once(path: Path, names: Sequence[str]) -> Iterator[Problem]:
    """Yield a problem for every name that stands again in a list of names."""
    for index, name in enumerate(names):
        if name in names[:index]:
            context = {"found": name, "other": dotted((*path, names.index(name)))}
            yield Problem("named_twice", (*path, index), context)


def persons(number: Number) -> Iterator[Problem]:
    """Yield a problem if a group can be empty."""
    if number.distribution.support()[0] < 1:
        yield Problem("empty_group", place(number.key))


def lasts(period: Number) -> Iterator[Problem]:
    """Yield a problem if a period that something is divided by can have no length."""
    if period.distribution.support()[0] < _DAY:
        context = {"found": say("perioden"), "allowed": say("minst ett dygn"), "example": '"2 år"'}
        yield Problem("out_of_range", place(period.key), context)


def decision(scenario: Scenario) -> Iterator[Problem]:
    """Whoever decides has money in it, and a certainty equivalent has a certain risk tolerance."""
    one = scenario.decision
    if one is None:
        return
    whole = (SOCIETY, MUNICIPALITY) if isinstance(scenario, FundScenario) else (SOCIETY,)
    if one.party not in (*scenario.parties, *whole):
        known = (*scenario.parties, *whole)
        yield unknown("unknown_party", ("decision", "party"), one.party, known)
    if (one.utility == "certainty_equivalent") != (one.risk_tolerance is not None):
        yield Problem("risk_tolerance_and_utility", ("decision",), {"found": one.utility})
    yield from _tolerance(one.risk_tolerance)


def tolerances(scenario: Scenario) -> Iterator[Problem]:
    """What a party makes of risk is certain; of parties that cannot be read nothing is asked."""
    for party in scenario.parties.values():
        yield from _tolerance(getattr(party, "risk_tolerance", None))


def _tolerance(number: Number | None) -> Iterator[Problem]:
    if number is not None and not (number.certain and number.distribution.support()[0] > 0.0):
        yield Problem("risk_tolerance_uncertain", place(number.key))


def evidence(scenario: Scenario) -> Iterator[Problem]:
    """A number that comes from evidence names a block and a quantity of the right kind."""
    for number in numbers(scenario):
        dist = number.distribution
        if not isinstance(dist, FromEvidence):
            continue
        path = place(number.key)
        if dist.block not in scenario.evidence:
            yield unknown("unknown_evidence", path, dist.block, scenario.evidence)
        else:
            known = scenario.evidence[dist.block].quantities
            if dist.quantity not in known:
                yield unknown("unknown_quantity", path, dist.quantity, known)
            elif known[dist.quantity].name != number.dimension.name:
                context = {
                    "found": dist.quantity,
                    "dimension": known[dist.quantity].name,
                    "allowed": number.dimension.name,
                }
                yield Problem("quantity_kind", path, context)
