"""Tables and paragraphs in the terminal: no line is wider than it, and no number is broken."""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.console import Console, JustifyMethod
from rich.table import Table
from rich.text import Text

from simulate.language.numbers import MINUS, THIN
from simulate.terminal.lines import folded, numbers_in, words

# Between two columns, and where words would otherwise break; the table has one on either side.
_BETWEEN, _TIGHT = 3, 2
# What an older Windows terminal cannot write, and what it gets instead.
_PLAIN = {MINUS: "-", THIN: "\u00a0", "█": "#", "≥": ">=", "≤": "<=", "φ": "phi", "→": "->"}


def grid(
    console: Console,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    figures: frozenset[int] = frozenset(),
) -> Table:
    """Return a table that fits the console.

    Args:
        console: where it is printed.
        columns: their names.
        rows: as wide as the columns.
        figures: places of the columns with numbers, which stand to the right.
    """
    cells = [[safe(console, text) for text in row] for row in (columns, *rows)]
    across = [[row[place] for row in cells] for place in range(len(columns))]
    tight = sum(_longest(column) for column in across) > _room(console, columns, tight=False)
    widths = shared(across, _room(console, columns, tight))
    table = Table(box=box.SIMPLE, pad_edge=False, collapse_padding=tight)
    head, *body = (
        ["\n".join(folded(text, width)) for text, width in zip(row, widths, strict=True)]
        for row in cells
    )
    for place, name in enumerate(head):
        justify: JustifyMethod = "right" if place in figures else "left"
        table.add_column(Text(name), justify=justify, no_wrap=True)
    for row in body:
        table.add_row(*map(Text, row))
    return table


def shared(columns: Sequence[Sequence[str]], room: int) -> list[int]:
    """Return the width of each column: what it needs, the widest narrowed until all fit.

    No column is narrower than its longest word as long as another can give way, then none narrower
    than its longest number with its unit, and then none narrower than that number alone.

    Example:
        >>> shared([["tal", "7"], ["en ganska lång förklaring"]], 20)
        [3, 17]
        >>> shared([["försörjningsstöd"], ["arbetsmarknad"]], 20)
        [10, 10]
        >>> shared([["betalas", "3,6–10,00"], ["garantin", "40 %"]], 14)
        [9, 5]
    """
    widths = [max(map(len, column)) for column in columns]
    for narrowest in (_longest, _number, _figure, _letter):
        least = [narrowest(column) for column in columns]
        while sum(widths) > room:
            giving = [place for place, word in enumerate(least) if widths[place] > word]
            if not giving:
                break
            widths[max(giving, key=lambda place: widths[place])] -= 1
    return widths


def _room(console: Console, columns: Sequence[str], tight: bool) -> int:
    """Return how wide all columns can be together, beside what is between and around them."""
    count = len(columns)
    return console.width - (_TIGHT * count if tight else _BETWEEN * count - 1)


def _longest(column: Sequence[str]) -> int:
    """Return the length of the longest word of a column."""
    return max((len(word) for text in column for word in words(text)), default=1)


def _number(column: Sequence[str]) -> int:
    """Return the length of the longest word with a digit; never less than one."""
    found = (len(word) for text in column for word in words(text) if any(map(str.isdigit, word)))
    return max(found, default=1)


def _figure(column: Sequence[str]) -> int:
    """Return the length of the longest number without its unit; never less than one."""
    return max((len(one) for text in column for one in numbers_in(text)), default=1)


def _letter(_: Sequence[str]) -> int:
    return 1


def write(console: Console, text: str, style: str = "", fold: bool = True) -> None:
    """Print a line, folded to the width of the console."""
    lines = folded(safe(console, text), console.width) if fold else [safe(console, text)]
    # Text, not markup: a title in square brackets is a title.
    console.print(Text("\n".join(lines), style=style), soft_wrap=True)


def safe(console: Console, text: str) -> str:
    """Return the text with nothing that the terminal's encoding cannot write."""
    encoding = console.encoding or "ascii"
    if encoding.lower().replace("-", "").startswith("utf"):
        return text
    for sign, plain in _PLAIN.items():
        text = text.replace(sign, plain)
    return text.encode(encoding, errors="replace").decode(encoding)
