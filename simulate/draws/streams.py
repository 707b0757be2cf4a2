"""Uniform numbers by factor name and batch: the only source of randomness after the fits.

Randomised quasi-Monte Carlo. Every batch is one Sobol' point set of :data:`BATCH` points, each
dimension scrambled by its own hash-based Owen scramble (Laine and Karras 2011; Burley 2020) whose
key is the seed, the factor's name and the batch. Batches are therefore independent of each other,
of the order in which they are drawn and of how many there are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import scipy
from numpy.typing import NDArray

from simulate.draws.copula import UNTIED, Ties
from simulate.draws.remembered import remembered

BATCH = 2048
_BITS = 32
# Enough for most scenarios, so that the table of points is made once.
_TABLE = 128
_TRIED = 24


@lru_cache(maxsize=1)
def _points(dimensions: int) -> NDArray[np.uint32]:
    """Unscrambled Sobol' points as integers, dims (dimension, point)."""
    sobol = scipy.stats.qmc.Sobol(dimensions, scramble=False, bits=_BITS)
    points = sobol.random(BATCH) * 2.0**_BITS
    return np.ascontiguousarray(points.T).astype(np.uint32)


@lru_cache(maxsize=1024)
def quality(one: int, other: int) -> int:
    """Return t of the points of two dimensions; 0 is best, and scrambling does not change it.

    Every rectangle of 2ᵏ⁻ᵐ by dyadic sides holds the same number of points while k ≤ m − t, of 2ᵐ
    points. Dimensions far apart in the Sobol' sequence are poor together now and then.

    Example:
        >>> quality(0, 1)
        0
    """
    size = max(_TABLE, 1 << max(one, other).bit_length())
    x, y = (_points(size)[dimension] for dimension in (one, other))
    most = BATCH.bit_length() - 1
    for t in range(most):
        if all(_even(x, y, across, most - t - across) for across in range(most - t + 1)):
            return t
    return most


def good_place(free: int, partners: Sequence[int]) -> int:
    """Return a dimension from ``free`` on whose points are good together with some others'.

    Args:
        free: the first that is not taken.
        partners: dimensions that it is multiplied with.
    """

    def badness(place: int) -> tuple[int, int]:
        found = [quality(other, place) for other in partners]
        return max(found, default=0), sum(found)

    return min(range(free, free + _TRIED), key=badness)


def _even(x: NDArray[np.uint32], y: NDArray[np.uint32], across: int, up: int) -> bool:
    """Whether each of 2^(across + up) equal rectangles holds equally many points."""
    column, row = (v.astype(np.int64) >> (_BITS - k) for v, k in ((x, across), (y, up)))
    count = np.bincount((column << up) + row, minlength=1 << (across + up))
    return int(count.min()) == int(count.max())


@dataclass(frozen=True)
class Streams:
    """The uniform numbers of one run.

    Attributes:
        seed: of the run; moves every draw, and no fit.
        factors: names in order of declaration. A factor added at the end leaves the numbers of
            all others as they were, bit for bit.
        ties: some of them to each other; all others keep their numbers, bit for bit.
    """

    seed: int
    factors: tuple[str, ...]
    ties: Ties = UNTIED

    def uniforms(self, factor: str, batch: int) -> NDArray[np.float64]:
        """Return :data:`BATCH` numbers in (0, 1) for ``factor``, dims (draw,).

        Raises:
            KeyError: the factor was not declared.

        Example:
            >>> streams = Streams(1, ("a", "b"))
            >>> bool((streams.uniforms("a", 0) == streams.uniforms("a", 0)).all())
            True
        """
        return self.ties.joint(factor, lambda name: self._alone(name, batch))

    def _alone(self, factor: str, batch: int) -> NDArray[np.float64]:
        dimension = _index(self.factors)[factor]
        # A power of two, so that the table is rebuilt rarely and never depends on later factors.
        size = max(64, 1 << (len(self.factors) - 1).bit_length())
        key = hashlib.blake2b(f"{self.seed}\0{factor}\0{batch}".encode(), digest_size=4).digest()
        return _scrambled(size, dimension, int.from_bytes(key, "little"))


@dataclass(frozen=True)
class Grouped(Streams):
    """The same, where some factors are alike in groups of neighbouring draws.

    Every draw for itself is as any other: only what goes on between them differs.

    Attributes:
        size: draws in a group; divides :data:`BATCH`.
        alike: names of factors whose number is the first draw's in all of the group.
    """

    size: int = BATCH
    alike: tuple[str, ...] = ()

    def _alone(self, factor: str, batch: int) -> NDArray[np.float64]:
        own = super()._alone(factor, batch)
        return np.repeat(own[:: self.size], self.size) if factor in self.alike else own


@lru_cache(maxsize=8)
def _index(factors: Sequence[str]) -> dict[str, int]:
    places = {factor: place for place, factor in enumerate(factors)}
    if len(places) != len(factors):
        raise ValueError("a factor is declared twice")
    return places


@remembered
def _scrambled(size: int, dimension: int, key: int) -> NDArray[np.float64]:
    """Return one dimension of so many, scrambled, as numbers in (0, 1); dims (draw,)."""
    return (_owen(_points(size)[dimension], key).astype(np.float64) + 0.5) / 2.0**_BITS


def _reverse(x: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Reverse the order of the 32 bits."""
    for shift, mask in ((1, 0x55555555), (2, 0x33333333), (4, 0x0F0F0F0F), (8, 0x00FF00FF)):
        s, m = np.uint32(shift), np.uint32(mask)
        x = ((x >> s) & m) | ((x & m) << s)
    return (x >> np.uint32(16)) | (x << np.uint32(16))


def _owen(x: NDArray[np.uint32], key: int) -> NDArray[np.uint32]:
    """Nested uniform scramble: each bit is flipped by a hash of the bits above it."""
    seed = np.uint32(key)
    x = _reverse(x)
    x = x ^ (x * np.uint32(0x3D20ADEA))
    x = x + seed
    x = x * ((seed >> np.uint32(16)) | np.uint32(1))
    x = x ^ (x * np.uint32(0x05526C56))
    x = x ^ (x * np.uint32(0x53A22864))
    return _reverse(x)
