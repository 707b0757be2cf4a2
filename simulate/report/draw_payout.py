"""Draw what a contract pays when a measure varies: the clauses on each other, and the payment."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING

import numpy as np

from models.language import named, say
from models.quantity import SIGNED_SEK
from simulate.contract.grid import Table
from simulate.language.quantities import quantity
from simulate.report.style import (
    BLUE,
    GREY,
    INK,
    LIGHT,
    LIGHTER,
    ORANGE,
    SMALL,
    WIDTH,
    on_white,
    percent_axis,
    plain,
    png,
    styled,
    svg,
)
from simulate.scenario.tree.scenario import ContractScenario

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SUFFIXES = (".svg", ".png")
# Inches: the plot itself, and a line of what its colours mean.
_PLOT, _LINE = 3.0, 0.18
_DASHES = ("-", "--", ":", "-.")


def drawn_as(scenario: ContractScenario, table: Table, suffix: str) -> bytes:
    """Return the picture of a table as a file: along the first measure, one line of the other.

    Args:
        scenario: with the contract.
        table: what is paid.
        suffix: of the file, one of :data:`SUFFIXES`.
    """
    from matplotlib.figure import Figure

    with styled():
        names = len(table.axes[1].values) if len(table.axes) > 1 else len(table.payout.clauses) + 1
        columns = 1 if len(table.axes) == 1 else 3
        height = _PLOT + _LINE * -(-names // columns)
        figure = Figure(figsize=(1.3 * WIDTH, height), layout="constrained")
        axes = figure.subplots()
        if len(table.axes) == 1:
            _stacked(axes, scenario, table)
        else:
            _lines(axes, scenario, table)
        _frame(axes, scenario, table)
        legend = figure.legend(
            loc="outside lower left",
            fontsize=SMALL,
            frameon=False,
            ncols=columns,
            title=_of_lines(scenario, table),
            title_fontsize=SMALL,
        )
        legend.set_alignment("left")
        return png(figure) if suffix == ".png" else svg(figure).encode()


def _of_lines(scenario: ContractScenario, table: Table) -> str | None:
    """Return what the lines differ in, where there are several."""
    if len(table.axes) == 1:
        return None
    return named(scenario.measurements[table.axes[1].measure].title)


def _along(scenario: ContractScenario, table: Table) -> tuple[np.ndarray, float]:
    first = table.axes[0]
    money = scenario.measurements[first.measure].dimension is SIGNED_SEK
    scale = 1e6 if money else 1.0
    return first.values / scale, scale


def _stacked(axes: Axes, scenario: ContractScenario, table: Table) -> None:
    x, _ = _along(scenario, table)
    titles = {one.id: named(one.title) for one in scenario.contract.clauses}
    colors = (LIGHTER, LIGHT, "#E8C9B3", "#D9D9D9", "#F0E3C0", "#C7DCCB")
    below = np.zeros(len(x))
    for place, (key, paid) in enumerate(table.payout.clauses.items()):
        above = below + paid / 1e8
        color, title = colors[place % len(colors)], fill(titles[key], 70)
        axes.fill_between(x, below, above, color=color, linewidth=0, label=title)
        below = above
    axes.plot(x, table.payout.payment / 1e8, color=INK, linewidth=1.6, label=say("Betalning"))


def _lines(axes: Axes, scenario: ContractScenario, table: Table) -> None:
    x, _ = _along(scenario, table)
    other = table.axes[1]
    dimension = scenario.measurements[other.measure].dimension
    paid = table.payout.payment.reshape(len(x), len(other.values)) / 1e8
    colors = (BLUE, ORANGE, INK, GREY)
    for place, value in enumerate(other.values):
        style = _DASHES[place // len(colors) % len(_DASHES)]
        label = quantity(float(value), dimension)
        axes.plot(x, paid[:, place], style, color=colors[place % len(colors)], label=label)


def _frame(axes: Axes, scenario: ContractScenario, table: Table) -> None:
    measure = scenario.measurements[table.axes[0].measure]
    drawn = table.stated.drawn_sek / 1e6
    axes.axhline(drawn, color=GREY, linewidth=0.8, linestyle=":")
    words = axes.annotate(
        say("draget belopp"),
        (0.995, drawn),
        (0, 2),
        xycoords=("axes fraction", "data"),
        textcoords="offset points",
        ha="right",
        va="bottom",
        fontsize=SMALL,
        color=GREY,
    )
    on_white(words)
    money = measure.dimension is SIGNED_SEK
    unit = say("mkr") if money else measure.dimension.unit_of(2.0)
    title = named(measure.title)
    axes.set_xlabel(say("{title} ({unit})", title=title, unit=unit) if unit else title)
    if "share" in measure.dimension.name:
        percent_axis(axes.xaxis)
    else:
        axes.xaxis.set_major_formatter(plain)
    axes.yaxis.set_major_formatter(plain)
    axes.set_ylabel(say("Betalning, mkr"))
    axes.set_ylim(bottom=0.0)
    axes.margins(x=0.0)
