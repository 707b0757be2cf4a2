"""Parts of sentences that several paragraphs share."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from models.distributions import FromEvidence
from models.language import mark, named, say
from models.number import Number
from models.quantile import quantile
from models.quantity import CALENDAR_YEAR, SHARE
from models.spoken import listed
from simulate.contract.bound import Limit
from simulate.draws.values import Central
from simulate.language.quantities import in_words, quantity
from simulate.scenario.tree.party import Party

TYPES: Mapping[str, str] = {
    "municipality": mark("kommun"),
    "namnd": mark("nämnd"),
    "fund": mark("social investeringsfond"),
    "investor": mark("finansiär"),
    "provider": mark("utförare"),
    "region": mark("region"),
    "state": mark("stat"),
    "household": mark("hushåll"),
}
ROLES: Mapping[str, str] = {
    "outcome_payer": mark("utfallsansvarig"),
    "provider": mark("utförare"),
    "investor": mark("finansiär"),
    "fund": mark("fond"),
}


def quoted(title: str) -> str:
    """Return a title as it stands in a sentence."""
    return say("«{title}»", title=title)


def limit(bound: Limit) -> str:
    """Return a limit of a contract in words."""
    if bound.amount is not None:
        return in_words(bound.amount)
    if bound.of_drawn is not None:
        return _of_drawn(bound.of_drawn)
    if bound.irr is not None:
        return say("det som ger en avkastning på {rate} (IRR)", rate=in_words(bound.irr))
    return say("utan gräns")


def at_most(bound: Limit) -> str:
    """Return a cap in words, whether there is one or not."""
    return say("utan tak") if bound.unlimited else say("högst {limit}", limit=limit(bound))


def _of_drawn(share: Number) -> str:
    times = float(Central().of(share))
    if share.certain and times == 1.0:
        return say("det dragna beloppet")
    if share.certain and times < 1.0:
        return say("{share} av det dragna beloppet", share=quantity(times, SHARE))
    return say("{times} gånger det dragna beloppet", times=in_words(share))


def number(one: Number) -> str:
    """Return a number as a person would say it: its median, and where nine of ten lie.

    Assumptions say that they are; a number out of the evidence says which.
    """
    dist = one.distribution
    assumed = one.kind == "assumption"
    if isinstance(dist, FromEvidence):
        return say("hämtas ur evidensen «{block}»", block=dist.block)
    if one.certain:
        text = in_words(one)
        return say("{value} (antagande)", value=text) if assumed else text
    digits = "4g" if one.dimension is CALENDAR_YEAR else "2g"
    low, middle, high = (
        quantity(float(f"{float(quantile(dist, np.asarray(p))):.{digits}}"), one.dimension)
        for p in (0.05, 0.5, 0.95)
    )
    if assumed:
        return say("{middle} (antagande; {low} till {high})", middle=middle, low=low, high=high)
    return say("{middle} ({low} till {high})", middle=middle, low=low, high=high)


def party(parties: Mapping[str, Party], key: str) -> str:
    """Return the name of a party."""
    return named(parties[key].name)


def by_year(amounts: Mapping[str, Number]) -> str:
    """Return amounts by calendar year; what is certain and the same, or of one block, once."""
    years = sorted(amounts)
    blocks = {getattr(one.distribution, "block", None) for one in amounts.values()}
    unbroken = len(years) > 1 and int(years[-1]) - int(years[0]) == len(years) - 1
    same = len({(one.distribution, one.kind) for one in amounts.values() if one.certain}) == 1
    once = same and all(one.certain for one in amounts.values())
    if unbroken and (once or (len(blocks) == 1 and None not in blocks)):
        return f"{years[0]}–{years[-1]}: {number(amounts[years[0]])}"
    return "; ".join(f"{year}: {number(amounts[year])}" for year in years)


def yearly(shares: Number | Mapping[str, Number]) -> str:
    """Return one number, or several with the year from which each holds."""
    if isinstance(shares, Number):
        return number(shares)
    return listed(
        [say("{share} från {year}", share=number(shares[y]), year=y) for y in sorted(shares)]
    )
