"""What counts as learned: what data made narrower, and what they moved far without that."""

from __future__ import annotations

import numpy as np
import pytest

from models import distributions as d
from models import quantity as q
from models.cost_comparison import hurdle
from models.interface import Samples
from models.learning import compared, table
from models.number import Number
from models.posterior import Learning
from models.priors import draw_prior
from models.quantile import quantile
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
    return table(hurdle, SPEC, *sides)


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


def test_a_heavy_tail_makes_no_noise_of_what_was_learned() -> None:
    """A lognormal of sigma 1.5 to 0.9 is 0.6, whatever the draws; the sds are of kronor still."""
    law = d.LogNormal(1e6, 1.5)
    prior, ratios, plain = Number(law, q.SEK), [], []
    for seed in range(20):
        rng = np.random.default_rng(seed)
        before, after = (1e6 * np.exp(s * rng.standard_normal(4000)) for s in (1.5, 0.9))
        found = compared(prior, q.SEK, before, after)
        assert found.learned
        assert found.prior_sd == law.moments()[1]
        assert found.posterior_sd == np.std(after, ddof=1)
        ratios.append(found.ratio)
        plain.append(np.std(after) / np.std(before))
    # The sd of a sd of 4 000 normal numbers is one in 90.
    assert ratios == pytest.approx([0.6] * 20, rel=0.05)
    # What it used to be says something else for each seed.
    assert np.ptp(plain) > 0.1


def test_what_follows_from_a_heavy_tail_is_judged_on_the_same_scale() -> None:
    """A derived amount has no prior of its own; one that may be negative stays in its unit."""
    rng = np.random.default_rng(1)
    before, after = (np.exp(s * rng.standard_normal(4000)) for s in (1.5, 0.9))
    assert compared(None, q.SEK, before, after).ratio == pytest.approx(0.6, rel=0.05)
    for dimension in (q.SHARE, q.SIGNED_SEK, None):
        found = compared(None, dimension, before, after)
        assert found.ratio == found.posterior_sd / found.prior_sd


@pytest.mark.parametrize(
    "law",
    [
        d.Normal(2.0, 3.0), d.LogNormal(2.0, 0.4), d.Beta(2.0, 5.0), d.Gamma(3.0, 0.6),
        d.Uniform(-1.0, 5.0), d.Fixed(4.0),
    ],
)  # fmt: skip
def test_moments_are_those_of_the_quantiles(law: d.Distribution) -> None:
    """Mean and sd against the quantile function, at even probabilities."""
    x = quantile(law, (np.arange(200_000) + 0.5) / 200_000)
    assert law.moments() == pytest.approx((np.mean(x), np.std(x)), rel=2e-3)
