"""Figures of what the contract does at one effect, each with its Monte Carlo standard error."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from simulate.contract import money
from simulate.operating.paid import Paid
from simulate.risk.error import Used
from simulate.risk.estimate import Estimate, mean, mean_given, probability, quantile
from simulate.risk.risk import Figure, estimated
from simulate.scenario.tree.party import CONTRACT

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
# Name → what it is: the true saving in the window, the payment's mean and quantiles, P(all that was
# drawn is paid), P(more than the guarantee), P(nothing more), E(payment / drawn).
NAMES = (
    "true_saving",
    "payment_mean",
    *(f"payment_p{100 * p:02.0f}" for p in QUANTILES),
    "p_full",
    "p_more",
    "p_only",
    "share",
)


@dataclass(frozen=True)
class Behaviour:
    """What the contract does at one effect.

    Attributes:
        multiple: the effect in e_F.
        distance: the effect as a distance from none in its good direction.
        figures: by name, see :data:`NAMES`.
    """

    multiple: float
    distance: float
    figures: dict[str, Figure]

    def value(self, name: str) -> float:
        """Return a figure's value; NaN where it is undefined."""
        value = self.figures[name].value
        return float("nan") if value is None else value


def behaviour(paid: Paid, multiple: float, distance: float, used: Iterable[Used] = ()) -> Behaviour:
    """Return the figures of one effect.

    Args:
        paid: in every future.
        multiple, distance: which effect it is.
        used: the posterior samples that the futures used, of each evidence block.
    """
    used = tuple(used)
    payment = money.sek(paid.payment)
    drawn = paid.drawn > 0
    found: dict[str, tuple[str, Estimate]] = {
        "true_saving": ("sek", mean(paid.saving)),
        "payment_mean": ("sek", mean(payment)),
        **{f"payment_p{100 * p:02.0f}": ("sek", quantile(payment, p)) for p in QUANTILES},
        "p_full": ("share", probability(paid.full)),
        "p_more": ("share", probability(paid.more)),
        "p_only": ("share", probability(paid.only)),
        "share": ("share", mean_given(paid.payment / np.maximum(paid.drawn, 1), drawn)),
    }
    figures = {name: figure(name, unit, one, used) for name, (unit, one) in found.items()}
    return Behaviour(multiple, distance, figures)


def figure(name: str, unit: str, found: Estimate, used: Iterable[Used] = ()) -> Figure:
    """Return an estimate as a figure of the contract.

    Example:
        >>> figure("p_full", "share", probability(np.array([True, False]))).value
        0.5
    """
    what = Figure(CONTRACT, name, None, None, unit, None)
    return estimated(what, found, used)
