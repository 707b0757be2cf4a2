"""A comparison in words: differences with a sign, to the digits that their errors support."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from models.language import named, say, say_count
from models.spoken import listed
from simulate.comparison.compare import Compared, Split
from simulate.comparison.paired import Change, Name
from simulate.language.numbers import HARD, million, number, points, significant
from simulate.language.quantities import in_words
from simulate.report.cells import cell
from simulate.report.phrases import party_name
from simulate.risk.risk import Figure
from simulate.scenario.resolve import numbers
from simulate.scenario.tree.scenario import ContractScenario

_ERRORS = {"sek": 1e-6, "share": 100.0, "rate": 100.0}
_MOST = 3
# Beside its error a difference has one digit more than the error supports: to whole tens, 4 ± 0,6
# percentage points would be none.
_MORE = 10.0
# A difference of less than so many errors cannot be told from nothing.
_APART = 2.0
# So many changed numbers are listed.
_LISTED = 30


def change(found: Change, unit: str) -> tuple[str, str]:
    """Return a difference and its error as they are printed.

    Example:
        >>> [one.replace(HARD, " ") for one in change(Change(0.0234, 0.0004), "share")]
        ['+2,34 procentenheter', '± 0,04']
        >>> [one.replace(HARD, " ") for one in change(Change(0.041, 0.006), "share")]
        ['+4 procentenheter', '± 0,6']
    """
    if found.value is None:
        return "–", ""
    value, error = found.value, found.mcse or 0.0
    if unit == "sek":
        text = million(value, error / _MORE, _MOST)
    elif unit in _ERRORS:
        text = points(value, error / _MORE, 2)
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


def answers(compared: Compared) -> tuple[str, ...]:
    """Return what B does instead of A: who gains and who loses, and what becomes of each target."""
    return (_gains(compared), " ".join(_became(compared, name) for name in compared.targets))


def _gains(compared: Compared) -> str:
    """Return who gains and who loses in expected net present value, each party with its error."""
    each = [
        _gain(compared, party, found)
        for party in compared.scenario.parties
        if (found := compared.changes.get((party, "npv_mean"))) and _apart(found)
    ]
    if not each:
        return say("B i stället för A: ingen part vinner eller förlorar så att det syns.")
    return say("B i stället för A, i väntat nuvärde: {each}.", each=listed(each))


def _gain(compared: Compared, party: str, found: Change) -> str:
    value = found.value or 0.0
    amount, error = change(Change(abs(value), found.mcse), "sek")
    words = {
        "party": party_name(compared, party),
        "amount": amount.removeprefix("+"),
        "error": f" ({error})" if error else "",
    }
    if value > 0.0:
        return say("{party} vinner {amount}{error}", **words)
    return say("{party} förlorar {amount}{error}", **words)


def _apart(found: Change) -> bool:
    return found.value is not None and abs(found.value) > _APART * (found.mcse or 0.0)


def _became(compared: Compared, name: Name) -> str:
    before, after = (cell(one.figures[name]).value for one in compared.figures)
    by, error = change(compared.changes[name], unit(compared, name))
    return say(
        "{measure}: {before} i A och {after} i B, skillnad {by}.",
        measure=title(compared, name),
        before=before,
        after=after,
        by=f"{by} ({error})" if error else by,
    )


def differing(compared: Compared) -> Iterator[tuple[str, str, str]]:
    """Yield every number and every rule that is another in B: its key, and what stands in each."""
    a, b = (
        {one.key: in_words(one) for one in numbers(side.scenario)}
        for side in (compared.a, compared.b)
    )
    for key in {**a, **b}:
        if a.get(key) != b.get(key):
            yield key, a.get(key, "–"), b.get(key, "–")
    for key in (split.key for split in compared.splits if split.key not in {**a, **b}):
        rules = [_rule(side.raw, key) for side in (compared.a, compared.b)]
        if any(rules):
            yield key, rules[0] or "–", rules[1] or "–"


def _rule(raw: object, key: str) -> str | None:
    """Return what stands at a key that holds no number, where it is a single word."""
    for part in key.split("."):
        raw = raw.get(part) if isinstance(raw, Mapping) else None
    return raw if isinstance(raw, str) else None


def texts(compared: Compared) -> tuple[str, tuple[tuple[str, str, str], ...]]:
    """Return what the texts differ in, as a sentence where it is much and as rows where not."""
    rows = tuple(differing(compared))
    if not rows:
        return say("Inget tal och ingen regel skiljer."), ()
    if len(rows) > _LISTED:
        return say_count(
            "{count} tal eller regel skiljer.", "{count} tal och regler skiljer.", len(rows)
        ), ()
    return "", rows


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
