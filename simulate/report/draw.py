"""Draw the pictures as SVG: letters as shapes, no clock, equal bytes for equal numbers."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING

import numpy as np

from models.language import say
from models.quantity import SHARE
from simulate.language.numbers import mkr, percent, significant
from simulate.language.quantities import quantity
from simulate.report.atoms import Spike
from simulate.report.figures import QUADRANTS, Comparison, Repayment
from simulate.report.style import (
    BLUE,
    INK,
    LIGHT,
    ORANGE,
    SMALL,
    WIDTH,
    on_white,
    percent_axis,
    plain,
    styled,
    svg,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes


# Of one panel of repayments: its height in inches, and what a line of words takes of its axes.
_PANEL, _LINE = 1.85, 0.105


def repayment_svg(pictures: tuple[Repayment, ...]) -> str:
    """Return the distribution of repayment, one panel above the other on the same axes."""
    from matplotlib.figure import Figure

    with styled():
        figure = Figure(figsize=(WIDTH, 0.45 + _PANEL * len(pictures)), layout="constrained")
        panels = figure.subplots(len(pictures), 1, sharex=True, sharey=True, squeeze=False)
        for axes, picture in zip(panels[:, 0], pictures, strict=True):
            _bars(axes, picture)
        # Shared: the panel that needs most room decides for all.
        panels[0, 0].set_ylim(0.0, max(_top(picture) for picture in pictures))
        panels[-1, 0].set_xlabel(say("Återbetalt, i procent av det dragna beloppet"))
        percent_axis(panels[-1, 0].xaxis)
        return svg(figure)


def _bars(axes: Axes, picture: Repayment) -> None:
    axes.bar(
        picture.edges[:-1],
        picture.bars,
        float(picture.edges[1] - picture.edges[0]),
        align="edge",
        color=LIGHT,
        edgecolor=BLUE,
        linewidth=0.6,
    )
    for one, error in zip(picture.spikes, picture.errors[1], strict=True):
        axes.bar(one.share, one.probability, 0.016, color=ORANGE, linewidth=0)
        words = f"{percent(one.probability, error)}\n{_name(one)}"
        _above(axes, words, (one.share, one.probability), ORANGE)
    axes.set_title(picture.title)
    highest = _highest(picture)
    if highest > 0.4:
        axes.set_yticks([0.0, 0.25, 0.5, 0.75, 1.0][: 2 + int(highest // 0.25)])
    _between(axes, picture)
    axes.set_xlim(-0.15, float(picture.edges[-1]) + 0.12)
    axes.set_ylabel(say("Andel av framtiderna"))
    percent_axis(axes.yaxis)


def _name(spike: Spike) -> str:
    """Return what a spike is called, in lines so short that it does not reach the next one."""
    return fill(spike.name or quantity(spike.share, SHARE), 8, break_long_words=False)


def _highest(picture: Repayment) -> float:
    spikes = (one.probability for one in picture.spikes)
    return max(float(picture.bars.max(initial=0.0)), *spikes, 0.0)


def _top(picture: Repayment) -> float:
    """Return the upper end of the axis that leaves room for the words above each bar."""
    needs = [float(picture.bars.max(initial=0.0)) / (1.0 - 2 * _LINE)]
    for one in picture.spikes:
        lines = 2 + _name(one).count("\n")
        needs.append(one.probability / (1.0 - lines * _LINE))
    return 1.03 * max(needs) + 0.02


def _between(axes: Axes, picture: Repayment) -> None:
    """Name the futures between the spikes, which are many though none of them is tall."""
    total = float(picture.bars.sum())
    if not picture.spikes or total < 0.005:
        return
    middles = (picture.edges[:-1] + picture.edges[1:]) / 2.0
    centre = float(np.sum(middles * picture.bars) / total)
    words = f"{percent(total, picture.errors[2])}\n{say('däremellan')}"
    _above(axes, words, (centre, float(picture.bars.max())), BLUE)


def _above(axes: Axes, words: str, place: tuple[float, float], color: str) -> None:
    axes.annotate(
        words,
        place,
        (0, 3),
        textcoords="offset points",
        ha="center",
        va="bottom",
        fontsize=SMALL,
        linespacing=1.05,
        color=color,
    )


def comparison_svg(picture: Comparison) -> str:
    """Return truth against reading, with the levels that decide payment."""
    from matplotlib.figure import Figure

    with styled():
        height = 4.1 if picture.stated is None else 2.8
        figure = Figure(figsize=(WIDTH, height), layout="constrained")
        axes = figure.subplots()
        if picture.stated is None:
            _density(axes, picture)
        else:
            _stated(axes, picture)
        axes.set_xlabel(say("Sann besparing i uppföljningsfönstret (mkr)"))
        axes.xaxis.set_major_formatter(plain)
        return svg(figure)


def _density(axes: Axes, picture: Comparison) -> None:
    from matplotlib.colors import LinearSegmentedColormap, PowerNorm

    blues = LinearSegmentedColormap.from_list("ink", ["#e3eef7", "#7fb3d8", BLUE, "#003a5d"])
    scale = 1e6 if picture.money else 0.01 if picture.percent else 1.0
    x, y = picture.x_edges / 1e6, picture.y_edges / scale
    mass = np.ma.masked_equal(picture.mass.T, 0.0)
    axes.imshow(
        mass,
        origin="lower",
        extent=(x[0], x[-1], y[0], y[-1]),
        aspect="auto",
        cmap=blues,
        norm=PowerNorm(0.6),
        interpolation="none",  # the cells themselves, not an image of them: a tenth of the bytes
    )
    height = y[-1] - y[0]
    bottom, top = y[0] - 0.28 * height, y[-1] + 0.28 * height
    if picture.money:
        _diagonal(axes, max(x[0], bottom), min(x[-1], top))
    axes.axvline(0.0, color=INK, linewidth=0.9)
    _levels(axes, picture, scale)
    axes.set_xlim(*_around_zero(x[0], x[-1]))
    axes.set_ylim(bottom, top)
    axes.yaxis.set_major_formatter(plain)
    if picture.money:
        axes.set_ylabel(say("Mätningen visar (mkr)"))
    else:
        axes.set_ylabel(say("Mätningen visar (%)") if picture.percent else say("Mätningen visar"))
    if picture.triggers:
        _corners(axes, picture)


def _diagonal(axes: Axes, low: float, high: float) -> None:
    """Draw where the measurement shows what is true."""
    axes.plot([low, high], [low, high], color=INK, linewidth=0.9, linestyle=(0, (1, 2)))
    words = axes.annotate(
        say("mätt = sant"),
        (high, high),
        (-4, 6),
        textcoords="offset points",
        ha="right",
        fontsize=SMALL,
    )
    on_white(words)


def _levels(axes: Axes, picture: Comparison, scale: float) -> None:
    """Draw the levels of the measure that decide payment, each with its name."""
    for trigger in picture.triggers:
        axes.axhline(trigger.level / scale, color=INK, linewidth=0.9, linestyle=(0, (5, 2)))
        words = axes.annotate(
            trigger.label,
            (0.0, trigger.level / scale),
            (3, 4),
            xycoords=axes.get_yaxis_transform(),
            textcoords="offset points",
            ha="left",
            fontsize=SMALL,
        )
        on_white(words)


def _around_zero(low: float, high: float) -> tuple[float, float]:
    """Return limits that leave room for words on both sides of zero."""
    return min(low, -0.55 * high), max(high, -0.55 * low)


def _corners(axes: Axes, picture: Comparison) -> None:
    for (saves, pays), name in QUADRANTS.items():
        wrong = saves != pays
        words = axes.text(
            0.985 if saves else 0.015,
            0.985 if pays else 0.015,
            f"{fill(say(name), 16)}\n{percent(*picture.quadrants[saves, pays])}",
            transform=axes.transAxes,
            ha="right" if saves else "left",
            va="top" if pays else "bottom",
            fontsize=SMALL,
            linespacing=1.1,
            color=ORANGE if wrong else INK,
            fontweight="bold" if wrong else "normal",
        )
        on_white(words)


def _stated(axes: Axes, picture: Comparison) -> None:
    x, height = picture.x_edges / 1e6, picture.mass.sum(axis=1)
    axes.bar(x[:-1], height, np.diff(x), align="edge", color=LIGHT, linewidth=0)
    axes.axvline(0.0, color=INK, linewidth=0.9)
    top = float(height.max()) * 1.25
    axes.set_ylim(0.0, top)
    axes.set_ylabel(say("Andel av framtiderna"))
    percent_axis(axes.yaxis)
    if picture.money and picture.stated is not None:
        level = picture.stated / 1e6
        axes.axvline(level, color=ORANGE, linewidth=1.6, linestyle=(0, (5, 2)))
        right = level < (x[0] + x[-1]) / 2.0  # the words stand where there is room
        words = axes.annotate(
            say("mätningen: {amount}", amount=mkr(significant(level))),
            (level, top * 0.93),
            (4 if right else -4, 0),
            textcoords="offset points",
            ha="left" if right else "right",
            color=ORANGE,
            fontsize=SMALL,
        )
        on_white(words)
