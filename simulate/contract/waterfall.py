"""Divide what is lent and paid among several lenders, and their losses among guarantors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from simulate.contract import money
from simulate.contract.held import Dated, order
from simulate.contract.money import Ore
from simulate.contract.terms import Terms
from simulate.scenario.tree.contract import Contract


@dataclass(frozen=True)
class Share:
    """What one tranche lends and gets, in öre, dims (draw,).

    Attributes:
        drawn: what it lends.
        lent: what of it it lends on each day of drawdown, dims (draw, day).
        by_day: what it is paid out of the contract, by day.
        paid: their sum.
        covered: what guarantors pay it in the end.
        loss: what it has not got back, guarantors included; never less than nothing.
    """

    drawn: Ore
    lent: Ore
    by_day: Dated
    paid: Ore
    covered: Ore
    loss: Ore


@dataclass(frozen=True)
class Divided:
    """Everybody's part.

    Attributes:
        tranches: by id. Law: what they lend and are paid on a day adds up to the whole of that
            day, to the öre.
        guarantors: what each pays, by id.
    """

    tranches: Mapping[str, Share]
    guarantors: Mapping[str, Ore]


def divided(contract: Contract, terms: Terms, by_day: Dated) -> Divided:
    """Return everybody's part of payments, by the order of the waterfall.

    Args:
        contract: with tranches; without, nobody has a part.
        terms: the situation, with the days of the drawdowns.
        by_day: what the contract pays, by day.
    """
    drawn = lent(contract, terms)
    each = lent_by_day(terms, drawn)
    own = {key: replace(terms, drawn=drawn[key], lent=each[key]) for key in drawn}
    paid: dict[str, Dated] = {key: {} for key in drawn}
    stepped = [terms.nothing for _ in contract.waterfall]
    for day in sorted(by_day, key=order):
        left = by_day[day]
        for place, step in enumerate(contract.waterfall):
            here, got = own[step.tranche].on(day), paid[step.tranche]
            if step.up_to.irr is None:
                room = here.limit(step.up_to) - stepped[place]
            else:
                known = {when: amount for when, amount in got.items() if when is not None}
                room = here.owed(step.up_to.irr, known)
            now = left if step.up_to.unlimited else np.clip(room, 0, left)
            stepped[place] = stepped[place] + now
            got[day] = got.get(day, terms.nothing) + now
            left = left - now
    last = covered_on(by_day)
    return _covered(contract, {key: one.on(last) for key, one in own.items()}, paid)


def lent(contract: Contract, terms: Terms) -> dict[str, Ore]:
    """Return what each tranche lends of the drawn amount; the last takes the öre left over."""
    whole = sum((money.ore(terms.values.of(one.principal)) for one in contract.tranches), start=0)
    found: dict[str, Ore] = {}
    left = terms.drawn
    for one in contract.tranches:
        part = money.ore(terms.values.of(one.principal))
        amount = np.minimum(money.proportion(terms.drawn, part, np.asarray(whole)), left)
        found[one.id] = amount
        left = left - amount
    if found:
        found[contract.tranches[-1].id] = found[contract.tranches[-1].id] + left
    return found


def lent_by_day(terms: Terms, drawn: Mapping[str, Ore]) -> dict[str, Ore]:
    """Return what each tranche lends on each day of drawdown, dims (draw, day).

    Each lends equal parts; the last lends what is left of the day, so that none of a day is
    rounded to another.
    """
    left = terms.drawdowns
    found: dict[str, Ore] = {}
    for key, amount in drawn.items():
        found[key] = money.instalments(amount, left.shape[-1], terms.instalments)
        left = left - found[key]
    if found:
        found[key] = found[key] + left
    return found


def _covered(contract: Contract, own: Mapping[str, Terms], paid: Mapping[str, Dated]) -> Divided:
    drawn = {key: one.drawn for key, one in own.items()}
    sums = {key: sum(days.values(), start=np.zeros_like(drawn[key])) for key, days in paid.items()}
    short = {key: np.maximum(drawn[key] - sums[key], 0) for key in drawn}
    cover = {key: np.zeros_like(drawn[key]) for key in drawn}
    guarantors: dict[str, Ore] = {}
    for one in contract.guarantors:
        here = own[one.tranche]
        promised = here.at_most(here.part(short[one.tranche], one.share), one.cap)
        guarantors[one.id] = np.asarray(promised)
        short[one.tranche] = short[one.tranche] - promised
        cover[one.tranche] = cover[one.tranche] + promised
    tranches = {
        key: Share(
            drawn[key], own[key].drawdowns, paid[key], np.asarray(sums[key]), cover[key], short[key]
        )
        for key in drawn
    }
    return Divided(tranches, guarantors)


def covered_on(by_day: Dated) -> date | None:
    """Return the day on which guarantors pay: that of the last payment."""
    return max(by_day, key=order)
