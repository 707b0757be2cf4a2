"""The picture of the design value against the size of the comparison group."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from models.language import mark, named, say
from simulate.design.curve import AS_IT_IS, CALM, Curve, Point
from simulate.design.figures import tkr
from simulate.design.study import Study
from simulate.language.numbers import number
from simulate.report.phrases import name_in
from simulate.report.style import (
    BLUE,
    GREY,
    INK,
    ORANGE,
    SMALL,
    WIDTH,
    Picture,
    as_uri,
    plain,
    styled,
    svg,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_LINES = {AS_IT_IS: mark("Med scenariots drift"), CALM: mark("Utan drift")}
# Each side has a colour of its own, and with the drift or without a line of its own.
_COLOURS = (ORANGE, BLUE, GREY, INK)
_DASHES: dict[str, object] = {AS_IT_IS: "-", CALM: (0, (4, 2))}


def line_name(study: Study, curve: Curve, line: str) -> str:
    """Return what a line of the curve is called; of which measure, where there are several."""
    own = say(_LINES[line]) if CALM in curve.lines else say("Efter jämförelsegruppens storlek")
    if len(study.curves) < 2:
        return own
    return say(
        "{own}: {measure}", own=own, measure=named(study.scenario.measurements[curve.key].title)
    )


def sizes(study: Study, curve: Curve) -> Picture:
    """Return each side's change against the size of the comparison group."""
    spans = (
        say(
            "{line}, {persons} personer: {party} {change}",
            line=line_name(study, curve, line),
            persons=number(end.persons),
            party=name_in(study.scenario, party),
            change=tkr(end.npv[party]),
        )
        for line, points in curve.lines.items()
        if line in _LINES
        for end in (points[0], points[-1])
        for party in study.sides
    )
    return Picture(
        as_uri(sizes_svg(study, curve)),
        "; ".join(spans) + ".",
        _caption(curve),
        say(
            "Ändrat väntat nuvärde mot jämförelsegruppens storlek: {measure}",
            measure=named(study.scenario.measurements[curve.key].title),
        ),
    )


def _caption(curve: Curve) -> str:
    errors = say(
        "Strecken upp och ned är två simuleringsfel. Den lodräta linjen är den avtalade gruppen, "
        "där ändringen är noll."
    )
    if CALM not in curve.lines:
        return errors
    return say("Heldragna linjer: scenariots drift. Streckade: ingen drift.") + " " + errors


def sizes_svg(study: Study, curve: Curve) -> str:
    """Return the lines of every side, with the drift and without."""
    from matplotlib.figure import Figure

    with styled():
        figure = Figure(figsize=(1.4 * WIDTH, 3.4), layout="constrained")
        axes = figure.subplots()
        for party, colour in zip(study.sides, _COLOURS, strict=False):
            for line in _LINES:
                if line in curve.lines:
                    name = name_in(study.scenario, party) if line == AS_IT_IS else ""
                    _line(axes, curve.lines[line], party, (colour, line, name))
        axes.axhline(0.0, color=GREY, linewidth=0.8)
        axes.axvline(curve.agreed, color=INK, linewidth=0.9, linestyle=(0, (1, 2)))
        axes.set_xlabel(say("Personer i jämförelsegruppen"))
        axes.set_ylabel(say("Ändrat nuvärde (tkr)"))
        axes.set_xscale("log")
        _ticks(axes, curve)
        axes.yaxis.set_major_formatter(plain)
        axes.legend(
            frameon=False, fontsize=SMALL, loc="upper center", ncols=2, bbox_to_anchor=(0.5, 1.16)
        )
        return svg(figure)


def _line(axes: Axes, points: tuple[Point, ...], party: str, look: tuple[str, str, str]) -> None:
    colour, line, name = look
    values = np.array([(one.npv[party].value or 0.0, one.npv[party].mcse or 0.0) for one in points])
    axes.errorbar(
        [one.persons for one in points],
        values[:, 0] / 1e3,
        yerr=2.0 * values[:, 1] / 1e3,
        color=colour,
        linewidth=1.8,
        linestyle=_DASHES[line],
        elinewidth=0.8,
        capsize=1.5,
        label=name or None,
    )


def _ticks(axes: Axes, curve: Curve) -> None:
    """Write the sizes themselves, every other where they stand close."""
    from matplotlib.ticker import NullLocator

    places = [one.persons for one in curve.lines[AS_IT_IS]][::2]
    axes.set_xticks(places, [number(one) for one in places])
    axes.xaxis.set_minor_locator(NullLocator())
