"""A fund composed of scenarios that also run alone: ``[investments.skolfam2] from = "skolfam2"``.

Each part is read and checked by itself first. Then its investments, evidence and human gains are
taken into the whole, with the parties that its investments name. What comes out is plain data that
stands on its own, and no longer says where its parts came from.
"""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any, Protocol

from models.language import say
from models.number import Number
from simulate import errors
from simulate.errors import BadInput, Problem
from simulate.scenario.locate import real_path
from simulate.scenario.shipped import shipped
from simulate.scenario.tree.scenario import ContractScenario, FundScenario

Raw = dict[str, Any]
FROM = "from"


class Read(Protocol):
    """A part as it was read."""

    @property
    def scenario(self) -> ContractScenario | FundScenario:
        """The part, checked."""
        ...

    @property
    def raw(self) -> Raw:
        """The plain data it was read from, composed itself if it has parts."""
        ...


@dataclass
class Composed:
    """A scenario with its parts in it.

    Attributes:
        raw: the whole; the data that was given where nothing is composed.
        problems: with the composition, and with parts, each with its own file and line.
        origins: what came out of a part → the key that took it there.
        overrides: what was written beside ``from``.
        files: the parts that do not come with the program.
    """

    raw: Raw
    problems: list[Problem] = field(default_factory=list)
    origins: dict[errors.Path, errors.Path] = field(default_factory=dict)
    overrides: list[errors.Path] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)


def is_part(entry: object) -> bool:
    """Whether what stands under the name of an investment takes it from another scenario."""
    return isinstance(entry, Mapping) and FROM in entry


def composed(raw: Raw, stack: Sequence[Path], read: Callable[[Path], Read]) -> Composed:
    """Return the scenario in plain data with its parts in it.

    Args:
        raw: as parsed; not changed.
        stack: the files that are being read, this one last, so that a circle is seen.
        read: reads and checks a part, and raises :class:`BadInput` with its problems.
    """
    entries = raw.get("investments")
    if not isinstance(entries, Mapping) or not any(map(is_part, entries.values())):
        return Composed(raw)
    whole = {
        key: dict(value) if key in ("parties", "evidence", "outcomes") and _table(value) else value
        for key, value in raw.items()
    }
    made = Composed({**whole, "investments": {}})
    for key, entry in entries.items():
        if is_part(entry):
            _take(made, key, entry, stack, read)
        else:
            _add_investment(made, key, entry, ("investments", key))
    return made


def _table(value: object) -> bool:
    return isinstance(value, Mapping)


def _take(
    made: Composed, key: str, entry: Mapping[str, Any], stack: Sequence[Path], read: Any
) -> None:
    """Take one part into the whole, or tell why it cannot be."""
    place: errors.Path = ("investments", key, FROM)
    name = entry[FROM]
    path, problem = _file(name, place, stack[-1])
    if path is None or problem is not None:
        made.problems += [problem] if problem is not None else []
        return
    if path.resolve() in stack:
        circle = [one.name for one in (*stack[stack.index(path.resolve()) :], path)]
        made.problems.append(Problem("composition_circular", place, {"found": " → ".join(circle)}))
        return
    try:
        part = read(path)
    except BadInput as error:
        file = f"{name}.toml" if name in shipped() else name
        made.problems += [
            one if one.file else dataclasses.replace(one, file=file) for one in error.problems
        ]
        return
    if not isinstance(part.scenario, FundScenario):
        made.problems.append(Problem("part_has_contract", place, {"found": name}))
        return
    made.files += [path] if path not in shipped().values() else []
    made.problems += _beyond(made.raw, part.scenario, name, place)
    _investments(made, key, entry, part)
    for table in ("evidence", "outcomes"):
        for block, value in _noted(part.raw, part.raw.get(table, {})).items():
            same = _moved(value, name) if table == "evidence" else value
            _add(made, (table, block), same, place)
    _parties(made, part, place)


def _file(name: object, place: errors.Path, whole: Path) -> tuple[Path | None, Problem | None]:
    """Return the file of a part: shipped, or below the folder of the whole."""
    if not isinstance(name, str):
        return None, Problem("not_text", place, {"found": name})
    known = shipped()
    named = PureWindowsPath(name)  # knows both kinds of slash
    if len(named.parts) == 1 and not name.endswith(".toml"):
        if name in known:
            return known[name], None
        close = "".join(difflib.get_close_matches(name, known, n=1))
        context = {"found": name, "close": close, "names": ", ".join(known)}
        return None, Problem("unknown_part", place, context)
    outside = bool(named.drive or named.root or ".." in named.parts or "\0" in name)
    path = whole.parent.joinpath(*named.parts) if not outside else whole
    if not outside and path.is_file():
        outside = not path.resolve().is_relative_to(whole.parent.resolve())
    if outside:
        return None, Problem("part_outside", place, {"found": name})
    if not path.is_file():
        context = {"found": name, "close": "", "names": ", ".join(known)}
        return None, Problem("unknown_part", place, context)
    return path, None


