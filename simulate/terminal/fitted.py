"""Fitted evidence in the terminal: what was learned, what is assumed, and whether it will do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.table import Table

from models.explained import explained, noted
from models.language import SWEDISH, say, speaking
from models.posterior import Posterior
from simulate.report.tables import block
from simulate.scenario.read import AnyScenario
from simulate.store import dump
from simulate.terminal.console import Printed
from simulate.terminal.grid import grid, write


@dataclass(frozen=True, eq=False)
class Fitted:
    """A block with its posterior.

    Attributes:
        name: of the block.
        posterior: of it.
        before: whether it was fitted before.
    """

    name: str
    posterior: Posterior
    before: bool


def show(scenario: AnyScenario, fitted: list[Fitted], console: Console | None = None) -> None:
    """Print every block on ``console``, by default standard output."""
    console = console or Printed()
    if not fitted:
        write(console, say("Scenariot har ingen evidens att anpassa: alla osäkra tal är angivna."))
    for one in fitted:
        told = block(scenario, one.name, one.posterior)
        write(console, f"{told.title} ({one.name})", "bold")
        write(console, say("Redan anpassad.") if one.before else say("Anpassad nu."))
        write(console, told.statement)
        console.print(_table(console, told.learning))
        write(console, say("Diagnos: {verdict}", verdict=told.verdict) + f". {told.figures}.")
        spec = scenario.evidence[one.name]
        for reason in (*explained(one.posterior, spec), *noted(one.posterior, spec)):
            write(console, f"- {reason.text}")
        console.print()


def _table(console: Console, learning: tuple[tuple[str, ...], ...]) -> Table:
    columns = (say("Parameter"), say("Sd före data"), say("Sd efter"), say("Kvot"))
    rows = [
        (*row, f"{moved} – {assumed}" if assumed else moved) for *row, moved, assumed in learning
    ]
    figures = frozenset({1, 2, 3})
    return grid(console, (*columns, say("Vad som kan flytta den")), rows, figures=figures)


def plain(scenario: AnyScenario, one: Fitted) -> dict[str, Any]:
    """Return one block for programs; sentences, which are for people, are Swedish."""
    with speaking(SWEDISH):
        told, spec = block(scenario, one.name, one.posterior), scenario.evidence[one.name]
        wrong = explained(one.posterior, spec)
        moved = [row[4] for row in told.learning]
        return {
            "block": one.name,
            "model": spec.model,
            "fitted_before": one.before,
            "statement": told.statement,
            "learning": [
                {
                    "parameter": name,
                    "prior_sd": learning.prior_sd,
                    "posterior_sd": learning.posterior_sd,
                    "ratio": learning.ratio,
                    "learned": learning.learned,
                    "moved_by": by,
                }
                for (name, learning), by in zip(one.posterior.learning.items(), moved, strict=True)
            ],
            "diagnostics": {
                "verdict": one.posterior.diagnosis.verdict,
                "codes": [reason.code for reason in wrong],
                "reasons": [reason.text for reason in wrong],
                "notes": [note.code for note in noted(one.posterior, spec)],
            },
        }


def as_plain(scenario: AnyScenario, fitted: list[Fitted]) -> str:
    """Return all blocks as JSON."""
    return dump({"scenario": scenario.id, "evidence": [plain(scenario, one) for one in fitted]})
