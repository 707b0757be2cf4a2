"""A sweep as one self-contained page: no scripts, no network, nothing but text and SVG."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from models.language import say, say_count
from simulate.comparison.words import change
from simulate.language.numbers import number, significant
from simulate.report.cells import cell
from simulate.report.paper import Made, written
from simulate.report.style import Picture, as_uri
from simulate.sweep.columns import Column, on_grid, short, values
from simulate.sweep.draw import crowded, heat_svg, lines_svg, shown, unit_of
from simulate.sweep.run import Swept

_MOST_ROWS = 400


def file_name(spoken: str) -> str:
    """Return the name of the page in a language.

    Example:
        >>> file_name("sv")
        'svep.sv.html'
    """
    return f"svep.{spoken}.html"


def render(swept: Swept, columns: Sequence[Column]) -> str:
    """Return the page in the language that is spoken; equal cells give equal bytes."""
    head, *rows = table(swept, columns)
    differences = list(moved(swept, columns))
    return written(
        "simulate.sweep",
        "svep.html",
        Made(swept.scenario, swept.plan.seed, swept.plan.draws),
        about=about(swept),
        pictures=list(_pictures(swept, columns)),
        head=head,
        rows=rows[:_MOST_ROWS],
        compared=compared(),
        differences=differences[: _MOST_ROWS + 1],
        left_out=max(0, len(rows) - _MOST_ROWS),
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


def _pictures(swept: Swept, columns: Sequence[Column]) -> Iterator[Picture]:
    axes = on_grid(swept)
    keys = swept.plan.keys
    found = [values(swept, key) for key in keys]
    for column in columns:
        known = [one for one in shown(column)[0].tolist() if not math.isnan(one)]
        if not known:
            continue
        if axes is not None and len(axes) == 2 and all(len(one) > 1 for one in axes.values()):
            picture = heat_svg(column, dict(zip(short(keys), axes.values(), strict=True)))
            caption = say("Mörkare är mer.")
        else:
            picture = lines_svg(column, short(keys), found)
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
        yield Picture(as_uri(picture), alt, caption, column.title)
