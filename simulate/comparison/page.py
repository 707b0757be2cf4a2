"""A comparison as one self-contained page: no scripts, no network, nothing but text and SVG."""

from __future__ import annotations

from textwrap import fill

from models.language import language, named, say
from simulate.comparison.compare import Compared
from simulate.comparison.paired import Change, Name
from simulate.comparison.words import (
    about,
    answers,
    change,
    figures,
    part,
    pays,
    sharper,
    splits,
    texts,
    title,
    unit,
)
from simulate.language.measures import UNITS
from simulate.provenance import versions
from simulate.report.environment import environment
from simulate.report.style import (
    BLUE,
    GREY,
    INK,
    ORANGE,
    SMALL,
    WIDTH,
    Picture,
    as_uri,
    plain,
    styled,
    svg,
)

_FACTORS = {"sek": 1e-6, "share": 100.0, "rate": 100.0}


def file_name(spoken: str) -> str:
    """Return the name of the page in a language.

    Example:
        >>> file_name("sv")
        'jamforelse.sv.html'
    """
    return f"jamforelse.{spoken}.html"


def render(compared: Compared) -> str:
    """Return the page in the language that is spoken; equal comparisons give equal bytes."""
    head, *rows = figures(compared, every=True)
    split_head, *split_rows = splits(compared)
    return (
        environment("simulate.comparison")
        .get_template("jamforelse.html")
        .render(
            titles=[named(one.scenario.title) for one in (compared.a, compared.b)],
            sides=[
                f"{letter}: {named(one.scenario.title)}"
                for letter, one in (("A", compared.a), ("B", compared.b))
            ],
            language=language(),
            say=say,
            about=about(compared),
            answers=answers(compared),
            texts=texts(compared),
            sharper=sharper(compared),
            head=head,
            rows=rows,
            split_head=split_head,
            split_rows=split_rows,
            pays=list(pays(compared)),
            pictures=[_picture(compared, name) for name in compared.targets],
            provenance=[
                (say("Jämförelse"), compared.run_id),
                (say("Frö"), str(compared.seed)),
                *versions().items(),
            ],
        )
    )


def _picture(compared: Compared, name: Name) -> Picture:
    rows = _bars(compared, name)
    said = "; ".join(f"{what}: {change(one, unit(compared, name))[0]}" for what, one in rows)
    return Picture(
        as_uri(parts_svg(compared, name)),
        said + ".",
        say("Varje del ändrad ensam, från A. Strecken är två simuleringsfel åt vart håll."),
        title(compared, name),
    )


def _bars(compared: Compared, name: Name) -> list[tuple[str, Change]]:
    rows = [(part(compared, one), one.changes[name]) for one in compared.splits]
    rows.append((say("Samspel mellan delarna"), compared.interaction[name]))
    rows.append((say("Tillsammans"), compared.changes[name]))
    return [(what, one) for what, one in rows if one.value is not None]


def parts_svg(compared: Compared, name: Name) -> str:
    """Return what each part moves a figure alone, their interaction, and all of them together."""
    from matplotlib.figure import Figure

    rows, of = _bars(compared, name), unit(compared, name)
    factor = _FACTORS.get(of, 1.0)
    with styled():
        figure = Figure(figsize=(1.5 * WIDTH, 0.8 + 0.45 * len(rows)), layout="constrained")
        axes = figure.subplots()
        last = len(rows) - 1
        axes.barh(
            range(len(rows)),
            [(one.value or 0.0) * factor for _, one in rows],
            xerr=[2.0 * (one.mcse or 0.0) * factor for _, one in rows],
            height=0.6,
            color=[ORANGE if place == last else BLUE for place in range(len(rows))],
            hatch=["//" if place == last else "" for place in range(len(rows))],
            edgecolor="white",
            ecolor=INK,
            capsize=2,
        )
        axes.axvline(0.0, color=GREY, linewidth=0.8)
        axes.set_yticks(range(len(rows)), [fill(what, 30) for what, _ in rows], fontsize=SMALL)
        axes.set_ylim(last + 0.6, -0.6)
        axes.xaxis.set_major_formatter(plain)
        axes.set_xlabel(say(UNITS[of]))
        axes.locator_params(axis="x", nbins=6)
        return svg(figure)
