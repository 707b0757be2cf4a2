"""A sweep as one self-contained page: no scripts, no network, nothing but text and SVG."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import batched, islice

from models.language import say, say_count
from simulate.comparison.words import change
from simulate.language.numbers import number, significant
from simulate.report.cells import cell
from simulate.report.paper import Made, written
from simulate.report.style import Picture, as_uri
from simulate.sweep.columns import Column, on_grid, short, values
from simulate.sweep.draw import crowded, heat_svg, lines_svg, shown, unit_of
from simulate.sweep.plan import Each
from simulate.sweep.run import Swept

_MOST_ROWS = 400
# So many measures stand beside each other in a table, and so many are said first.
_ABREAST = 4
_SAID = 3

Rows = Callable[[Swept, Sequence[Column]], Iterator[tuple[str, ...]]]


def file_name(spoken: str) -> str:
    """Return the name of the page in a language.

    Example:
        >>> file_name("sv")
        'svep.sv.html'
    """
    return f"svep.{spoken}.html"


def render(swept: Swept, columns: Sequence[Column], each: Each = map) -> str:
    """Return the page in the language that is spoken; equal cells give equal bytes.

    Args:
        swept, columns: what it shows.
        each: who draws the pictures; this process if left out.
    """
    left_out = max(0, len(swept.plan.cells) - _MOST_ROWS)
    return written(
        "simulate.sweep",
        "svep.html",
        Made(swept.scenario, swept.plan.seed, swept.plan.draws),
        about=about(swept),
        pictures=_pictures(swept, columns, each),
        answers=answers(swept, columns),
        tables=_few(swept, columns, table),
        compared=compared(),
        differences=_few(swept, columns, moved),
        left_out=left_out,
    )


def _few(swept: Swept, columns: Sequence[Column], rows: Rows) -> list[list[tuple[str, ...]]]:
    """Return tables of so few measures each that a sheet of paper has room for them."""
    some = batched(columns, _ABREAST, strict=False)
    return [list(islice(rows(swept, one), _MOST_ROWS + 1)) for one in some]


def answers(swept: Swept, columns: Sequence[Column]) -> tuple[str, ...]:
    """Return in which cell each of the first measures is least and in which it is most."""
    return tuple(_extremes(swept, one) for one in columns[:_SAID] if _values(one))


def _values(column: Column) -> list[tuple[float, int]]:
    return [
        (one.value, place)
        for place, one in enumerate(column.figures)
        if one is not None and one.value is not None
    ]


def _extremes(swept: Swept, column: Column) -> str:
    found = _values(column)
    (_, least), (_, most) = min(found), max(found, key=lambda one: (one[0], -one[1]))
    shown = {place: _figure(column, place) for place in (least, most)}
    if shown[least] == shown[most]:
        return say("{measure}: {value} i alla celler.", measure=column.title, value=shown[least])
    return say(
        "{measure}: minst {low} ({there}), mest {high} ({where}).",
        measure=column.title,
        low=shown[least],
        there=_where(swept, column, least),
        high=shown[most],
        where=_where(swept, column, most),
    )


def _where(swept: Swept, column: Column, place: int) -> str:
    """Return which cell it is, and that others show the same where they do."""
    alike = sum(_figure(column, one) == _figure(column, place) for _, one in _values(column))
    cell = _place(swept, place)
    return say("bland annat {cell}", cell=cell) if alike > 1 else cell


def _place(swept: Swept, place: int) -> str:
    """Return the keys and values of a cell."""
    keys = swept.plan.keys
    return ", ".join(
        f"{name} {values(swept, key)[place] or '–'}"
        for name, key in zip(short(keys), keys, strict=True)
    )


def about(swept: Swept) -> str:
    """Return what a sweep is, as one sentence."""
    return say_count(
        "{count} cell av {keys}, {draws} framtider i varje, med samma slumptal i alla.",
        "{count} celler av {keys}, {draws} framtider i varje, med samma slumptal i alla.",
        len(swept.plan.cells),
        keys=", ".join(swept.plan.keys),
        draws=number(swept.plan.draws),
    )


def compared() -> str:
    """Return what the differences are, as two sentences."""
    return say(
        "Skillnaden är cellens tal minus det i scenariot som det står. Slumptalen är gemensamma, "
        "så felet är skillnadens eget och oftast mycket mindre än talens."
    )


def moved(swept: Swept, columns: Sequence[Column]) -> Iterator[tuple[str, ...]]:
    """Yield the names of the columns, then one row a cell: its keys, and each difference."""
    yield (*short(swept.plan.keys), *(column.title for column in columns))
    keys = [values(swept, key) for key in swept.plan.keys]
    for place in range(len(swept.plan.cells)):
        found = (" ".join(change(one.changes[place], one.unit)).strip() for one in columns)
        yield (*(one[place] or "–" for one in keys), *found)


def table(swept: Swept, columns: Sequence[Column]) -> Iterator[tuple[str, ...]]:
    """Yield the names of the columns, then one row a cell: its keys, and each figure ± error."""
    yield (*short(swept.plan.keys), *(column.title for column in columns))
    keys = [values(swept, key) for key in swept.plan.keys]
    for place in range(len(swept.plan.cells)):
        own = [one[place] or "–" for one in keys]
        yield (*own, *(_figure(column, place) for column in columns))


def _figure(column: Column, place: int) -> str:
    figure = column.figures[place]
    if figure is None:
        return "–"
    text = cell(figure)
    return f"{text.value} {text.error}".strip()


@dataclass(frozen=True)
class _Along:
    """What every picture lies along.

    Attributes:
        keys: what is varied.
        cells: the value of each key in each cell, dims (key, cell).
        axes: the values of each key, where the cells are a grid.
    """

    keys: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]
    axes: dict[str, tuple[str, ...]] | None


def _pictures(swept: Swept, columns: Sequence[Column], each: Each) -> list[Picture]:
    keys = swept.plan.keys
    along = _Along(short(keys), tuple(values(swept, key) for key in keys), on_grid(swept))
    return [one for one in each(partial(_picture, along), columns) if one is not None]


def _picture(along: _Along, column: Column) -> Picture | None:
    """Return the picture of a figure; none where no cell has it."""
    known = [one for one in shown(column)[0].tolist() if not math.isnan(one)]
    if not known:
        return None
    axes, keys = along.axes, along.keys
    if axes is not None and len(axes) == 2 and all(len(one) > 1 for one in axes.values()):
        drawn = heat_svg(column, dict(zip(keys, axes.values(), strict=True)))
        caption = say("Mörkare är mer.")
    else:
        drawn = lines_svg(column, keys, along.cells)
        caption = (
            say(
                "Linjen är medianen av cellerna vid varje värde; ytan går från den lägsta "
                "cellen till den högsta."
            )
            if crowded(column, len(keys) == 1)
            else say("Strecken genom punkterna är två simuleringsfel åt vart håll.")
        )
    alt = say(
        "{title}: från {low} till {high} {unit}.",
        title=column.title,
        low=significant(min(known)),
        high=significant(max(known)),
        unit=unit_of(column),
    )
    return Picture(as_uri(drawn), alt, caption, column.title)
