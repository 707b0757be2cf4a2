"""The insats as it turns out: who is included when, for how long, and what it costs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from simulate.contract import money
from simulate.contract.money import Ore
from simulate.contract.terms import Terms
from simulate.draws.discrete import poisson
from simulate.draws.draw import Draws, full
from simulate.draws.values import Floats
from simulate.scenario.tree.contract import Contract
from simulate.scenario.tree.programme import Programme


def year_of(day: dt.date) -> float:
    """Return a date as a decimal year; 1 January is a whole number."""
    start = dt.date(day.year, 1, 1)
    return day.year + (day - start).days / (dt.date(day.year + 1, 1, 1) - start).days


@dataclass(frozen=True)
class Intake:
    """Persons by intake cohort.

    Attributes:
        persons: number included, dims (draw, cohort).
        starts: decimal year of inclusion, dims (cohort,).
        duration: length of the insats in years, dims (draw,).
        delivered: whether the activity is carried out, dims (draw,).
        kept: share of the planned participants who are included before funding ends, dims
            (draw,); ``None`` where it never does.
    """

    persons: Floats
    starts: Floats
    duration: Floats
    delivered: NDArray[np.bool_]
    kept: Floats | None = None

    @property
    def total(self) -> Floats:
        """Number of participants, dims (draw,)."""
        return self.persons.sum(axis=1)


@dataclass(frozen=True)
class Spending:
    """What the programme costs and who finances it, in öre, dims (draw,).

    Attributes:
        cost: cost of all lines.
        drawn: what the investor pays: each line up to its ceiling, all up to what is committed.
        instalments: how many of the equal parts are paid, from the first on, dims (draw,);
            ``None`` where all of them are.
    """

    cost: Ore
    drawn: Ore
    instalments: Ore | None = None


def recruit(programme: Programme, draws: Draws) -> Intake:
    """Return who takes part, in whole persons.

    Arrivals over the whole intake are Poisson; they are spread evenly over it and the first
    ``participants`` of them are included.
    """
    first, last = year_of(programme.intake_first), year_of(programme.intake_last)
    edges = np.arange(programme.cohorts + 1, dtype=np.float64)
    places = full(np.floor(draws.of(programme.participants) + 0.5))
    if programme.recruitment is None:
        arrivals = places
    else:
        plan = programme.recruitment
        expected = draws.of(plan.eligible_per_year) * draws.of(plan.take_up) * (last - first)
        arrivals = poisson(draws.chance("programme", "recruitment"), expected)
    # Whole numbers until the last division: 60 × 5/6 is 50 persons, not 49.
    arrived = np.floor_divide(arrivals[:, None] * edges, programme.cohorts)
    included = np.minimum(arrived, places[:, None])
    starts = first + (last - first) * (edges[:-1] + edges[1:]) / (2.0 * programme.cohorts)
    delivered = draws.chance("programme", "delivery") < draws.of(programme.delivery)
    return Intake(np.diff(included, axis=1), starts, full(draws.of(programme.duration)), delivered)


def spend(programme: Programme, contract: Contract, draws: Draws) -> Spending:
    """Return the cost of the programme and the drawn part of it."""
    cost = np.zeros(1, dtype=np.int64)
    eligible = np.zeros(1, dtype=np.int64)
    nobody = Terms(cost, np.ones(1, dtype=bool), {}, draws)
    for line in programme.cost_lines:
        amount = money.ore(draws.of(line.amount))
        cost = cost + amount
        eligible = eligible + nobody.at_most(amount, line.ceiling)
    drawn = np.minimum(eligible, money.ore(draws.of(contract.committed)))
    size = draws.chance("programme", "delivery").shape
    return Spending(np.broadcast_to(cost, size), np.broadcast_to(drawn, size))


@dataclass(frozen=True)
class Curtailed:
    """The insats where funding ends on the way: what is left of it.

    Attributes:
        intake: those who are included before the money runs out.
        spending: the parts that are paid.
        carried_out: share of the insats that they get on average, dims (draw,).
    """

    intake: Intake
    spending: Spending
    carried_out: Floats


def curtail(intake: Intake, spending: Spending, contract: Contract, taken: Ore) -> Curtailed:
    """Return what is left of the insats where only its first instalments are paid.

    An instalment lasts until the day of the next. From the first that is not paid nobody more is
    included, and the insats ends for all.

    Args:
        intake, spending: as planned.
        contract: for the days of the instalments.
        taken: how many are paid, dims (draw,), at least one; all of them where funding goes on.
    """
    days = contract.draw_days
    runs_out = np.asarray([*(year_of(day) for day in days), np.inf])[taken][:, None]
    stays = taken == len(days)
    persons = np.where(intake.starts < runs_out, intake.persons, 0.0)
    length = np.maximum(np.reshape(intake.duration, (-1, 1)), 1e-9)
    share = np.where(
        np.isfinite(runs_out), np.clip((runs_out - intake.starts) / length, 0.0, 1.0), 1.0
    )
    some = np.maximum(persons.sum(axis=1), 1.0)
    carried = np.where(stays, 1.0, (persons * share).sum(axis=1) / some)
    kept = np.where(stays, 1.0, persons.sum(axis=1) / np.maximum(intake.total, 1.0))

    def paid(amount: Ore) -> Ore:
        parts = money.instalments(amount, len(days))
        return np.where(np.arange(len(days)) < taken[:, None], parts, 0).sum(axis=1)

    return Curtailed(
        replace(intake, persons=persons, kept=kept),
        Spending(paid(spending.cost), paid(spending.drawn), taken),
        carried,
    )
