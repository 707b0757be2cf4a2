"""A comparison as plain data, for programs."""

from __future__ import annotations

from collections.abc import Mapping

from simulate.comparison.compare import Compared
from simulate.comparison.paired import Change, Name


def as_plain(compared: Compared) -> dict[str, object]:
    """Return what ``comparison.json`` and ``--format json`` hold; a difference is b less a.

    Amounts are kronor and shares parts of one.
    """
    return {
        "comparison": compared.run_id,
        "a": compared.a.scenario.id,
        "b": compared.b.scenario.id,
        "seed": compared.seed,
        "draws": compared.draws,
        "measures": [
            {
                "party": name[0],
                "measure": name[1],
                "unit": compared.figures[0].figures[name].unit,
                "a": compared.figures[0].figures[name].value,
                "b": compared.figures[1].figures[name].value,
                **_change(found),
                "mcse_independent": compared.independent(name),
                "status": [one.figures[name].status for one in compared.figures],
            }
            for name, found in compared.changes.items()
        ],
        "only_in_one": [
            [".".join(name) for name in one.figures if name not in compared.changes]
            for one in compared.figures
        ],
        "parts": [
            {
                "key": split.key,
                "clause": split.is_clause,
                "changes": _changes(split.changes),
                **({"clause_pays": _change(split.pays)} if split.pays else {}),
            }
            for split in compared.splits
        ],
        "interaction": _changes(compared.interaction),
        "diagnostics": [one.verdict for one in compared.verdicts],
    }


def _changes(changes: Mapping[Name, Change]) -> list[dict[str, object]]:
    return [{"party": name[0], "measure": name[1], **_change(one)} for name, one in changes.items()]


def _change(change: Change) -> dict[str, object]:
    return {"difference": change.value, "mcse": change.mcse}
