"""What each party, and society, gets out of it."""

from __future__ import annotations

from models.language import mark
from simulate.risk.estimate import Estimate, mean, probability, quantile
from simulate.risk.measures.base import Measure, View
from simulate.value.payback import NEVER, NEVER_EXPOSED


def _npv(p: float, title: str) -> Measure:
    name = f"npv_p{round(p * 100):02d}"
    return Measure(name, "sek", "party", title, lambda view: quantile(view.own("npv"), p))


def _payback(variable: str, p: float, title: str) -> Measure:
    name = f"{variable}_p{round(p * 100):02d}"

    def law(view: View) -> Estimate:
        return quantile(view.own(variable), p)

    return Measure(name, "year", "party", title, law)


MEASURES = (
    Measure(
        "npv_mean",
        "sek",
        "party",
        mark("Nuvärde, i genomsnitt"),
        lambda view: mean(view.own("npv")),
        key=True,
    ),
    _npv(0.05, mark("Nuvärde, 5-procentskvantil")),
    _npv(0.50, mark("Nuvärde, median")),
    _npv(0.95, mark("Nuvärde, 95-procentskvantil")),
    Measure(
        "p_npv_positive",
        "share",
        "party",
        mark("Sannolikhet för positivt nuvärde"),
        lambda view: probability(view.own("npv") > 0),
        key=True,
    ),
    _payback("payback_year", 0.10, mark("Återbetalningstid: år, 10-procentskvantil")),
    _payback("payback_year", 0.50, mark("Återbetalningstid: år, median")),
    _payback("payback_year", 0.90, mark("Återbetalningstid: år, 90-procentskvantil")),
    _payback(
        "payback_year_discounted",
        0.10,
        mark("Återbetalningstid diskonterad: år, 10-procentskvantil"),
    ),
    _payback("payback_year_discounted", 0.50, mark("Återbetalningstid diskonterad: år, median")),
    _payback(
        "payback_year_discounted",
        0.90,
        mark("Återbetalningstid diskonterad: år, 90-procentskvantil"),
    ),
    Measure(
        "exposure_mean",
        "sek",
        "party",
        mark("Största underskott, i genomsnitt"),
        lambda view: mean(view.own("exposure")),
    ),
    Measure(
        "exposure_p95",
        "sek",
        "party",
        mark("Största underskott, 95-procentskvantil"),
        lambda view: quantile(view.own("exposure"), 0.95),
    ),
    Measure(
        "exposure_year_p50",
        "year",
        "party",
        mark("År med störst underskott, median"),
        lambda view: quantile(view.own("exposure_year"), 0.50),
    ),
    Measure(
        "p_never_payback",
        "share",
        "party",
        mark("Sannolikhet att aldrig få igen pengarna inom horisonten"),
        lambda view: probability(view.own("payback_year") == NEVER),
    ),
    Measure(
        "p_never_exposed",
        "share",
        "party",
        mark("Sannolikhet att aldrig ligga ute med pengar"),
        lambda view: probability(view.own("payback_year") == NEVER_EXPOSED),
    ),
)
