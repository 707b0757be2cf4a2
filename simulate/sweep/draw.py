"""Pictures of a sweep: lines with error bars, a heat map, or points along each key."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import fill
from typing import TYPE_CHECKING

import numpy as np

from models.language import say
from simulate.language.measures import UNITS
from simulate.language.numbers import significant
from simulate.report.style import BLUE, INK, LIGHT, SMALL, WIDTH, plain, styled, svg
from simulate.sweep.columns import Column, as_number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Unit of a measure → factor to the unit that people read, which UNITS names for all but shares.
FACTORS = {"sek": 1e-6, "share": 100.0, "year": 1.0, "rate": 100.0, "ratio": 1.0, "persons": 1.0}
_PER_CENT = ("share", "rate")
_MOST_NUMBERS = 12
_MOST_PANELS = 6
# Of more cells than this, by several keys, a picture shows how they lie and not each of them.
_MOST_POINTS = 100
_MOST_PLACES = 24


def unit_of(column: Column) -> str:
    """Return the unit of a picture's axis."""
    return "%" if column.unit in _PER_CENT else say(UNITS[column.unit])


def shown(column: Column) -> np.ndarray:
    """Return value and error of each cell in the unit of the picture, dims (2, cell)."""
    factor = FACTORS[column.unit]
    pairs = [
        (one.value * factor, (one.mcse or 0.0) * factor)
        if one is not None and one.value is not None
        else (np.nan, np.nan)
        for one in column.figures
    ]
    return np.array(pairs).T


def lines_svg(column: Column, keys: Sequence[str], cells: Sequence[Sequence[str]]) -> str:
    """Return one panel a key: the figure of every cell, with two Monte Carlo errors each way.

    Args:
        column: the figure.
        keys: what is varied.
        cells: the value of each key in each cell, dims (key, cell).
    """
    from matplotlib.figure import Figure

    with styled():
        some = list(keys)[:_MOST_PANELS]
        figure = Figure(figsize=(1.5 * WIDTH, 2.6 * len(some)), layout="constrained")
        panels = figure.subplots(len(some), 1, sharey=True, squeeze=False)[:, 0]
        for axes, key, found in zip(panels, some, cells, strict=False):
            _panel(axes, column, key, found, joined=len(keys) == 1)
        return svg(figure)


def _panel(axes: Axes, column: Column, key: str, found: Sequence[str], joined: bool) -> None:
    places, names = _places(found)
    value, error = shown(column)
    if crowded(column, joined):
        _band(axes, np.asarray(places), value)
    else:
        _points(axes, np.asarray(places), value, error, joined)
    if names is not None:
        axes.set_xticks(range(len(names)), [fill(name, 14) for name in names], fontsize=SMALL)
    else:
        axes.xaxis.set_major_formatter(plain)
    axes.yaxis.set_major_formatter(plain)
    axes.set_xlabel(_label(key, found))
    axes.set_ylabel(unit_of(column))


def crowded(column: Column, joined: bool) -> bool:
    """Whether the cells are too many to show each."""
    return not joined and len(column.figures) > _MOST_POINTS


def _points(
    axes: Axes, places: np.ndarray, value: np.ndarray, error: np.ndarray, joined: bool
) -> None:
    order = np.argsort(places, kind="stable")
    axes.errorbar(
        places[order],
        value[order],
        yerr=2.0 * error[order],
        fmt="o-" if joined else "o",
        color=BLUE,
        ecolor=INK,
        markersize=4,
        capsize=2,
        linewidth=1.2,
        elinewidth=0.8,
    )


def _band(axes: Axes, places: np.ndarray, value: np.ndarray) -> None:
    """Draw the middle of the cells along a key, and from the lowest of them to the highest."""
    known = np.isfinite(value)
    order = np.argsort(places[known], kind="stable")
    x, y = places[known][order], value[known][order]
    begins = np.flatnonzero(np.diff(x, prepend=-np.inf) > 0.0)
    if len(begins) > _MOST_PLACES:
        begins = np.linspace(0, len(x), _MOST_PLACES, endpoint=False).astype(int)
    groups = list(zip(np.split(x, begins[1:]), np.split(y, begins[1:]), strict=True))
    middle = [float(np.median(one)) for one, _ in groups]
    low, high = ([float(end(one)) for _, one in groups] for end in (np.min, np.max))
    axes.fill_between(middle, low, high, color=LIGHT, linewidth=0.0)
    axes.plot(middle, [float(np.median(one)) for _, one in groups], "o-", color=BLUE, markersize=4)


def _places(found: Sequence[str]) -> tuple[list[float], list[str] | None]:
    """Return where values stand along an axis, and their names when they are no numbers."""
    numbers = [as_number(one) for one in found]
    units = {_unit(one) for one in found}
    if all(one is not None for one in numbers) and len(units) == 1:
        return [one for one in numbers if one is not None], None
    names = list(dict.fromkeys(found))
    return [float(names.index(one)) for one in found], names


def _unit(value: str) -> str:
    return value.strip().lstrip("+-0123456789.eE_").strip() if as_number(value) is not None else ""


def _label(key: str, found: Sequence[str]) -> str:
    units = {_unit(one) for one in found}
    unit = units.pop() if len(units) == 1 else ""
    return f"{key}, {unit}" if unit else key


def heat_svg(column: Column, axes_of: dict[str, tuple[str, ...]]) -> str:
    """Return the figure by two keys: darker is more, and each square says its figure.

    Args:
        column: the figure of each cell, the second key moving fastest.
        axes_of: the values of the two keys.
    """
    from matplotlib.colors import LinearSegmentedColormap
    from matplotlib.figure import Figure

    (down, rows), (across, names) = axes_of.items()
    value, error = shown(column).reshape(2, len(rows), len(names))
    with styled():
        height = 1.0 + min(0.36 * len(rows), 6.0)
        figure = Figure(figsize=(1.5 * WIDTH, height), layout="constrained")
        axes = figure.subplots()
        colours = LinearSegmentedColormap.from_list("sweep", ["#f6f6f6", LIGHT, BLUE])
        picture = axes.imshow(value, aspect="auto", cmap=colours)
        for ticks, texts in ((axes.set_xticks, names), (axes.set_yticks, rows)):
            step = -(-len(texts) // _MOST_NUMBERS)
            some = range(0, len(texts), step)
            ticks(list(some), [texts[place] for place in some], fontsize=SMALL)
        axes.set_xlabel(across)
        axes.set_ylabel(down)
        if max(value.shape) <= _MOST_NUMBERS:
            _written(axes, value, error)
        bar = figure.colorbar(picture, ax=axes, format=plain)
        bar.set_label(unit_of(column))
        return svg(figure)


def _written(axes: Axes, value: np.ndarray, error: np.ndarray) -> None:
    low, high = np.nanmin(value, initial=np.inf), np.nanmax(value, initial=-np.inf)
    for (row, column), one in np.ndenumerate(value):
        if np.isfinite(one):
            dark = high > low and (one - low) / (high - low) > 0.6
            axes.text(
                column,
                row,
                _digits(float(one), float(error[row, column])),
                ha="center",
                va="center",
                fontsize=SMALL,
                color="white" if dark else INK,
            )


def _digits(value: float, error: float) -> str:
    """Return a value to the digits that twice its error supports, three at most."""
    if error <= 0.0 or value == 0.0:
        return significant(value)
    digits = int(np.floor(np.log10(abs(value))) - np.ceil(np.log10(2.0 * error))) + 1
    return significant(value, min(3, max(1, digits)))
