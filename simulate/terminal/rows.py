"""Figures as the rows of a spreadsheet: all digits, and the names that programs use."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from models.language import mark, say
from simulate.language.measures import STATUSES, STORED
from simulate.report.phrases import party_name
from simulate.risk.risk import Figure

if TYPE_CHECKING:
    from simulate.run import Result

Row = list[str | float | None]

_HEADERS = (
    mark("Part"),
    mark("Mått"),
    mark("Värde"),
    mark("Simuleringsfel"),
    mark("Enhet"),
    mark("Anmärkning"),
    mark("Villkorets sannolikhet"),
    mark("Sannolikhet för exakt detta värde"),
    mark("Part, id"),
    mark("Mått, id"),
    mark("Körning"),
)


def rows(result: Result, run_id: str) -> Iterator[Row]:
    """Yield the headers, then every figure of a run, in the language that is spoken."""
    yield list(map(say, _HEADERS))
    for figure in result.figures:
        yield [
            party_name(result, figure.party),
            say(figure.title),
            figure.value,
            figure.mcse,
            say(STORED[figure.unit]),
            _status(figure),
            figure.given,
            figure.atom,
            figure.party,
            figure.measure,
            run_id,
        ]


def _status(figure: Figure) -> str | None:
    if figure.status == "at_atom":
        return say("många framtider har exakt detta värde")
    return None if figure.status is None else say(STATUSES[figure.status])
