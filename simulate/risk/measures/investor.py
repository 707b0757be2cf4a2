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


def _loss(view: View) -> Estimate:
    return probability(view.values("payment") < view.values("drawn"))


def _full(view: View) -> Estimate:
    return probability(view.values("payment") >= view.values("drawn"))


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
        found = quantile(defined, p)
        return Estimate(found.value, None, found.status, len(defined) / len(rate), found.atom)

    title = f"Effektiv årlig avkastning (IRR), {QUANTILES[p]}"
    return Measure(f"irr_p{round(p * 100):02d}", "rate", "investor", title, law)


def _repaid(p: float) -> Measure:
    name = f"repayment_p{round(p * 100):02d}"
    title = f"Återbetalning, {QUANTILES[p]}"
    return Measure(name, "sek", "investor", title, lambda view: quantile(view.values("payment"), p))


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
    ),
    _repaid(0.05),
    _repaid(0.50),
    _repaid(0.95),
    Measure(
        "p_loss", "share", "investor", "Sannolikhet för förlust (mindre tillbaka än draget)", _loss
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
    ),
    Measure(
        "var_95",
        "sek",
        "investor",
        "VaR 95 %: förlust som överskrids i högst 5 % av framtiderna",
        lambda view: quantile(_shortfall(view), 0.95),
    ),
    Measure(
        "cvar_95",
        "sek",
        "investor",
        "CVaR 95 %: genomsnittlig förlust i de värsta 5 %",
        lambda view: tail_mean(_shortfall(view), 0.95),
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
