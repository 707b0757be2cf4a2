"""Picture of how large a study should be: what it is worth and what it costs, by its size."""

from __future__ import annotations

from models.language import named, say
from simulate.language.numbers import million, number
from simulate.report.style import (
    BLUE,
    GREY,
    INK,
    ORANGE,
    WIDTH,
    Picture,
    as_uri,
    plain,
    styled,
    svg,
)
from simulate.sensitivity.sampling import Offer
from simulate.sensitivity.told.figures import money

_MILLION = 1e6


def sizes(offer: Offer, counted: str) -> Picture:
    """Return what a study is worth, what it costs and its net benefit, size by size."""
    told = "; ".join(
        say(
            "{persons} {counted}: värd {worth}, kostar {cost}",
            persons=number(one.persons),
            counted=counted,
            worth=money(one.worth.value, one.worth.error),
            cost=million(one.own),
        )
        for one in offer.sizes
    )
    caption = say(
        "Cirklar: vad undersökningen är värd efter väntan, med 95-procentsintervall. Streckad "
        "linje: vad den kostar den som beslutar. Kvadrater: netto. Punktad linje: om allt den "
        "gäller vore känt. Lodrät linje: störst netto, om det säkert är större än noll."
    )
    return Picture(as_uri(_svg(offer, counted)), told + ".", caption, named(offer.study.title))


def _svg(offer: Offer, counted: str) -> str:
    from matplotlib.figure import Figure

    x = [one.persons for one in offer.sizes]
    with styled():
        figure = Figure(figsize=(1.5 * WIDTH, 3.2), layout="constrained")
        axes = figure.subplots()
        worth = [(offer.kept * one.worth.value - offer.waiting) / _MILLION for one in offer.sizes]
        off = [offer.kept * (one.worth.high - one.worth.value) / _MILLION for one in offer.sizes]
        limit = (offer.kept * offer.limit.value - offer.waiting) / _MILLION
        axes.axhline(0.0, color=GREY, linewidth=0.8)
        axes.axhline(limit, color=BLUE, linewidth=0.9, linestyle=(0, (1, 2)))
        axes.errorbar(x, worth, yerr=off, color=BLUE, marker="o", markersize=4, capsize=2)
        costs = [one.own / _MILLION for one in offer.sizes]
        axes.plot(x, costs, color=ORANGE, linestyle=(0, (4, 2)))
        net = [one.net[0] / _MILLION for one in offer.sizes]
        axes.plot(x, net, color=INK, marker="s", markersize=4)
        if offer.best is not None:
            axes.axvline(offer.best.persons, color=INK, linewidth=0.8)
        axes.set_xscale("log")
        axes.set_xticks(x, [number(one) for one in x])
        axes.minorticks_off()
        axes.yaxis.set_major_formatter(plain)
        axes.set_xlabel(counted)
        axes.set_ylabel(say("mkr"))
        return svg(figure)
