"""The value of knowing more before the decision that a scenario states."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from models.quantile import quantile
from simulate.risk.error import mcse
from simulate.scenario.tree.decision import Decision
from simulate.sensitivity.basis import Floats
from simulate.sensitivity.factors import Factor
from simulate.sensitivity.information import Expected, Known, Worth, worth
from simulate.sensitivity.learning import expected

# Of so many factors at most the products in pairs are followed: the first of them.
_PAIRED = 12
EVERYTHING = "everything"


@dataclass(frozen=True, eq=False)
class Seen:
    """A factor as the regression sees it.

    Attributes:
        columns: functions with known means of zero in the draws, dims (draw, column).
        points: the same at points that stand for all factors together, dims (point, column).
        alone: the same over the factor's own distribution, dims (point, column).
        lines: its normal score in the draws and at the points, dims (draw,) and (point,).

    Chance has columns alone.
    """

    columns: Floats
    points: Floats | None = None
    alone: Floats | None = None
    lines: tuple[Floats, Floats] | None = None


@dataclass(frozen=True, eq=False)
class Finding:
    """What a study finds, in the draws and in further futures.

    Attributes:
        factors: what it tells something of; never chance.
        drawn: in the draws, dims (draw, statistic).
        further: in the further futures, dims (future, statistic).
        seen: those factors in the further futures; their ``lines`` hold the same scores twice.
        blocks: of how many independent sets of points the further futures are made; even.
    """

    factors: tuple[Factor, ...]
    drawn: Floats
    further: Floats
    seen: Mapping[str, Seen]
    blocks: int


@dataclass(frozen=True)
class Learned:
    """What it is worth to know something.

    Attributes:
        key: of a factor, of a part of the scenario, or :data:`EVERYTHING`.
        factors: what becomes known; never chance.
        worth: in SEK.
    """

    key: str
    factors: tuple[Factor, ...]
    worth: Worth


@dataclass(frozen=True)
class Value:
    """A decision and what information is worth before it.

    Attributes:
        decision: as stated.
        utility: of going ahead: expected net present value or certainty equivalent, SEK, with its
            Monte Carlo error. Staying out is worth nothing.
        everything: all uncertain factors at once, the most that any information can be worth.
        single: by factor, the most valuable first.
        groups: by part of the scenario, the most valuable first.
        findings: of each finding that was asked about, in order: what it is worth, and what it
            would be worth to know its factors.
    """

    decision: Decision
    utility: tuple[float, float]
    everything: Learned
    single: tuple[Learned, ...]
    groups: tuple[Learned, ...]
    findings: tuple[tuple[Worth, Worth], ...] = ()

    @property
    def goes_ahead(self) -> bool:
        """Whether going ahead is chosen as things are known."""
        return self.utility[0] > 0.0


def tolerance(decision: Decision) -> float | None:
    """Return R of the certainty equivalent, SEK; ``None`` where only the mean counts."""
    if decision.risk_tolerance is None:
        return None
    return float(quantile(decision.risk_tolerance.distribution, np.asarray(0.5)))


def value_of(
    decision: Decision,
    npv: Floats,
    factors: Sequence[Factor],
    seen: Mapping[str, Seen],
    findings: Sequence[Finding] = (),
) -> Value:
    """Return the value of information before a decision.

    Args:
        decision: as stated.
        npv: of going ahead, SEK, dims (draw,).
        factors: the most important first; chance only steadies the estimate.
        seen: each factor by key.
        findings: of studies that could be made first.
    """
    scale = tolerance(decision)
    gain = npv if scale is None else scale * -np.expm1(-npv / scale)
    own = [factor for factor in factors if factor.kind != "chance"]
    pairs = _pairs(own)
    blocks = [seen[factor.key].columns for factor in factors]
    blocks += [_product(seen, pair, 0) for pair in pairs]
    asked = {one.key: (one,) for one in own} | _parts(own) | {EVERYTHING: tuple(own)}
    targets = _targets(asked.values(), findings, factors, pairs, seen)
    found = worth(gain, blocks, targets)
    at = (float(gain.mean()), mcse(gain - gain.mean()))
    in_money = [_in_money(one, at[0], scale) for one in found]
    studied = in_money[len(asked) :]
    told = [
        Learned(key, members, one)
        for (key, members), one in zip(asked.items(), in_money[: len(asked)], strict=True)
    ]
    single, groups = told[: len(own)], told[len(own) : -1]
    return Value(
        decision,
        _certain(at, scale),
        told[-1],
        _ordered(single),
        _ordered(groups),
        tuple(zip(studied[::2], studied[1::2], strict=True)),
    )


def _targets(
    asked: Iterable[Sequence[Factor]],
    findings: Sequence[Finding],
    factors: Sequence[Factor],
    pairs: Sequence[tuple[Factor, Factor]],
    seen: Mapping[str, Seen],
) -> Iterator[Known]:
    """Yield what can become known, then what each finding tells and what it is about.

    One at a time: what a finding leads to expect of all columns in all futures is large.
    """
    for members in asked:
        yield _known(members, factors, pairs, seen)
    for finding in findings:
        yield from _told(finding, _known(finding.factors, factors, pairs, seen), pairs)


def _known(
    members: Sequence[Factor],
    factors: Sequence[Factor],
    pairs: Sequence[tuple[Factor, Factor]],
    seen: Mapping[str, Seen],
) -> Known:
    """Return what becomes known with some factors: themselves, and their products in pairs."""
    keys = [one.key for one in factors]
    places = [keys.index(one.key) for one in members]
    alone = seen[members[0].key].alone
    if len(members) == 1 and alone is not None:
        return Known(tuple(places), alone)
    places += [place for place, pair in enumerate(pairs, len(factors)) if set(pair) <= set(members)]
    return Known(tuple(places), _side_by_side(members, pairs, seen), blocks=0)


def _side_by_side(
    members: Sequence[Factor], pairs: Sequence[tuple[Factor, Factor]], seen: Mapping[str, Seen]
) -> Floats:
    """Return some factors at points that stand for all, and their products in pairs."""
    parts = [points for one in members if (points := seen[one.key].points) is not None]
    parts += [_product(seen, pair, 1) for pair in pairs if set(pair) <= set(members)]
    return np.column_stack(parts)


def _told(
    finding: Finding, known: Known, pairs: Sequence[tuple[Factor, Factor]]
) -> tuple[Known, Known]:
    """Return what a finding tells of its factors, and the factors themselves.

    What it leads to expect is learned in the first half of the further futures. In the second half
    it chooses, and what is chosen is judged by how things are there.
    """
    how = _side_by_side(finding.factors, pairs, finding.seen)
    half = len(how) // 2
    asked = np.concatenate([finding.further[half:], finding.drawn])
    found = expected(how[:half], finding.further[:half], asked)
    told = Expected(found[: len(how) - half], found[len(how) - half :])
    return Known(known.places, how[half:], told, finding.blocks // 2), known


def _product(seen: Mapping[str, Seen], pair: tuple[Factor, Factor], where: int) -> Floats:
    """Return the product of two scores, in the draws or at the points, dims (…, 1)."""
    one, other = (seen[factor.key].lines for factor in pair)
    if one is None or other is None:
        raise TypeError("chance has no score of its own")
    return np.asarray((one[where] * other[where])[:, None])


def _ordered(found: Sequence[Learned]) -> tuple[Learned, ...]:
    return tuple(sorted(found, key=lambda one: -one.worth.value))


def _pairs(own: Sequence[Factor]) -> list[tuple[Factor, Factor]]:
    first = [one for one in own if one.kind != "group"][:_PAIRED]
    return [(one, other) for place, one in enumerate(first) for other in first[place + 1 :]]


def _parts(own: Sequence[Factor]) -> dict[str, tuple[Factor, ...]]:
    """Return the parts of the scenario that have several factors, unless one part has them all."""
    parts: dict[str, list[Factor]] = {}
    for factor in own:
        if factor.kind == "number":
            first, second, *_ = factor.key.split(".")
            key = first if first in ("programme", "contract", "fund") else f"{first}.{second}"
            parts.setdefault(key, []).append(factor)
    return {key: tuple(one) for key, one in parts.items() if 1 < len(one) < len(own)}


def _certain(utility: tuple[float, float], scale: float | None) -> tuple[float, float]:
    """Return a mean utility as the certain amount that is as good, with its error."""
    if scale is None:
        return utility
    left = max(1.0 - utility[0] / scale, 1e-300)
    return -scale * float(np.log(left)), utility[1] / left


def _in_money(found: Worth, utility: float, scale: float | None) -> Worth:
    """Return a gain in utility as the most that would be paid for it, SEK.

    With constant risk aversion that is the difference of the certainty equivalents.
    """
    if scale is None:
        return found
    before = max(utility, 0.0)
    after, error = _certain((before + found.value, found.error), scale)
    return replace(found, value=after - _certain((before, 0.0), scale)[0], error=error)
