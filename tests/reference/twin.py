"""A slow twin of the simulator: one future at a time, one person at a time, in exact arithmetic.

Standard library and mpmath only. It is handed plain numbers (the scenario as nested dicts with
every uncertain number replaced by its value in this future, and the uniform numbers of chance) and
works out everything else by itself: counts by summing probabilities, costs by inverting the gamma
integral, effects by integrating each person's course over each calendar year, money in whole öre.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache, partial
from math import ceil, exp, expm1, floor, fsum, inf, nan
from typing import Any

import mpmath  # type: ignore[import-untyped]  # ships neither types nor stubs
from mpmath import mp, mpf

mp.dps = 30
World = Mapping[str, Any]
CEILING = 9_000_000_000_000  # öre: what "no limit" and the widest amount mean
SOCIETY = "samhallet"


# ---- Dates ------------------------------------------------------------------------------------


def decimal_year(day: dt.date) -> Fraction:
    """Return a date as a year with a fraction."""
    length = 366 if day.year % 4 == 0 and (day.year % 100 != 0 or day.year % 400 == 0) else 365
    return Fraction(day.year) + Fraction(day.timetuple().tm_yday - 1, length)


def exact(x: float | Fraction) -> mpf:
    """Return a number at the working precision."""
    return mpf(x.numerator) / x.denominator if isinstance(x, Fraction) else mpf(x)


# ---- Chance -----------------------------------------------------------------------------------


def poisson_quantile(u: float, mean: float) -> int:
    """Return the smallest k whose cumulated Poisson probability reaches ``u``."""
    term = mp.exp(-mpf(mean))
    total, k = term, 0
    while total < u:
        k += 1
        term = term * mean / k
        total += term
    return k


def binomial_quantile(u: float, n: int, p: mpf) -> int:
    """Return the smallest k whose cumulated binomial probability reaches ``u``."""
    if n == 0 or p <= 0:
        return 0
    if p >= 1:
        return n
    term = (1 - p) ** n
    total, k = term, 0
    while total < u and k < n:
        k += 1
        term = term * (n - k + 1) / k * p / (1 - p)
        total += term
    return k


def negative_binomial_quantile(u: float, successes: int, stop: mpf) -> int:
    """Return the smallest number of failures before ``successes`` that reaches ``u``."""
    if successes == 0 or stop >= 1:
        return 0
    term = stop**successes
    total, k = term, 0
    while total < u:
        k += 1
        term = term * (successes + k - 1) / k * (1 - stop)
        total += term
    return k


def gamma_share_below(shape: mpf, x: mpf) -> mpf:
    """Return P(Gamma(shape) ≤ x) by its power series, all of whose terms are positive.

    The series 1 + x/(a+1) + x²/((a+1)(a+2)) + … is added up in whole numbers of 2^−120.
    """
    one = 1 << 120
    upper, lower = int(x * one), int(shape * one)
    total = term = one
    while term:
        lower += one
        term = term * upper // lower
        total += term
    return mp.exp(shape * mp.log(x) - x - mp.loggamma(shape + 1)) * total / one


def gamma_quantile(u: float, shape: mpf) -> mpf:
    """Return x with P(Gamma(shape) ≤ x) = u: Newton from a cube-root normal guess."""
    z = mp.sqrt(2) * mpmath.erfinv(2 * mpf(u) - 1)
    x = shape * max(1 - 1 / (9 * shape) + z / (3 * mp.sqrt(shape)), mpf("0.05")) ** 3
    for _ in range(100):
        density = mp.exp((shape - 1) * mp.log(x) - x - mp.loggamma(shape))
        step = (gamma_share_below(shape, x) - u) / density
        x = max(x - step, x / 4)
        if abs(step) < x * mpf(10) ** -11:  # Newton doubles the digits: the next step is nil
            return x
    raise ArithmeticError("the gamma quantile was not found")


def mean_cost(u: float, persons: int, cv: float) -> mpf:
    """Return the mean of ``persons`` gamma costs of mean one."""
    if cv == 0 or persons == 0:
        return mpf(1)
    shape = persons / mpf(cv) ** 2
    return gamma_quantile(u, shape) / shape


# ---- Persons ----------------------------------------------------------------------------------


def included(programme: World, chance: Mapping[str, float]) -> list[Fraction]:
    """Return when each participant starts, one entry a person."""
    first, last = decimal_year(programme["intake_first"]), decimal_year(programme["intake_last"])
    places = floor(Fraction(programme["participants"]) + Fraction(1, 2))
    arrivals, plan = places, programme["recruitment"]
    if plan is not None:
        expected = mpf(plan["eligible_per_year"]) * plan["take_up"] * exact(last - first)
        arrivals = poisson_quantile(chance["programme.recruitment"], expected)
    cohorts = programme["cohorts"]
    starts = []
    for person in range(1, min(arrivals, places) + 1):
        cohort = ceil(Fraction(person * cohorts, arrivals))
        starts.append(first + (last - first) * Fraction(2 * cohort - 1, 2 * cohorts))
    return starts


def in_time(world: World, starts: list[Fraction]) -> list[Fraction]:
    """Return those who are included before the money runs out, where it does."""
    return [start for start in starts if "until" not in world or start < world["until"]]


@lru_cache(maxsize=4096)
def effect_years(during: float, half_life: float, duration: float, since: mpf, until: mpf) -> mpf:
    """Return the integral of one person's course between two times since inclusion."""
    since, until, end = max(since, mpf(0)), max(until, mpf(0)), mpf(duration)
    flat = max(min(until, end) - min(since, end), mpf(0))
    years = during * flat
    if until > end:
        rate = mp.log(2) / max(mpf(half_life), mpf("1e-9"))
        a, b = max(since, end) - end, until - end
        years += (mp.exp(-rate * a) - mp.exp(-rate * b)) / rate
    return years


