"""The answer in words: pure functions of a result, the same on the page and in the terminal."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from models.quantity import SHARE
from simulate.characteristics import drift_settings
from simulate.language.measures import VERDICTS
from simulate.language.numbers import frequency, million, percent
from simulate.language.quantities import quantity
from simulate.language.quantities import spread as spread_text
from simulate.report.atoms import repaid, spikes
from simulate.report.reading import Paired, Spread, paired, spread
from simulate.risk.risk import Figure
from simulate.run import Result

Floats = NDArray[np.float64]

# Two standard deviations closer than this are said to be about equal, a half is a half.
_ALIKE = 0.05
_ABOUT_HALF = 0.03


def answers(result: Result) -> tuple[str, str, str]:
    """Return the three sentences: the loss, the insats without effect, and which is noisier."""
    return loss(result), without_effect(result), noisier(result)


def loss(result: Result) -> str:
    """Return how likely a loss is for the investor, and how large."""
    p, expected, drawn = (result.figure(name) for name in ("p_loss", "expected_loss", "drawn_mean"))
    investor = result.scenario.parties[result.scenario.contract.investor].name
    return (
        f"{investor} förlorar pengar i {_futures(p)} ({_share(p)}); den väntade förlusten är "
        f"{_sek(expected)} av i genomsnitt {_sek(drawn)} som lånas ut."
    )


def without_effect(result: Result) -> str:
    """Return how often an insats without effect is paid for, or why that cannot be said."""
    if result.couples:
        return (
            "Hur ofta en insats utan effekt skulle få betalt går inte att säga här: kontraktets "
            "eget utfall ingår i evidensen, så effekt och kostnadsdrift hänger ihop. Kör scenariot "
            "så som det såg ut vid undertecknandet för att få veta det."
        )
    full, calm, paid = (
        result.figure(f"{name}_without_effect{which}")
        for name, which in (("p_full", ""), ("p_full", "_no_drift"), ("p_paid", "_no_drift"))
    )
    first = (
        f"En insats utan effekt skulle ändå få hela det dragna beloppet betalt i {_futures(full)} "
        f"({_share(full)})"
    )
    more = "mer än garantin" if _guaranteed(result) else "betalt"
    if drift_settings(result.scenario):
        return (
            f"{first}; med en opartisk måttstock, utan kostnadsdrift, i {_futures(calm)} "
            f"({_share(calm)}). En insats utan effekt får {more} i {_about(paid)} med en opartisk "
            f"måttstock ({_share(paid)})."
        )
    return f"{first}, och {more} i {_about(paid)} ({_share(paid)})."


def noisier(result: Result) -> str:
    """Return which varies most: the truth or the error of the measurement."""
    pair = paired(result.scenario, result.futures)
    found = spread(result, pair)
    if found is None:
        return (
            f"Måttet «{pair.title}» har inget pris: mätningen kan inte jämföras med en sann "
            "besparing."
        )
    if pair.stated is not None:
        sd = spread_text(found.truth, pair.dimension, found.truth_error)
        return (
            f"Mätningen är redan känd ({quantity(pair.stated, pair.dimension)}), men den sanna "
            f"besparingen är fortfarande okänd: dess standardavvikelse är {sd}."
        )
    error = max(found.noise_error, found.truth_error)
    noise, truth = (spread_text(sd, pair.dimension, error) for sd in (found.noise, found.truth))
    if not pair.money:
        return (
            f"{_compared(found, 'Slumpen i mätningen', 'nivån bakom måttet')}: mätfelets "
            f"standardavvikelse är {noise} mot {truth} för den sanna nivån, där även det som hade "
            "hänt utan insatsen ingår."
        )
    return (
        f"{_compared(found, 'Mätningen', 'effekten')}: mätfelets standardavvikelse är {noise} mot "
        f"{truth} för den sanna besparingen i uppföljningsfönstret.{_bias(pair, found)}"
    )


def _compared(found: Spread, measured: str, true: str) -> str:
    unsure = 2.0 * (found.noise_error + found.truth_error)
    if abs(found.noise - found.truth) <= max(_ALIKE * max(found.noise, found.truth), unsure):
        return f"{measured} är ungefär lika osäker som {true}"
    if found.noise > found.truth:
        return f"{measured} är osäkrare än {true}"
    return f"{true[0].upper()}{true[1:]} är osäkrare än {measured[0].lower()}{measured[1:]}"


def _bias(pair: Paired, found: Spread) -> str:
    if abs(found.bias) <= max(2.0 * found.bias_error, 0.05 * found.noise):
        return ""
    size = spread_text(abs(found.bias), pair.dimension, found.bias_error)
    side = "för lite" if found.bias < 0 else "för mycket"
    return f" Måttstocken visar dessutom i genomsnitt {size} {side}."


def reservations(result: Result) -> tuple[str, ...]:
    """Return what must be said before any figure: diagnoses that do not pass."""
    verdict = result.verdict
    if verdict.verdict == "pass":
        return ()
    said = (
        "Diagnosen av evidensen är underkänd: siffrorna nedan ska inte användas för beslut."
        if verdict.verdict == "fail"
        else f"Diagnosen av evidensen är {VERDICTS[verdict.verdict]}."
    )
    return (said, *verdict.reasons)


# Quantiles of what the investor gets, and the variable each is a quantile of.
_QUANTILES = {
    "repayment_p05": ("payment", 0.05, "återbetalningens 5-procentskvantil"),
    "repayment_p50": ("payment", 0.50, "återbetalningens median"),
    "repayment_p95": ("payment", 0.95, "återbetalningens 95-procentskvantil"),
    "irr_p05": ("irr", 0.05, "IRR:s 5-procentskvantil"),
    "irr_p50": ("irr", 0.50, "IRR:s median"),
    "irr_p95": ("irr", 0.95, "IRR:s 95-procentskvantil"),
    "var_95": ("loss", 0.95, "VaR 95 %"),
}
# Around a quantile: futures whose rank is within this, and how many of them must be on the spike.
_NEAR = 0.005
_MOST = 0.8


def fixed_by_contract(result: Result) -> tuple[str, ...]:
    """Return which quantiles the contract decides: the futures around them lie on one spike."""
    one = repaid(result.futures)
    assert one is not None
    # A step that has no name of its own is the contract's, but the evidence picks it.
    named = [spike for spike in spikes(one) if spike.name]
    found: dict[float, list[str]] = {}
    for variable, p, words in _QUANTILES.values():
        near = _around(_variable(result, variable), p)
        for spike in named:
            if len(near) and np.mean(spike.there[near]) >= _MOST:
                found.setdefault(spike.share, []).append(words)
    return tuple(
        _fixed(result, spike.share, spike.probability, found[spike.share])
        for spike in named
        if spike.share in found
    )


def _fixed(result: Result, share: float, p: float, words: list[str]) -> str:
    names = " och ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]
    lost = (
        f"; VaR 95 % är då {quantity(1.0 - share, SHARE)} av det dragna"
        if any("VaR" in word for word in words)
        else ""
    )
    return (
        f"Bestäms av kontraktet och inte av evidensen: {names}. De ligger där exakt "
        f"{quantity(share, SHARE)} av det dragna betalas tillbaka, vilket händer i {frequency(p)} "
        f"framtider{lost}. I kronor varierar de bara med hur mycket som dras."
    )


def _variable(result: Result, name: str) -> Floats:
    futures = result.futures
    if name == "loss":
        return np.asarray((futures["drawn_ore"] - futures["payment_ore"]).values, dtype=float)
    return np.asarray(futures["payment_ore" if name == "payment" else name].values, dtype=float)


def _around(x: Floats, p: float) -> NDArray[np.int64]:
    order = np.argsort(x, kind="stable")
    order = order[~np.isnan(x[order])]
    low, high = int((p - _NEAR) * len(order)), int((p + _NEAR) * len(order)) + 1
    return np.asarray(order[max(low, 0) : high])


def standing() -> Iterator[str]:
    """Yield what holds for every run and must stand beside the tables."""
    yield (
        "Samhällets värde är summan av alla parters kassaflöden, räknad i fasta priser och "
        "diskonterad med en real ränta. Betalningar mellan parterna tar ut varandra."
    )
    yield (
        "Varje parts nuvärde är nominellt, räknat till undertecknandet med partens egen ränta och "
        "jämfört med att insatsen inte blir av."
    )


def _guaranteed(result: Result) -> bool:
    return any(clause.guarantee for clause in result.scenario.contract.clauses)


def _about(figure: Figure) -> str:
    if figure.value is not None and abs(figure.value - 0.5) <= _ABOUT_HALF:
        return "ungefär hälften av fallen"
    return _futures(figure)


def _futures(figure: Figure) -> str:
    return (
        "okänt antal framtider"
        if figure.value is None
        else (f"{frequency(figure.value, figure.mcse or 0.0)} framtider")
    )


def _share(figure: Figure) -> str:
    return "odefinierat" if figure.value is None else percent(figure.value, figure.mcse or 0.0)


def _sek(figure: Figure) -> str:
    return "odefinierat" if figure.value is None else million(figure.value, figure.mcse or 0.0)
