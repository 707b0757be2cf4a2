"""What the investor risks."""

from __future__ import annotations

import numpy as np

from models.language import mark
from simulate.risk.estimate import (
    Estimate,
    mean,
    mean_given,
    probability,
    quantile,
    tail_mean,
    undefined,
)
from simulate.risk.measures.base import Measure, View

_MEDIAN = 0.50


def _loss(view: View) -> Estimate:
    return probability(view.ore("payment") < view.ore("drawn"))


def _full(view: View) -> Estimate:
    return probability(view.ore("payment") >= view.ore("drawn"))


def _shortfall(view: View) -> np.ndarray:
    return np.asarray(view.values("drawn") - view.values("payment"))


def _irr(p: float, title: str) -> Measure:
    def law(view: View) -> Estimate:
        rate = view.values("irr")
        defined = rate[~np.isnan(rate)]
        if len(defined) == 0:
            return undefined()
        if len(defined) == len(rate):
            return quantile(rate, p)
        found, share = quantile(defined, p), len(defined) / len(rate)
        influence = None
        if found.influence is not None:
            influence = np.zeros(len(rate))
            influence[~np.isnan(rate)] = found.influence / share
        return Estimate(found.value, influence, found.status, share, found.atom)

    return Measure(f"irr_p{round(p * 100):02d}", "rate", "investor", title, law, p == _MEDIAN)


def _repaid(p: float, title: str) -> Measure:
    name = f"repayment_p{round(p * 100):02d}"
    return Measure(
        name,
        "sek",
        "investor",
        title,
        lambda view: quantile(view.values("payment"), p),
        p == _MEDIAN,
    )


def _multiple(view: View) -> Estimate:
    return mean_given(view.values("multiple"), view.values("drawn") > 0)


MEASURES = (
    Measure(
        "drawn_mean",
        "sek",
        "investor",
        mark("Draget belopp, i genomsnitt"),
        lambda view: mean(view.values("drawn")),
    ),
    Measure(
        "repayment_mean",
        "sek",
        "investor",
        mark("Återbetalning, i genomsnitt"),
        lambda view: mean(view.values("payment")),
        key=True,
    ),
    _repaid(0.05, mark("Återbetalning, 5-procentskvantil")),
    _repaid(0.50, mark("Återbetalning, median")),
    _repaid(0.95, mark("Återbetalning, 95-procentskvantil")),
    Measure(
        "p_loss",
        "share",
        "investor",
        mark("Sannolikhet för förlust (mindre tillbaka än draget)"),
        _loss,
        key=True,
    ),
    Measure(
        "p_full",
        "share",
        "investor",
        mark("Sannolikhet att hela det dragna beloppet betalas tillbaka"),
        _full,
    ),
    Measure(
        "expected_loss",
        "sek",
        "investor",
        mark("Väntad förlust"),
        lambda view: mean(np.maximum(_shortfall(view), 0.0)),
        key=True,
    ),
    Measure(
        "var_95",
        "sek",
        "investor",
        mark("VaR 95 %: förlust som överskrids i högst 5 % av framtiderna"),
        lambda view: quantile(_shortfall(view), 0.95),
        key=True,
    ),
    Measure(
        "cvar_95",
        "sek",
        "investor",
        mark("CVaR 95 %: genomsnittlig förlust i de värsta 5 %"),
        lambda view: tail_mean(_shortfall(view), 0.95),
        key=True,
    ),
    _irr(0.05, mark("Effektiv årlig avkastning (IRR), 5-procentskvantil")),
    _irr(0.50, mark("Effektiv årlig avkastning (IRR), median")),
    _irr(0.95, mark("Effektiv årlig avkastning (IRR), 95-procentskvantil")),
    Measure(
        "p_irr_undefined",
        "share",
        "investor",
        mark("Sannolikhet att IRR är odefinierad (inget draget)"),
        lambda view: probability(np.isnan(view.values("irr"))),
    ),
    Measure(
        "p_irr_several",
        "share",
        "investor",
        mark("Sannolikhet att IRR har flera lösningar"),
        lambda view: probability(view.values("irr_several").astype(bool)),
    ),
    Measure(
        "multiple_mean",
        "ratio",
        "investor",
        mark("Återbetalt per dragen krona, i genomsnitt"),
        _multiple,
    ),
)
