"""How what the meetings see is made, so that each future can be put on another's path.

In every future the cost so far is made of stable levels and of what comes anew, both Dirichlet
shares of a cost that is settled. It can therefore be asked how likely a future makes what was seen
in another, and how that one's path goes on from there, while all that it ends in stays as it is.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from simulate.gates.basis import told
from simulate.gates.futures import Futures
from simulate.measurement.interim import Interim
from simulate.pipeline.contract import Begun
from simulate.pipeline.stopping import instalments_at
from simulate.programme import year_of
from simulate.scenario.tree.contract import Contract

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Paths:
    """Some futures on their way, dims (draw, meeting) where not said otherwise; amounts in SEK.

    At the first meeting that knows any cost, some cohorts are seen for the first time: the first.

    Attributes:
        seen: cost so far, as the meetings see it; NaN where nothing is known.
        persons: included so far.
        per: cost of one unit of ``seen``.
        early: what has fallen due since the meeting before of the stable levels of the first.
        due: the same of all others.
        anew: what has come anew since the meeting before.
        shape: of ``anew`` as a gamma variable.
        level: stable levels of the first, dims (draw,).
        level_shape: of ``level`` as a gamma variable, dims (draw,).
        later: what comes anew after the meeting to those who are left if funding ends at it.
        later_shape: of ``later`` as a gamma variable.
        soon: how much of ``later`` comes before the next meeting.
        apart: what comes anew before the next meeting to all who are not left.
    """

    seen: Floats
    persons: Floats
    per: Floats
    early: Floats
    due: Floats
    anew: Floats
    shape: Floats
    level: Floats
    level_shape: Floats
    later: Floats
    later_shape: Floats
    soon: Floats
    apart: Floats

    @classmethod
    def of(cls, begun: Begun, known: Interim, found: Futures) -> Paths:
        """Return a batch of futures in which funding goes on.

        Args:
            begun: as planned.
            known: at the meetings.
            found: the same futures, as the meetings see them.
        """
        shares, total = known.shares, known.total[:, None]
        level_shape, shapes, rest_shape = shares.shapes
        fallen = np.diff(known.elapsed.cost, axis=1, prepend=0.0)
        stable, anew = total * shares.stable, total[:, None] * shares.anew
        first = _first(shapes)
        left = _left(begun.scenario.contract, begun.intake.starts, shapes.shape[1])
        soon = np.concatenate([anew[:, 1:], np.zeros_like(anew[:, :1])], axis=1)
        yardstick = known.expected if found.compared else known.months
        assert yardstick is not None  # compared with it
        return cls(
            seen=_cost(found),
            persons=found.persons,
            per=yardstick,
            early=(np.where(first, stable, 0.0)[:, None] * fallen).sum(axis=2),
            due=(np.where(first, 0.0, stable)[:, None] * fallen).sum(axis=2),
            anew=anew.sum(axis=2),
            shape=shapes.sum(axis=2),
            level=np.where(first, stable, 0.0).sum(axis=1),
            level_shape=np.where(first, level_shape, 0.0).sum(axis=1),
            later=(_after(anew, total * shares.rest) * left).sum(axis=2),
            later_shape=(_after(shapes, rest_shape) * left).sum(axis=2),
            soon=(soon * left).sum(axis=2),
            apart=(soon * ~left).sum(axis=2),
        )

    def __len__(self) -> int:
        """Return how many futures they are."""
        return len(self.seen)

    def of_draws(self, where: slice) -> Paths:
        """Return some of them."""
        return replace(self, **{one.name: getattr(self, one.name)[where] for one in fields(self)})


def _cost(found: Futures) -> Floats:
    meetings = range(found.persons.shape[1])
    return np.stack([told(found, meeting)[0] for meeting in meetings], axis=1)


def _first(shapes: Floats) -> NDArray[np.bool_]:
    """Return which cohorts are seen at the first meeting that knows any cost, dims as a cohort."""
    some = (shapes > 0.0).any(axis=2)
    opening = some.argmax(axis=1)
    found: NDArray[np.bool_] = shapes[np.arange(len(shapes)), opening] > 0.0
    return found


def _left(contract: Contract, starts: Floats, meetings: int) -> NDArray[np.bool_]:
    """Return which cohorts are left if funding ends at each meeting, dims (meeting, cohort)."""
    taken = instalments_at(contract, np.arange(1, meetings + 1))
    runs_out = np.asarray([*(year_of(day) for day in contract.draw_days), np.inf])[taken]
    return np.asarray(starts[None, :] < runs_out[:, None])


def _after(pieces: Floats, rest: Floats) -> Floats:
    """Return what comes after each meeting, dims (draw, meeting, cohort)."""
    onward = np.cumsum(pieces[:, ::-1], axis=1)[:, ::-1]
    return np.asarray(onward - pieces + rest[:, None])
