"""A future in which a council may end the funding: the twin's own way to find out when.

Standard library and mpmath only, like the twin. Costs so far come cohort by cohort from gamma
variables inverted one at a time; what is left of the future is then lived as any other, with fewer
persons, fewer instalments and smaller effects.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from mpmath import mp, mpf  # type: ignore[import-untyped]  # ships neither types nor stubs

from tests.reference import twin
from tests.reference.twin import Life
from tests.reference.twin_chance import decimal_year, exact, gamma_quantile
from tests.reference.twin_measured import World, full_effect, years_of

PLACE = "contract.stage_gates"


@dataclass(frozen=True)
class Stop:
    """When funding ends, and what was seen of those who are left.

    Attributes:
        meeting: its number, from one; 0 where funding goes on.
        taken: how many instalments are paid.
        seen: mean cost of those who are left, over what was expected of each.
        carried_out: share of the insats that they get on average.
    """

    meeting: int
    taken: int
    seen: mpf
    carried_out: mpf


def piece(u: float, shape: mpf) -> mpf:
    """Return a gamma variable; nothing where the shape is nothing."""
    return gamma_quantile(u, shape) if shape > mpf("1e-12") else mpf(0)


def fallen_due(world: World, measure: World, gone: mpf) -> tuple[mpf, mpf]:
    """Return the share of a person's window, and of its expected cost, that is over."""
    outcome, window = world["outcomes"][measure["outcome"]], mpf(measure["window"])
    duration = world["programme"]["duration"]
    begins = mpf(duration) if measure["window_from"] == "end" else mpf(0)
    passed = min(max(gone - begins, mpf(0)), window)
    full, level = full_effect(outcome), mpf(outcome["cost_per_person"]) / outcome["per"]

    def cost(t: mpf) -> mpf:
        return level * t - full * years_of(outcome, duration, begins, begins + t)

    plain = cost(passed) / cost(window)
    first = mp.exp(mpf(world["contract"]["stage_gates"]["front_load"]))
    return passed / window, first * plain / (1 + (first - 1) * plain)


Fallen = list[list[tuple[mpf, mpf]]]  # by meeting and cohort: share of the window, of the cost


def made_of(
    world: World,
    cohorts: list[Fraction],
    shape: list[mpf],
    over: Fallen,
    chance: Mapping[str, float],
) -> tuple[list[mpf], list[list[mpf]], list[mpf]]:
    """Return the stable levels, what came anew before each meeting, and what comes after all."""
    stable = mpf(world["contract"]["stage_gates"]["stable"])
    places = [_place(world, start) for start in cohorts]
    both = list(zip(places, shape, strict=True))
    own = [piece(chance[f"{PLACE}.stable_{p}"], stable * k) for p, k in both]
    anew, before = [], [mpf(0)] * len(cohorts)
    for number, elapsed in enumerate(over, start=1):
        now = [cost for _, cost in elapsed]
        anew.append(
            [
                piece(chance[f"{PLACE}.course_{p}_{number}"], (1 - stable) * k * (f - g))
                for (p, k), f, g in zip(both, now, before, strict=True)
            ]
        )
        before = now
    rest = [
        piece(chance[f"{PLACE}.course_{p}_rest"], (1 - stable) * k * (1 - f))
        for (p, k), f in zip(both, before, strict=True)
    ]
    return own, anew, rest


def stop(world: World, starts: list[Fraction], life: Life, chance: Mapping[str, float]) -> Stop:
    """Return when the rule ends the funding of a future that else goes on as ``life``."""
    contract, gates = world["contract"], world["contract"]["stage_gates"]
    measure = world["measurements"][gates["measure"]]
    cv, lag = mpf(world["outcomes"][measure["outcome"]]["cv"]), mpf(gates["reporting_lag"])
    cohorts = sorted(set(starts))
    size = [starts.count(start) for start in cohorts]
    over: Fallen = [
        [fallen_due(world, measure, exact(decimal_year(day) - start) - lag) for start in cohorts]
        for day in gates["meetings"]
    ]
    own, anew, rest = made_of(world, cohorts, [mpf(n) / cv**2 for n in size], over, chance)
    whole = [s + sum(a[c] for a in anew) + r
             for c, (s, r) in enumerate(zip(own, rest, strict=True))]  # fmt: skip
    parts, days, so_far = life.readings[gates["measure"]].parts, contract["drawn_on"], mpf(0)
    for number, (day, elapsed) in enumerate(zip(gates["meetings"], over, strict=True), start=1):
        so_far += sum(anew[number - 1])
        level = sum(s * cost for s, (_, cost) in zip(own, elapsed, strict=True))
        cost = parts["actual"] * (level + so_far) / sum(whole)
        time = sum(n * t for n, (t, _) in zip(size, elapsed, strict=True)) / len(starts)
        months = 12 * mpf(measure["window"]) * time * len(starts)
        taken = sum(one < day for one in days)
        high = months > 0 and cost / (parts["expected"] * time) > mpf(gates["rule"]["index_above"])
        if taken < len(days) and high and months >= gates["rule"]["person_months"]:
            return _ended(world, starts, number, taken, (cohorts, whole, sum(whole), parts))
    return Stop(0, len(days), mpf(0), mpf(1))


def _ended(world: World, starts: list[Fraction], number: int, taken: int, of: tuple) -> Stop:  # type: ignore[type-arg]  # cohorts, their costs, the sum, the parts
    cohorts, whole, total, parts = of
    runs_out = decimal_year(sorted(world["contract"]["drawn_on"])[taken])
    left = [start for start in starts if start < runs_out]
    duration = mpf(world["programme"]["duration"])
    shares = [min(exact(runs_out - start) / duration, mpf(1)) for start in left]
    mean = parts["actual"] / (parts["actual"] - parts["chance"])
    cost = sum(x for start, x in zip(cohorts, whole, strict=True) if start < runs_out) / total
    part = mpf(len(left)) / len(starts)
    seen = mean * cost / part if left else mpf(1)
    return Stop(number, taken, seen, sum(shares) / max(len(left), 1))


def _place(world: World, start: Fraction) -> int:
    """Return the number of a cohort, from one."""
    programme = world["programme"]
    first, last = decimal_year(programme["intake_first"]), decimal_year(programme["intake_last"])
    return int((start - first) / (last - first) * programme["cohorts"]) + 1


def left_of(world: World, found: Stop) -> World:
    """Return the world that is left: fewer instalments, smaller effects, costs as they are."""
    contract, gates = world["contract"], world["contract"]["stage_gates"]
    days = sorted(contract["drawn_on"])
    outcomes = {
        key: {**one, "effect": float(mpf(one["effect"]) * found.carried_out)}
        if one.get("effect") is not None
        else one
        for key, one in world["outcomes"].items()
    }
    measure = {**world["measurements"][gates["measure"]], "seen": found.seen}
    return {
        **world,
        "outcomes": outcomes,
        "measurements": {**world["measurements"], gates["measure"]: measure},
        "contract": {**contract, "drawn_on": days[: found.taken], "of": len(days)},
        "until": decimal_year(days[found.taken]),
    }


def live(world: World, chance: Mapping[str, float]) -> tuple[Life, int]:
    """Return one future, and the meeting at which it stops, from one; 0 where it does not."""
    whole = twin.live(world, chance)
    found = stop(world, whole.persons, whole, chance)
    if found.meeting == 0:
        return whole, 0
    return twin.live(left_of(world, found), chance), found.meeting