@lru_cache(maxsize=256)
def since_inclusion(start: Fraction, years: tuple[int, ...]) -> list[mpf]:
    """Return how long ago the person was included when each year begins."""
    return [exact(year - start) for year in years]


def full_effect(outcome: World) -> mpf:
    """Return what one person saves a year when all of the effect is there."""
    if outcome["type"] == "cost":
        return mpf(outcome["cost_per_person"]) / outcome["per"] * (1 - mp.exp(outcome["effect"]))
    return (success_rate(outcome) - outcome["without"]) * outcome["value"]


def success_rate(outcome: World) -> mpf:
    """Return the share who succeed with the insats."""
    odds = mpf(outcome["without"]) / (1 - mpf(outcome["without"])) * mp.exp(outcome["effect"])
    return odds / (1 + odds)


def years_of(outcome: World, duration: float, since: mpf, until: mpf) -> mpf:
    """Return how many years of full effect one person has between two times since inclusion."""
    course = outcome["course"]
    return effect_years(course["during"], course["half_life"], duration, since, until)


# ---- Measurement ------------------------------------------------------------------------------


@dataclass
class Reading:
    """A measure: its value, its parts, and the true saving in its window."""

    value: Any
    parts: dict[str, Any]
    true_saving: Any = 0


def window_of(measure: World, duration: float) -> tuple[mpf, mpf]:
    """Return the window in years since inclusion."""
    begins = mpf(duration) if measure["window_from"] == "end" else mpf(0)
    return begins, begins + measure["window"]


