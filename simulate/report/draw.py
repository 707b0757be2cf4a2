"""Draw the pictures as SVG: letters as shapes, no clock, equal bytes for equal numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from models.language import say
from models.quantity import SHARE
from simulate.language.numbers import mkr, percent, significant
from simulate.language.quantities import quantity
from simulate.report.figures import QUADRANTS, Comparison, Repayment
from simulate.report.style import BLUE, INK, ORANGE, percent_axis, plain, styled, svg

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def repayment_svg(pictures: tuple[Repayment, ...]) -> str:
    """Return the distribution of repayment, one panel above the other on the same axes."""
    from matplotlib.figure import Figure

    with styled():
        figure = Figure(figsize=(5.2, 0.6 + 2.1 * len(pictures)), layout="constrained")
        panels = figure.subplots(len(pictures), 1, sharex=True, sharey=True, squeeze=False)
        for axes, picture in zip(panels[:, 0], pictures, strict=True):
            _bars(axes, picture)
        panels[-1, 0].set_xlabel(say("Återbetalt, i procent av det dragna beloppet"))
        percent_axis(panels[-1, 0].xaxis)
        return svg(figure)


def _bars(axes: Axes, picture: Repayment) -> None:
    width = float(picture.edges[1] - picture.edges[0])
    axes.bar(
        picture.edges[:-1], picture.bars, width, align="edge", color=BLUE, alpha=0.75, linewidth=0
    )
    tallest = max((one.probability for one in picture.spikes), default=0.0)
    for one, error in zip(picture.spikes, picture.errors[1], strict=True):
        axes.bar(one.share, one.probability, 0.014, color=ORANGE, linewidth=0)
        name = "\n" + (one.name or quantity(one.share, SHARE)).replace(" ", "\n", 1)
        axes.annotate(
            f"{percent(one.probability, error)}{name}",
            (one.share, one.probability),
            (0, 3),
            textcoords="offset points",
            ha="center",
            va="bottom",
            fontsize=8.5,
            color=ORANGE,
        )
    axes.set_title(picture.title)
    highest = max(tallest, float(picture.bars.max(initial=0.0)))
    axes.set_ylim(0.0, min(highest, 1.0) * 1.25 + 0.12)
    if highest > 0.4:
        axes.set_yticks([0.0, 0.25, 0.5, 0.75, 1.0][: 2 + int(highest // 0.25)])
    _between(axes, picture)
    axes.set_xlim(-0.09, float(picture.edges[-1]) + 0.11)
    axes.set_ylabel(say("Andel av framtiderna"))
    percent_axis(axes.yaxis)


def _between(axes: Axes, picture: Repayment) -> None:
    """Name the futures between the spikes, which are many though none of them is tall."""
    total = float(picture.bars.sum())
    if not picture.spikes or total < 0.005:
        return
    middles = (picture.edges[:-1] + picture.edges[1:]) / 2.0
    centre = float(np.sum(middles * picture.bars) / total)
    axes.annotate(
        f"{percent(total, picture.errors[2])}\n{say('däremellan')}",
        (centre, float(picture.bars.max())),
        (0, 3),
        textcoords="offset points",
        ha="center",
        va="bottom",
        fontsize=8.5,
        color=BLUE,
    )


def comparison_svg(picture: Comparison) -> str:
    """Return truth against reading, with the levels that decide payment."""
    from matplotlib.figure import Figure

    with styled():
        figure = Figure(figsize=(5.2, 4.7 if picture.stated is None else 3.2), layout="constrained")
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
        interpolation="nearest",
    )
    height = y[-1] - y[0]
    bottom, top = y[0] - 0.17 * height, y[-1] + 0.17 * height
    if picture.money:
        ends = np.asarray([max(x[0], bottom), min(x[-1], top)])
        axes.plot(ends, ends, color=INK, linewidth=0.9, linestyle=(0, (1, 2)))
        axes.annotate(
            say("mätt = sant"),
            (ends[1], ends[1]),
            (-4, 6),
            textcoords="offset points",
            ha="right",
            fontsize=7.5,
            rotation=0,
        )
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


def _levels(axes: Axes, picture: Comparison, scale: float) -> None:
    """Draw the levels of the measure that decide payment, each with its name."""
    for trigger in picture.triggers:
        axes.axhline(trigger.level / scale, color=INK, linewidth=0.9, linestyle=(0, (5, 2)))
        axes.annotate(
            trigger.label,
            (0.0, trigger.level / scale),
            (3, 2),
            xycoords=axes.get_yaxis_transform(),
            textcoords="offset points",
            ha="left",
            fontsize=7.5,
        )


def _around_zero(low: float, high: float) -> tuple[float, float]:
    """Return limits that leave room for words on both sides of zero."""
    return min(low, -0.45 * high), max(high, -0.45 * low)


def _corners(axes: Axes, picture: Comparison) -> None:
    for (saves, pays), name in QUADRANTS.items():
        wrong = saves != pays
        axes.text(
            0.985 if saves else 0.015,
            0.985 if pays else 0.015,
            f"{_wrapped(say(name))}\n{percent(*picture.quadrants[saves, pays])}",
            transform=axes.transAxes,
            ha="right" if saves else "left",
            va="top" if pays else "bottom",
            fontsize=7.8,
            color=ORANGE if wrong else INK,
            fontweight="bold" if wrong else "normal",
        )


def _wrapped(name: str) -> str:
    first, second, rest = name.split(" ", 2)
    return f"{first} {second}\n{rest}"


def _stated(axes: Axes, picture: Comparison) -> None:
    x, height = picture.x_edges / 1e6, picture.mass.sum(axis=1)
    axes.bar(x[:-1], height, np.diff(x), align="edge", color=BLUE, alpha=0.75, linewidth=0)
    axes.axvline(0.0, color=INK, linewidth=0.9)
    top = float(height.max()) * 1.25
    axes.set_ylim(0.0, top)
    axes.set_ylabel(say("Andel av framtiderna"))
    percent_axis(axes.yaxis)
    if picture.money and picture.stated is not None:
        level = picture.stated / 1e6
        axes.axvline(level, color=ORANGE, linewidth=1.6, linestyle=(0, (5, 2)))
        axes.annotate(
            say("mätningen: {amount}", amount=mkr(significant(level))) + " ",
            (level, top * 0.93),
            ha="right",
            color=ORANGE,
            fontsize=8.5,
        )
