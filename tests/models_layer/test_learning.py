"""What counts as learned: what data made narrower, and what they moved far without that."""

from __future__ import annotations

import numpy as np

from models.cost_comparison import hurdle
from models.fit import _learning
from models.interface import Samples
from models.posterior import Learning
from models.priors import draw_prior
from tests.models_layer.blocks import skolfam2

PRIOR = (1, 19)
SPEC = skolfam2(
    treated=None,
    comparison={"n": 20, "total": "21 mkr", "without_cost": 10},
    prior={
        "share_without_cost": {"beta": {"a": PRIOR[0], "b": PRIOR[1]}},
        "effect_without_cost": {"normal": {"mean": 0, "sd": 0.5}},
    },
)


def _learned(share: Samples, rng: np.random.Generator) -> dict[str, Learning]:
    """What was learned where the share is as given, and all else as in the prior."""
    before, after = (
        draw_prior(hurdle.parameters(SPEC), hurdle.latent(SPEC), 4000, rng) for _ in range(2)
    )
    sides = [one | hurdle.derive(one, SPEC) for one in (before, after | share)]
    return _learning(hurdle, SPEC, *sides)


def test_a_share_that_is_moved_and_widened_is_learned(rng: np.random.Generator) -> None:
    """Ten of twenty after Beta(1, 19): wider than before, and three sds away."""
    share = {"share_without_cost": rng.beta(PRIOR[0] + 10, PRIOR[1] + 10, 4000)}
    found = _learned(share, rng)
    assert found["share_without_cost"].ratio > 1.3
    assert found["share_without_cost"].learned
    # What the counts say nothing of, and what is certain, is an assumption still.
    for name in ("mean_effect", "effect_without_cost", "comparison_bias", "between_place_sd"):
        assert not found[name].learned


def test_what_is_as_before_is_no_more_learned(rng: np.random.Generator) -> None:
    """The prior once more moves nothing: the rule is not met by chance."""
    assert not _learned({}, rng)["share_without_cost"].learned
