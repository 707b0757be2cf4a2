"""What has no price: how many persons reach it, and whether a printed target is met."""

from __future__ import annotations

from models.language import mark
from simulate.risk.estimate import Estimate, mean, probability, quantile, undefined
from simulate.risk.measures.base import Measure, View
from simulate.truth.gains import NO_TARGET


def _reached(p: float, title: str) -> Measure:
    return Measure(
        f"gain_reached_p{round(p * 100):02d}",
        "persons",
        "gain",
        title,
        lambda view: quantile(view.own("gain_reached", "gain"), p),
    )


def _target(view: View) -> Estimate:
    met = view.own("gain_met", "gain")
    return undefined() if (met == NO_TARGET).all() else probability(met == 1.0)


MEASURES = (
    Measure(
        "gain_reached_mean",
        "persons",
        "gain",
        mark("Personer som når dit, i genomsnitt"),
        lambda view: mean(view.own("gain_reached", "gain")),
    ),
    _reached(0.05, mark("Personer som når dit, 5-procentskvantil")),
    _reached(0.50, mark("Personer som når dit, median")),
    _reached(0.95, mark("Personer som når dit, 95-procentskvantil")),
    Measure(
        "gain_caused_mean",
        "persons",
        "gain",
        mark("Varav tack vare insatsen, i genomsnitt"),
        lambda view: mean(view.own("gain_caused", "gain")),
    ),
    Measure(
        "p_gain_caused",
        "share",
        "gain",
        mark("Sannolikhet att insatsen hjälper fler än den stjälper"),
        lambda view: probability(view.own("gain_caused", "gain") > 0),
    ),
    Measure(
        "p_target_met",
        "share",
        "gain",
        mark("Sannolikhet att målet nås"),
        _target,
        key=True,
    ),
)
