"""What must hold of what ties uncertain numbers: the years of a quantity, and correlations."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from models.distributions import FromEvidence
from models.spoken import listed
from simulate.errors import Path, Problem
from simulate.scenario.checks.common import unknown
from simulate.scenario.resolve import inputs
from simulate.scenario.tree.scenario import Correlation, Scenario
from simulate.scenario.years import by_year, courses, leaders, ranks, stated, tables


def correlations(scenario: Scenario) -> Iterator[Problem]:
    """Every pair is two uncertain numbers, stands once, and can be had beside all the others."""
    found = [*_years(scenario), *_each(scenario)]
    yield from found
    if not found and scenario.correlations:
        yield from _together(scenario)


def _years(scenario: Scenario) -> Iterator[Problem]:
    """What is said of the years of a quantity is a known number, of a quantity that has years."""
    for path, table in tables(scenario):
        for name, rank in table.years.items():
            if name not in by_year(table):
                yield unknown("years_of_nothing", (*path, "years", name), name, by_year(table))
            elif not rank.certain:
                yield Problem("correlation_uncertain", (*path, "years", name))


def _each(scenario: Scenario) -> Iterator[Problem]:
    known = {one.key: one for one in inputs(scenario)}
    leader = leaders(scenario)
    years = {number.key: one for one in courses(scenario) if one.rank for number in one.numbers}
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
        pair = frozenset(leader.get(key, key) for key in one.between)
        quantity = {years[key].key if key in years else key for key in one.between}
        if len(set(one.between)) == 2 and len(quantity) == 1:
            context = {"found": listed([*one.between]), "quantity": quantity.pop().split(".")[-1]}
            yield Problem("correlation_years", (*path, "between"), context)
        elif len(one.between) != 2 or len(pair) != 2:
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
    every = ranks(scenario)
    names = list(dict.fromkeys(name for pair in every for name in pair))
    if len(names) < 3:  # two numbers can have any correlation
        return
    from models.copula import conflict, matrix, offered, possible  # slow to import

    wanted = matrix(names, every)
    if possible(wanted):
        return
    places = conflict(wanted)
    some = [names[place] for place in places]
    pairs = {pair: rank for pair, rank in every.items() if set(pair) <= set(some)}
    could = offered(matrix(some, pairs))
    # Stated pairs come first; the years of one quantity can always go together.
    places_in_file = {pair: i for i, pair in zip(range(len(stated(scenario))), every, strict=False)}
    said = [
        f"correlations[{places_in_file[a, b]}] {rank:g} → {could[some.index(a), some.index(b)]:g}"
        for (a, b), rank in pairs.items()
        if (a, b) in places_in_file
    ]
    last = max(places_in_file[pair] for pair in pairs if pair in places_in_file)
    context = {"found": listed(some), "nearest": "; ".join(said)}
    yield Problem("correlation_impossible", ("correlations", last), context)
