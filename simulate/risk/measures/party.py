"""What each party, and society, gets out of it."""

from __future__ import annotations

from simulate.risk.estimate import Estimate, mean, probability, quantile
from simulate.risk.measures.base import QUANTILES, Measure, View
from simulate.value.payback import NEVER, NEVER_EXPOSED


def _npv(p: float) -> Measure:
    name = f"npv_p{round(p * 100):02d}"
    return Measure(
        name, "sek", "party", f"Nuvärde, {QUANTILES[p]}", lambda view: quantile(view.own("npv"), p)
    )


def _payback(p: float, discounted: bool) -> Measure:
    variable = "payback_year_discounted" if discounted else "payback_year"
    name = f"{variable}_p{round(p * 100):02d}"

    def law(view: View) -> Estimate:
        return quantile(view.own(variable), p)

    kind = "Återbetalningstid diskonterad" if discounted else "Återbetalningstid"
    return Measure(name, "year", "party", f"{kind}: år, {QUANTILES[p]}", law)


MEASURES = (
    Measure(
        "npv_mean",
        "sek",
        "party",
        "Nuvärde, i genomsnitt",
        lambda view: mean(view.own("npv")),
        key=True,
    ),
    _npv(0.05),
    _npv(0.50),
    _npv(0.95),
    Measure(
        "p_npv_positive",
        "share",
        "party",
        "Sannolikhet för positivt nuvärde",
        lambda view: probability(view.own("npv") > 0),
        key=True,
    ),
    *(_payback(p, False) for p in (0.10, 0.50, 0.90)),
    *(_payback(p, True) for p in (0.10, 0.50, 0.90)),
    Measure(
        "exposure_mean",
        "sek",
        "party",
        "Största underskott, i genomsnitt",
        lambda view: mean(view.own("exposure")),
    ),
    Measure(
        "exposure_p95",
        "sek",
        "party",
        "Största underskott, 95-procentskvantil",
        lambda view: quantile(view.own("exposure"), 0.95),
    ),
    Measure(
        "exposure_year_p50",
        "year",
        "party",
        "År med störst underskott, median",
        lambda view: quantile(view.own("exposure_year"), 0.50),
    ),
    Measure(
        "p_never_payback",
        "share",
        "party",
        "Sannolikhet att aldrig få igen pengarna inom horisonten",
        lambda view: probability(view.own("payback_year") == NEVER),
    ),
    Measure(
        "p_never_exposed",
        "share",
        "party",
        "Sannolikhet att aldrig ligga ute med pengar",
        lambda view: probability(view.own("payback_year") == NEVER_EXPOSED),
    ),
)
