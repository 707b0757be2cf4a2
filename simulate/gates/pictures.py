"""The picture of stage gates: how the interval of the payment narrows, and how much is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from models.language import say
from simulate.gates.sentences import knows
from simulate.gates.study import Study
from simulate.report.style import (
    BLUE,
    GREY,
    INK,
    LIGHTER,
    ORANGE,
    SMALL,
    WIDTH,
    Picture,
    as_uri,
    percent_axis,
    plain,
    styled,
    svg,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_MILLION = 1e6
# So many dates have room below the picture.
_DATES = 6


def narrowing(study: Study) -> Picture:
    """Return the picture with what it says in words."""
    return Picture(
        as_uri(narrowing_svg(study)),
        knows(study),
        say(
            "Bandet rymmer nio av tio betalningar, i genomsnitt över vad mötet kan få se; "
            "streckade "
            "linjer visar hur långt den väntade betalningen kan ha flyttats. Nedre bilden: kända "
            "personmånader (staplar), och hur mycket av ovissheten de förklarar (linje). "
            "Prickad linje: den sista utbetalningen av lånet."
        ),
        say("Vad mötena vet om betalningen"),
    )


def narrowing_svg(study: Study) -> str:
    """Return the interval above, and what is known below, meeting by meeting."""
    from matplotlib.figure import Figure

    days = [np.datetime64(day) for day in study.gates.meetings]
    with styled():
        figure = Figure(figsize=(1.4 * WIDTH, 4.4), layout="constrained")
        upper, lower = figure.subplots(2, 1, sharex=True, height_ratios=(2, 1))
        _interval(upper, study, days)
        _knowledge(lower, study, days)
        last = np.datetime64(study.scenario.contract.draw_days[-1])
        for axes in (upper, lower):
            if days[0] < last < days[-1]:
                axes.axvline(last, color=INK, linewidth=0.9, linestyle=":")
        # Few enough that no date runs into the next.
        ticks = lower.get_xticks()
        lower.set_xticks(ticks[:: -(-len(ticks) // _DATES)])
        for label in lower.get_xticklabels():
            label.set_fontsize(SMALL)
        return svg(figure)


def _interval(axes: Axes, study: Study, days: list[np.datetime64]) -> None:
    low, high = (
        np.asarray([one.interval[end].value for one in study.meetings]) / _MILLION for end in (0, 1)
    )
    least, most = (
        np.asarray([one.forecasts[end] for one in study.meetings]) / _MILLION for end in (0, 1)
    )
    x = np.asarray(days)
    axes.fill_between(x, low, high, color=LIGHTER, linewidth=0)
    for line in (least, most):
        axes.plot(x, line, color=GREY, linewidth=1.0, linestyle=(0, (5, 2)))
    axes.axhline(study.before.payment.value / _MILLION, color=BLUE, linewidth=2.0)
    axes.set_ylim(bottom=0.0)
    axes.yaxis.set_major_formatter(plain)
    axes.set_ylabel(say("Betalning (mkr)"))


def _knowledge(axes: Axes, study: Study, days: list[np.datetime64]) -> None:
    x = np.asarray(days)
    share = [one.share.value for one in study.meetings]
    explained = [max(one.explained.value, 0.0) for one in study.meetings]
    axes.bar(x, share, width=np.timedelta64(28, "D"), color=LIGHTER)
    axes.plot(x, explained, color=ORANGE, linewidth=2.0, marker="o", markersize=3.5)
    axes.set_ylim(0.0, 1.0)
    axes.set_ylabel(say("Känt"))
    percent_axis(axes.yaxis)
