"""What the page of a contract shows, beside what every page shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from models.language import say
from models.quantity import Dimension
from simulate.language.numbers import decimals_supported, frequency, mkr, number, per_cent
from simulate.language.quantities import with_unit
from simulate.report import gains, tables
from simulate.report.cells import cell
from simulate.report.draw import comparison_svg, repayment_svg
from simulate.report.draw_paths import exceedance_svg, fan_pictures
from simulate.report.figures import comparison, repayments
from simulate.report.paths import exceedance
from simulate.report.phrases import Fact, futures, party_name, payback, sek, share
from simulate.report.reading import Floats, Paired, error_of, paired
from simulate.report.sentences import answers, failing, fixed_by_contract, method, standing
from simulate.report.style import Picture, as_uri
from simulate.risk.estimate import quantile
from simulate.run import Result

_TAIL = 0.05


@dataclass(frozen=True)
class Thing:
    """One of the three that are easily mixed up: truth, measurement, payment."""

    name: str
    question: str
    median: str
    range: str


def context(result: Result) -> dict[str, object]:
    """Return what the template of a contract needs."""
    pair = paired(result.with_contract, result.futures)
    return {
        "answers": answers(result),
        "lead": lead(result),
        "three": three(result, pair),
        "repayment": repayment_picture(result),
        "comparison": comparison_picture(result, pair),
        "failing": failing(result),
        "gains": gains.rows(result),
        "fans": fan_pictures(result),
        "exposure": tables.exposure(result),
        "losses": loss_picture(result),
        "fixed": fixed_by_contract(result),
        "standing": tuple(standing()),
        "investor": tables.investor(result),
        "investor_name": party_name(result, result.with_contract.investor),
        "parties": tables.parties(result),
        "gain_tables": tables.gains(result),
        "contract": tables.contract(result),
        "clauses": tables.clauses(result),
        "ledger": tuple(tables.ledger(result)),
        "method": method(result),
    }


def lead(result: Result) -> tuple[Fact, ...]:
    """Return the few figures that stand under the answer."""
    loss, expected = result.figure("p_loss"), result.figure("expected_loss")
    low, middle, high = (cell(result.figure(f"irr_p{p}")).value for p in ("05", "50", "95"))
    contract = result.with_contract.contract
    own = result.with_contract.investor
    found = [
        Fact("p_loss", say("Sannolikhet för förlust"), share(loss), futures(loss), own),
        Fact(
            "expected_loss", say("Väntad förlust"), sek(expected), say("av det som lånas ut"), own
        ),
        Fact(
            "",
            say("Effektiv årlig avkastning (IRR)"),
            say("{low} till {high}", low=low, high=high),
            say("i nio framtider av tio; median {middle}", middle=middle),
        ),
    ]
    for party in dict.fromkeys((own, *contract.paid_by)):
        who = say("Återbetalningstid, {party}", party=party_name(result, party))
        found.append(Fact("", who, *payback(result, party)))
    return (*found, *gains.facts(result))


def loss_picture(result: Result) -> Picture:
    """Return the exceedance curve of the investor's loss."""
    curve = exceedance(result)
    var = (
        say("Kurvan korsar 5 % vid {var}.", var=cell(result.figure("var_95")).value)
        if (result.figure("p_loss").value or 0.0) > _TAIL
        else say("Förlust är mindre sannolik än 5 %.")
    )
    return Picture(
        as_uri(exceedance_svg(curve)),
        f"{curve.alt()} {var}",
        say(
            "Sannolikheten att {investor} förlorar mer än ett visst belopp. Där kurvan korsar den "
            "streckade linjen ligger VaR 95 %: den förlust som överskrids i högst 5 % av "
            "framtiderna.",
            investor=party_name(result, result.with_contract.investor),
        ),
    )


def three(result: Result, pair: Paired) -> tuple[Thing, ...]:
    """Return truth, measurement and payment side by side."""
    shares = pair.dimension.name == "share"
    unit = 1e6 if pair.money else 0.01 if shares else 1.0
    payment = result.futures["payment_ore"].values / 100.0
    shows = say(
        "Vad utvärderingen kommer att visa: «{measure}»",
        measure=pair.title,
    )
    found = [
        _thing(
            result,
            (say("Mätningen"), shows),
            pair.reading / unit,
            mkr if pair.money else per_cent if shares else partial(_with_unit, pair.dimension),
        ),
        _thing(
            result,
            (say("Betalningen"), say("Vad kontraktet gör av mätningen")),
            payment / 1e6,
            mkr,
        ),
    ]
    if pair.truth is not None:
        words = say("Sanningen"), say("Vad insatsen verkligen sparar i fönstret")
        found.insert(0, _thing(result, words, pair.truth / 1e6, mkr))
    return tuple(found)


def _with_unit(dimension: Dimension, text: str) -> str:
    return with_unit(text, 2.0, dimension)


def _thing(
    result: Result, words: tuple[str, str], x: Floats, with_its_unit: Callable[[str], str]
) -> Thing:
    low, middle, high = (_quantile(result, x, p) for p in (0.05, 0.5, 0.95))
    if np.ptp(x) == 0.0:
        return Thing(*words, with_its_unit(middle), say("redan känd"))
    between = say("{low} till {high}", low=low, high=with_its_unit(high))
    return Thing(*words, with_its_unit(middle), between)


def _quantile(result: Result, x: Floats, p: float) -> str:
    found = quantile(x, p)
    value = found.value or 0.0
    error = 0.0 if found.influence is None else error_of(result, found.influence)
    return number(value, decimals_supported(value, error, 1))


def repayment_picture(result: Result) -> Picture:
    """Return how much is repaid, with the effect and without."""
    repaid = repayments(result)
    return Picture(
        as_uri(repayment_svg(repaid)),
        " ".join(one.alt() for one in repaid),
        say(
            "De smala, mörka staplarna i orange är värden som kontraktet bestämmer och som många "
            "framtider slutar exakt på; de breda, ljust blå är allt däremellan."
        ),
    )


def comparison_picture(result: Result, pair: Paired) -> Picture | None:
    """Return truth against measurement; ``None`` when nothing in the contract has a price."""
    both = comparison(result, pair)
    if both is None:
        return None
    known = pair.stated is not None
    lines = (
        say("Den streckade linjen är mätningen, som redan är känd.")
        if known
        else say("Streckade linjer är nivåer som avgör betalningen.")
    )
    found = (
        say("Sann besparing större än noll: {futures} framtider.", futures=frequency(_saves(pair)))
        if known
        else both.errors()
    )
    what = say("Sanning mot mätning i {draws} möjliga framtider.", draws=number(result.draws))
    caption = " ".join(part for part in (what, lines, found) if part)
    spans = (f"{one.name}: {one.median} ({one.range})." for one in three(result, pair)[:2])
    return Picture(as_uri(comparison_svg(both)), " ".join((both.alt(), *spans)), caption)


def _saves(pair: Paired) -> float:
    assert pair.truth is not None
    return float(np.mean(pair.truth > 0.0))
