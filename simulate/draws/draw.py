"""One batch of possible futures: the value of every number in each of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from models.distributions import Distribution, Fixed, FromEvidence
from models.number import Number
from models.quantile import quantile
from simulate.draws.factors import chance_name, evidence_name
from simulate.draws.remembered import remembered
from simulate.draws.streams import BATCH, Streams
from simulate.draws.values import Floats, Ints


@dataclass(frozen=True)
class Samples:
    """The posterior samples of one evidence block, in the order they are drawn from.

    Attributes:
        quantities: what the model hands on, dims (sample,), chain by chain.
        order: sample numbers by rising headline quantity, so that neighbouring uniform numbers
            pick neighbouring effects and quasi-Monte Carlo keeps its worth.
        chains: number of chains.
    """

    quantities: Mapping[str, Floats]
    order: Ints
    chains: int

    @classmethod
    def sorted_by(cls, headline: str, quantities: Mapping[str, Floats], chains: int) -> Samples:
        """Return the samples, ordered by ``headline``."""
        return cls(quantities, np.argsort(quantities[headline], kind="stable"), chains)


Law = Callable[[Floats, Floats], Floats]


@dataclass(frozen=True)
class Draws:
    """The numbers of one batch.

    Attributes:
        streams: the uniform numbers.
        batch: which batch.
        evidence: posterior samples by block.
        settings: numbers that are *set* (``do``), by key; all else keeps its uniforms.
        scaled: what some numbers, set or drawn, are multiplied by, by key, dims (draw,).
    """

    streams: Streams
    batch: int
    evidence: Mapping[str, Samples]
    settings: Mapping[str, float] = field(default_factory=dict)
    scaled: Mapping[str, Floats] = field(default_factory=dict, repr=False, compare=False)
    _known: dict[str, Floats] = field(default_factory=dict, repr=False, compare=False)
    _made: dict[str, list[tuple[Floats, Floats]]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def of(self, number: Number) -> Floats:
        """Return the values of ``number``, dims (draw,), or () when it is certain."""
        plain = self._plain(number)
        return plain * self.scaled[number.key] if number.key in self.scaled else plain

    def _plain(self, number: Number) -> Floats:
        if number.key in self.settings:
            return np.asarray(self.settings[number.key])
        if isinstance(number.distribution, Fixed):
            return np.asarray(number.distribution.value)
        if number.key not in self._known:
            self._known[number.key] = self._drawn(number)
        return self._known[number.key]

    def chance(self, place: str, name: str) -> Floats:
        """Return the uniform numbers of a chance factor, dims (draw,)."""
        return self.streams.uniforms(chance_name(place, name), self.batch)

    def made(self, chance: tuple[str, str], law: Law, by: Floats) -> Floats:
        """Return what a law makes of a chance factor, dims (draw,); not to be written to.

        Worked out once for equal ``by``: most of what is set in the same futures leaves it alone.

        Args:
            chance: place and name of the factor, which has one law.
            law: of its uniform numbers and ``by``.
            by: dims (draw,).
        """
        known = self._made.setdefault(chance_name(*chance), [])
        for earlier, found in known:
            if np.array_equal(earlier, by):
                return found
        found = law(self.chance(*chance), by)
        known.append((by, found))
        return found

    def sample(self, block: str) -> Ints:
        """Return which posterior sample of ``block`` each future uses, dims (draw,)."""
        order = self.evidence[block].order
        u = self.streams.uniforms(evidence_name(block), self.batch)
        picked: Ints = order[np.floor(u * len(order)).astype(np.int64)]
        return picked

    def setting(self, settings: Mapping[str, float]) -> Draws:
        """Return the same futures with some numbers set, everything else bit-identical."""
        return replace(self, settings={**self.settings, **settings})

    def scaling(self, numbers: Iterable[Number], by: Floats) -> Draws:
        """Return the same futures with some numbers multiplied, dims (draw,)."""
        return replace(self, scaled={**self.scaled, **{one.key: by for one in numbers}})

    def apart(self) -> Draws:
        """Return the same futures; what is drawn from them is forgotten with them."""
        return replace(self, _known=dict(self._known), _made={})

    def of_batch(self, batch: int) -> Draws:
        """Return the numbers of another batch."""
        return replace(self, batch=batch, _known={}, _made={})

    def along(self, streams: Streams, moved: Iterable[str]) -> Draws:
        """Return the same futures with other uniform numbers of some factors.

        Args:
            streams: differ from these in the factors of ``moved`` alone.
            moved: keys of the numbers that hang on those factors; all others are kept as drawn.
        """
        kept = {key: self._known[key] for key in self._known.keys() - set(moved)}
        return replace(self, streams=streams, _known=kept, _made={})

    def _drawn(self, number: Number) -> Floats:
        dist = number.distribution
        if isinstance(dist, FromEvidence):
            return self.evidence[dist.block].quantities[dist.quantity][self.sample(dist.block)]
        return _quantile(dist, self.streams.uniforms(number.key, self.batch))


@remembered
def _quantile(dist: Distribution, u: Floats) -> Floats:
    return quantile(dist, u)


def full[Kind: np.generic](values: NDArray[Kind], size: int = BATCH) -> NDArray[Kind]:
    """Return ``values`` spread over all draws."""
    return np.broadcast_to(values, (size,)) if np.ndim(values) == 0 else values
