"""The pictures' numbers and bytes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from simulate.report.draw import comparison_svg, repayment_svg
from simulate.report.figures import comparison, repayments
from simulate.report.reading import paired, spread
from simulate.run import Result


def test_the_repayments_add_to_one(result: Result) -> None:
    """Bars, spikes and nothing drawn are all futures, with the effect and without."""
    pictures = repayments(result)
    assert len(pictures) == 2
    for one in pictures:
        spikes = sum(spike.probability for spike in one.spikes)
        assert one.bars.sum() + spikes + one.nothing_drawn == pytest.approx(1.0, abs=1e-12)


def test_the_spikes_are_the_measures(result: Result) -> None:
    """Guarantee and cap carry the probabilities that the measures report."""
    named = {one.name: one.probability for one in repayments(result)[0].spikes}
    assert named["bara garantin"] == pytest.approx(result.figure("p_guarantee_only").value)
    assert named["taket"] == pytest.approx(result.figure("p_cap").value)
    assert named["ingenting"] == pytest.approx(result.figure("p_nothing").value)


def test_truth_and_reading_add_to_one(result: Result) -> None:
    """Cells with what lies outside, and the four quadrants, are all futures."""
    both = comparison(result, paired(result.scenario, result.futures))
    assert both is not None
    assert both.mass.sum() + both.outside == pytest.approx(1.0, abs=1e-12)
    assert sum(p for p, _ in both.quadrants.values()) == pytest.approx(1.0, abs=1e-12)
    assert both.money


def test_the_truth_of_a_measure_is_the_true_saving(result: Result) -> None:
    """Reading less yardstick error and chance is the saving that the pipeline kept."""
    pair = paired(result.scenario, result.futures)
    assert pair.truth is not None
    np.testing.assert_allclose(pair.truth, result.futures["true_saving_window"].values, atol=1e-3)


def test_equal_results_give_equal_bytes(result: Result) -> None:
    """Nothing in a picture depends on the clock or on what was drawn before."""
    both = comparison(result, paired(result.scenario, result.futures))
    assert both is not None
    pictures = repayments(result)
    first = repayment_svg(pictures), comparison_svg(both)
    assert (repayment_svg(pictures), comparison_svg(both)) == first
    assert all("<dc:date>" not in svg and "<text" not in svg for svg in first)


def test_a_stated_reading_is_a_line(result: Result) -> None:
    """When expected and actual cost are known, only the truth has a distribution."""
    pair = paired(result.scenario, result.futures)
    fixed = type(pair)(
        pair.key,
        pair.title,
        pair.dimension,
        pair.truth,
        np.full_like(pair.reading, -7.5e6),
        pair.standard_error,
        -7.5e6,
        pair.triggers,
    )
    both = comparison(result, fixed)
    assert both is not None
    assert both.mass.shape[1] == 1
    assert comparison_svg(both).startswith("<?xml")


def test_a_measure_that_is_not_money(build: Callable[..., Result]) -> None:
    """A contract on the share who succeed has its own unit on the vertical axis."""
    found = build(_success, 8_000)
    pair = paired(found.scenario, found.futures)
    both, wide = comparison(found, pair), spread(found, pair)
    assert both is not None
    assert wide is not None
    assert both.percent
    assert both.mass.sum() + both.outside == pytest.approx(1.0, abs=1e-12)
    variance = float(np.var(pair.reading))
    assert wide.truth**2 + wide.noise**2 == pytest.approx(variance, rel=1e-6)
    assert comparison_svg(both).startswith("<?xml")


def _success(raw: dict[str, Any]) -> None:
    note = {"source": "prov", "kind": "assumption"}
    old = raw["outcomes"]["social_cost"]
    raw["outcomes"] = {
        "goal": {
            "type": "success",
            "title": "Når målet",
            "falls_on": old["falls_on"],
            "course": old["course"],
            "cashable": old["cashable"],
            "without": {"beta": {"a": 30, "b": 70}, **note},
            "effect": {"normal": {"mean": 0.4, "sd": 0.4}, **note},
            "value": {"value": "100 tkr/år", **note},
        }
    }
    del raw["contract"]["stage_gates"]  # they look at a saving
    raw["measurements"] = {
        "goal": {
            "type": "success_share",
            "title": "Andel",
            "outcome": "goal",
            "window": {"value": "2 år", **note},
            "window_from": "inclusion",
        }
    }
    raw["contract"]["clauses"] = [
        raw["contract"]["clauses"][0],
        {
            "id": "goal",
            "title": "Målet",
            "type": "tiers",
            "measure": "goal",
            "tiers": [{"at": {"value": "35 %", **note}, "pays": {"of_drawn": 0.6}}],
        },
    ]
    raw["contract"].pop("cases", None)
