"""What the pictures show, as plain numbers; drawing is in :mod:`simulate.report.draw`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.language import mark, say
from models.quantity import SHARE
from simulate.language.numbers import frequency, percent
from simulate.language.quantities import quantity
from simulate.report.atoms import Repaid, Spike, repaid, spikes
from simulate.report.reading import Paired, Trigger, error_of
from simulate.run import Result

Floats = NDArray[np.float64]

_WIDTH = 0.1
_CELLS = 60
_CELLS_ALONE = 40
# The picture leaves out so much at each end, so that a few futures do not shrink all others.
_TAIL = 0.002


@dataclass(frozen=True, eq=False)
class Repayment:
    """Distribution of repayment as a share of what was drawn.

    Attributes:
        title: whose futures these are.
        edges: of the bars, dims (bar + 1,).
        bars: probability of each bar, spikes apart, dims (bar,).
        spikes: in rising order.
        errors: Monte Carlo error of each bar, of each spike, and of all bars together.
        nothing_drawn: probability that nothing was drawn. Bars, spikes and this add to one.
    """

    title: str
    edges: Floats
    bars: Floats
    spikes: tuple[Spike, ...]
    errors: tuple[Floats, tuple[float, ...], float]
    nothing_drawn: float

    def alt(self) -> str:
        """Return the picture in words."""
        piled = [
            say(
                "{share} av det dragna{name} i {futures} av framtiderna",
                share=quantity(one.share, SHARE),
                name=f" ({one.name})" if one.name else "",
                futures=percent(one.probability, error),
            )
            for one, error in zip(self.spikes, self.errors[1], strict=True)
        ]
        between = percent(float(self.bars.sum()), self.errors[2])
        rest = say("mellan dem {futures}", futures=between)
        return f"{self.title}: " + ", ".join([*piled, rest]) + "."


def repayments(result: Result) -> tuple[Repayment, ...]:
    """Return the repayment of the run and, where it was asked, of an insats without effect."""
    own, without = repaid(result.futures), repaid(result.futures, "no_effect")
    assert own is not None
    both = [one for one in (own, without) if one is not None]
    top = max(1.0, *(float(np.nanmax(one.share, initial=0.0)) for one in both))
    edges = np.asarray(np.arange(int(np.ceil(top / _WIDTH - 1e-9)) + 1) * _WIDTH, np.float64)
    found = [_repayment(result, say("Scenariots egen bedömning av effekten"), own, edges)]
    if without is not None:
        title = say("Samma kontrakt, en insats utan effekt")
        found.append(_repayment(result, title, without, edges))
    return tuple(found)


def _repayment(result: Result, title: str, one: Repaid, edges: Floats) -> Repayment:
    piled = spikes(one)
    apart = ~np.isnan(one.share)
    for spike in piled:
        apart &= ~spike.there
    # A share of exactly 10 % belongs to the bar that starts there.
    bar = np.searchsorted(edges[1:-1], one.share + 1e-9, side="right")
    within = [apart & (bar == place) for place in range(len(edges) - 1)]
    bars = np.asarray([there.mean() for there in within], dtype=np.float64)
    errors = (
        np.asarray([_error(result, there) for there in within], dtype=np.float64),
        tuple(_error(result, spike.there) for spike in piled),
        _error(result, apart),
    )
    return Repayment(title, edges, bars, piled, errors, float(np.isnan(one.share).mean()))


def _error(result: Result, event: NDArray[np.bool_]) -> float:
    return error_of(result, event - event.mean()) if event.any() else 0.0


@dataclass(frozen=True, eq=False)
class Comparison:
    """True saving against the measure.

    Attributes:
        title: of the measure.
        money: whether the measure is in SEK, so that the diagonal means «measured as it was».
        percent: whether the measure is a share.
        x_edges: true saving, SEK, dims (x + 1,).
        y_edges: the measure, dims (y + 1,); two equal edges apart when it is stated.
        mass: probability of each cell, dims (x, y).
        outside: probability of all that lies beyond the edges; with it, mass adds to one.
        triggers: levels that decide payment.
        quadrants: probability by (truth > 0, the reading passes the lowest trigger), and its error.
        stated: the reading when it is the same in every future.
    """

    title: str
    money: bool
    percent: bool
    x_edges: Floats
    y_edges: Floats
    mass: Floats
    outside: float
    triggers: tuple[Trigger, ...]
    quadrants: dict[tuple[bool, bool], tuple[float, float]]
    stated: float | None

    def alt(self) -> str:
        """Return the picture in words."""
        if not self.triggers:
            return say(
                "Sann besparing mot måttet «{measure}», tätheten av alla framtider.",
                measure=self.title,
            )
        parts = "; ".join(
            f"{say(name).lower()}: {percent(*self.quadrants[key])}"
            for key, name in QUADRANTS.items()
        )
        return say(
            "Sann besparing mot måttet «{measure}». {parts}.", measure=self.title, parts=parts
        )

    def errors(self) -> str:
        """Return the two ways to be wrong as a sentence; empty without triggers."""
        if not self.triggers:
            return ""
        false_pay, false_no = self.quadrants[False, True], self.quadrants[True, False]
        return say(
            "I {paid} framtider utlöser mätningen betalning utöver det garanterade fast insatsen "
            "inte sparar något, och i {unpaid} gör den det inte fast insatsen sparar.",
            paid=frequency(*false_pay),
            unpaid=frequency(*false_no),
        )


QUADRANTS = {
    (False, True): mark("Utlöst betalning utan sann besparing"),
    (True, True): mark("Utlöst betalning och sann besparing"),
    (False, False): mark("Varken utlöst betalning eller besparing"),
    (True, False): mark("Besparing utan utlöst betalning"),
}


def comparison(result: Result, pair: Paired) -> Comparison | None:
    """Return truth against reading; ``None`` when nothing in the contract has a price."""
    if pair.truth is None:
        return None
    x_edges = _edges(pair.truth, _CELLS if pair.stated is None else _CELLS_ALONE)
    y_edges = _y_edges(pair)
    count = np.histogram2d(pair.truth, pair.reading, (x_edges, y_edges))[0]
    mass = count / len(pair.reading)
    saves, pays = pair.truth > 0.0, pair.pays()
    quadrants = {}
    for truth, paid in QUADRANTS:
        there = (saves == truth) & (pays == paid)
        quadrants[truth, paid] = float(there.mean()), _error(result, there)
    return Comparison(
        pair.title,
        pair.money,
        pair.dimension.name == "share",
        x_edges,
        y_edges,
        mass,
        1.0 - float(mass.sum()),
        pair.triggers,
        quadrants,
        pair.stated,
    )


def _y_edges(pair: Paired) -> Floats:
    if pair.stated is not None:
        return np.asarray([pair.stated - 0.5, pair.stated + 0.5])
    levels = np.unique(pair.reading[:20_000])
    if len(levels) <= _CELLS:
        # Counts: one cell a value, or the steps between them would show as stripes.
        step = float(np.min(np.diff(levels)))
        return np.arange(levels[0] - step / 2, levels[-1] + step, step)
    return _edges(pair.reading, _CELLS)


def _edges(x: Floats, cells: int) -> Floats:
    low, high = (float(one) for one in np.quantile(x, (_TAIL, 1.0 - _TAIL)))
    if low == high:
        low, high = low - 0.5, high + 0.5
    return np.linspace(low, high, cells + 1)
