"""A run in the terminal: what must be said first, the answer in words, and the key figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from models.language import mark, named, say
from models.quantity import SHARE
from simulate.language.measures import VERDICTS
from simulate.language.numbers import percent
from simulate.language.quantities import in_words, quantity
from simulate.report import fund_sentences, learned
from simulate.report.cells import cell
from simulate.report.figures import Repayment, repayments
from simulate.report.phrases import party_name
from simulate.report.sentences import answers, fixed_by_contract, reservations
from simulate.risk.risk import Figure
from simulate.scenario.register import hindsight
from simulate.scenario.tree.scenario import FundScenario
from simulate.terminal.console import Printed
from simulate.terminal.grid import grid, write

if TYPE_CHECKING:
    from simulate.run import Result
    from simulate.store import Stored

_BAR = 30


def show(result: Result, stored: Stored, console: Console | None = None) -> None:
    """Print a run on ``console``, by default standard output."""
    console = console or Printed()
    write(console, named(result.scenario.title), "bold")
    _first(result, console)
    fund = isinstance(result.scenario, FundScenario)
    said = fund_sentences.answers(result) if fund else answers(result)
    for sentence in filter(None, (*said, learned.sentence(result))):
        console.print()
        write(console, sentence)
    console.print()
    for line in () if fund else histogram(repayments(result)[0]):
        write(console, line, fold=False)
    console.print()
    console.print(_table(result, console))
    for sentence in () if fund else fixed_by_contract(result):
        write(console, sentence)
        console.print()
    verdict = result.verdict.verdict
    evidence = say(VERDICTS[verdict]) if result.posteriors else say("ingen evidens att pröva")
    write(console, say("Diagnos: {verdict}", verdict=evidence))
    _stored(stored, console)


def _stored(stored: Stored, console: Console) -> None:
    """Say where the run lies."""
    if stored.existed and not stored.differing:
        place = mark("Körningen ligger i {folder} (fanns redan, oförändrad)")
    else:
        place = mark("Körningen ligger i {folder}")
    write(console, say(place, folder=stored.folder), fold=False)
    if stored.differing:
        files = ", ".join(stored.differing)
        differs = say("Skiljer sig från den sparade körningen: {files}", files=files)
        write(console, differs, "bold red")


def _first(result: Result, console: Console) -> None:
    """Say what limits every figure below."""
    late = hindsight(result.scenario)
    if late:
        console.print()
        known = say("Prognosen är rekonstruerad: dessa tal blev kända efter undertecknandet.")
        write(console, known, "yellow")
        for one in late:
            write(console, f"- {one.key}: {in_words(one)} ({named(one.reason or '')})", "yellow")
    said = reservations(result)
    if said:
        console.print()
        style = "bold red" if result.verdict.verdict == "fail" else "yellow"
        for sentence in said:
            write(console, sentence, style)


def histogram(picture: Repayment) -> list[str]:
    """Return the distribution of repayment as lines of text, spikes apart from the rest."""
    of_bars, of_spikes, _ = picture.errors
    rows: list[tuple[float, str, float, float]] = [
        (one.share, f"{quantity(one.share, SHARE)} {one.name}".strip(), one.probability, error)
        for one, error in zip(picture.spikes, of_spikes, strict=True)
    ]
    edges = zip(picture.edges[:-1], picture.edges[1:], strict=True)
    for (low, high), p, error in zip(edges, picture.bars, of_bars, strict=True):
        if p >= 5e-4:
            start, end = (quantity(float(edge), SHARE) for edge in (low, high))
            name = say("{low} till {high}", low=start, high=end)
            rows.append((float(low) + 1e-6, name, float(p), float(error)))
    width = max((len(name) for _, name, *_ in rows), default=0)
    top = max((p for _, _, p, _ in rows), default=1.0)
    lines = [say("Återbetalt, andel av det dragna beloppet:")]
    for _, name, p, error in sorted(rows):
        bar = "█" * round(_BAR * p / top)
        lines.append(f"  {name:<{width}}  {percent(p, error):>7}  {bar}".rstrip())
    return lines


def _table(result: Result, console: Console) -> Table:
    columns = (say("Part"), say("Mått"), say("Värde"), say("Simuleringsfel"))
    # What is undefined has nothing to show; where it matters a sentence says why.
    rows = [
        _row(result, figure)
        for figure in result.figures
        if figure.key and figure.status != "undefined"
    ]
    return grid(console, columns, rows, figures=frozenset({2, 3}))


def _row(result: Result, figure: Figure) -> tuple[str, str, str, str]:
    shown = cell(figure)
    label = say(figure.title)
    note = f"; {shown.note}" if shown.note else ""
    return party_name(result, figure.party), label + note, shown.value, shown.error
