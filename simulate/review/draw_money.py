"""The picture of how far the answer moves with each assumption."""

from __future__ import annotations

from textwrap import fill

from models.language import say
from simulate.evidence_sensitivity import Reach
from simulate.report.learned import parameter_name
from simulate.report.style import (
    BLUE,
    GREY,
    INK,
    ORANGE,
    SMALL,
    WIDTH,
    percent_axis,
    plain,
    styled,
    svg,
)


def moves_svg(reach: Reach) -> str:
    """Return the figure at the low and at the high end of each assumption, furthest first."""
    from matplotlib.figure import Figure

    share = reach.target.unit == "share"
    scale = 1.0 if share else 1e6
    with styled():
        height = 0.9 + 0.42 * len(reach.moves)
        figure = Figure(figsize=(1.5 * WIDTH, height), layout="constrained")
        axes = figure.subplots()
        for place, move in enumerate(reach.moves):
            low, high = move.at_low[0] / scale, move.at_high[0] / scale
            axes.plot([low, high], [place, place], color=GREY, linewidth=2.0, zorder=1)
            for value, error, marker, color in (
                (low, move.at_low[1] / scale, "o", BLUE),
                (high, move.at_high[1] / scale, "s", ORANGE),
            ):
                axes.errorbar(value, place, xerr=2 * error, fmt=marker, color=color, markersize=5)
        axes.axvline(reach.value / scale, color=INK, linewidth=0.8, linestyle=(0, (4, 2)))
        names = [fill(parameter_name(move.parameter), 26) for move in reach.moves]
        axes.set_yticks(range(len(names)), names, fontsize=SMALL)
        axes.set_ylim(len(names) - 0.4, -0.6)
        if share:
            percent_axis(axes.xaxis)
        else:
            axes.xaxis.set_major_formatter(plain)
            axes.set_xlabel(say("mkr"))
        axes.locator_params(axis="x", nbins=6)
        return svg(figure)
