"""Draw the characteristics as SVG."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from models.language import say
from simulate.operating.sentences import least, more
from simulate.operating.study import Study
from simulate.report.style import (
    BLUE,
    GREY,
    INK,
    LIGHT,
    LIGHTER,
    ORANGE,
    SMALL,
    WIDTH,
    percent_axis,
    plain,
    styled,
    svg,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_MILLION = 1e6
# On a telephone the page shows it 30 rem wide, where letters of 8 points are 9 pixels tall.
_WIDE = 1.4 * WIDTH
_DASHED = (0, (5, 2))
Floats = NDArray[np.float64]


def _values(study: Study, name: str) -> Floats:
    return np.asarray([one.value(name) for one in study.curve])


def payment_svg(study: Study) -> str:
    """Return payment against true saving: mean, half of the futures, nine in ten."""
    from matplotlib.figure import Figure

    with styled():
        figure = Figure(figsize=(_WIDE, 3.4), layout="constrained")
        axes = figure.subplots()
        x = _values(study, "true_saving") / _MILLION
        for low, high, color in (("05", "95", LIGHTER), ("25", "75", LIGHT)):
            lower, upper = (_values(study, f"payment_p{end}") / _MILLION for end in (low, high))
            axes.fill_between(x, lower, upper, color=color, linewidth=0)
        axes.plot(x, _values(study, "payment_mean") / _MILLION, color=BLUE, linewidth=2.0)
        _marks(axes, study)
        axes.set_ylim(bottom=0.0)
        axes.yaxis.set_major_formatter(plain)
        axes.set_ylabel(say("Betalning (mkr)"))
        return svg(figure)


def _marks(axes: Axes, study: Study) -> None:
    """Mark no effect and, where it can be reached, the drawn amount."""
    places = [0.0]
    if study.reached is not None:
        places.append(study.reached.value("true_saving") / _MILLION)
    for place in places:
        axes.axvline(place, color=INK, linewidth=0.9, linestyle=_DASHED)
    axes.set_xlabel(say("Sann besparing i uppföljningsfönstret (mkr)"))
    axes.xaxis.set_major_formatter(plain)
    axes.margins(x=0.0)


def chances_svg(study: Study) -> str:
    """Return the three probabilities against true saving."""
    from matplotlib.figure import Figure

    lines = (
        ("p_more", more(study), BLUE, "-"),
        ("p_full", say("hela det dragna"), ORANGE, "-"),
        ("p_only", least(study), GREY, _DASHED),
    )
    with styled():
        figure = Figure(figsize=(_WIDE, 3.2), layout="constrained")
        axes = figure.subplots()
        x = _values(study, "true_saving") / _MILLION
        for name, words, color, line in lines:
            axes.plot(
                x, _values(study, name), color=color, linewidth=2.0, linestyle=line, label=words
            )
        _marks(axes, study)
        axes.set_ylim(-0.02, 1.02)
        axes.set_ylabel(say("Andel av framtiderna"))
        percent_axis(axes.yaxis)
        axes.legend(
            frameon=False, fontsize=SMALL, loc="upper center", ncols=3, bbox_to_anchor=(0.5, 1.14)
        )
        return svg(figure)


def moves_svg(study: Study) -> str:
    """Return both errors at every level of every factor."""
    from matplotlib.figure import Figure

    count = sum(len(levels) + 1 for _, levels in study.moves)
    with styled():
        figure = Figure(figsize=(_WIDE, 0.8 + 0.23 * count), layout="constrained")
        axes = figure.subplots()
        ticks: list[tuple[int, str, bool]] = []
        place = 0
        for factor, levels in study.moves:
            ticks.append((place, fill(factor.title, 44), True))
            for moved in levels:
                place += 1
                ticks.append((place, moved.level.label, False))
                axes.plot(moved.without.value("p_full"), place, "o", color=ORANGE, markersize=5)
                if moved.reached is not None:
                    axes.plot(moved.reached.value("p_only"), place, "s", color=BLUE, markersize=5)
            place += 1
        axes.axvline(study.without.value("p_full"), color=ORANGE, linewidth=0.9, linestyle=_DASHED)
        if study.reached is not None:
            level = study.reached.value("p_only")
            axes.axvline(level, color=BLUE, linewidth=0.9, linestyle=_DASHED)
        axes.set_yticks(
            [at for at, _, _ in ticks], [words for _, words, _ in ticks], fontsize=SMALL
        )
        for label, (_, _, heading) in zip(axes.get_yticklabels(), ticks, strict=True):
            label.set_fontweight("bold" if heading else "normal")
        axes.tick_params(axis="y", length=0)
        axes.set_ylim(place - 0.4, -0.6)
        axes.set_xlim(left=0.0)
        percent_axis(axes.xaxis)
        axes.set_xlabel(say("Andel av framtiderna"))
        return svg(figure)
