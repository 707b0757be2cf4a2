"""A probability that is read off samples is never told as certain."""

from __future__ import annotations

import numpy as np
import pytest

from models.chance import chance
from models.cost_comparison import totals
from models.language import speaking
from models.priors import draw_prior
from tests.models_layer.blocks import skolfam2


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0.0, "under 1"), (0.004, "under 1"), (0.006, "1"), (0.5, "50"),
        (0.994, "99"), (0.996, "över 99"), (1.0, "över 99"),
    ],
)  # fmt: skip
def test_the_ends_are_open(share: float, said: str) -> None:
    """Nought and a hundred are never said."""
    assert chance(share) == said


@pytest.mark.parametrize(
    ("mean", "said", "change"), [(-2.0, "över 99 %", "−86 %"), (0.0, "under 1 %", "0 %")]
)
def test_the_sentence_on_cost(
    mean: float, said: str, change: str, rng: np.random.Generator
) -> None:
    """All samples below are over 99 %, none under 1 %; the cost changes by 0 %, it is not 0 %."""
    spec = skolfam2(prior={"mean_effect": mean, "between_place_sd": 0})
    drawn = draw_prior(totals.parameters(spec), totals.latent(spec), 200, rng)
    samples = {**drawn, **totals.derive(drawn, spec)}
    sentence = totals.statement(samples, spec, totals.sizes(spec))
    assert f"är lägre är {said}" in sentence
    assert f"ändrar kostnaden per person med {change}" in sentence
    with speaking("en"):
        english = totals.statement(samples, spec, totals.sizes(spec))
    assert ("over 99%" in english) == (mean < 0)