def _beyond(raw: Raw, part: FundScenario, name: str, place: errors.Path) -> Iterator[Problem]:
    """Yield a problem where the part has years that the whole does not have."""
    first, last = raw.get("first_year"), raw.get("last_year")
    if not isinstance(first, int) or not isinstance(last, int):
        return
    if part.first_year < first or part.last_year > last:
        context = {
            "found": name,
            "years": f"{part.first_year}–{part.last_year}",
            "allowed": f"{first}–{last}",
        }
        yield Problem("part_outside_horizon", place, context)


def _noted(raw: Raw, tables: Mapping[str, Any]) -> Raw:
    """Return tables that carry the source and kind which they inherited in their own file."""
    return {key: {**_notes(raw), **value} for key, value in tables.items()}


def _notes(raw: Raw) -> Raw:
    return {key: raw[key] for key in ("source", "kind") if key in raw}


def _investments(made: Composed, key: str, entry: Mapping[str, Any], part: Read) -> None:
    """Take the investments of a part: a single one under the name that it has in the whole."""
    own = {name: value for name, value in entry.items() if name != FROM}
    each = _noted(part.raw, part.raw["investments"])
    place: errors.Path = ("investments", key)
    if len(each) > 1:
        for name in own:
            context = {"found": name, "allowed": ", ".join(each)}
            made.problems.append(Problem("override_of_several", (*place, name), context))
        for name, value in each.items():
            _add_investment(made, name, value, (*place, FROM))
        return
    (value,) = each.values()
    made.overrides += [(*place, name) for name in own]
    _add_investment(made, key, {**value, **own}, (*place, FROM))


def _add_investment(made: Composed, key: str, value: object, place: errors.Path) -> None:
    if key in made.raw["investments"]:
        made.problems.append(Problem("investment_twice", place, {"found": key}))
        return
    made.raw["investments"][key] = value
    if place != ("investments", key):
        made.origins["investments", key] = place


def _add(made: Composed, path: tuple[str, str], value: Raw, place: errors.Path) -> None:
    """Add a block under its own name; the same block may come from several parts."""
    table, name = path
    there = made.raw.setdefault(table, {})
    if not _table(there):
        return  # what it is instead is told when the whole is read
    own = _notes(made.raw)
    if name in there and (not _table(there[name]) or {**own, **there[name]} != {**own, **value}):
        made.problems.append(Problem("part_differs", place, {"found": f"{table}.{name}"}))
    elif name not in there:
        there[name] = value
        made.origins[path] = place


def _moved(block: Raw, name: str) -> Raw:
    """Return an evidence block whose rows are looked for from the folder of the whole."""
    folder = PurePosixPath(*PureWindowsPath(name).parts[:-1])
    rows = block.get("rows")
    if not folder.parts or not isinstance(rows, Mapping) or "file" not in rows:
        return block
    return {**block, "rows": {**rows, "file": str(folder / rows["file"])}}


def _parties(made: Composed, part: Read, place: errors.Path) -> None:
    """Add the parties that a part's investments name; one that is there already is kept."""
    there = made.raw.setdefault("parties", {})
    if not _table(there) or not isinstance(part.scenario, FundScenario):
        return
    all_of_them = _noted(part.raw, part.raw["parties"])
    named = (who for one in part.scenario.investments.values() for who in one.named_parties)
    for who in dict.fromkeys(named):
        if who not in there:
            there[who] = all_of_them[who]
            made.origins["parties", who] = place
            continue
        own, other = (
            one.get("type") if isinstance(one, Mapping) else None
            for one in (there[who], all_of_them[who])
        )
        if own != other:
            context = {"found": who, "type": other, "allowed": own or say("partens typ i helheten")}
            made.problems.append(Problem("part_party_type", place, context))


def unsourced(made: Composed, numbers: Iterator[Number]) -> Iterator[Problem]:
    """Yield each number that was written beside ``from`` without saying where it comes from.

    Without this it would take the source of the part, which says something else.
    """
    for number in numbers:
        path = tuple(number.key.split("."))
        over = next((one for one in made.overrides if path[: len(one)] == one), None)
        if over is None:
            continue
        node: Any = made.raw
        found = False
        for depth, name in enumerate(real_path(path, made.raw), start=1):
            node = node[name]
            found |= depth >= len(over) and isinstance(node, Mapping) and "source" in node
        if not found:
            yield Problem("no_source", path)
