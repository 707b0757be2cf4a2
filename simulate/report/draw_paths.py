"""Draw what develops over time: fans of cash, the exceedance curve, the fund's balance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.language import say
from simulate.report.fund_decision import Curve, curves
from simulate.report.paths import BalancePath, Exceedance, Fan, fans
from simulate.report.style import (
    BLUE,
    INK,
    LIGHT,
    LIGHTER,
    ORANGE,
    SMALL,
    WIDTH,
    Picture,
    as_uri,
    on_white,
    percent_axis,
    plain,
    styled,
    svg,
)
from simulate.run import Result

if TYPE_CHECKING:
    from matplotlib.axes import Axes


_MARGINS = {"left": 0.19, "right": 0.98, "bottom": 0.15, "top": 0.96}


def fan_svg(fan: Fan) -> str:
    """Return the fan of one party; its name stands above the picture, not in it."""
    from matplotlib.figure import Figure

    with styled():
        # Fixed margins: the axes of all fans line up, and it takes half the time of a layout.
        figure = Figure(figsize=(0.85 * WIDTH, 1.8))
        axes = figure.subplots(gridspec_kw=_MARGINS)
        bands = fan.bands / 1e6
        axes.fill_between(fan.years, bands[0], bands[4], color=LIGHTER, linewidth=0)
        axes.fill_between(fan.years, bands[1], bands[3], color=LIGHT, linewidth=0)
        axes.plot(fan.years, bands[2], color=INK, linewidth=1.4)
        _zero(axes)
        axes.set_ylabel(say("mkr"))
        axes.yaxis.set_major_formatter(plain)
        _years(axes, fan.years.tolist())
        return svg(figure)


def fan_pictures(result: Result) -> tuple[Picture, ...]:
    """Return the fan of every party, each a picture of its own: they stand as the page has room."""
    return tuple(Picture(as_uri(fan_svg(fan)), fan.alt(), "", fan.party) for fan in fans(result))


def payback_svg(curve: Curve) -> str:
    """Return how likely the money is back by the end of each year; it only rises."""
    from matplotlib.figure import Figure

    with styled():
        figure = Figure(figsize=(0.85 * WIDTH, 1.6))
        axes = figure.subplots(gridspec_kw=_MARGINS)
        axes.fill_between(curve.years, curve.shares, color=LIGHTER, linewidth=0, step="mid")
        axes.step(curve.years, curve.shares, color=BLUE, linewidth=1.6, where="mid")
        axes.set_ylim(0.0, 1.02)
        percent_axis(axes.yaxis)
        _years(axes, list(curve.years))
        return svg(figure)


def payback_pictures(result: Result) -> tuple[Picture, ...]:
    """Return the payback curve of each investment."""
    return tuple(
        Picture(as_uri(payback_svg(one)), one.alt(), "", f"{one.title}: {one.said}")
        for one in curves(result)
    )


def _zero(axes: Axes) -> None:
    axes.axhline(0.0, color=INK, linewidth=0.8, linestyle=(0, (4, 2)))


def _years(axes: Axes, years: list[int]) -> None:
    """Name every so many years, the last one always."""
    step = 1 if len(years) <= 5 else 2 if len(years) <= 10 else 4
    shown = years[::-step]
    axes.set_xticks(shown, [str(year) for year in shown])


def exceedance_svg(curve: Exceedance) -> str:
    """Return how likely a loss exceeds each amount, with the 5 % line."""
    from matplotlib.figure import Figure

    with styled():
        figure = Figure(figsize=(WIDTH, 2.5), layout="constrained")
        axes = figure.subplots()
        amounts = curve.amounts / 1e6
        axes.fill_between(amounts, curve.probabilities, color=LIGHTER, linewidth=0)
        axes.plot(amounts, curve.probabilities, color=BLUE, linewidth=1.6)
        axes.axhline(0.05, color=ORANGE, linewidth=1.0, linestyle=(0, (5, 2)))
        words = axes.annotate(
            say("5 % av framtiderna"),
            (amounts[-1], 0.05),
            (0, 4),
            textcoords="offset points",
            ha="right",
            color=ORANGE,
            fontsize=SMALL,
        )
        on_white(words)
        axes.set_ylim(0.0, 1.02)
        axes.set_xlim(0.0, amounts[-1])
        axes.set_xlabel(say("Förlust (mkr)"))
        axes.set_ylabel(say("Sannolikhet att förlora mer"))
        axes.xaxis.set_major_formatter(plain)
        percent_axis(axes.yaxis)
        return svg(figure)


def balance_svg(path: BalancePath) -> str:
    """Return the fund's balance: the plan, and what comes of it if only savings are returned."""
    from matplotlib.figure import Figure

    with styled():
        figure = Figure(figsize=(WIDTH, 3.3), layout="constrained")
        axes = figure.subplots()
        bands, years = path.bands / 1e6, path.years
        axes.plot(years, path.planned / 1e6, color=ORANGE, linewidth=1.6, marker="o", markersize=4)
        axes.fill_between(years, bands[0], bands[4], color=LIGHTER, linewidth=0)
        axes.fill_between(years, bands[1], bands[3], color=LIGHT, linewidth=0)
        axes.plot(years, bands[2], color=BLUE, linewidth=1.6)
        if bands.min() < 0.0:
            _zero(axes)
        names = [say("planen"), say("om det lägsta av plan och realiserat återförs")]
        planned, median = axes.lines[0], axes.lines[1]
        figure.legend([planned, median], names, loc="outside upper left", frameon=False)
        axes.set_ylabel(say("Saldo vid årets slut (mkr)"))
        axes.set_ylim(bottom=min(0.0, float(bands.min()) * 1.1))
        axes.yaxis.set_major_formatter(plain)
        _years(axes, years.tolist())
        return svg(figure)
