"""What the answer can hang on: every uncertain number, every evidence block, and chance."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from models.distributions import FromEvidence
from models.number import Number
from models.quantile import quantile
from simulate.draws.draw import Samples
from simulate.draws.factors import drawn_numbers, evidence_name, factors
from simulate.draws.streams import Streams
from simulate.scenario.tree.scenario import ContractScenario, FundScenario
from simulate.scenario.years import leaders, ranks
from simulate.sensitivity.basis import WIDTH, Floats, orthonormal, products, ranked, scores, smooth

Kind = Literal["number", "group", "evidence", "chance"]
CHANCE = "chance"
# Of each kind of chance so many functions: there are many kinds, and none of them bends sharply.
_OF_CHANCE = 3


@dataclass(frozen=True)
class Factor:
    """Something uncertain that is moved as one.

    What hangs together is one factor: the quantities that an evidence block hands on, the years of
    a quantity, numbers with a stated correlation, and all chance in finite groups.

    Attributes:
        key: of the number, those of a group with ``+`` between, ``evidence/<block>``, or
            ``chance``.
        kind: which of the four.
        streams: names of the uniform numbers that it consists of.
        numbers: whose values move with it; none with chance. Of the years of a quantity that are
            at one quantile, the first tells the value.
        parts: of a group, what each of its streams moves, where that is uncertain.
    """

    key: str
    kind: Kind
    streams: tuple[str, ...]
    numbers: tuple[Number, ...] = ()
    parts: tuple[Factor, ...] = ()

    @property
    def moved(self) -> tuple[str, ...]:
        """Keys of the numbers that move with it."""
        return tuple(number.key for number in self.numbers)

    @property
    def members(self) -> tuple[Factor, ...]:
        """What can be held by itself: the parts of a group, else the factor; never chance."""
        if self.kind == "chance":
            return ()
        return self.parts if self.kind == "group" else (self,)

    @property
    def block(self) -> str:
        """The evidence block that it is."""
        return self.key.removeprefix(evidence_name(""))


def alone(stream: str, numbers: Sequence[Number]) -> Factor:
    """Return numbers that have one stream in common, mostly one alone, as a factor of its own."""
    return Factor(_joined(numbers), "number", (stream,), tuple(numbers))


def _joined(numbers: Sequence[Number]) -> str:
    return "+".join(number.key for number in numbers)


def factors_of(scenario: ContractScenario | FundScenario) -> tuple[Factor, ...]:
    """Return every factor that is uncertain: evidence first, chance last."""
    return tuple(_factors(scenario))


def _factors(scenario: ContractScenario | FundScenario) -> Iterator[Factor]:
    drawn = [number for number in drawn_numbers(scenario) if not number.certain]
    blocks: dict[str, list[Number]] = {block: [] for block in scenario.evidence}
    own: list[Number] = []
    for number in drawn:
        dist = number.distribution
        (blocks[dist.block] if isinstance(dist, FromEvidence) else own).append(number)
    for block, numbers in blocks.items():
        if numbers:
            name = evidence_name(block)
            yield Factor(name, "evidence", (name,), tuple(numbers))
    yield from _tied(scenario, own)
    chance = tuple(name for name in factors(scenario) if name.startswith(f"{CHANCE}/"))
    if chance:
        yield Factor(CHANCE, "chance", chance)


def _tied(scenario: ContractScenario | FundScenario, own: Sequence[Number]) -> Iterator[Factor]:
    """Yield the numbers as factors, what is tied together as one, in order of the first.

    A year of a quantity that is known has uniform numbers too, and those tie the others.
    """
    leader, pairs = leaders(scenario), ranks(scenario)
    led: dict[str, list[Number]] = {}
    for number in own:
        led.setdefault(leader.get(number.key, number.key), []).append(number)
    done: set[str] = set()
    for first in led:
        if first in done:
            continue
        streams = _reached(first, pairs)
        done |= set(streams)
        parts = tuple(alone(name, led[name]) for name in led if name in streams)
        if len(streams) == 1:
            yield parts[0]
            continue
        numbers = tuple(number for number in own if any(number in one.numbers for one in parts))
        yield Factor(_joined(numbers), "group", streams, numbers, parts)


def _reached(first: str, pairs: Collection[tuple[str, str]]) -> tuple[str, ...]:
    """Return everything that is tied to a name, directly or through others, itself first."""
    found = {first: None}
    for name in iter(queue := [first]):
        for pair in pairs:
            if name in pair:
                new = [other for other in pair if other not in found]
                found |= dict.fromkeys(new)
                queue += new
    return tuple(found)


def columns(
    factor: Factor, streams: Streams, batches: range, evidence: Mapping[str, Samples]
) -> Floats:
    """Return smooth functions of a factor in each draw, with known means of zero.

    Dims (draw, column). Of an evidence block they are functions of the quantities that the
    scenario uses, centred over all posterior samples.

    Args:
        factor: of any kind.
        streams: without ties between numbers; what a group is made of is then independent.
        batches: which.
        evidence: posterior samples by block.
    """
    drawn = [
        np.concatenate([streams.uniforms(name, batch) for batch in batches])
        for name in factor.streams
    ]
    if factor.kind == "evidence":
        known = everywhere(factor, evidence)
        order = evidence[factor.block].order
        return known[order[np.floor(drawn[0] * len(order)).astype(np.int64)]]
    width = _OF_CHANCE if factor.kind == "chance" else WIDTH
    return np.column_stack([smooth(scores(one))[:, :width] for one in drawn])


def everywhere(factor: Factor, evidence: Mapping[str, Samples], points: int = 4096) -> Floats:
    """Return those functions over the whole distribution of a number or a block.

    Dims (point, column); points that are equally likely, or the posterior samples as they are
    kept.
    """
    if factor.kind == "number":
        return smooth(scores((np.arange(points) + 0.5) / points))
    ranks = [ranked(one) for one in quantities(factor, evidence).values()]
    lines = np.column_stack(ranks)
    return orthonormal(np.column_stack([*map(smooth, ranks), products(lines)]))


def quantities(factor: Factor, evidence: Mapping[str, Samples]) -> dict[str, Floats]:
    """Return the quantities of a block that the scenario uses, dims (sample,)."""
    names = [
        number.distribution.quantity
        for number in factor.numbers
        if isinstance(number.distribution, FromEvidence)
    ]
    return {name: evidence[factor.block].quantities[name] for name in dict.fromkeys(names)}


def value_at(
    factor: Factor, p: float, headline: str | None, evidence: Mapping[str, Samples]
) -> float:
    """Return the p-quantile of a number, or of the headline quantity of a block."""
    if headline is None:
        return float(quantile(factor.numbers[0].distribution, np.asarray(p)))
    return float(np.quantile(evidence[factor.block].quantities[headline], p))
