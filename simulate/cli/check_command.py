"""simulate check: every problem with a scenario at once."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator

import click

from models.language import say
from simulate.cli import options, swedish
from simulate.cli.main import report
from simulate.errors import BadInput
from simulate.scenario.read import Loaded, find, load
from simulate.scenario.register import hindsight, register


@click.command(name="check", cls=swedish.Command)
@options.scenario
@options.settings
@options.as_json
@click.pass_context
def command(context: click.Context, scenario: str, settings: tuple[str, ...], form: str) -> None:
    """Kontrollera ett scenario: alla fel på en gång, med rad, nyckel och åtgärd."""
    try:
        loaded = load(find(scenario), settings)
    except BadInput as error:
        if form == "json":
            click.echo(json.dumps(_plain(error), ensure_ascii=False, indent=1))
        else:
            report(error)
        context.exit(2)
    if form == "json":
        click.echo(json.dumps({"scenario": loaded.scenario.id, "problems": []}, indent=1))
        return
    for line in verdict(loaded):
        click.echo(line)


def verdict(loaded: Loaded) -> Iterator[str]:
    """Yield what is said of a scenario without problems, line by line."""
    numbers = register(loaded.scenario)
    yield say(
        "{scenario}: inga fel. {count} tal med källa, varav {assumed} antaganden; {uncertain} är "
        "osäkra.",
        scenario=loaded.scenario.id,
        count=len(numbers),
        assumed=sum(number.kind == "assumption" for number in numbers),
        uncertain=sum(not number.certain for number in numbers),
    )
    for number in hindsight(loaded.scenario):
        yield say("  i efterhand: {key} ({reason})", key=number.key, reason=number.reason)


def _plain(error: BadInput) -> dict[str, object]:
    problems = [
        {
            "code": problem.code,
            "line": problem.line or None,
            "key": problem.key or None,
            **dataclasses.asdict(problem.words),
        }
        for problem in error.problems
    ]
    return {"scenario": error.origin, "problems": problems}
