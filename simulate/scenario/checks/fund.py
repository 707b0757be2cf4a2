"""What must hold between the parts of a scenario with a fund."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from models.distributions import FromEvidence
from models.number import Number
from simulate.errors import Path, Problem
from simulate.scenario.checks.common import lasts, party_exists, persons, unique_ids, unknown
from simulate.scenario.resolve import numbers
from simulate.scenario.tree.aterforing import Terms, by_year
from simulate.scenario.tree.investment import (
    CasesEffect,
    CostRatio,
    Investment,
    Lines,
    PersonDays,
    PersonYears,
    PlanShare,
    Priced,
    Substitution,
)
from simulate.scenario.tree.scenario import FundScenario, Scenario


def parties(scenario: FundScenario) -> Iterator[Problem]:
    """The fund is a fund, and whoever returns money to it is a nämnd."""
    yield from _of_type(scenario, ("fund", "party"), scenario.fund.party, "fund")
    for key, investment in scenario.investments.items():
        path: Path = ("investments", key)
        yield from party_exists(scenario, (*path, "provider"), investment.provider)
        for partner in investment.paid_to or ():
            yield from party_exists(scenario, (*path, "paid_to", partner), partner)
        for place, split in _splits((*path, "split"), investment):
            for namnd in split:
                yield from _of_type(scenario, (*place, namnd), namnd, "namnd")
        if (after := investment.implementation) is not None:
            place = (*path, "implementation", "paid_by")
            yield from _of_type(scenario, place, after.paid_by, "namnd")
    for key, lines in scenario.lines.items():
        for effect in lines.effects:
            if isinstance(effect, Priced):
                place = (*_path(key), "effects", effect.id, "falls_on")
                yield from party_exists(scenario, place, effect.falls_on)


def _path(place: str) -> Path:
    """Return where lines stand in the scenario, as in :attr:`FundScenario.lines`."""
    return ("investments", *place.split("."))


def _of_type(scenario: Scenario, path: Path, party: str, wanted: str) -> Iterator[Problem]:
    yield from party_exists(scenario, path, party)
    found = scenario.parties.get(party)
    if found is not None and found.type != wanted:
        context = {"found": party, "type": found.type, "allowed": wanted}
        yield Problem("party_kind", path, context)


def namnder(scenario: Scenario) -> Iterator[Problem]:
    """A nämnd has a budget frame and names the office under it."""
    for key, party in scenario.parties.items():
        # Where the file cannot be read as a whole, parties are known by name only.
        if getattr(party, "type", None) == "namnd":
            for part in ("budget_frame", "forvaltning"):
                if getattr(party, part) is None:
                    yield Problem("missing_key", ("parties", key, part), {"found": part})
            frame = party.budget_frame
            if frame is not None and frame.distribution.support()[0] <= 0.0:
                yield Problem("not_positive", ("parties", key, "budget_frame"), {"found": "0"})


def some_namnd(scenario: FundScenario) -> Iterator[Problem]:
    """Somebody can return money to the fund."""
    types = [getattr(party, "type", None) for party in scenario.parties.values()]
    if None not in types and "namnd" not in types:
        yield Problem("fund_without_namnd", ("parties",))


def plans(scenario: FundScenario) -> Iterator[Problem]:
    """A plan is certain, has a split that adds to one, and effects that it can be held against."""
    for key, investment in scenario.investments.items():
        path: Path = ("investments", key)
        if investment.aterforing is None:
            yield from _without_plan(path, investment)
            continue
        yield from _certain((*path, "aterforing"), investment.aterforing)
        if investment.split is None:
            yield Problem("missing_key", (*path, "split"), {"found": "split"})
            continue
        for place, split in _splits((*path, "split"), investment):
            yield from _adds_to_one(place, split)
        for year in investment.aterforing if by_year(investment.split) else ():
            if year not in investment.split:
                yield Problem("missing_key", (*path, "split", year), {"found": year})


def _splits(path: Path, investment: Investment) -> Iterator[tuple[Path, Mapping[str, Number]]]:
    """Yield the table that a plan is split by, or that of each year."""
    if investment.split is not None and by_year(investment.split):
        for year, split in investment.split.items():
            yield (*path, year), split
    elif investment.split is not None:
        yield path, investment.split


def _adds_to_one(path: Path, split: Mapping[str, Number]) -> Iterator[Problem]:
    if not all(share.certain for share in split.values()):
        yield Problem("uncertain_split", path)
        return
    total = sum(share.distribution.support()[0] for share in split.values())
    if abs(total - 1.0) > 1e-9:
        yield Problem("shares_not_one", path, {"found": f"{total:g}"})


def terms(scenario: FundScenario) -> Iterator[Problem]:
    """A rule has the share that it needs, and is abolished within the horizon or not at all."""
    every: dict[Path, Terms] = {("fund", "aterforing"): scenario.fund.aterforing}
    for key, investment in scenario.investments.items():
        if investment.terms is not None:
            every["investments", key, "terms"] = investment.terms
    for path, one in every.items():
        if one.rule == "realised_share" and one.share is None:
            yield Problem("missing_key", (*path, "share"), {"found": "share"})


def _without_plan(path: Path, investment: Investment) -> Iterator[Problem]:
    if investment.split is not None:
        yield Problem("split_without_plan", (*path, "split"))
    for effect in investment.effects:
        if isinstance(effect, PlanShare):
            yield Problem("missing_key", (*path, "aterforing"), {"found": "aterforing"})
        elif any(isinstance(one.distribution, FromEvidence) for one in numbers(effect)):
            yield Problem("plan_from_evidence", (*path, "aterforing"), {"found": effect.id})


def payments(scenario: FundScenario) -> Iterator[Problem]:
    """A provider pays others no more than the investment costs, and nothing to itself."""
    for key, investment in scenario.investments.items():
        paid = investment.paid_to or {}
        path: Path = ("investments", key, "paid_to")
        if investment.provider in paid:
            place = (*path, investment.provider)
            yield Problem("paid_to_itself", place, {"found": investment.provider})
        most = sum(share.distribution.support()[1] for share in paid.values())
        if most > 1.0 + 1e-9:
            yield Problem("paid_beyond_cost", path, {"found": f"{most:g}"})


def _certain(path: Path, plan: Mapping[str, Number]) -> Iterator[Problem]:
    for year, amount in plan.items():
        if not amount.certain:
            yield Problem("plan_uncertain", (*path, year))


def lines(scenario: FundScenario) -> Iterator[Problem]:
    """An effect line counts in a period that has a length, over the same years throughout."""
    for key, own in scenario.lines.items():
        for effect in own.effects:
            path = (*_path(key), "effects", effect.id)
            if isinstance(effect, PersonDays):
                yield from lasts(effect.window)
            elif isinstance(effect, CostRatio):
                yield from lasts(effect.per)
            elif isinstance(effect, CasesEffect):
                yield from _cases(path, effect)
            elif isinstance(effect, PersonYears):
                yield from _same_years(path, effect)
            elif isinstance(effect, Substitution):
                yield from _replaces(path, effect, own)
            events = scenario.investments[key.partition(".")[0]].events
            if isinstance(effect, Priced) and effect.event not in (None, *events):
                yield unknown(
                    "unknown_event", (*path, "event"), str(effect.event), events or ("–",)
                )


def _cases(path: Path, effect: CasesEffect) -> Iterator[Problem]:
    """There is someone it is about, and no case costs more than it does."""
    yield from persons(effect.persons)
    most = sum(share.distribution.support()[1] for share in effect.spread.values())
    if most > 1.0 + 1e-9:
        yield Problem("spread_beyond_whole", (*path, "spread"), {"found": f"{most:g}"})
    if effect.price.distribution.support()[0] <= 0.0:
        yield Problem("not_positive", (*path, "price"), {"found": "0"})


def _same_years(path: Path, effect: PersonYears) -> Iterator[Problem]:
    for name, there, other in (
        ("avoided", effect.avoided, effect.persons),
        ("persons", effect.persons, effect.avoided),
    ):
        for year in sorted(other.keys() - there.keys()):
            yield Problem("missing_key", (*path, name, year), {"found": year})


def _replaces(path: Path, effect: Substitution, lines: Lines) -> Iterator[Problem]:
    """It takes the place of a line that saves something of its own."""
    known = [
        one.id
        for one in lines.effects
        if isinstance(one, Priced) and not isinstance(one, Substitution)
    ]
    if effect.of not in known:
        yield unknown("unknown_line", (*path, "of"), effect.of, known)


def effect_ids(scenario: FundScenario) -> Iterator[Problem]:
    """The id of an effect line names one line."""
    for key, lines in scenario.lines.items():
        yield from unique_ids((*_path(key), "effects"), lines.effects)


def after(scenario: FundScenario) -> Iterator[Problem]:
    """What goes on is paid when the grant does not, and has no plan to be a share of.

    It may come between two periods that the grant pays, never before the first.
    """
    for key, investment in scenario.investments.items():
        if investment.implementation is None:
            continue
        granted, after = investment.costs, investment.implementation
        for year in after.costs:
            both = year in granted and year not in after.shared_years
            if both or year < min(granted):
                place = ("investments", key, "implementation", "costs", year)
                context = {"found": year, "granted": ", ".join(sorted(granted))}
                yield Problem("periods_overlap", place, context)
        for effect in after.effects:
            if isinstance(effect, PlanShare):
                path = ("investments", key, "implementation", "effects", effect.id)
                yield Problem("share_without_plan", path, {"found": "plan_share"})


def common_factors(scenario: FundScenario) -> Iterator[Problem]:
    """A common factor acts on investments that there are."""
    for name, one in scenario.fund.common_factors.items():
        for place, key in enumerate(one.on):
            if key not in scenario.investments:
                at: Path = ("fund", "common_factors", name, "on", place)
                yield unknown("unknown_investment", at, key, scenario.investments)


def grants(scenario: FundScenario) -> Iterator[Problem]:
    """Further grants have known parties, a period that exists and a plan that is certain."""
    own = scenario.fund.grants
    if own is None:
        return
    path: Path = ("fund", "grants")
    yield from party_exists(scenario, (*path, "provider"), own.provider)
    yield from _of_type(scenario, (*path, "namnd"), own.namnd, "namnd")
    yield from _certain((*path, "plan"), own.plan)
    first, last = scenario.first_year, scenario.last_year
    for name, year in (("first_year", own.first_year), ("last_year", own.last_year)):
        if not first <= year <= last:
            context = {"found": year, "allowed": f"{first}–{last}"}
            yield Problem("outside_horizon", (*path, name), context)
            return
    if own.last_year < own.first_year:
        context = {"found": own.last_year, "start": own.first_year}
        yield Problem("end_before_start", (*path, "last_year"), context)


def sizes(scenario: FundScenario) -> Iterator[Problem]:
    """No investment is certain to cost more than all that is ever paid in to the fund."""
    own = scenario.fund
    amounts = [*own.capital.values(), *(one.amount for one in own.top_ups)]
    paid = sum(one.distribution.support()[1] for one in amounts)
    sizes: dict[Path, float] = {
        ("investments", key, "costs"): sum(
            amount.distribution.support()[0] for amount in one.costs.values()
        )
        for key, one in scenario.investments.items()
    }
    if own.grants is not None:
        sizes["fund", "grants", "size"] = own.grants.size.distribution.support()[0]
    for path, least in sizes.items():
        if least > paid:
            context = {"found": f"{least:.0f}", "allowed": f"{paid:.0f}"}
            yield Problem("grant_beyond_fund", path, context)


def years(scenario: FundScenario) -> Iterator[Problem]:
    """Everything lies within the horizon, and nothing comes before its decision."""
    first, last = scenario.first_year, scenario.last_year
    if last < first:
        yield Problem("end_before_start", ("last_year",), {"found": last, "start": first})
        return
    for path, year, since in _years(scenario):
        if not first <= year <= last:
            context = {"found": year, "allowed": f"{first}–{last}"}
            yield Problem("outside_horizon", path, context)
        elif year < since:
            yield Problem("end_before_start", path, {"found": year, "start": since})


def top_ups(scenario: FundScenario) -> Iterator[Problem]:
    """A top-up comes after the horizon begins, and can come before it ends."""
    first, last = scenario.first_year, scenario.last_year
    for place, one in enumerate(scenario.fund.top_ups):
        low, high = one.year.distribution.support()
        if low < first or low > last:
            found = f"{low:.0f}–{high:.0f}" if high > low else f"{low:.0f}"
            context = {"found": found, "allowed": f"{first}–{last}"}
            yield Problem("outside_horizon", ("fund", "top_ups", place, "year"), context)


def _years(scenario: FundScenario) -> Iterator[tuple[Path, int, int]]:
    """Yield every year of a plan: its place, and the first year that it may be."""
    yield ("signed",), scenario.signed.year, scenario.first_year
    abolished = scenario.fund.aterforing.abolished
    if abolished is not None:
        at: Path = ("fund", "aterforing", "abolished", "first_year")
        yield at, abolished.first_year, scenario.first_year
    for year in scenario.fund.capital:
        yield ("fund", "capital", year), int(year), scenario.first_year
    for key, investment in scenario.investments.items():
        path: Path = ("investments", key)
        since = investment.granted.year
        for name, plan in (("costs", investment.costs), ("aterforing", investment.aterforing)):
            for year in plan or ():
                yield (*path, name, year), int(year), since
        if (after := investment.implementation) is not None:
            for year in after.costs:
                yield (*path, "implementation", "costs", year), int(year), since
    for key, lines in scenario.lines.items():
        since = scenario.investments[key.partition(".")[0]].granted.year
        for effect in lines.effects:
            if isinstance(effect, Priced):
                for name, found in ((effect.COUNTED, effect.counted), *_shares(effect)):
                    for year in found:
                        yield (*_path(key), "effects", effect.id, name, year), int(year), since


def _shares(effect: Priced) -> Iterator[tuple[str, Mapping[str, Number]]]:
    """Yield the shares of a line that are stated year by year, by name."""
    for name in ("cashable", "cashable_growth", "share"):
        found = getattr(effect, name, None)
        if isinstance(found, Mapping):
            yield name, found
