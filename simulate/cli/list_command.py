"""simulate list: the scenarios that come with the program."""

from __future__ import annotations

import json
import tomllib

import click

from models.language import mark, named
from simulate.cli import options, swedish
from simulate.scenario.shipped import shipped


@click.command(name="list", cls=swedish.Command, help=mark("Lista de medföljande scenarierna."))
@options.as_json
def command(form: str) -> None:
    """Write the scenarios that come with the program, with their titles."""
    titles = {
        name: str(tomllib.loads(path.read_text(encoding="utf-8")).get("title", ""))
        for name, path in shipped().items()
    }
    if form == "json":
        rows = [{"scenario": name, "title": title} for name, title in titles.items()]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    width = max(map(len, titles), default=0)
    for name, title in titles.items():
        click.echo(f"{name:<{width}}  {named(title)}")
