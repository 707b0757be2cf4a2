"""Pictures of what the evidence taught: before against after the data, predicted against seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from textwrap import fill
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from models.diagnosis import Check, Loo
from models.language import say
from simulate.language.numbers import significant
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

Floats = NDArray[np.float64]
_PANEL = 1.35
_DASHED = (0, (4, 2))


@dataclass(frozen=True, eq=False)
class Density:
    """One quantity before and after the data.

    Attributes:
        title: what it is.
        grid: values, in the unit that is shown.
        before, after: densities on the grid.
    """

    title: str
    grid: Floats
    before: Floats
    after: Floats


def panels(count: int, height: float, draw: Callable[[Axes, int], None]) -> str:
    """Return ``count`` small pictures, two in a row, as SVG."""
    from matplotlib.figure import Figure

    rows = -(-count // 2)
    with styled():
        figure = Figure(figsize=(1.5 * WIDTH, height * rows + 0.2), layout="constrained")
        axes = figure.subplots(rows, 2, squeeze=False).ravel()
        for place, one in enumerate(axes):
            if place < count:
                draw(one, place)
            else:
                one.set_axis_off()
        return svg(figure)


def densities_svg(found: tuple[Density, ...]) -> str:
    """Return each quantity before (dashed) and after (filled) the data."""

    def draw(axes: Axes, place: int) -> None:
        one = found[place]
        axes.fill_between(one.grid, one.after, color=LIGHT, linewidth=0)
        axes.plot(one.grid, one.after, color=BLUE, linewidth=1.0)
        axes.plot(one.grid, one.before, color=ORANGE, linewidth=1.3, linestyle=_DASHED)
        axes.set_title(fill(one.title, 34), fontsize=SMALL)
        axes.set_yticks([])
        axes.set_ylim(bottom=0.0)
        axes.xaxis.set_major_formatter(plain)
        axes.locator_params(axis="x", nbins=5)

    return panels(len(found), _PANEL, draw)


def predictive_svg(checks: tuple[tuple[str, Check, float], ...]) -> str:
    """Return what was predicted of each statistic, before and after the data, and what was seen.

    Args:
        checks: name, check and the scale that it is shown in.
    """

    def draw(axes: Axes, place: int) -> None:
        name, check, scale = checks[place]
        before, after = (np.asarray(one) / scale for one in (check.before, check.after))
        seen = check.observed / scale
        low, high = min(after[0], seen), max(after[-1], seen)
        room = 0.6 * (high - low) or 1.0
        for height, one, wide, narrow in (
            (1, before, "#f3d9c6", "#e0a985"),
            (0, after, LIGHTER, LIGHT),
        ):
            for (first, last), color in (((5, 94), wide), ((25, 74), narrow)):
                axes.barh(height, one[last] - one[first], 0.5, one[first], color=color, linewidth=0)
            axes.plot([np.median(one)] * 2, [height - 0.25, height + 0.25], color=INK, linewidth=1)
        axes.axvline(seen, color=ORANGE, linewidth=1.6, linestyle=_DASHED)
        axes.set_yticks([0, 1], [say("efter data"), say("före data")], fontsize=SMALL)
        axes.set_ylim(-0.5, 1.5)
        axes.set_xlim(low - room, high + room)
        axes.set_title(fill(name, 34), fontsize=SMALL)
        axes.xaxis.set_major_formatter(plain)
        axes.locator_params(axis="x", nbins=5)

    return panels(len(checks), _PANEL, draw)


def pareto_svg(loo: Loo) -> str:
    """Return the Pareto k of each published statistic, with the limits."""
    from matplotlib.figure import Figure

    with styled():
        figure = Figure(figsize=(1.5 * WIDTH, 1.9), layout="constrained")
        axes = figure.subplots()
        places = np.arange(1, len(loo.shapes) + 1)
        axes.plot(places, loo.shapes, "o", color=BLUE)
        for level, name in ((loo.limit, say("gräns")), (1.0, say("inget ändligt medelvärde"))):
            axes.axhline(level, color=ORANGE, linewidth=1.0, linestyle=_DASHED)
            axes.annotate(
                f"{significant(level, 2)} {name}",
                (0.0, level),
                (2, 2),
                xycoords=axes.get_yaxis_transform(),
                textcoords="offset points",
                fontsize=SMALL,
                color=ORANGE,
            )
        axes.set_xticks(places)
        axes.set_xlim(0.5, len(loo.shapes) + 0.5)
        axes.set_ylim(min(0.0, *loo.shapes) - 0.05, max(1.15, *loo.shapes) + 0.1)
        axes.set_xlabel(say("Enhet"))
        axes.set_ylabel(say("Pareto-k"))
        axes.yaxis.set_major_formatter(plain)
        return svg(figure)


def pit_svg(loo: Loo) -> str:
    """Return the binned LOO-PIT: even when the model describes the spread between units."""
    from matplotlib.figure import Figure

    with styled():
        figure = Figure(figsize=(1.5 * WIDTH, 1.9), layout="constrained")
        axes = figure.subplots()
        bins = len(loo.pit)
        left = np.arange(bins) / bins
        axes.bar(
            left, loo.pit, 1.0 / bins, align="edge", color=LIGHT, edgecolor=BLUE, linewidth=0.6
        )
        error = 2.58 * np.sqrt((1.0 / bins) * (1.0 - 1.0 / bins) / loo.units)
        axes.axhspan(
            1.0 / bins - error, 1.0 / bins + error, color=GREY, alpha=0.2, linewidth=0, zorder=0
        )
        axes.axhline(1.0 / bins, color=INK, linewidth=0.8, linestyle=_DASHED)
        axes.set_xlim(0.0, 1.0)
        axes.set_xlabel(say("LOO-PIT"))
        axes.set_ylabel(say("Andel av enheterna"))
        axes.xaxis.set_major_formatter(plain)
        percent_axis(axes.yaxis)
        return svg(figure)
