"""simulate check: every problem with a scenario at once."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import click

from models.language import SWEDISH, language, mark, named, say, speaking
from simulate.aterforing.arithmetic import perhaps_twice
from simulate.cli import options, swedish
from simulate.cli.main import report
from simulate.errors import BadInput
from simulate.scenario.read import AnyScenario, to_fit
from simulate.scenario.register import hindsight, register
from simulate.scenario.tree.scenario import FundScenario
from simulate.terminal.lines import folded


@click.command(
    name="check",
    cls=swedish.Command,
    help=mark("Kontrollera ett scenario: alla fel på en gång, med rad, nyckel och åtgärd."),
)
@options.scenario
@options.settings
@options.data
@options.as_json
@click.pass_context
def command(
    context: click.Context, scenario: str, settings: tuple[str, ...], data: Path | None, form: str
) -> None:
    """Read a scenario and tell every problem with it, or what it rests on."""
    # What programs read is the same whatever language is spoken: they go by the codes.
    with speaking(SWEDISH if form == "json" else language()):
        code = (_for_programs if form == "json" else _for_people)(scenario, settings, data)
    context.exit(code)


def _for_programs(name: str, settings: tuple[str, ...], data: Path | None) -> int:
    try:
        plain = {"scenario": to_fit(name, settings, data).scenario.id, "problems": []}
    except BadInput as error:
        click.echo(json.dumps(_plain(error), ensure_ascii=False, indent=1))
        return 2
    click.echo(json.dumps(plain, indent=1))
    return 0


def _for_people(name: str, settings: tuple[str, ...], data: Path | None) -> int:
    try:
        scenario = to_fit(name, settings, data).scenario
    except BadInput as error:
        report(error)
        return 2
    show(scenario)
    return 0


def show(scenario: AnyScenario) -> None:
    """Write what is said of a scenario without problems."""
    numbers = register(scenario)
    told = say(
        "{scenario}: inga fel. {numbers} tal med källa, varav {assumed} antaganden; {uncertain} "
        "är osäkra.",
        scenario=scenario.id,
        numbers=len(numbers),
        assumed=sum(number.kind == "assumption" for number in numbers),
        uncertain=sum(not number.certain for number in numbers),
    )
    lines = folded(told)
    for number in hindsight(scenario):
        reason = named(number.reason or "")
        late = say("i efterhand: {key} ({reason})", key=number.key, reason=reason)
        lines += folded(late, first="  ", then="    ")
    if isinstance(scenario, FundScenario):
        for text in perhaps_twice(scenario):
            lines += folded(text, first="  ", then="    ")
    click.echo("\n".join(lines))


def _plain(error: BadInput) -> dict[str, object]:
    problems = [
        {
            "code": problem.code,
            **({"file": problem.file} if problem.file else {}),
            "line": problem.line or None,
            "key": problem.key or None,
            **dataclasses.asdict(problem.words),
        }
        for problem in error.problems
    ]
    return {"scenario": error.origin, "problems": problems}
