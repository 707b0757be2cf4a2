"""What a person calls a factor, an answer and a part of a scenario."""

from __future__ import annotations

from typing import Any

from models.language import mark, named, say
from models.quantity import Dimension
from simulate.evidence import title_of
from simulate.evidence_sensitivity.targets import Target
from simulate.report.phrases import name_in
from simulate.scenario.read import AnyScenario
from simulate.sensitivity.decide import EVERYTHING
from simulate.sensitivity.factors import CHANCE, Factor

# What a number is called within the table that it stands in; others are called by their key.
_LEAVES = {
    "amount": mark("belopp"),
    "assessable": mark("andel som kan bedömas"),
    "cashable": mark("realiserbar andel"),
    "cashable_growth": mark("realiserbar andel av en ökning"),
    "common_factor": mark("gemensam faktor"),
    "cost_per_person": mark("kostnad per person"),
    "cv": mark("variationskoefficient"),
    "discount_rate": mark("kalkylränta"),
    "drift": mark("drift"),
    "duration": mark("längd"),
    "effect": mark("effekt"),
    "eligible_per_year": mark("möjliga deltagare per år"),
    "extra_step": mark("chans till ett steg till"),
    "followed": mark("andel som kan följas"),
    "front_load": mark("de första månadernas kostnad mot den väntade profilen"),
    "half_life": mark("halveringstid"),
    "half_width": mark("halva bredden av oförändrat"),
    "index_above": mark("gräns för kostnaden hittills mot den väntade"),
    "indexation": mark("indexering"),
    "inflation": mark("inflation"),
    "long_run": mark("på lång sikt"),
    "missing": mark("de som saknas"),
    "occurs": mark("sannolikhet att effekten finns"),
    "overrun": mark("överskridande"),
    "participants": mark("deltagare"),
    "person_months": mark("kända personmånader"),
    "persons": mark("personer"),
    "price": mark("pris"),
    "realised": mark("blir av, gånger det räknade"),
    "reporting_lag": mark("tid tills en månads kostnad är känd"),
    "share": mark("andel"),
    "short_run": mark("på kort sikt"),
    "stable": mark("stabil del av skillnaden i kostnad mellan personer"),
    "take_up": mark("andel som tackar ja"),
    "trend": mark("utveckling utan insats"),
    "window": mark("fönster"),
    "window_from": mark("fönstret öppnas"),
    "without": mark("utan insats"),
}
_ANSWERS = {
    "npv_mean": mark("det väntade nuvärdet för {party}"),
    "p_loss": mark("sannolikheten att {party} förlorar pengar"),
    "p_never_payback": mark("sannolikheten att {party} aldrig får igen pengarna"),
    "p_gap": mark("sannolikheten att {party} återför mer än den sparar"),
}
_TITLES = ("title", "name")
# What the title of an effect says already.
_SAID = ("share",)


def answer_name(scenario: AnyScenario, target: Target) -> str:
    """Return what an answer is called inside a sentence."""
    return say(_ANSWERS[target.measure], party=name_in(scenario, target.party))


def idle_name(key: str) -> str:
    """Return what stands for something that moves nothing: the key of a number, or all chance."""
    return _chance() if key == CHANCE else key


def _chance() -> str:
    return say("slump i små grupper")


def factor_name(scenario: AnyScenario, factor: Factor) -> str:
    """Return what a factor is called: the table it stands in, and what it is there."""
    if factor.kind == "chance":
        return _chance()
    if factor.kind == "evidence":
        block = scenario.evidence[factor.block]
        title, quantity = title_of(scenario, factor.block), block.called(block.headline)
        return say("{block}: {quantity}", block=title, quantity=quantity)
    names = [_part(scenario, part) for part in factor.members]
    return names[0] if len(names) == 1 else say("tillsammans: {names}", names=", ".join(names))


def _part(scenario: AnyScenario, part: Factor) -> str:
    """Return what a number is called, or a quantity whose years are one factor."""
    key, _, year = part.moved[0].rpartition(".")
    if len(part.numbers) == 1:
        return number_name(scenario, part.moved[0])
    return say("{quantity} {year} (åren följs åt)", quantity=number_name(scenario, key), year=year)


def number_name(scenario: AnyScenario, key: str) -> str:
    """Return what a number is called.

    Investments are many, so that the title of one stands before that of its effect.
    """
    *path, leaf = key.split(".")
    titles, node = [], scenario
    for part in path:
        node = _child(node, part)
        title = next((t for name in _TITLES if (t := getattr(node, name, None))), None)
        if title and path[0] != "contract":
            titles.append(named(title).partition(":")[0])
    own = f"{leaf_name(path[-1])} {leaf}" if len(leaf) == 4 and leaf.isdigit() else leaf_name(leaf)
    if not titles:
        return own
    if leaf in _SAID:
        return " – ".join(titles)
    return say("{table}: {number}", table=" – ".join(titles), number=own)


def leaf_name(leaf: str) -> str:
    """Return what a number is called within its table: in words, else by its key."""
    return say(_LEAVES[leaf]) if leaf in _LEAVES else leaf


def part_name(scenario: AnyScenario, key: str) -> str:
    """Return what a part of a scenario, or all that is uncertain, is called."""
    if key == EVERYTHING:
        return say("allt osäkert")
    node: Any = scenario
    for part in key.split("."):
        node = _child(node, part)
    title = next((t for name in _TITLES if (t := getattr(node, name, None))), key)
    return say("{part}: alla osäkra tal", part=named(str(title)).partition(":")[0])


def dimension_of(scenario: AnyScenario, factor: Factor) -> Dimension:
    """Return the dimension of a number, or of the headline quantity of a block."""
    if factor.kind == "evidence":
        block = scenario.evidence[factor.block]
        return block.quantities[block.headline]
    return factor.numbers[0].dimension


def _child(node: Any, part: str) -> Any:
    if isinstance(node, dict):
        return node[part]
    if isinstance(node, tuple):
        return next((one for one in node if getattr(one, "id", None) == part), None)
    return getattr(node, part, None)
