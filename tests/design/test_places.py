"""The dimension of further chance: chosen by a quality that scrambling leaves as it is."""

from __future__ import annotations

import numpy as np
import pytest

from simulate.draws.streams import BATCH, Streams, good_place, quality


def test_a_better_dimension_than_the_next_is_chosen() -> None:
    """The next one after Team Nystart's is poor together with both groups' chance."""
    place = good_place(66, [2, 3])
    assert 66 < place < 66 + 24
    assert max(quality(2, place), quality(3, place)) < min(quality(2, 66), quality(3, 66))


@pytest.mark.parametrize("other", [66, 67, 85])
def test_scrambling_keeps_the_quality(other: int) -> None:
    """With t of the plain points, every such rectangle of the scrambled ones holds 2ᵗ of them."""
    names = tuple(f"f{number}" for number in range(100))
    t = quality(2, other)
    x, y = (Streams(7, names).uniforms(f"f{place}", 3) for place in (2, other))
    sides = BATCH.bit_length() - 1 - t
    counts = [
        np.histogram2d(x, y, bins=(1 << across, 1 << (sides - across)), range=[[0, 1], [0, 1]])[0]
        for across in range(sides + 1)
    ]
    assert all((count == 1 << t).all() for count in counts)
    # Negative control: with one side more in all some rectangle is empty or too full.
    finer = [
        np.histogram2d(x, y, bins=(1 << k, 1 << (sides + 1 - k)), range=[[0, 1], [0, 1]])[0]
        for k in range(sides + 2)
    ]
    assert t == 0 or not all((count == count.flat[0]).all() for count in finer)
