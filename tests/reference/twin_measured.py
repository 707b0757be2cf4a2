"""The slow twin's persons, what the insats does to them, and what the evaluation shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache, partial
from math import ceil, floor
from typing import Any

from mpmath import mp, mpf

from tests.reference.twin_chance import (
    binomial_quantile,
    decimal_year,
    exact,
    mean_cost,
    negative_binomial_quantile,
    poisson_quantile,
)

World = Mapping[str, Any]


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
