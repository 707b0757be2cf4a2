"""What the investor risks."""

from __future__ import annotations

import numpy as np

from simulate.risk.estimate import (
    Estimate,
    mean,
    mean_given,
    probability,
    quantile,
    tail_mean,
    undefined,
)
from simulate.risk.measures.base import QUANTILES, Measure, View

_MEDIAN = 0.50


def _loss(view: View) -> Estimate:
    return probability(view.ore("payment") < view.ore("drawn"))


def _full(view: View) -> Estimate:
    return probability(view.ore("payment") >= view.ore("drawn"))


def _shortfall(view: View) -> np.ndarray:
    return np.asarray(view.values("drawn") - view.values("payment"))


def _irr(p: float) -> Measure:
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

    title = f"Effektiv årlig avkastning (IRR), {QUANTILES[p]}"
    return Measure(f"irr_p{round(p * 100):02d}", "rate", "investor", title, law, p == _MEDIAN)


def _repaid(p: float) -> Measure:
    name = f"repayment_p{round(p * 100):02d}"
    title = f"Återbetalning, {QUANTILES[p]}"
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
        "Draget belopp, i genomsnitt",
        lambda view: mean(view.values("drawn")),
    ),
    Measure(
        "repayment_mean",
        "sek",
        "investor",
        "Återbetalning, i genomsnitt",
        lambda view: mean(view.values("payment")),
        key=True,
    ),
    _repaid(0.05),
    _repaid(0.50),
    _repaid(0.95),
    Measure(
        "p_loss",
        "share",
        "investor",
        "Sannolikhet för förlust (mindre tillbaka än draget)",
        _loss,
        key=True,
    ),
    Measure(
        "p_full",
        "share",
        "investor",
        "Sannolikhet att hela det dragna beloppet betalas tillbaka",
        _full,
    ),
    Measure(
        "expected_loss",
        "sek",
        "investor",
        "Väntad förlust",
        lambda view: mean(np.maximum(_shortfall(view), 0.0)),
        key=True,
    ),
    Measure(
        "var_95",
        "sek",
        "investor",
        "VaR 95 %: förlust som överskrids i högst 5 % av framtiderna",
        lambda view: quantile(_shortfall(view), 0.95),
        key=True,
    ),
    Measure(
        "cvar_95",
        "sek",
        "investor",
        "CVaR 95 %: genomsnittlig förlust i de värsta 5 %",
        lambda view: tail_mean(_shortfall(view), 0.95),
        key=True,
    ),
    _irr(0.05),
    _irr(0.50),
    _irr(0.95),
    Measure(
        "p_irr_undefined",
        "share",
        "investor",
        "Sannolikhet att IRR är odefinierad (inget draget)",
        lambda view: probability(np.isnan(view.values("irr"))),
    ),
    Measure(
        "p_irr_several",
        "share",
        "investor",
        "Sannolikhet att IRR har flera lösningar",
        lambda view: probability(view.values("irr_several").astype(bool)),
    ),
    Measure(
        "multiple_mean", "ratio", "investor", "Återbetalt per dragen krona, i genomsnitt", _multiple
    ),
)
