"""Rules by which budgets are cut and returned to the fund. Each is a function with its law.

A rule says what is owed of what is planned and what is realised, by investment, year and party.
What the terms say beside it is put on top, each by one function that composes with any rule:
:func:`topped_up` (who bears the gap), :func:`at_most` (the ceiling), :func:`stopped` (the rules
are abolished) and :func:`late` (the lag), in that order.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from simulate.contract.money import Ore
from simulate.draws.values import Floats, Ints
from simulate.scenario.tree.aterforing import Rule

# Of (planned, saved, share): what is planned, what is saved and never less than nothing, öre, dims
# (draw, year, party), and the share that is returned of it, dims (draw,) or ().
Law = Callable[[Ore, Ore, Floats], Ore]


def as_planned(planned: Ore, saved: Ore, share: Floats) -> Ore:
    """Return the plan, whatever is realised: the nämnd bears all of the risk.

    Law: the same in every future; the fund has its plan.
    """
    return np.broadcast_to(planned, np.broadcast_shapes(planned.shape, saved.shape))


def lesser(planned: Ore, saved: Ore, share: Floats) -> Ore:
    """Return the lesser of what is planned and what is realised: the fund bears the risk.

    Law: 0 ≤ owed ≤ planned, and owed ≤ realised wherever anything is realised; so no nämnd is cut
    for more than it saves by an investment. Equal to the plan where the plan is realised.
    """
    return np.minimum(planned, saved)


def realised_share(planned: Ore, saved: Ore, share: Floats) -> Ore:
    """Return a share of what is realised, planned or not: loss and gain are shared.

    Law: owed = share × realised to the öre where anything is realised, else nothing; linear in
    both, and all of it at a share of one.
    """
    if np.all(share == 1.0):
        return saved
    return np.rint(np.asarray(share)[..., None, None] * saved).astype(np.int64)


def realised(planned: Ore, saved: Ore, share: Floats) -> Ore:
    """Return what is realised; the rule that uses it ends when what was granted has come back.

    Law, with :func:`at_most` at what was granted: the sum over years and nämnder is the lesser of
    what is granted and what is realised.
    """
    return saved


RULES: Mapping[Rule, Law] = {
    "planned": as_planned,
    "lesser": lesser,
    "realised_share": realised_share,
    "until_repaid": realised,
}


def shortfall(owed: Ore, planned: Ore) -> Ore:
    """Return what must be added each year so that no less than the plan has come back so far.

    Law: with it, the cumulated sum of every nämnd is the larger of the cumulated plan and what it
    would have been at its highest distance below; nothing under a rule that returns the plan, and
    planned − owed under one that never returns more than planned.

    Args:
        owed, planned: öre, dims (draw, year, party), planned also (year, party).
    """
    behind = np.cumsum(planned - owed, axis=1)
    so_far = np.maximum.accumulate(np.maximum(behind, 0), axis=1)
    return np.diff(so_far, axis=1, prepend=0)


def topped_up(owed: Ore, planned: Ore, payer: int | None) -> Ore:
    """Return what is owed with the gap paid: by each nämnd its own, or all by one party.

    Law: never less than without. With the nämnder as payers and a rule that never returns more
    than planned it is the plan.

    Args:
        owed, planned: öre, as in :func:`shortfall`.
        payer: column of the party that pays all of it; left out, each nämnd pays its own.
    """
    more = shortfall(owed, planned)
    if payer is None:
        return owed + more
    found = owed.copy()
    found[:, :, payer] += more.sum(axis=2)
    return found


def at_most(owed: Ore, limit: Ore) -> Ore:
    """Return what is owed until it has reached a limit in all, and nothing more after.

    Law: the sum is the lesser of the limit and what it was; nothing changes before the year in
    which the limit is reached, and that year is cut in the same proportion for all who pay.

    Args:
        owed: öre, not negative, dims (draw, year, party).
        limit: öre, dims (draw,).

    Example:
        >>> at_most(np.array([[[6, 0], [4, 8], [5, 5]]]), np.array([9])).tolist()
        [[[6, 0], [1, 2], [0, 0]]]
    """
    over = owed.sum(axis=(1, 2)) > limit
    if not over.any():
        return owed
    found = np.array(owed)
    found[over] = _cut(owed[over], limit[over])
    return found


def _cut(owed: Ore, limit: Ore) -> Ore:
    yearly = owed.sum(axis=2)
    so_far = np.minimum(np.cumsum(yearly, axis=1), limit[:, None])
    allowed = np.diff(so_far, axis=1, prepend=0)
    kept = np.where(yearly > 0, allowed / np.maximum(yearly, 1), 0.0)
    # Öre are rounded in the running sum over parties, so that a year's sum is what is allowed.
    parties = np.rint(kept[:, :, None] * np.cumsum(owed, axis=2)).astype(np.int64)
    return np.diff(parties, axis=2, prepend=0)


def stopped(owed: Ore, years: Ints, end: Floats) -> Ore:
    """Return what is owed where it falls due before the year in which the rules are abolished.

    Law: unchanged before that year, nothing from it on.

    Args:
        owed: öre, dims (draw, year, party).
        years: calendar years in which it falls due, dims (year,).
        end: first calendar year in which nothing is owed, dims (draw,); infinite where never.
    """
    return np.where((years[None, :] < end[:, None])[:, :, None], owed, 0)


def late(owed: Ore, lag: int) -> Ore:
    """Return what is paid, so many years after the saving; the rest is outstanding at the horizon.

    Law: the same amounts in the same order. What is owed in the last ``lag`` years is not paid.

    Example:
        >>> late(np.array([[[5], [7], [9]]]), 1).tolist()
        [[[0], [5], [7]]]
    """
    if lag == 0:
        return owed
    paid = np.zeros_like(owed)
    paid[:, lag:] = owed[:, :-lag]
    return paid


def end_of_rules(u: Floats, first_year: int, hazard: Floats) -> Floats:
    """Return the year in which the rules are abolished: geometric from the first possible year.

    Law: P(year = first + k) = hazard × (1 − hazard)^k; never at a hazard of nothing, the first
    year at one.

    Args:
        u: uniform numbers, dims (draw,).
        first_year: calendar year.
        hazard: probability a year, dims (draw,) or ().

    Example:
        >>> end_of_rules(np.array([0.05, 0.15, 0.99]), 2021, np.array(0.1)).tolist()
        [2021.0, 2022.0, 2064.0]
    """
    with np.errstate(divide="ignore"):
        waited = np.floor(np.log1p(-u) / np.log1p(-np.asarray(hazard)))
    return np.asarray(first_year + np.abs(waited))
