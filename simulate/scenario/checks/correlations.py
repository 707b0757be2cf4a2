"""What must hold of the stated correlations between uncertain numbers."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from models.distributions import FromEvidence
from models.spoken import listed
from simulate.errors import Path, Problem
from simulate.scenario.resolve import inputs
from simulate.scenario.tree.scenario import Correlation, Scenario


def correlations(scenario: Scenario) -> Iterator[Problem]:
    """Every pair is two uncertain numbers, stands once, and can be had beside all the others."""
    found = [*_each(scenario)]
    yield from found
    if not found and scenario.correlations:
        yield from _together(scenario)


def _each(scenario: Scenario) -> Iterator[Problem]:
    known = {one.key: one for one in inputs(scenario)}
    seen: set[frozenset[str]] = set()
    for index, one in enumerate(scenario.correlations):
        path: Path = ("correlations", index)
        for place, key in enumerate(one.between):
            at = (*path, "between", place)
            if key not in known:
                close = "".join(difflib.get_close_matches(key, known, n=1))
                yield Problem("unknown_number", at, {"found": key, "close": close})
            elif isinstance(known[key].distribution, FromEvidence):
                yield Problem("correlation_evidence", at, {"found": key})
            elif known[key].certain:
                yield Problem("correlation_certain", at, {"found": key})
        pair = frozenset(one.between)
        if len(one.between) != 2 or len(pair) != 2:
            yield Problem("correlation_pair", (*path, "between"), {"found": listed([*one.between])})
        elif pair in seen:
            context = {"found": listed(sorted(pair))}
            yield Problem("correlation_twice", (*path, "between"), context)
        seen.add(pair)
        yield from _rank(path, one)


def _rank(path: Path, one: Correlation) -> Iterator[Problem]:
    low, high = one.rank.distribution.support()
    if not one.rank.certain:
        yield Problem("correlation_uncertain", (*path, "rank"))
    elif abs(low) >= 1.0 or abs(high) >= 1.0:
        yield Problem("correlation_whole", (*path, "rank"), {"found": f"{low:g}"})


def _together(scenario: Scenario) -> Iterator[Problem]:
    """Name the fewest numbers that cannot go together as stated, and what they could have."""
    ranks = {one.pair: one.rank.distribution.support()[0] for one in scenario.correlations}
    names = list(dict.fromkeys(name for pair in ranks for name in pair))
    if len(names) < 3:  # two numbers can have any correlation
        return
    from models.copula import conflict, matrix, offered, possible  # slow to import

    stated = matrix(names, ranks)
    if possible(stated):
        return
    places = conflict(stated)
    some = [names[place] for place in places]
    pairs = {pair: rank for pair, rank in ranks.items() if set(pair) <= set(some)}
    could = offered(matrix(some, pairs))
    places_in_file = {one.pair: i for i, one in enumerate(scenario.correlations)}
    said = [
        f"correlations[{places_in_file[a, b]}] {rank:g} → {could[some.index(a), some.index(b)]:g}"
        for (a, b), rank in pairs.items()
    ]
    last = max(places_in_file[pair] for pair in pairs)
    context = {"found": listed(some), "nearest": "; ".join(said)}
    yield Problem("correlation_impossible", ("correlations", last), context)
