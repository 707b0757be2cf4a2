"""Pictures of the sampler: ranks, traces, energy, and ranks of calibration."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from models.calibration import RANKS, Ranks, band
from models.chains import rank_shares
from models.language import say
from simulate.report.style import (
    BLUE,
    GREY,
    INK,
    LIGHT,
    ORANGE,
    SMALL,
    WIDTH,
    percent_axis,
    plain,
    styled,
    svg,
)
from simulate.review.draw_evidence import panels

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Floats = NDArray[np.float64]

BINS = 20
# Of a trace so many points are drawn of each chain: more cannot be seen.
_POINTS = 250
_CHAINS = (BLUE, ORANGE, "#009E73", "#6b4c9a")
_STYLES = ("-", (0, (4, 1)), (0, (1, 1)), (0, (5, 1, 1, 1)))
_DASHED = (0, (4, 2))


def ranks_svg(values: Floats, effective: float) -> str:
    """Return the ranks of each chain among all: even when the chains agree.

    Args:
        values: of one quantity, dims (chain, draw).
        effective: number of independent draws in all chains, for the width of the grey band.
    """
    shares = rank_shares(values, BINS)
    each = max(effective / len(shares), 1.0)
    even = 1.0 / BINS
    error = 2.58 * np.sqrt(even * (1.0 - even) / each)

    def draw(axes: Axes, place: int) -> None:
        left = np.arange(BINS) / BINS
        axes.axhspan(max(even - error, 0.0), even + error, color=GREY, alpha=0.2, linewidth=0)
        axes.bar(
            left, shares[place], even, align="edge", color=LIGHT, edgecolor=BLUE, linewidth=0.4
        )
        axes.axhline(even, color=INK, linewidth=0.8, linestyle=_DASHED)
        axes.set_title(say("kedja {number}", number=place + 1), fontsize=SMALL)
        axes.set_xlim(0.0, 1.0)
        axes.set_ylim(0.0, max(float(shares.max()), even + error) * 1.1)
        axes.xaxis.set_major_formatter(plain)
        percent_axis(axes.yaxis)

    return panels(len(shares), 1.2, draw)


def trace_svg(values: Floats, title: str) -> str:
    """Return how each chain wandered.

    Args:
        values: of one quantity in the unit that is shown, dims (chain, draw).
        title: what it is.
    """
    from matplotlib.figure import Figure

    with styled():
        figure = Figure(figsize=(1.5 * WIDTH, 1.9), layout="constrained")
        axes = figure.subplots()
        step = max(1, values.shape[1] // _POINTS)
        draws = np.arange(0, values.shape[1], step)
        for place, chain in enumerate(values):
            axes.plot(
                draws,
                chain[::step],
                color=_CHAINS[place % len(_CHAINS)],
                linewidth=0.5,
                linestyle=_STYLES[place % len(_STYLES)],
            )
        axes.set_xlabel(say("Dragning"))
        axes.set_title(title, fontsize=SMALL)
        axes.xaxis.set_major_formatter(plain)
        axes.yaxis.set_major_formatter(plain)
        axes.set_xlim(0, values.shape[1])
        return svg(figure)


def energy_svg(energy: Floats) -> str:
    """Return the energies, and the steps between them: alike when all of it is explored.

    Args:
        energy: dims (chain, draw).
    """
    from matplotlib.figure import Figure

    with styled():
        figure = Figure(figsize=(1.5 * WIDTH, 1.9), layout="constrained")
        axes = figure.subplots()
        levels = (energy - energy.mean()).ravel()
        steps = np.diff(energy, axis=1).ravel()
        low, high = np.quantile(np.concatenate([levels, steps]), (0.002, 0.998))
        edges = np.linspace(low, high, 41).tolist()
        axes.hist(levels, edges, density=True, color=LIGHT, linewidth=0)
        axes.hist(steps, edges, density=True, histtype="step", color=ORANGE, linewidth=1.3)
        axes.annotate(
            say("energi"), (0.02, 0.9), xycoords="axes fraction", fontsize=SMALL, color=BLUE
        )
        axes.annotate(
            say("steg"), (0.02, 0.76), xycoords="axes fraction", fontsize=SMALL, color=ORANGE
        )
        axes.set_yticks([])
        axes.xaxis.set_major_formatter(plain)
        axes.set_xlabel(say("Avvikelse från medelvärdet"))
        return svg(figure)


def calibration_svg(ranks: Ranks) -> str:
    """Return how far the distribution of ranks is from even, for every quantity at once."""
    from matplotlib.figure import Figure

    with styled():
        figure = Figure(figsize=(1.5 * WIDTH, 2.2), layout="constrained")
        axes = figure.subplots()
        simulations = len(next(iter(ranks.ranks.values())))
        even = np.arange(1, RANKS + 1) / (RANKS + 1)
        wide = band(simulations, len(ranks.ranks)) * np.sqrt(even * (1 - even) / simulations)
        axes.fill_between(even, -wide, wide, color=GREY, alpha=0.2, linewidth=0, step="mid")
        for rank in ranks.ranks.values():
            below = np.searchsorted(np.sort(rank), np.arange(RANKS), side="right") / simulations
            axes.plot(even, below - even, color=BLUE, linewidth=0.8, drawstyle="steps-mid")
        axes.axhline(0.0, color=INK, linewidth=0.8, linestyle=_DASHED)
        axes.set_xlim(0.0, 1.0)
        axes.set_xlabel(say("Rang av det sanna värdet, andel"))
        axes.set_ylabel(say("Avvikelse från jämnt"))
        axes.xaxis.set_major_formatter(plain)
        axes.yaxis.set_major_formatter(plain)
        return svg(figure)
