"""The gates of the diagnosis, each with its reason and its remedy."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from models.diagnosis import Check, Figures, as_plain, from_plain
from models.language import speaking
from models.posterior import Posterior
from models.reasons import Reason, judge, reasons

GOOD = Figures(
    rhat=1.002, ess_bulk=2500.0, ess_tail=1800.0, divergences=0, ebfmi=0.9, at_max_depth=0.0
)
EXPECTED = {"treated_mean": Check(1e6, 0.5, 0.5)}


def _reasons(fitted: Posterior) -> tuple[Reason, ...]:
    return reasons(fitted.diagnosis, fitted.checks)


def test_a_sound_fit_passes() -> None:
    """No reasons are given when all is well."""
    assert judge(GOOD, EXPECTED).verdict == "pass"
    assert reasons(judge(GOOD, EXPECTED), EXPECTED) == ()


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"rhat": 1.011}, "R-hat"),
        ({"rhat": float("nan")}, "går inte att beräkna"),
        ({"ess_bulk": 399.0}, "mitten"),
        ({"ess_tail": 399.0}, "svansarna"),
        ({"divergences": 1}, "divergenta"),
        ({"ebfmi": 0.29}, "E-BFMI"),
    ],
)
def test_each_gate_fails_alone(change: dict[str, Any], word: str) -> None:
    """Each figure beyond its limit fails the fit, with a reason and a remedy."""
    figures = dataclasses.replace(GOOD, **change)
    assert judge(figures, EXPECTED).verdict == "fail"
    (reason,) = reasons(judge(figures, EXPECTED), EXPECTED)
    assert [reason.code] == list(change)
    assert word in reason.text
    assert "Åtgärd:" in reason.text


@pytest.mark.parametrize(
    "change",
    [{"rhat": 1.01}, {"ess_bulk": 400.0}, {"ess_tail": 400.0}, {"ebfmi": 0.3}],
)
def test_limits_themselves_pass(change: dict[str, Any]) -> None:
    """A figure exactly at its limit is accepted."""
    assert judge(dataclasses.replace(GOOD, **change), EXPECTED).verdict == "pass"


@pytest.mark.parametrize(
    ("check", "word"),
    [(Check(1e6, 0.009, 0.5), "krockar"), (Check(1e6, 0.5, 0.009), "återskapar inte")],
)
def test_surprising_data_warn(check: Check, word: str) -> None:
    """A statistic far out under prior or posterior warns and names itself."""
    checks = {"treated_mean": check}
    assert judge(GOOD, checks).verdict == "warn"
    (reason,) = reasons(judge(GOOD, checks), checks)
    assert word in reason.text
    assert "treated_mean" in reason.text
    assert reason.code.endswith(".treated_mean")


def test_largest_tree_warns() -> None:
    """Reaching the largest tree is slow, not wrong."""
    assert judge(dataclasses.replace(GOOD, at_max_depth=0.01), EXPECTED).verdict == "warn"


def test_hasty_sampling_fails(hasty_fit: Posterior) -> None:
    """Twenty draws after ten of tuning are refused, with reasons."""
    assert hasty_fit.diagnosis.verdict == "fail"
    assert any("oberoende dragningar" in reason for reason in map(str, _reasons(hasty_fit)))


def test_what_is_kept_is_the_same_in_any_language(hasty_fit: Posterior) -> None:
    """A posterior holds facts, from which the reasons follow in the language that is spoken."""
    digest, codes = hasty_fit.digest(), [reason.code for reason in _reasons(hasty_fit)]
    with speaking("en"):
        assert hasty_fit.digest() == digest
        assert [reason.code for reason in _reasons(hasty_fit)] == codes


def test_plain_and_back() -> None:
    """A diagnosis survives being written down."""
    found = judge(dataclasses.replace(GOOD, divergences=3), EXPECTED)
    assert from_plain(as_plain(found)) == found
