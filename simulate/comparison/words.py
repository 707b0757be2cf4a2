"""A comparison in words: differences with a sign, to the digits that their errors support."""

from __future__ import annotations

from collections.abc import Iterator

from models.language import named, say
from simulate.comparison.compare import Compared, Split
from simulate.comparison.paired import Change, Name
from simulate.language.numbers import HARD, million, number, points, significant
from simulate.report.cells import cell
from simulate.report.phrases import party_name
from simulate.risk.risk import Figure
from simulate.scenario.tree.scenario import ContractScenario

_ERRORS = {"sek": 1e-6, "share": 100.0, "rate": 100.0}
_MOST = 3


def change(found: Change, unit: str) -> tuple[str, str]:
    """Return a difference and its error as they are printed.

    Example:
        >>> [one.replace(HARD, " ") for one in change(Change(0.0234, 0.0004), "share")]
        ['+2,3 procentenheter', '± 0,04']
    """
    if found.value is None:
        return "–", ""
    value, error = found.value, found.mcse or 0.0
    if unit == "sek":
        text = million(value, error, _MOST)
    elif unit in _ERRORS:
        text = points(value, error, 2)
    elif unit == "year":
        text = say("{number} år", number=number(value))
    else:
        text = significant(value)
    # What rounds to zero has no sign.
    sign = "+" if value > 0.0 and any(digit in text for digit in "123456789") else ""
    return sign + text, error_of(error, unit)


def error_of(mcse: float, unit: str) -> str:
    """Return an error as it is printed beside a figure that names the unit.

    Example:
        >>> error_of(0.0004, "share").replace(HARD, " ")
        '± 0,04'
    """
    error = mcse * _ERRORS.get(unit, 1.0)
    if error == 0.0:
        return ""
    if error < 1e-4:
        return f"<{HARD}{significant(0.0001)}"
    return f"±{HARD}{significant(error, 1)}"


def title(compared: Compared, name: Name) -> str:
    """Return what a figure is called: its measure and whose it is."""
    figure = _figure(compared, name)
    return say(
        "{measure} ({party})", measure=say(figure.title), party=party_name(compared, figure.party)
    )


def unit(compared: Compared, name: Name) -> str:
    """Return the unit of a figure."""
    return _figure(compared, name).unit


def _figure(compared: Compared, name: Name) -> Figure:
    return compared.figures[0].figures[name]


def figures(compared: Compared, every: bool = False) -> Iterator[tuple[str, ...]]:
    """Yield the columns, then each figure: in the first, in the second, difference and error.

    Args:
        compared: the two.
        every: whether to yield all figures, or the key ones.
    """
    yield say("Mått"), "A", "B", say("B minus A"), say("Fel i skillnaden")
    for name, found in compared.changes.items():
        both = [one.figures[name] for one in compared.figures]
        if not every and not both[0].key:
            continue
        if not every and all(one.status == "undefined" for one in both):
            continue
        shown = change(found, both[0].unit)
        yield (title(compared, name), *(cell(one).value for one in both), *shown)


def splits(compared: Compared) -> Iterator[tuple[str, ...]]:
    """Yield the columns, then each part's own effect on each target, interaction, and the sum."""
    heads = [head for name in compared.targets for head in (title(compared, name), say("Fel"))]
    yield say("Del"), *heads
    units = {name: unit(compared, name) for name in compared.targets}
    for split in compared.splits:
        yield part(compared, split), *_row(split.changes, units)
    yield say("Samspel mellan delarna"), *_row(compared.interaction, units)
    yield say("Tillsammans"), *_row(compared.changes, units)


def _row(changes: dict[Name, Change] | object, units: dict[Name, str]) -> list[str]:
    assert isinstance(changes, dict)
    return [text for name in units for text in change(changes[name], units[name])]


def part(compared: Compared, split: Split) -> str:
    """Return what a part is called: a clause by its title in the second scenario, else its key."""
    if not split.is_clause:
        return split.key or say("allt på en gång")
    name = split.key.rpartition(".")[2]
    for one in (compared.b.scenario, compared.a.scenario):
        if isinstance(one, ContractScenario):
            for clause in one.contract.clauses:
                if clause.id == name:
                    return say("Klausul {id}: {title}", id=name, title=named(clause.title))
    return split.key


def pays(compared: Compared) -> Iterator[tuple[str, str, str]]:
    """Yield how much more each changed clause pays itself, before the contract's cap and floor."""
    for split in compared.splits:
        if split.pays is not None:
            value, error = change(split.pays, "sek")
            yield part(compared, split), value, error


def about(compared: Compared) -> str:
    """Return what is compared, as one sentence."""
    return say(
        "A är {a} och B är {b}: {draws} framtider med samma slumptal i båda (frö {seed}).",
        a=compared.a.name,
        b=compared.b.name,
        draws=number(compared.draws),
        seed=compared.seed,
    )


def sharper(compared: Compared) -> str:
    """Return how much more exact common random numbers make the first split figure."""
    for name in compared.targets[:1]:
        own, alone = compared.changes[name].mcse, compared.independent(name)
        if own and alone and alone > own:
            return say(
                "Med samma slumptal är felet i skillnaden {times} gånger mindre än mellan två "
                "oberoende körningar ({measure}).",
                times=significant(alone / own, 2),
                measure=title(compared, name),
            )
    return ""
