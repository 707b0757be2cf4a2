"""Hold dated payments between a cap and a floor, day by day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from simulate.contract.bound import Limit
from simulate.contract.money import LARGEST, Ore
from simulate.contract.terms import Mask, Terms

Dated = dict[date | None, Ore]


@dataclass(frozen=True)
class Held:
    """What is left of some payments between a cap and a floor.

    Attributes:
        by_day: what is paid, by day.
        total: their sum.
        cap: the cap on the sum; for a cap on the return over several days, the sum itself where
            the cap cut something off, else the largest amount there is.
    """

    by_day: Dated
    total: Ore
    cap: Ore


def order(day: date | None) -> date:
    """Return a day as it is sorted; no day comes last."""
    return date.max if day is None else day


def held(wanted: Mapping[date | None, Ore], bounds: tuple[Limit, Limit], terms: Terms,
         stays: Mask) -> Held:  # fmt: skip
    """Return the payments held between floor and cap.

    In order of the days each payment is paid as far as the cap allows; what has no room falls away.
    On the last day the sum is lifted to the floor. Law: floor ≤ total ≤ cap where she stays.

    Args:
        wanted: by day, öre, dims (draw,).
        bounds: floor and cap.
        terms: the situation.
        stays: where the floor holds, dims (draw,).
    """
    floor, cap = bounds
    days = sorted(wanted, key=order)
    paid: Dated = {}
    total, cut = terms.nothing, np.zeros(np.shape(terms.drawn), dtype=bool)
    for day in days:
        here = terms.on(day)
        now = total + wanted[day]
        if day == days[-1]:
            lifted = np.maximum(now, _sum(floor, here, total, paid))
            now = terms.choose(stays, lifted, now)
        most = _sum(cap, here, total, paid)
        cut = cut | (now >= most)
        now = np.maximum(np.minimum(now, most), total)
        paid[day] = np.asarray(now - total)
        total = now
    if cap.irr is None or len(days) == 1:
        return Held(paid, np.asarray(total), _sum(cap, terms.on(days[0]), terms.nothing, {}))
    return Held(paid, np.asarray(total), np.where(cut, total, LARGEST))


def _sum(bound: Limit, here: Terms, total: Ore, paid: Dated) -> Ore:
    """Return a bound on the sum up to and with a day, in the units of the contract."""
    if bound.irr is None:
        return here.rounded(here.limit(bound))
    before = {day: amount for day, amount in paid.items() if day is not None}
    return total + here.rounded(here.owed(bound.irr, before))
