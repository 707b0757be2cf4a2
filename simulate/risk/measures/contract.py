"""How the contract behaves: what it pays, and how often it pays for nothing."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from models.language import mark
from simulate.futures import only_guarantee
from simulate.risk.estimate import (
    Estimate,
    mean,
    mean_given,
    probability,
    probability_given,
    undefined,
)
from simulate.risk.measures.base import Measure, View


def _only_guarantee(view: View) -> np.ndarray:
    return only_guarantee(
        {name: view.futures[name].values for name in ("guarantee_ore", "uncapped_ore")}
    )


def _full(view: View) -> np.ndarray:
    return np.asarray(view.ore("payment") >= view.ore("drawn"))


def _at_cap(view: View) -> Estimate:
    return probability(view.ore("uncapped") >= view.ore("cap"))


def _no_saving_given_full(view: View) -> Estimate:
    return probability_given(view.values("true_saving_window") <= 0, _full(view))


def _saving_given_guarantee(view: View) -> Estimate:
    enough = view.values("true_saving_window") >= view.values("drawn")
    return probability_given(enough, _only_guarantee(view))


# From what is paid, drawn and guaranteed, öre, to an estimate.
Law = Callable[[np.ndarray, np.ndarray, np.ndarray], Estimate]


def _worth_of_an_error(view: View) -> Estimate:
    """Kronor per standard error, where a clause pays by the krona; steps have a dispute zone."""
    if "payment_per_error" not in view.futures:
        return undefined()
    return mean(view.values("payment_per_error"))


def _when(intervention: str, law: Law) -> Callable[[View], Estimate]:
    def asked(view: View) -> Estimate:
        payment = view.asked("payment_ore", intervention)
        if payment is None:
            return undefined()
        # Where a rule can stop the funding, what is drawn depends on what is set.
        drawn, guarantee = (
            view.futures[name].values if there is None else there
            for name in ("drawn_ore", "guarantee_ore")
            for there in [view.asked(name, intervention)]
        )
        return law(payment, drawn, guarantee)

    return asked


def _paid_in_full(payment: np.ndarray, drawn: np.ndarray, guarantee: np.ndarray) -> Estimate:
    return probability(payment >= drawn)


def _paid_more(payment: np.ndarray, drawn: np.ndarray, guarantee: np.ndarray) -> Estimate:
    return probability(payment > guarantee)


def _share(payment: np.ndarray, drawn: np.ndarray, guarantee: np.ndarray) -> Estimate:
    return mean_given(payment / np.maximum(drawn, 1), drawn > 0)


def _unpaid(intervention: str) -> Callable[[View], Estimate]:
    def law(view: View) -> Estimate:
        only = view.asked("only_guarantee", intervention)
        return undefined() if only is None else probability(only.astype(bool))

    return law


def _each(name: str, titles: tuple[str, str], law: Law, key: bool) -> tuple[Measure, Measure]:
    """A measure of an insats without effect: with the scenario's drift of costs, and without."""
    with_drift, without = titles
    return (
        Measure(name, "share", "contract", with_drift, _when("no_effect", law), key),
        Measure(
            f"{name}_no_drift", "share", "contract", without, _when("no_effect_no_drift", law), key
        ),
    )


MEASURES = (
    *_each(
        "p_full_without_effect",
        (
            mark("Hela beloppet betalas, fast insatsen saknar effekt"),
            mark("Hela beloppet betalas, fast insatsen saknar effekt, utan drift"),
        ),
        _paid_in_full,
        key=True,
    ),
    *_each(
        "p_paid_without_effect",
        (
            mark("Mer än garantin betalas, fast insatsen saknar effekt"),
            mark("Mer än garantin betalas, fast insatsen saknar effekt, utan drift"),
        ),
        _paid_more,
        key=True,
    ),
    *_each(
        "share_without_effect",
        (
            mark("Betald andel av det dragna, fast insatsen saknar effekt"),
            mark("Betald andel av det dragna, fast insatsen saknar effekt, utan drift"),
        ),
        _share,
        key=False,
    ),
    Measure(
        "p_unpaid_with_effect",
        "share",
        "contract",
        mark("Bara garantin betalas, fast effekten motsvarar det dragna"),
        _unpaid("break_even"),
        key=True,
    ),
    Measure(
        "p_unpaid_with_effect_no_drift",
        "share",
        "contract",
        mark("Bara garantin betalas fast effekten motsvarar det dragna, opartisk måttstock"),
        _unpaid("break_even_no_drift"),
    ),
    Measure(
        "p_stopped",
        "share",
        "gates",
        mark("Finansieringen upphör på vägen"),
        lambda view: probability(view.values("stopped") > 0),
        key=True,
    ),
    Measure(
        "p_guarantee_only",
        "share",
        "contract",
        mark("Bara garantin betalas"),
        lambda view: probability(_only_guarantee(view)),
    ),
    Measure(
        "p_nothing",
        "share",
        "contract",
        mark("Ingenting betalas"),
        lambda view: probability(view.ore("payment") == 0),
    ),
    Measure("p_cap", "share", "contract", mark("Taket nås"), _at_cap),
    Measure(
        "p_no_saving_given_full",
        "share",
        "contract",
        mark("Ingen sann besparing, givet att hela beloppet betalas"),
        _no_saving_given_full,
    ),
    Measure(
        "p_saving_given_guarantee_only",
        "share",
        "contract",
        mark("Sann besparing minst så stor som det dragna, givet att bara garantin betalas"),
        _saving_given_guarantee,
    ),
    Measure(
        "p_dispute",
        "share",
        "contract",
        mark("Måttet hamnar inom sitt eget medelfel från ett villkor (tvistezon)"),
        lambda view: probability(view.values("disputed").astype(bool)),
        key=True,
    ),
    Measure(
        "payment_per_standard_error",
        "sek",
        "contract",
        mark("Betalning som ett medelfel i måttet är värt"),
        _worth_of_an_error,
    ),
)
