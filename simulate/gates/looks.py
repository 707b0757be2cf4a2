"""What a meeting knows of which future it is in, among so many that it may be.

One of a set of futures, all as likely, is the real one. Given what the meetings have seen its
number is k with the probability

    w_k ∝ p(x_1, …, x_t | what is kept of future k)

Kept is all that the future ends in: its whole cost, how much of that falls on those who are left
if funding ends at t, and so its worth. Moved are, so that it shows just x_1, …, x_t: at the first
meeting that knows any cost all cost so far, with the stable levels behind it, in one proportion;
at each later meeting what has come anew; and what is still to come, which takes the difference.
These are Dirichlet shares of a sum that is kept, and the real future is one of those that are
weighed. No step is an approximation, however few the futures: for any h of what is kept

    E[h(real) − Σ_k w_k h(k) | x_1, …, x_t] = 0
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

import numpy as np
import scipy
from numpy.typing import NDArray

from simulate.draws.values import Ints
from simulate.gates.paths import Paths

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

_TINY = 1e-300


@dataclass(frozen=True, eq=False)
class Look:
    """What is known at one meeting, in futures that are judged as the real one, one at a time.

    Attributes:
        meeting: its place, from zero.
        weights: how likely each future of the set is, dims (judged, draw).
        coming: cost so far at the next meeting, as that will see it, if the path of the one goes
            on as the other's does, same dims; NaN where nothing will be known.
    """

    meeting: int
    weights: Floats
    coming: Floats


def looks(paths: Paths, judged: Ints, asked: Collection[int]) -> Iterator[Look]:
    """Yield what is known at some meetings, in order.

    Args:
        paths: of a set of futures.
        judged: which of them are judged, dims (judged,).
        asked: places of the meetings, from zero.
    """
    so_far = _SoFar(paths, judged)
    for meeting in range(max(asked) + 1):
        so_far.see(meeting)
        if meeting in asked:
            yield so_far.look(meeting)


@dataclass(eq=False)
class _SoFar:
    """What has been seen, under each future of the set, dims (judged, draw) or (draw,).

    Attributes:
        possible: whether the future can show it.
        log: log density of it, but for ``constant`` and what is still to come.
        cost: cost so far, SEK.
        moved: sum of what is moved, SEK.
        scale: proportion in which the stable levels that were seen first are moved.
        own: what ``moved`` is in the future itself.
        shape: of all of it as a gamma variable.
        constant: the part of the log density that hangs on the future alone.
    """

    paths: Paths
    judged: Ints
    possible: Mask = field(init=False)
    log: Floats = field(init=False)
    cost: Floats = field(init=False)
    moved: Floats = field(init=False)
    scale: Floats = field(init=False)
    own: Floats = field(init=False)
    shape: Floats = field(init=False)
    constant: Floats = field(init=False)

    def __post_init__(self) -> None:
        both = (len(self.judged), len(self.paths))
        self.possible = np.ones(both, dtype=np.bool_)
        self.log, self.cost, self.moved = (np.zeros(both) for _ in range(3))
        self.scale = np.ones(both)
        self.own, self.shape, self.constant = (np.zeros(both[1]) for _ in range(3))

    def see(self, meeting: int) -> None:
        """Take in what one meeting sees."""
        paths, some = self.paths, self.paths.shape[:, meeting] > 0.0
        for one in (np.isfinite(paths.seen[:, meeting]), paths.persons[:, meeting], some):
            if np.any(one != one[0]):
                self.possible &= one[self.judged][:, None] == one[None, :]
        if not some.any():
            return
        opens = some & (self.shape <= 0.0)
        piece, own, per = self._piece(meeting, opens)
        shape = paths.shape[:, meeting] + np.where(opens, paths.level_shape, 0.0)
        if not some.all():
            piece = np.where(some, piece, 1.0)
        self.possible &= piece > 0.0
        self.log += np.where(some, shape - 1.0, 0.0) * np.log(np.maximum(piece, _TINY))
        self.moved += piece * some
        gone = np.log(np.maximum(per, _TINY)) - scipy.special.gammaln(np.maximum(shape, _TINY))
        self.constant += np.where(some, gone, 0.0)
        self.own += np.where(some, own, 0.0)
        self.shape += np.where(some, shape, 0.0)

    def _piece(self, meeting: int, opens: Mask) -> tuple[Floats, Floats, Floats]:
        """Return what is moved at a meeting, in the future itself, and that per unit seen."""
        paths = self.paths
        per, anew, early = paths.per[:, meeting], paths.anew[:, meeting], paths.early[:, meeting]
        before, self.cost = self.cost, self._cost(meeting)
        risen = self.cost - before
        if not opens.any():
            return risen - self.scale * early - paths.due[:, meeting], anew, per
        cost = np.maximum(early + anew, _TINY)
        self.scale = np.where(opens, risen / cost, self.scale)
        whole = paths.level + anew
        piece = risen - self.scale * early - paths.due[:, meeting]
        return (
            np.where(opens, self.scale * whole, piece),
            np.where(opens, whole, anew),
            np.where(opens, per * whole / cost, per),
        )

    def _cost(self, meeting: int) -> Floats:
        """Return the cost so far under each future, SEK."""
        seen = np.nan_to_num(self.paths.seen[self.judged, meeting])
        return np.asarray(seen[:, None] * self.paths.per[None, :, meeting])

    def look(self, meeting: int) -> Look:
        """Return what is known at a meeting that has been seen."""
        paths = self.paths
        whole, shape = self.own + paths.later[:, meeting], paths.later_shape[:, meeting]
        left = whole - self.moved
        some = self.shape > 0.0
        both = np.maximum(self.shape + shape, _TINY)
        rest = scipy.special.gammaln(both) - scipy.special.gammaln(np.maximum(shape, _TINY))
        constant = self.constant + rest - (both - 1.0) * np.log(np.maximum(whole, _TINY))
        log = np.log(np.maximum(left, _TINY))
        log *= np.where(some, shape - 1.0, 0.0)
        log += self.log + np.where(some, constant, 0.0)
        log[~(self.possible & (((left > 0.0) & (shape > 0.0)) | ~some))] = -np.inf
        rows = np.arange(len(self.judged))
        real = log[rows, self.judged]  # rounding, or nothing more to come, may rule it out
        log[rows, self.judged] = np.where(np.isfinite(real), real, 0.0)
        weights = np.exp(log - log.max(axis=1, keepdims=True))
        weights /= weights.sum(axis=1, keepdims=True)
        return Look(meeting, weights, self._coming(meeting, left))

    def _coming(self, meeting: int, left: Floats) -> Floats:
        paths, after = self.paths, meeting + 1
        if after == paths.seen.shape[1]:
            return np.full(left.shape, np.nan)
        part = paths.soon[:, meeting] / np.maximum(paths.later[:, meeting], _TINY)
        known = np.isfinite(paths.seen[:, after])
        unit = np.where(known, 1.0 / np.where(known, paths.per[:, after], 1.0), np.nan)
        cost = self.cost + self.scale * paths.early[:, after] + part * left
        return np.asarray((cost + paths.due[:, after] + paths.apart[:, meeting]) * unit)
