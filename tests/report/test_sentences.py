"""The sentences say what the figures say."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from typing import Any

from models.quantity import SIGNED_SEK
from simulate.contract.worst import worst
from simulate.language.numbers import MINUS, THIN, frequency, million
from simulate.language.quantities import spread as spread_text
from simulate.report.cells import cell
from simulate.report.reading import paired, spread
from simulate.report.sentences import answers, fixed_by_contract, loss, without_effect
from simulate.run import Result

_NUMBER = re.compile(rf"{MINUS}?\d[\d{THIN}]*(?:,\d+)?")


def numbers(text: str) -> set[str]:
    """Return every number in a text, as printed."""
    return set(_NUMBER.findall(text))


def test_the_loss_is_the_figures(result: Result) -> None:
    """The first sentence quotes probability, expected loss and drawn amount."""
    text = loss(result)
    for name in ("p_loss", "expected_loss", "drawn_mean"):
        assert cell(result.figure(name)).value in text
    assert frequency(result.figure("p_loss").value or 0.0) in text


def test_what_a_meeting_can_see_is_no_term_of_payment(result: Result) -> None:
    """The most that can be lost is said although what stage gates know of is uncertain."""
    gates = result.with_contract.contract.stage_gates
    assert gates is not None and not all(one.certain for one in gates.numbers)
    most = worst(result.with_contract)
    assert million(most.delivered / 100.0, 0.0, 1) in loss(result)
    assert million(most.undelivered / 100.0, 0.0, 1) in loss(result)


def test_every_number_in_the_answer_is_a_figure(result: Result) -> None:
    """Nothing is said that is not in the risk figures, or in the two standard deviations."""
    known: set[str] = set()
    for figure in result.figures:
        known |= numbers(cell(figure).value)
        if figure.value is not None and figure.unit == "share":
            known |= numbers(frequency(figure.value))
    found = spread(result, paired(result.with_contract, result.futures))
    assert found is not None
    error = max(found.noise_error, found.truth_error)
    for value, mcse in (
        (found.noise, error),
        (found.truth, error),
        (abs(found.bias), found.bias_error),
    ):
        known |= numbers(spread_text(value, SIGNED_SEK, mcse))
    most = worst(result.with_contract)
    for ore in (most.committed, most.delivered, most.undelivered):
        known |= numbers(million(ore / 100.0, 0.0, 1))
    for sentence in answers(result):
        assert numbers(sentence) - known == set(), sentence


def test_half_of_all_are_paid_with_an_unbiased_yardstick(result: Result) -> None:
    """The second sentence says so in words when the figure is a half."""
    value = result.figure("p_paid_without_effect_no_drift").value
    assert value is not None
    assert abs(value - 0.5) < 0.03
    assert "blir det då i ungefär hälften av fallen" in without_effect(result)


def test_a_coupled_scenario_asks_for_the_one_at_signing(result: Result) -> None:
    """Where effect and drift are coupled there is no figure, only a reason."""
    text = without_effect(dataclasses.replace(result, couples=True))
    assert "undertecknandet" in text
    assert numbers(text) == set()


def test_the_contract_fixes_the_value_at_risk(result: Result) -> None:
    """VaR is 60 % of drawn, whatever the evidence says."""
    said = [text for text in fixed_by_contract(result) if "VaR" in text]
    assert len(said) == 1
    assert "60\u00a0%" in said[0]


def test_a_contract_without_guarantee_or_drift_is_said_otherwise(
    build: Callable[..., Result],
) -> None:
    """No guarantee is mentioned where there is none."""

    def bare(raw: dict[str, Any]) -> None:
        raw["contract"]["clauses"] = raw["contract"]["clauses"][1:]

    assert "garanti" not in without_effect(build(bare, 4_000))
