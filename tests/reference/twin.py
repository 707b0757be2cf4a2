"""A slow twin of the simulator: one future at a time, one person at a time, in exact arithmetic.

Standard library and mpmath only. It is handed plain numbers (the scenario as nested dicts with
every uncertain number replaced by its value in this future, and the uniform numbers of chance) and
works out everything else by itself: counts by summing probabilities, costs by inverting the gamma
integral, effects by integrating each person's course over each calendar year, money in whole öre.
What chance gives is in ``twin_chance``, persons and what is measured of them in ``twin_measured``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import ceil, exp, expm1, floor, fsum, inf, nan
from typing import Any

from mpmath import mp, mpf

from tests.reference.twin_chance import (
    binomial_quantile,
    decimal_year,
    exact,
)
from tests.reference.twin_measured import (
    LAWS,
    Reading,
    World,
    full_effect,
    in_time,
    included,
    since_inclusion,
    success_rate,
    years_of,
)

CEILING = 9_000_000_000_000  # öre: what "no limit" and the widest amount mean
SOCIETY = "samhallet"


# ---- Contract ---------------------------------------------------------------------------------


def ore(sek: Any) -> int:
    """Return an amount in whole öre, half away from zero, as it is written in decimals."""
    text = repr(sek) if isinstance(sek, float) else mp.nstr(sek, 28)
    whole = int((Decimal(text) * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    return max(-CEILING, min(CEILING, whole))


def part(amount: int, share: float) -> int:
    """Return a share, in whole millionths, of an amount; half an öre is rounded up."""
    millionths = int((Decimal(repr(share)) * 10**6).quantize(Decimal(1), rounding=ROUND_HALF_EVEN))
    return floor(Fraction(amount * millionths, 10**6) + Fraction(1, 2))


@dataclass
class Situation:
    """What a contract looks at; money measures are already in whole öre."""

    drawn: int
    delivered: bool
    measures: Mapping[str, Any]
    in_money: frozenset[str]

    def limit(self, bound: World) -> int:
        """Return a limit in öre."""
        if bound["amount"] is not None:
            return ore(bound["amount"])
        if bound["of_drawn"] is not None:
            return part(self.drawn, bound["of_drawn"])
        return CEILING

    def level(self, measure: str, level: float) -> Any:
        """Return a threshold in the unit of its measure."""
        return ore(level) if measure in self.in_money else Fraction(Decimal(repr(level)))


def clause_pays(clause: World, now: Situation) -> int:
    """Return what one clause pays."""
    gate = clause["gate"]
    if gate is not None:
        name = gate["measure"]
        if not now.measures[name] > now.level(name, gate["above"]):
            return 0
    if clause["type"] == "guarantee":
        if clause["requires_delivery"] and not now.delivered:
            return 0
        return part(now.drawn, clause["share"])
    measure = now.measures[clause["measure"]]
    if clause["type"] == "linear_share":
        low, high = now.limit(clause["above"]), now.limit(clause["up_to"])
        between = max(min(measure, high) - low, 0)
        return min(part(between, clause["share"]), now.limit(clause["cap"]))
    paid = 0
    for tier in clause["tiers"]:
        if measure >= now.level(clause["measure"], tier["at"]):
            paid = now.limit(tier["pays"])
    return paid


def settle(contract: World, now: Situation) -> tuple[dict[str, int], int]:
    """Return what each clause pays, and the payment between floor and cap."""
    clauses = {clause["id"]: clause_pays(clause, now) for clause in contract["clauses"]}
    held = max(sum(clauses.values()), now.limit(contract["floor"]))
    return clauses, min(held, now.limit(contract["cap"]))


def instalments(amount: int, parts: int) -> list[int]:
    """Return equal whole öre; what is left over goes with the last."""
    return [amount // parts] * (parts - 1) + [amount - amount // parts * (parts - 1)]


# ---- Values -----------------------------------------------------------------------------------


def payback(flows: list[Any], years: list[int]) -> float:
    """Return the year from which the sum so far, once negative, is never negative again."""
    total, sums = mpf(0), []
    for flow in flows:
        total += flow
        sums.append(total >= mpf("-0.005"))
    if all(sums):
        return -inf
    if not sums[-1]:
        return inf
    year = years[-1]
    for number in range(len(years) - 1, -1, -1):
        if not sums[number]:
            break
        year = years[number]
    return float(year)


def rate_of_return(flows: list[tuple[dt.date, Fraction]]) -> float:
    """Return the yearly rate that makes dated flows worth nothing, by halving."""
    if not any(amount < 0 for _, amount in flows):
        return nan
    if not any(amount > 0 for _, amount in flows):
        return -1.0
    first = min(day for day, _ in flows)
    timed = [((day - first).days / 365, float(amount)) for day, amount in flows]
    low, high = -8.0, 8.0
    for _ in range(110):
        middle = (low + high) / 2
        worth = fsum(amount * exp(-middle * t) for t, amount in timed)
        low, high = (middle, high) if worth > 0 else (low, middle)
    return expm1((low + high) / 2)


@dataclass(frozen=True)
class Gain:
    """How many persons reach what has no price, thanks to what, and whether a target is met."""

    reached: int
    caused: mpf
    met: bool | None


@dataclass
class Life:
    """Everything the twin finds out about one future."""

    persons: list[Fraction]
    delivered: bool
    cost: int
    drawn: int
    readings: dict[str, Reading]
    clauses: dict[str, int]
    payment: int
    true_by_year: dict[str, list[mpf]]
    entries: dict[str, dict[str, list[Any]]]
    npv: dict[str, mpf]
    payback: dict[str, float]
    payback_discounted: dict[str, float]
    irr: float
    multiple: Fraction | None
    exposed: dict[str, tuple[mpf, float]] = field(default_factory=dict)
    gains: dict[str, Gain] = field(default_factory=dict)

    def net(self, party: str) -> list[Any]:
        """Return the cash of a party by year."""
        kinds = [flows[party] for kind, flows in self.entries.items() if kind != "true_saving"]
        return [sum(year, start=mpf(0)) for year in zip(*kinds, strict=True)]


def cashable_share(cashable: World, start: Fraction, year: int) -> mpf:
    """Return how much of a saving can leave a budget in the middle of a year."""
    progress = exact(Fraction(2 * year + 1, 2) - start) / max(mpf(cashable["ramp"]), mpf("1e-9"))
    progress = min(max(progress, mpf(0)), mpf(1))
    return cashable["short_run"] * (1 - progress) + cashable["long_run"] * progress


def spend(world: World) -> tuple[int, int]:
    """Return the cost of the programme and what the investor pays of it."""
    cost = drawn = 0
    nothing = Situation(0, True, {}, frozenset())
    for line in world["programme"]["cost_lines"]:
        amount = ore(line["amount"])
        cost += amount
        drawn += min(amount, nothing.limit(line["ceiling"]))
    drawn = min(drawn, ore(world["contract"]["committed"]))
    parts, paid = world["contract"].get("of"), len(world["contract"]["drawn_on"])
    if parts is None:
        return cost, drawn
    return sum(instalments(cost, parts)[:paid]), sum(instalments(drawn, parts)[:paid])


def situation(world: World, drawn: int, delivered: bool, read: Mapping[str, Any]) -> Situation:
    """Return what the contract sees of these measures, money in whole öre."""
    money = frozenset(k for k, m in world["measurements"].items() if m["type"] == "cost_saving")
    seen = {key: ore(value) if key in money else value for key, value in read.items()}
    return Situation(drawn, delivered, seen, money)


def live(world: World, chance: Mapping[str, float]) -> Life:
    """Return one future from beginning to end."""
    programme, contract = world["programme"], world["contract"]
    starts = in_time(world, included(programme, chance))
    delivered = chance["programme.delivery"] < programme["delivery"]
    cost, drawn = spend(world)
    readings = {
        key: LAWS[measure["type"]](key, measure, world, starts, chance)
        for key, measure in world["measurements"].items()
    }
    now = situation(world, drawn, delivered, {k: one.value for k, one in readings.items()})
    clauses, payment = settle(contract, now)
    true, entries = bookkeeping(world, starts, cost, drawn, payment)
    life = Life(
        starts,
        delivered,
        cost,
        drawn,
        readings,
        clauses,
        payment,
        true,
        entries,
        {},
        {},
        {},
        nan,
        Fraction(payment, drawn) if drawn else None,
    )
    life.gains = {
        key: human_gain(outcome, len(starts), chance[f"{key}.reached"])
        for key, outcome in world["outcomes"].items()
        if outcome["type"] == "persons"
    }
    value(world, life)
    return life


def human_gain(outcome: World, participants: int, u: float) -> Gain:
    """Return how many persons of a group reach what has no price."""
    group = participants if outcome["persons"] is None else round(outcome["persons"])
    rate = success_rate(outcome)
    reached = binomial_quantile(u, group, rate)
    aims = [one for one in (outcome["target"],) if one is not None]
    if outcome["target_share"] is not None:
        aims.append(ceil(mpf(outcome["target_share"]) * group - mpf("1e-9")))
    met = reached >= aims[0] if aims else None
    return Gain(reached, group * (rate - mpf(outcome["without"])), met)


def deepest(path: list[Any], years: list[int]) -> tuple[mpf, float]:
    """Return how far below zero a purse falls at most, and in which year first."""
    lowest, when, total = mpf(0), -inf, mpf(0)
    for flow, year in zip(path, years, strict=True):
        total += flow
        if total < lowest and total < mpf("-0.005"):
            lowest, when = total, year
    return -lowest, when


def bookkeeping(
    world: World,
    starts: list[Fraction],
    cost: int,
    drawn: int,
    payment: int,
) -> tuple[dict[str, list[mpf]], dict[str, dict[str, list[Any]]]]:
    """Return true savings by outcome and year, and all entries by kind, party and year."""
    years = list(range(world["first_year"], world["last_year"] + 1))
    programme, contract = world["programme"], world["contract"]
    kinds = ("programme_cost", "drawdown", "contract_payment", "cashable_saving", "true_saving")
    entries: dict[str, dict[str, list[Any]]] = {
        kind: {party: [mpf(0) for _ in years] for party in world["parties"]} for kind in kinds
    }
    days = contract["drawn_on"]
    for day, spent, lent in zip(
        days, instalments(cost, len(days)), instalments(drawn, len(days)), strict=True
    ):
        year = years.index(day.year)
        entries["programme_cost"][programme["provider"]][year] -= mpf(spent) / 100
        entries["drawdown"][programme["provider"]][year] += mpf(lent) / 100
        entries["drawdown"][contract["investor"]][year] -= mpf(lent) / 100
    year = years.index(contract["pays_on"].year)
    entries["contract_payment"][contract["payer"]][year] -= mpf(payment) / 100
    entries["contract_payment"][contract["investor"]][year] += mpf(payment) / 100
    true: dict[str, list[mpf]] = {}
    begins = decimal_year(programme["intake_first"])
    for key, outcome in world["outcomes"].items():
        if outcome["type"] in ("grades", "persons"):
            continue
        true[key] = [mpf(0) for _ in years]
        full = full_effect(outcome)
        for start in starts:
            for place, since in enumerate(since_inclusion(start, tuple(years))):
                own = years_of(outcome, programme["duration"], since, since + 1)
                true[key][place] += full * own
        for place, year in enumerate(years):
            leaves = cashable_share(outcome["cashable"], begins, year)
            for party, share in outcome["falls_on"].items():
                entries["true_saving"][party][place] += true[key][place] * share
                entries["cashable_saving"][party][place] += true[key][place] * share * leaves
    return true, entries


def value(world: World, life: Life) -> None:
    """Fill in what every party's path of money is worth."""
    years = list(range(world["first_year"], world["last_year"] + 1))
    signed = decimal_year(world["signed"])
    later = [max(exact(Fraction(2 * year + 1, 2) - signed), mpf(0)) for year in years]
    grows = {name: 1 + mpf(party["discount_rate"]) for name, party in world["parties"].items()}
    flows = {party: life.net(party) for party in world["parties"]}
    society = world["society"]
    grows[SOCIETY] = (1 + mpf(society["discount_rate"])) * (1 + mpf(society["inflation"]))
    flows[SOCIETY] = [sum(year, start=mpf(0)) for year in zip(*flows.values(), strict=True)]
    for party, path in flows.items():
        today = [flow / grows[party] ** t for flow, t in zip(path, later, strict=True)]
        life.npv[party] = sum(today, start=mpf(0))
        life.payback[party] = payback(path, years)
        life.payback_discounted[party] = payback(today, years)
        life.exposed[party] = deepest(path, years)
    contract = world["contract"]
    days = sorted(contract["drawn_on"])
    dated = [
        (day, -Fraction(lent, 100))
        for day, lent in zip(days, instalments(life.drawn, len(days)), strict=True)
    ]
    life.irr = rate_of_return([*dated, (contract["pays_on"], Fraction(life.payment, 100))])