def cost_saving(
    key: str, measure: World, world: World, starts: list[Fraction], chance: Mapping[str, float]
) -> Reading:
    """Return expected less actual cost of all participants."""
    outcome, n = world["outcomes"][measure["outcome"]], len(starts)
    since, until = window_of(measure, world["programme"]["duration"])
    true, without = mpf(0), mpf(0)
    full, level = full_effect(outcome), mpf(outcome["cost_per_person"]) / outcome["per"]
    for _ in starts:
        true += full * years_of(outcome, world["programme"]["duration"], since, until)
        without += level * measure["window"]
    comparison, cv = measure["comparison"], outcome["cv"]
    if comparison["type"] == "observed":
        expected = mpf(comparison["expected"])
    else:
        behind = mp.exp(mpf(measure["drift"]) * (mpf(measure["indexation"]) - 1))
        luck = mean_cost(chance[f"{key}.expected"], comparison["persons"], cv)
        expected = without * behind * luck
    if measure["actual"] is None:
        each = (without - true) / max(n, 1)
        own = partial(_own_chance, chance, key)
        actual = followed_up(measure, each, expected, n, cv, own)
    else:
        actual = mpf(measure["actual"])
    parts = {
        "expected": expected,
        "actual": actual,
        "yardstick_error": expected - without,
        "chance": actual - (without - true),
    }
    return Reading(expected - actual, parts, true)


def _own_chance(chance: Mapping[str, float], key: str, name: str) -> float:
    return chance[f"{key}.{name}"]


def followed_up(
    measure: World,
    each: mpf,
    expected: mpf,
    n: int,
    cv: float,
    chance: Callable[[str], float],
) -> mpf:
    """Return the actual cost as it is counted, person by person."""
    seen = n
    if measure["followed"] is not None:
        seen = binomial_quantile(chance("followed"), n, mpf(measure["followed"]))
    # Where funding ended on the way, what those who are left cost is known from what was seen.
    luck = measure["seen"] if "seen" in measure else mean_cost(chance("actual"), seen, cv)
    mean = each * luck
    gone = {"nothing": mpf(0), "as_the_others": mean, "as_expected": expected / max(n, 1)}
    return seen * mean + (n - seen) * gone[measure["missing"]]


def school_points(
    key: str, measure: World, world: World, starts: list[Fraction], chance: Mapping[str, float]
) -> Reading:
    """Return points up less points down over the persons who can be assessed."""
    if measure["stated"] is not None:
        return Reading(measure["stated"], {})
    outcome = world["outcomes"][measure["outcome"]]
    assessed = binomial_quantile(chance[f"{key}.assessed"], len(starts), mpf(measure["assessable"]))
    shift = mpf(outcome["trend"]) + outcome["effect"]
    fall = mp.ncdf(-mpf(outcome["half_width"]) - shift)
    rise = mp.ncdf(shift - outcome["half_width"])
    negative = binomial_quantile(chance[f"{key}.negative"], assessed, fall)
    rest = min(rise / (1 - fall), mpf(1)) if fall < 1 else mpf(1)
    positive = binomial_quantile(chance[f"{key}.positive"], assessed - negative, rest)
    extra = mpf(outcome["extra_step"])
    up = positive + negative_binomial_quantile(chance[f"{key}.steps_up"], positive, 1 - extra)
    down = negative + negative_binomial_quantile(chance[f"{key}.steps_down"], negative, 1 - extra)
    others = len(starts) - assessed
    each = {
        "nothing": Fraction(0),
        "as_the_others": Fraction(up - down, max(assessed, 1)),
        "one_down": Fraction(-1),
    }
    points = up - down + others * each[measure["missing"]]
    return Reading(points, {"assessed": assessed, "negative": negative, "positive": positive})


def success_share(
    key: str, measure: World, world: World, starts: list[Fraction], chance: Mapping[str, float]
) -> Reading:
    """Return the share who reach the goal, as an exact fraction."""
    outcome, n = world["outcomes"][measure["outcome"]], len(starts)
    known = n
    if measure["assessable"] is not None:
        known = binomial_quantile(chance[f"{key}.assessed"], n, mpf(measure["assessable"]))
    count = binomial_quantile(chance[f"{key}.successes"], known, success_rate(outcome))
    of = known if measure["missing"] == "as_the_others" else n
    duration = world["programme"]["duration"]
    since, until = window_of(measure, duration)
    full, true = full_effect(outcome), mpf(0)
    for _ in starts:
        true += full * years_of(outcome, duration, since, until)
    return Reading(Fraction(count, max(of, 1)), {"successes": count}, true)


LAWS = {"cost_saving": cost_saving, "school_points": school_points, "success_share": success_share}


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
