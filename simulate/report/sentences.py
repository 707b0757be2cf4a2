"""The answer in words: pure functions of a result, the same on the page and in the terminal."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from models.language import mark, say
from models.quantity import SHARE
from models.spoken import listed
from simulate.characteristics import drift_settings
from simulate.contract.worst import worst
from simulate.draws.streams import BATCH
from simulate.language.measures import VERDICTS
from simulate.language.numbers import frequency, million, number
from simulate.language.quantities import quantity
from simulate.language.quantities import spread as spread_text
from simulate.report.atoms import repaid, spikes
from simulate.report.made_up import rests_on_synthetic
from simulate.report.phrases import about, futures, party_name, paying, sek, share
from simulate.report.reading import Paired, Spread, error_of, paired, spread
from simulate.risk.estimate import mean_given, probability
from simulate.risk.risk import Figure
from simulate.run import Result
from simulate.scenario.resolve import numbers

Floats = NDArray[np.float64]

# Two standard deviations closer than this are said to be about equal.
_ALIKE = 0.05


def answers(result: Result) -> tuple[str, str, str]:
    """Return the three sentences: the loss, the insats without effect, and which is noisier."""
    return loss(result), without_effect(result), noisier(result)


def loss(result: Result) -> str:
    """Return how likely a loss is for the investor, how large on average and at most.

    With uncertain terms no amount is the most.
    """
    contract = result.with_contract.contract
    certain = all(one.certain for one in numbers(contract) if not _aside(one.key))
    return " ".join((_loss(result), _most(result))) if certain else _loss(result)


def _aside(key: str) -> bool:
    """Whether a number of a contract decides no amount: an example, or what a meeting can see."""
    return "cases" in key or key.startswith("contract.stage_gates.")


def _most(result: Result) -> str:
    found = worst(result.with_contract)
    values = {
        "most": million(found.undelivered / 100.0, 0.0, 1),
        "committed": million(found.committed / 100.0, 0.0, 1),
    }
    if found.delivered == found.undelivered:
        return say("Som mest kan {most} av ramen {committed} gå förlorade.", **values)
    return say(
        "Som mest kan {delivered} av ramen {committed} gå förlorade; genomförs aktiviteten inte, "
        "{most}.",
        delivered=million(found.delivered / 100.0, 0.0, 1),
        **values,
    )


def _loss(result: Result) -> str:
    p, expected, drawn = (result.figure(name) for name in ("p_loss", "expected_loss", "drawn_mean"))
    return say(
        "{investor} förlorar pengar i {futures} ({share}); den väntade förlusten är {expected} av "
        "i genomsnitt {drawn} som lånas ut.",
        investor=_investor(result),
        futures=futures(p),
        share=share(p),
        expected=sek(expected),
        drawn=sek(drawn),
    )


def _investor(result: Result) -> str:
    return party_name(result, result.with_contract.investor)


def without_effect(result: Result) -> str:
    """Return how often an insats without effect is paid for, or why that cannot be said."""
    if result.couples:
        return say(
            "Hur ofta en insats utan effekt skulle få betalt går inte att säga här: kontraktets "
            "eget utfall ingår i evidensen, så effekt och kostnadsdrift hänger ihop. Kör scenariot "
            "så som det såg ut vid undertecknandet för att få veta det."
        )
    full, calm, paid = (
        result.figure(f"{name}_without_effect{which}")
        for name, which in (("p_full", ""), ("p_full", "_no_drift"), ("p_paid", "_no_drift"))
    )
    message = _WITHOUT_EFFECT[bool(drift_settings(result.with_contract)), _guaranteed(result)]
    return say(
        message,
        investor=_investor(result),
        full=futures(full),
        full_share=share(full),
        calm=futures(calm),
        calm_share=share(calm),
        paid=about(paid),
        paid_share=share(paid),
    )


# (Whether costs can drift, whether something is guaranteed) → what is said.
_WITHOUT_EFFECT = {
    (True, True): mark(
        "Även om insatsen saknar effekt får {investor} tillbaka hela beloppet i {full} "
        "({full_share}); med en opartisk måttstock, utan kostnadsdrift, i {calm} ({calm_share}). "
        "Mer än garantin blir det då i {paid} ({paid_share})."
    ),
    (True, False): mark(
        "Även om insatsen saknar effekt får {investor} tillbaka hela beloppet i {full} "
        "({full_share}); med en opartisk måttstock, utan kostnadsdrift, i {calm} ({calm_share}). "
        "Något betalas då i {paid} ({paid_share})."
    ),
    (False, True): mark(
        "Även om insatsen saknar effekt får {investor} tillbaka hela beloppet i {full} "
        "({full_share}), och mer än garantin i {paid} ({paid_share})."
    ),
    (False, False): mark(
        "Även om insatsen saknar effekt får {investor} tillbaka hela beloppet i {full} "
        "({full_share}), och något i {paid} ({paid_share})."
    ),
}


def noisier(result: Result) -> str:
    """Return which varies most: the truth or the error of the measurement."""
    pair = paired(result.with_contract, result.futures)
    found = spread(result, pair)
    if found is None:
        return say(
            "Måttet «{measure}» har inget pris: mätningen kan inte jämföras med en sann besparing.",
            measure=pair.title,
        )
    if pair.stated is not None:
        return say(
            "Mätningen är redan känd ({reading}), men den sanna besparingen är fortfarande okänd: "
            "dess standardavvikelse är {sd}.",
            reading=quantity(pair.stated, pair.dimension),
            sd=spread_text(found.truth, pair.dimension, found.truth_error),
        )
    error = max(found.noise_error, found.truth_error)
    noise, truth = (spread_text(sd, pair.dimension, error) for sd in (found.noise, found.truth))
    compared = say((_IN_MONEY if pair.money else _IN_OTHER)[_compared(found)])
    if not pair.money:
        return say(
            "{compared}: mätfelets standardavvikelse är {noise} mot {truth} för den sanna nivån, "
            "där även det som hade hänt utan insatsen ingår.",
            compared=compared,
            noise=noise,
            truth=truth,
        )
    said = say(
        "{compared}: mätfelets standardavvikelse är {noise} mot {truth} för den sanna besparingen "
        "i uppföljningsfönstret.",
        compared=compared,
        noise=noise,
        truth=truth,
    )
    return " ".join((said, *_bias(pair, found)))


# What is said when the error of the measurement varies less (−1), as much (0) or more (1).
_IN_MONEY = {
    -1: mark("Effekten är osäkrare än mätningen"),
    0: mark("Mätningen är ungefär lika osäker som effekten"),
    1: mark("Mätningen är osäkrare än effekten"),
}
_IN_OTHER = {
    -1: mark("Nivån bakom måttet är osäkrare än slumpen i mätningen"),
    0: mark("Slumpen i mätningen är ungefär lika osäker som nivån bakom måttet"),
    1: mark("Slumpen i mätningen är osäkrare än nivån bakom måttet"),
}


def _compared(found: Spread) -> int:
    unsure = 2.0 * (found.noise_error + found.truth_error)
    if abs(found.noise - found.truth) <= max(_ALIKE * max(found.noise, found.truth), unsure):
        return 0
    return 1 if found.noise > found.truth else -1


def _bias(pair: Paired, found: Spread) -> Iterator[str]:
    if abs(found.bias) <= max(2.0 * found.bias_error, 0.05 * found.noise):
        return
    size = spread_text(abs(found.bias), pair.dimension, found.bias_error)
    if found.bias < 0:
        yield say("Måttstocken visar dessutom i genomsnitt {size} för lite.", size=size)
    else:
        yield say("Måttstocken visar dessutom i genomsnitt {size} för mycket.", size=size)


def reservations(result: Result) -> tuple[str, ...]:
    """Return what must be said before any figure: rows made up, diagnoses that do not pass."""
    verdict = result.verdict
    made_up = rests_on_synthetic(result.scenario)
    if verdict.verdict == "pass":
        return made_up
    said = (
        say("Diagnosen av evidensen är underkänd: siffrorna nedan ska inte användas för beslut.")
        if verdict.verdict == "fail"
        else say("Diagnosen av evidensen är {verdict}.", verdict=say(VERDICTS[verdict.verdict]))
    )
    return (said, *verdict.reasons, *made_up)


# Quantiles of what the investor gets, and the variable each is a quantile of.
_QUANTILES = {
    "repayment_p05": ("payment", 0.05, mark("återbetalningens 5-procentskvantil")),
    "repayment_p50": ("payment", 0.50, mark("återbetalningens median")),
    "repayment_p95": ("payment", 0.95, mark("återbetalningens 95-procentskvantil")),
    "irr_p05": ("irr", 0.05, mark("IRR:s 5-procentskvantil")),
    "irr_p50": ("irr", 0.50, mark("IRR:s median")),
    "irr_p95": ("irr", 0.95, mark("IRR:s 95-procentskvantil")),
    "var_95": ("loss", 0.95, mark("VaR 95 %")),
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
    for name, (variable, p, _) in _QUANTILES.items():
        near = _around(_variable(result, variable), p)
        for spike in named:
            if len(near) and np.mean(spike.there[near]) >= _MOST:
                found.setdefault(spike.share, []).append(name)
    return tuple(
        _fixed(spike.share, spike.probability, found[spike.share])
        for spike in named
        if spike.share in found
    )


def _fixed(share: float, p: float, quantiles: list[str]) -> str:
    values = {
        "quantiles": listed([say(_QUANTILES[name][2]) for name in quantiles]),
        "share": quantity(share, SHARE),
        "futures": frequency(p),
    }
    if "var_95" in quantiles:
        return say(
            "Bestäms av kontraktet och inte av evidensen: {quantiles}. De ligger där exakt {share} "
            "av det dragna betalas tillbaka, vilket händer i {futures} framtider; VaR 95 % är då "
            "{lost} av det dragna. I kronor varierar de bara med hur mycket som dras.",
            lost=quantity(1.0 - share, SHARE),
            **values,
        )
    return say(
        "Bestäms av kontraktet och inte av evidensen: {quantiles}. De ligger där exakt {share} av "
        "det dragna betalas tillbaka, vilket händer i {futures} framtider. I kronor varierar de "
        "bara med hur mycket som dras.",
        **values,
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
    yield say(
        "Samhällets värde är summan av alla parters kassaflöden, räknad i fasta priser och "
        "diskonterad med en real ränta. Betalningar mellan parterna tar ut varandra."
    )
    yield say(
        "Varje parts nuvärde är nominellt, räknat till undertecknandet med partens egen ränta och "
        "jämfört med att insatsen inte blir av."
    )


def _guaranteed(result: Result) -> bool:
    return any(clause.guarantee for clause in result.with_contract.contract.clauses)


_FAILING = {
    True: mark(
        "I {futures} ({share}) betalas inget utöver garantin. Då bär {investor} i genomsnitt "
        "{lost} av kostnaden, {payer} betalar {back} till {investor}, och {provider} bär {own} som "
        "aldrig lånades ut."
    ),
    False: mark(
        "I {futures} ({share}) betalas ingenting. Då bär {investor} i genomsnitt {lost} av "
        "kostnaden, {payer} betalar {back} till {investor}, och {provider} bär {own} som aldrig "
        "lånades ut."
    ),
}


def failing(result: Result) -> str:
    """Return who bears the cost in the futures in which only the guarantee is paid, or nothing."""
    scenario, data = result.with_contract, result.futures
    only = data["payment_ore"].values <= data["guarantee_ore"].values
    if not only.any():
        return say("I ingen framtid faller allt utom garantin bort.")
    message = _FAILING[_guaranteed(result)]
    drawn, paid, cost = (
        data[f"{name}_ore"].values / 100.0 for name in ("drawn", "payment", "cost")
    )
    lost, back, own = (_given(result, x, only) for x in (drawn - paid, paid, cost - drawn))
    p = probability(only)
    error = 0.0 if p.influence is None else error_of(result, p.influence)
    often = Figure("", "", p.value, max(error, p.least), "share", None)
    return say(
        message,
        futures=futures(often),
        share=share(often),
        investor=party_name(result, result.with_contract.investor),
        payer=paying(scenario),
        provider=party_name(result, scenario.programme.provider),
        lost=lost,
        back=back,
        own=own,
    )


def _given(result: Result, x: Floats, condition: NDArray[np.bool_]) -> str:
    """Return the mean amount where a condition holds."""
    found = mean_given(x, condition)
    error = 0.0 if found.influence is None else error_of(result, found.influence)
    return million(found.value or 0.0, error)


def drawing(result: Result) -> tuple[str, ...]:
    """Return how futures are drawn and how errors are found: the same for every scenario."""
    return (
        say(
            "Varje framtid drar alla osäkra tal i registret på en gång. {draws} framtider dras som "
            "randomiserad kvasi-Monte Carlo (Sobol' med Owens omkastning) i oberoende satser om "
            "{batch}, med fröet {seed}; varje tal har en egen ström, så att ett ändrat tal inte "
            "rubbar de andra.",
            draws=number(result.draws),
            batch=number(BATCH),
            seed=result.seed,
        ),
        say(
            "Simuleringsfelet är roten ur variansen mellan satserna, delad med deras antal, plus "
            "posteriordragningarnas egen varians."
        ),
    )


def method(result: Result) -> tuple[str, ...]:
    """Return how a contract is worked out, in words."""
    return (
        *drawing(result),
        say(
            "Sanningen är vad insatsen orsakar i uppföljningsfönstret. Mätningen är den väntade "
            "kostnaden ur jämförelsegruppen minus den faktiska: den skiljer sig från sanningen med "
            "måttstockens fel och slumpen i gruppen, och med inget annat. Betalningen är vad "
            "avtalets klausuler gör av mätningen, räknat på öret."
        ),
        say(
            "Utan effekt betyder att effekten sätts till noll i alla framtider, med allt annat "
            "lika; framtiderna sållas aldrig efter utfall."
        ),
    )
