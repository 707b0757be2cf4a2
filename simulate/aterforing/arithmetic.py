"""What a fund's plan adds up to before any chance: what it costs, returns and saves as written.

It needs no library for arrays where numbers are certain, so a form can be answered at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from models.distributions import Fixed, FromEvidence
from models.language import named, say
from models.number import Number
from models.spoken import listed
from models.table import Table
from simulate.language.numbers import million
from simulate.scenario.checks.claims import doubts
from simulate.scenario.resolve import numbers
from simulate.scenario.tree.aterforing import split_in
from simulate.scenario.tree.investment import (
    Directed,
    Investment,
    PercentageEffect,
    PlanShare,
    Priced,
)
from simulate.scenario.tree.scenario import FundScenario
from simulate.scenario.tree.yearly import in_year

Cells = dict[tuple[str, int], float]  # party and calendar year → kronor
_CLOSE = 0.5  # kronor that are no difference


@dataclass(frozen=True)
class Sums:
    """Kronor in all years and investments, every number at its median.

    Attributes:
        cost: of the investments.
        plan: what is planned to be returned.
        saved: what the effect lines save in the nämnder when all of it is realised; ``None`` where
            some line is a share of the plan, whatever that is, or takes its effect from evidence,
            which has no median before it is fitted.
    """

    cost: float
    plan: float
    saved: float | None


def sums(scenario: FundScenario) -> Sums:
    """Return what the plan of a fund adds up to."""
    every = scenario.investments.values()
    open_ended = any(_open(line) for one in every for line in one.effects)
    return Sums(
        sum(_total(one.costs.values()) for one in every),
        sum(_planned(one, scenario) for one in every),
        None if open_ended else sum(sum(as_written(one, scenario).values()) for one in every),
    )


def from_evidence(line: Table) -> bool:
    """Whether an effect line takes any of its numbers from evidence."""
    return any(isinstance(one.distribution, FromEvidence) for one in numbers(line))


def _open(line: Table) -> bool:
    return isinstance(line, PlanShare) or from_evidence(line)


def _planned(one: Investment, scenario: FundScenario) -> float:
    if one.aterforing is None:
        return sum(as_written(one, scenario).values())
    return _total(one.aterforing.values())


def as_written(one: Investment, scenario: FundScenario) -> Cells:
    """Return what the effect lines save in each nämnd and year, never less than nothing.

    It is :func:`simulate.aterforing.plan.planned` of an investment without a plan of its own.
    """
    found: defaultdict[tuple[str, int], float] = defaultdict(float)
    for line in one.effects:
        if isinstance(line, Priced) and scenario.parties[line.falls_on].type == "namnd":
            for year, amount in _of_line(line, one):
                found[line.falls_on, int(year)] += amount
    return {place: max(amount, 0.0) for place, amount in found.items()}


def _of_line(line: Priced, one: Investment) -> Iterator[tuple[str, float]]:
    """Kronor by calendar year, every number at its median."""
    if isinstance(line, Directed) and not _compound(line):
        price = getattr(line, "price", None)
        each = 1.0 if price is None else _median(price)
        sign = -1.0 if line.direction == "more" else 1.0
        for year, count in line.counted.items():
            yield year, sign * each * _median(in_year(line.cashable, year)) * _median(count)
        return
    from simulate.aterforing.saving import saving  # arrays, which no line of a form needs
    from simulate.draws.values import Central

    for year in one.replaced(line).counted:
        yield year, float(saving(line, one, year, Central()))


def _compound(line: Directed) -> bool:
    """Whether a line is more than count × price."""
    more = any(getattr(line, name, None) is not None for name in ("each", "instead"))
    return more or isinstance(line, PercentageEffect)


def _total(numbers: Iterable[Number]) -> float:
    return sum(map(_median, numbers))


def _median(number: Number) -> float:
    if isinstance(number.distribution, Fixed):
        return number.distribution.value
    import numpy as np  # slow to import, and not needed for what is certain

    from models.quantile import quantile

    return float(quantile(number.distribution, np.asarray(0.5)))


def unfinished(scenario: FundScenario) -> tuple[str, ...]:
    """Return where the plan cannot add up, whatever happens: it is arithmetic and no risk."""
    found, said = sums(scenario), []
    if found.plan < found.cost - _CLOSE:
        plan, cost = amounts(found.plan, found.cost)
        said.append(
            say(
                "Planen återför {plan} men investeringarna kostar {cost}: fonden får inte tillbaka "
                "allt ens om planen hålls.",
                plan=plan,
                cost=cost,
            )
        )
    if found.saved is not None and found.plan > found.saved + _CLOSE:
        plan, most = amounts(found.plan, found.saved)
        said.append(
            say(
                "Planen återför {plan} men effektraderna ger {most} om allt går som de är skrivna: "
                "skillnaden är ett gap som ingen slump kan täcka.",
                plan=plan,
                most=most,
            )
        )
    return tuple(said)


def without_effect(scenario: FundScenario) -> Iterator[str]:
    """Yield where a nämnd is to return in a year when the investment saves it nothing."""
    for one in scenario.investments.values():
        if one.aterforing is None or any(map(_open, one.effects)):
            continue
        saved = as_written(one, scenario)
        parts = {
            (namnd, year): _median(amount) * _median(share)
            for year, amount in one.aterforing.items()
            for namnd, share in (split_in(one.split, year) if one.split else {}).items()
        }
        for namnd in dict.fromkeys(namnd for namnd, _ in parts):
            bare = {
                year: part
                for (who, year), part in parts.items()
                if who == namnd and part > _CLOSE and not saved.get((namnd, int(year)))
            }
            if bare:
                yield say(
                    "{title}: {namnd} ska återföra {amount} {years} men har ingen effekt där då",
                    title=one.title,
                    namnd=scenario.parties[namnd].name,
                    amount=amounts(sum(bare.values()))[0],
                    years=listed(list(bare)),
                )


def perhaps_twice(scenario: FundScenario) -> Iterator[str]:
    """Yield which lines may count the same krona, where they do not say that they do not."""
    for doubt in doubts(scenario):
        titles = [
            say("«{line}» ({investment})", line=named(line.title), investment=named(one.title))
            for name, line in zip(doubt.lines, doubt.effects, strict=True)
            for one in [scenario.investments[name.partition(".")[0]]]
        ]
        yield say(
            "{lines} räknar samma pris hos {party} i minst ett gemensamt år, och säger inte alla "
            "vilken kostnad det är (claims): ingen kan se om samma krona räknas två gånger.",
            lines=listed(titles),
            party=named(scenario.parties[doubt.effects[0].falls_on].name),
        )


def in_short(scenario: FundScenario) -> str:
    """Return the sums in one line."""
    found = sums(scenario)
    if found.saved is None:
        cost, plan = amounts(found.cost, found.plan)
        return say("Insatserna kostar {cost}, planen återför {plan}.", cost=cost, plan=plan)
    cost, plan, most = amounts(found.cost, found.plan, found.saved)
    return say(
        "Insatserna kostar {cost}, planen återför {plan}, effekterna ger högst {most} om allt går "
        "som i arket.",
        cost=cost,
        plan=plan,
        most=most,
    )


def amounts(*kronor: float) -> list[str]:
    """Return amounts in mkr, with the decimals that tell unequal ones apart."""
    different = len({round(amount) for amount in kronor})
    for decimals in range(1, 6):
        said = [million(amount, 0.0, decimals) for amount in kronor]
        small = any(0 < amount < 0.5 * 10 ** (6 - decimals) for amount in kronor)
        if len(set(said)) == different and not small:
            return said
    return [million(amount, 0.0, 6) for amount in kronor]
