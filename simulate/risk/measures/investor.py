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
from simulate.risk.measures.base import Measure, View


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

    return Measure(f"irr_p{round(p * 100):02d}", "rate", "investor", law)


def _repaid(p: float) -> Measure:
    name = f"repayment_p{round(p * 100):02d}"
    return Measure(name, "sek", "investor", lambda view: quantile(view.values("payment"), p))


def _multiple(view: View) -> Estimate:
    return mean_given(view.values("multiple"), view.values("drawn") > 0)


MEASURES = (
    Measure("drawn_mean", "sek", "investor", lambda view: mean(view.values("drawn"))),
    Measure("repayment_mean", "sek", "investor", lambda view: mean(view.values("payment"))),
    _repaid(0.05),
    _repaid(0.50),
    _repaid(0.95),
    Measure("p_loss", "share", "investor", _loss),
    Measure("p_full", "share", "investor", _full),
    Measure(
        "expected_loss", "sek", "investor", lambda view: mean(np.maximum(_shortfall(view), 0.0))
    ),
    Measure("var_95", "sek", "investor", lambda view: quantile(_shortfall(view), 0.95)),
    Measure("cvar_95", "sek", "investor", lambda view: tail_mean(_shortfall(view), 0.95)),
    _irr(0.05),
    _irr(0.50),
    _irr(0.95),
    Measure(
        "p_irr_undefined",
        "share",
        "investor",
        lambda view: probability(np.isnan(view.values("irr"))),
    ),
    Measure(
        "p_irr_several",
        "share",
        "investor",
        lambda view: probability(view.values("irr_several").astype(bool)),
    ),
    Measure("multiple_mean", "ratio", "investor", _multiple),
)
