"""Draw what develops over time: fans of cash, the exceedance curve, the fund's balance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.language import say
from simulate.report.paths import BalancePath, Exceedance, Fan
from simulate.report.style import BLUE, GREY, INK, ORANGE, percent_axis, plain, styled, svg

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_COLUMNS = 2


def fans_svg(fans: tuple[Fan, ...]) -> str:
    """Return the fans of all parties, each in a panel of its own with its own scale."""
    from matplotlib.figure import Figure

    rows = -(-len(fans) // _COLUMNS)
    with styled():
        figure = Figure(figsize=(6.4, 0.3 + 1.9 * rows), layout="constrained")
        panels = figure.subplots(rows, _COLUMNS, squeeze=False).ravel()
        for axes, fan in zip(panels[: len(fans)], fans, strict=True):
            _fan(axes, fan)
        for axes in panels[len(fans) :]:
            axes.set_visible(False)
        return svg(figure)


def _fan(axes: Axes, fan: Fan) -> None:
    bands = fan.bands / 1e6
    axes.fill_between(fan.years, bands[0], bands[4], color=BLUE, alpha=0.22, linewidth=0)
    axes.fill_between(fan.years, bands[1], bands[3], color=BLUE, alpha=0.38, linewidth=0)
    axes.plot(fan.years, bands[2], color=INK, linewidth=1.4)
    axes.axhline(0.0, color=GREY, linewidth=0.8, linestyle=(0, (4, 2)))
    axes.set_title(_wrapped(fan.party))
    axes.set_ylabel(say("mkr"))
    axes.yaxis.set_major_formatter(plain)
    _years(axes, fan.years.tolist())


def _wrapped(text: str, width: int = 36) -> str:
    """Break a long name once, between words."""
    if len(text) <= width:
        return text
    place = text.rfind(" ", 0, width)
    return text if place < 0 else f"{text[:place]}\n{text[place + 1 :]}"


def _years(axes: Axes, years: list[int]) -> None:
    step = 1 if len(years) <= 5 else 2 if len(years) <= 10 else 4
    axes.set_xticks(years[::step], [str(year) for year in years[::step]])


def exceedance_svg(curve: Exceedance) -> str:
    """Return how likely a loss exceeds each amount, with the 5 % line."""
    from matplotlib.figure import Figure

    with styled():
        figure = Figure(figsize=(5.2, 2.9), layout="constrained")
        axes = figure.subplots()
        amounts = curve.amounts / 1e6
        axes.step(amounts, curve.probabilities, where="post", color=BLUE, linewidth=1.8)
        axes.fill_between(
            amounts, curve.probabilities, step="post", color=BLUE, alpha=0.15, linewidth=0
        )
        axes.axhline(0.05, color=ORANGE, linewidth=1.0, linestyle=(0, (5, 2)))
        axes.annotate(
            say("5 % av framtiderna"),
            (amounts[-1], 0.05),
            (0, 3),
            textcoords="offset points",
            ha="right",
            color=ORANGE,
            fontsize=8.5,
        )
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
        figure = Figure(figsize=(5.2, 3.1), layout="constrained")
        axes = figure.subplots()
        bands = path.bands / 1e6
        axes.fill_between(path.years, bands[0], bands[4], color=BLUE, alpha=0.22, linewidth=0)
        axes.fill_between(path.years, bands[1], bands[3], color=BLUE, alpha=0.38, linewidth=0)
        axes.plot(path.years, bands[2], color=BLUE, linewidth=1.6)
        axes.plot(
            path.years, path.planned / 1e6, color=ORANGE, linewidth=1.6, marker="o", markersize=3.5
        )
        place = len(path.years) // 2
        axes.annotate(
            say("planen"),
            (path.years[-2], path.planned[-2] / 1e6),
            (-4, 6),
            textcoords="offset points",
            ha="right",
            color=ORANGE,
            fontsize=8.5,
        )
        axes.annotate(
            say("om bara det realiserade återförs"),
            (path.years[place], bands[0][place]),
            (4, -12),
            textcoords="offset points",
            color=BLUE,
            fontsize=8.5,
        )
        axes.axhline(0.0, color=GREY, linewidth=0.8, linestyle=(0, (4, 2)))
        axes.set_ylabel(say("Saldo vid årets slut (mkr)"))
        axes.set_ylim(bottom=min(0.0, float(bands.min()) * 1.1))
        axes.yaxis.set_major_formatter(plain)
        _years(axes, path.years.tolist())
        return svg(figure)
