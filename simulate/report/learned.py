"""What the evidence has taught, what it takes for granted, and what that is worth in money."""

from __future__ import annotations

from dataclasses import dataclass

from models.language import mark, say, say_count
from simulate.evidence_sensitivity import Move, Reach, Target, sensitivity
from simulate.evidence_sensitivity.reach import Parameter
from simulate.language.numbers import HARD, MINUS, million, number, percent, points
from simulate.language.quantities import quantity
from simulate.report.phrases import party_name
from simulate.run import Result

# What is said to move, by measure; the party is filled in.
_MOVED = {
    "p_loss": mark("sannolikheten att {party} förlorar pengar"),
    "repayment_mean": mark("den väntade återbetalningen till {party}"),
    "p_never_payback": mark("sannolikheten att {party} aldrig får igen pengarna"),
    "p_refilled_by_horizon": mark("sannolikheten att {party} fylls på igen"),
    "gap_mean": mark("vad {party} väntas återföra för mycket"),
}
# What cannot be told from no change at all: of one assumption, and of each of several.
_LITTLE_ONE = mark(
    "Mellan 10- och 90-procentsgränsen i sin prior flyttar det {what} med mindre än {most}."
)
_LITTLE_EACH = mark(
    "Mellan 10- och 90-procentsgränsen i sin prior flyttar de var för sig {what} med mindre än "
    "{most}."
)
_LOG = " (log)"
# A change less than so many standard errors cannot be told from none.
_ERRORS = 2.0


@dataclass(frozen=True)
class Moved:
    """A row of a table of moves: what is read of one."""

    parameter: str
    range: str
    at_low: str
    at_high: str
    change: str


def watched(result: Result, target: Target) -> str:
    """Return what a watched figure is called inside a sentence."""
    return say(_MOVED[target.measure], party=party_name(result, target.party))


def parameter_name(parameter: Parameter) -> str:
    """Return what a parameter is called inside a sentence: its title, without its scale."""
    return say(parameter.title).removesuffix(_LOG)


def sentence(result: Result) -> str:
    """Return how much of the evidence is assumption and how far that moves the answer.

    Nothing where there is no evidence.
    """
    found = sensitivity(result)
    if not found.parameters:
        return ""
    count, assumed = len(found.parameters), len(found.assumptions)
    if not assumed and count == 1:
        return say("Data har rört evidensens enda osäkra parameter.")
    if not assumed:
        return say("Data har rört alla {count} osäkra parametrar i evidensen.", count=count)
    if count == 1:
        first = say("Evidensens enda osäkra parameter är ett antagande som data knappt har rört.")
    elif assumed == count:
        first = say(
            "Data har knappt rört någon av evidensens {count} osäkra parametrar: de är antaganden.",
            count=count,
        )
    else:
        first = say_count(
            "Av evidensens {all} osäkra parametrar är {count} ett antagande som data knappt har "
            "rört.",
            "Av evidensens {all} osäkra parametrar är {count} antaganden som data knappt har rört.",
            assumed,
            all=count,
        )
    return f"{first} {_furthest(result, found.reaches[0], assumed)}"


def _furthest(result: Result, reach: Reach, assumed: int) -> str:
    what = watched(result, reach.target)
    if not reach.moves and assumed == 1:
        return say("Det kan inte flytta {what}: den är densamma i alla framtider.", what=what)
    if not reach.moves:
        return say("Inget av dem kan flytta {what}: den är densamma i alla framtider.", what=what)
    furthest = next((one for one in reach.moves if _is_seen(reach.target, one)), None)
    if furthest is None:
        least = max(abs(one.change) + _ERRORS * one.error for one in reach.moves)
        message = _LITTLE_ONE if assumed == 1 else _LITTLE_EACH
        return say(message, what=what, most=_change(reach.target, least, 0.0))
    values = {
        "what": what,
        "low": figure(reach.target, *furthest.at_low),
        "high": figure(reach.target, *furthest.at_high),
        "parameter": parameter_name(furthest.parameter),
    }
    if assumed == 1:
        return say(
            "Flyttas det, «{parameter}», mellan 10- och 90-procentsgränsen i sin prior går {what} "
            "från {low} till {high}.",
            **values,
        )
    return say(
        "Flyttas de var för sig mellan 10- och 90-procentsgränsen i sin prior går {what} från "
        "{low} till {high} för den som betyder mest, «{parameter}».",
        **values,
    )


def _is_seen(target: Target, move: Move) -> bool:
    """Whether a change is more than its error, and shows in the digits that are supported."""
    ends = (figure(target, *end) for end in (move.at_low, move.at_high))
    return abs(move.change) > _ERRORS * move.error and len(set(ends)) > 1


def figure(target: Target, value: float, error: float) -> str:
    """Return a watched figure to the digits that are supported."""
    return percent(value, error) if target.unit == "share" else million(value, error)


def _change(target: Target, change: float, error: float) -> str:
    return points(change, error) if target.unit == "share" else million(change, error)


def signed(target: Target, change: float, error: float) -> str:
    """Return a change with its sign, to one digit more than its error supports.

    For where the error is written beside it: without that digit -38 ± 6 would be said to be 0.
    """
    text = _change(target, change, error / 10.0)
    digits = any(sign in text for sign in "123456789")
    return text if text.startswith(MINUS) or not digits else f"+{text}"


def tables(result: Result) -> tuple[tuple[str, tuple[Moved, ...]], ...]:
    """Return a table of moves for each watched figure that anything can move, with its name."""
    found = []
    for reach in sensitivity(result).reaches:
        if reach.moves:
            what = watched(result, reach.target)
            found.append((what[:1].upper() + what[1:], moved(reach)))
    return tuple(found)


def moved(reach: Reach) -> tuple[Moved, ...]:
    """Return the moves of one watched figure as rows."""
    return tuple(_row(reach.target, move) for move in reach.moves)


def _row(target: Target, move: Move) -> Moved:
    dimension = move.parameter.number.dimension
    low, high = (quantity(end, dimension, 3) for end in (move.low, move.high))
    error = _plus_minus(target, move.error)
    edge = "" if move.inside else say(" (posteriorn når inte dit: värdet gäller dess rand)")
    return Moved(
        say(move.parameter.title),
        say("{low} till {high}", low=low, high=high) + edge,
        figure(target, *move.at_low),
        figure(target, *move.at_high),
        f"{signed(target, move.change, move.error)} (±{HARD}{error})",
    )


def _plus_minus(target: Target, error: float) -> str:
    scale, decimals = (100.0, 1) if target.unit == "share" else (1e-6, 2)
    return number(error * scale, decimals)
