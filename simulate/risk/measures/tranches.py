"""What each tranche gets and risks, where several lend."""

from __future__ import annotations

from models.language import mark
from simulate.risk.estimate import mean, probability
from simulate.risk.measures.base import Measure

MEASURES = (
    Measure(
        "tranche_paid_mean",
        "sek",
        "tranche",
        mark("Betalt till tranchen med garanter, i genomsnitt"),
        lambda view: mean(view.own("tranche_paid_ore", "tranche") / 100.0),
    ),
    Measure(
        "p_tranche_loss",
        "share",
        "tranche",
        mark("Sannolikhet att tranchen förlorar (mindre tillbaka än utlånat)"),
        lambda view: probability(view.own("tranche_loss_ore", "tranche") > 0),
        key=True,
    ),
    Measure(
        "tranche_loss_mean",
        "sek",
        "tranche",
        mark("Tranchens väntade förlust"),
        lambda view: mean(view.own("tranche_loss_ore", "tranche") / 100.0),
        key=True,
    ),
)
