"""Pictures of a sensitivity study: the tornado, and shares of variance with their intervals."""

from __future__ import annotations

from textwrap import fill

from models.language import say
from simulate.report.style import (
    BLUE,
    GREY,
    INK,
    LIGHT,
    ORANGE,
    SMALL,
    WIDTH,
    Picture,
    as_uri,
    percent_axis,
    plain,
    styled,
    svg,
)
from simulate.sensitivity.study import Answer, Sensitivity
from simulate.sensitivity.told.figures import answer, index
from simulate.sensitivity.told.names import answer_name, factor_name

_NAME = 30
_MILLION = 1e6


def tornado(study: Sensitivity, found: Answer, most: int) -> Picture:
    """Return the answer with each factor at its low and at its high end."""
    bars = found.moving[:most]
    names = [factor_name(study.scenario, bar.factor) for bar in bars]
    what = answer_name(study.scenario, found.target)
    told = "; ".join(
        say(
            "{name}: {low} till {high}",
            name=name,
            low=answer(found.target, bar.at_low),
            high=answer(found.target, bar.at_high),
        )
        for name, bar in zip(names, bars, strict=True)
    )
    caption = say(
        "Cirkel: talet vid sin 10-procentspunkt. Kvadrat: vid sin 90-procentspunkt. Streckad "
        "linje: som det är nu."
    )
    return Picture(as_uri(_tornado_svg(found, names)), told + ".", caption, _begun(what))


def shares(study: Sensitivity, found: Answer, most: int) -> Picture:
    """Return the shares of variance of first and of total order."""
    each = found.shares[:most]
    names = [factor_name(study.scenario, share.factor) for share in each]
    what = answer_name(study.scenario, found.target)
    told = "; ".join(
        say(
            "{name}: ensam {first}, med samspel {total}",
            name=name,
            first=index(share.indices.first),
            total=index(share.indices.total),
        )
        for name, share in zip(names, each, strict=True)
    )
    caption = say("Mörk stapel: ensam. Ljus stapel: med samspel. Streck: 95-procentsintervall.")
    return Picture(as_uri(_shares_svg(found, names)), told + ".", caption, _begun(what))


def _tornado_svg(found: Answer, names: list[str]) -> str:
    from matplotlib.figure import Figure

    share = found.target.unit == "share"
    scale = 1.0 if share else _MILLION
    with styled():
        figure = Figure(figsize=(1.5 * WIDTH, 0.9 + 0.42 * len(names)), layout="constrained")
        axes = figure.subplots()
        for place, bar in enumerate(found.moving[: len(names)]):
            ends = (bar.at_low[0] / scale, bar.at_high[0] / scale)
            axes.plot(ends, [place, place], color=GREY, linewidth=6.0, alpha=0.35, zorder=1)
            for (value, error), marker, color in (
                (bar.at_low, "o", BLUE),
                (bar.at_high, "s", ORANGE),
            ):
                off = 2.0 * error / scale
                axes.errorbar(value / scale, place, xerr=off, fmt=marker, color=color, markersize=5)
        axes.axvline(found.value[0] / scale, color=INK, linewidth=0.8, linestyle=(0, (4, 2)))
        _named(axes, names)
        if share:
            percent_axis(axes.xaxis)
            axes.set_xlabel(say("sannolikhet"))
        else:
            axes.xaxis.set_major_formatter(plain)
            axes.set_xlabel(say("mkr"))
        axes.locator_params(axis="x", nbins=6)
        return svg(figure)


def _shares_svg(found: Answer, names: list[str]) -> str:
    from matplotlib.figure import Figure

    with styled():
        figure = Figure(figsize=(1.5 * WIDTH, 0.9 + 0.5 * len(names)), layout="constrained")
        axes = figure.subplots()
        for place, share in enumerate(found.shares[: len(names)]):
            for one, color, below in (
                (share.indices.first, BLUE, -0.18),
                (share.indices.total, LIGHT, 0.18),
            ):
                axes.barh(place + below, max(one.value, 0.0), height=0.34, color=color)
                axes.errorbar(
                    one.value,
                    place + below,
                    xerr=one.reach * one.mcse,
                    fmt="none",
                    ecolor=INK,
                    elinewidth=0.9,
                    capsize=2,
                )
        _named(axes, names)
        percent_axis(axes.xaxis)
        axes.set_xlabel(say("del av variansen"))
        return svg(figure)


def _named(axes: object, names: list[str]) -> None:
    filled = [fill(name, _NAME) for name in names]
    axes.set_yticks(range(len(names)), filled, fontsize=SMALL)  # type: ignore[attr-defined]  # of matplotlib
    axes.set_ylim(len(names) - 0.4, -0.6)  # type: ignore[attr-defined]  # of matplotlib


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]
