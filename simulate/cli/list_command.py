"""simulate list: the scenarios that come with the program, and its price list."""

from __future__ import annotations

import dataclasses
import json
import tomllib

import click

from models.language import language, mark, named, say
from simulate.cli import options, swedish
from simulate.scenario.shipped import shipped

Rows = list[dict[str, str]]


@click.command(
    name="list",
    cls=swedish.Command,
    help=mark("Lista de medföljande scenarierna, eller prislistan."),
)
@click.option("--prices", is_flag=True, help=mark("Lista styckkostnaderna i prislistan i stället."))
@options.as_table
def command(prices: bool, form: str) -> None:
    """Write the scenarios that come with the program, or the price list."""
    rows = _prices() if prices else _scenarios()
    if form == "json":
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    elif form == "csv":
        _csv(rows)
    else:
        _text([_short(row) if prices else _titled(row) for row in rows])


def _scenarios() -> Rows:
    return [
        {
            "scenario": name,
            "title": str(tomllib.loads(path.read_text(encoding="utf-8")).get("title", "")),
        }
        for name, path in shipped().items()
    ]


def _titled(row: dict[str, str]) -> dict[str, str]:
    return {**row, "title": named(row["title"])}


def _prices() -> Rows:
    from simulate.scenario.prices import prices  # pydantic

    return [dataclasses.asdict(price) for price in prices().values()]


def _short(row: dict[str, str]) -> dict[str, str]:
    """What a person needs to choose a price."""
    from simulate.language.numbers import number

    return {
        "id": row["id"],
        "price": f"{number(float(row['kr'])):>9} {say(row['unit'])}",
        "year": row["price_year"],
        "note": named(row["note"]),
    }


def _text(rows: Rows) -> None:
    widths = [max(map(len, column)) for column in zip(*(row.values() for row in rows), strict=True)]
    for row in rows:
        cells = zip(row.values(), widths, strict=True)
        click.echo("  ".join(f"{cell:<{width}}" for cell, width in cells).rstrip())


def _csv(rows: Rows) -> None:
    from simulate.sheets.csv import as_csv

    table: list[list[str | int]] = [list(rows[0])]
    table += [list(map(_number, row.values())) for row in rows]
    click.echo(as_csv(table, language()), nl=False)


def _number(text: str) -> str | int:
    """Whole numbers as such, so that Excel sums them."""
    return int(text) if text.isdecimal() else text
