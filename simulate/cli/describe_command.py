"""simulate describe: the scenario and its contract in numbered prose, before any draw."""

from __future__ import annotations

import json

import click

from models.language import mark, named
from simulate.cli import options, swedish
from simulate.scenario.read import find, load
from simulate.terminal.lines import folded


@click.command(
    name="describe",
    cls=swedish.Command,
    help=mark("Beskriv ett scenario och dess avtal i numrerad text, före varje dragning."),
)
@options.scenario
@options.settings
@options.as_json
def command(scenario: str, settings: tuple[str, ...], form: str) -> None:
    """Print the paragraphs of a scenario."""
    loaded = load(find(scenario), settings)
    from simulate.prose import described, numbered  # slow to import

    paragraphs = list(numbered(described(loaded.scenario)))
    if form == "json":
        rows = [
            {"number": place, "key": one.key or None, "text": one.text} for place, one in paragraphs
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    click.echo("\n".join(folded(named(loaded.scenario.title))))
    for place, one in paragraphs:
        indent = "  " * place.count(".")
        if not indent:
            click.echo()
        label = f"{indent}{place} "
        click.echo("\n".join(folded(one.text, first=label, then=" " * len(label))))
