"""What the fund and the nämnder risk."""

from __future__ import annotations

import numpy as np

from models.language import mark
from simulate.risk.estimate import Estimate, mean, probability, quantile
from simulate.risk.measures.base import Measure, View


def _lowest(view: View) -> np.ndarray:
    return np.asarray(view.ore("balance").min(axis=1) / 100.0)


def _refilled(view: View) -> Estimate:
    return probability(view.ore("balance")[:, -1] >= view.ore("capital"))


def _gap(view: View) -> np.ndarray:
    return view.own("gap_ore", "namnd") / 100.0


def _signed(view: View) -> np.ndarray:
    return (view.own("owed_ore", "namnd") - view.own("realised_ore", "namnd")) / 100.0


def _returns_more(view: View) -> np.ndarray:
    """Where more is returned than saved over the horizon; a cost that grows is no saving."""
    saved = np.maximum(view.own("realised_ore", "namnd"), 0)
    return np.asarray(view.own("owed_ore", "namnd") > saved)


MEASURES = (
    Measure(
        "balance_min_p05",
        "sek",
        "fund",
        mark("Fondens lägsta saldo vid ett årsskifte, 5-procentskvantil"),
        lambda view: quantile(_lowest(view), 0.05),
        key=True,
    ),
    Measure(
        "balance_min_p50",
        "sek",
        "fund",
        mark("Fondens lägsta saldo vid ett årsskifte, median"),
        lambda view: quantile(_lowest(view), 0.50),
    ),
    Measure(
        "balance_end_mean",
        "sek",
        "fund",
        mark("Fondens saldo vid horisontens slut, i genomsnitt"),
        lambda view: mean(view.ore("balance")[:, -1] / 100.0),
        key=True,
    ),
    Measure(
        "p_insolvent",
        "share",
        "fund",
        mark("Sannolikhet att fonden något år inte kan betala vad den beviljat"),
        lambda view: probability(view.values("insolvent").astype(bool)),
        key=True,
    ),
    Measure(
        "p_refilled_by_horizon",
        "share",
        "fund",
        mark("Sannolikhet att fonden vid horisontens slut har minst det inbetalda kapitalet"),
        _refilled,
        key=True,
    ),
    Measure(
        "refill_years_p50",
        "years",
        "fund",
        mark("År från beslutet tills fonden har det inbetalda kapitalet igen, median"),
        lambda view: quantile(view.values("refill_years"), 0.50),
    ),
    Measure(
        "refill_years_p90",
        "years",
        "fund",
        mark("År från beslutet tills fonden har det inbetalda kapitalet igen, 90-procentskvantil"),
        lambda view: quantile(view.values("refill_years"), 0.90),
    ),
    Measure(
        "interest_free_loss_mean",
        "sek",
        "fund",
        mark("Nuvärde som fonden förlorar: beviljat minus räntefri återföring, i genomsnitt"),
        lambda view: mean(-view.own("npv")),
    ),
    Measure(
        "outstanding_mean",
        "sek",
        "fund",
        mark("Återföring som återstår vid horisontens slut, i genomsnitt"),
        lambda view: mean(view.values("outstanding")),
    ),
    Measure(
        "further_grants_mean",
        "count",
        "grants",
        mark("Ytterligare investeringar som fonden beviljar, i genomsnitt"),
        lambda view: mean(view.values("further_count").astype(float)),
        key=True,
    ),
    Measure(
        "owed_mean",
        "sek",
        "namnd",
        mark("Återföring att betala, i genomsnitt"),
        lambda view: mean(view.own("owed_ore", "namnd") / 100.0),
    ),
    Measure(
        "realised_mean",
        "sek",
        "namnd",
        mark("Realiserad hemtagbar besparing, i genomsnitt"),
        lambda view: mean(view.own("realised_ore", "namnd") / 100.0),
    ),
    Measure(
        "gap_mean",
        "sek",
        "namnd",
        mark("Återföring utöver realiserad besparing, summa över åren, i genomsnitt"),
        lambda view: mean(_gap(view)),
        key=True,
    ),
    Measure(
        "gap_p95",
        "sek",
        "namnd",
        mark("Återföring utöver realiserad besparing, 95-procentskvantil"),
        lambda view: quantile(_gap(view), 0.95),
    ),
    Measure(
        "gap_signed_mean",
        "sek",
        "namnd",
        mark("Återföring minus realiserad besparing, i genomsnitt"),
        lambda view: mean(_signed(view)),
    ),
    Measure(
        "p_gap",
        "share",
        "namnd",
        mark("Sannolikhet att nämnden återför mer än den sparar över horisonten"),
        lambda view: probability(_returns_more(view)),
        key=True,
    ),
)
