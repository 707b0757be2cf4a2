"""The form that people fill in: its sheets and columns, for whoever writes it and whoever reads it.

Headers and choices are Swedish in every language: they are the format of the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "date", "year", "kr", "count", "amount", "share", "rate", "choice", "price"]

EXAMPLE = "EXEMPEL"  # what begins a cell of a row that is to be replaced
TITLE_ROW, HINT_ROW, HEADER_ROW, FIRST_ROW = 0, 1, 2, 3  # counted from 0

DAYS, PIECES, KRONOR = "dygn", "st", "kr"
RULES = {
    "enligt plan": "planned",
    "det lägsta av plan och realiserat": "lesser",
    "det realiserade tills allt är återbetalat": "until_repaid",
}
DIRECTIONS = {"färre": "less", "fler": "more"}


@dataclass(frozen=True)
class Column:
    """A column of a sheet, or a line of the first one.

    Attributes:
        key: its name in the program.
        header: its name in the sheet.
        kind: what its cells hold.
        width: in characters.
        help: what a person is told beside the cell.
        needed: whether a filled row must have it.
        choices: what its cells may be, for ``choice``.
        suggested: sheet and column whose cells are offered in a list, for text.
    """

    key: str
    header: str
    kind: Kind
    width: int
    help: str
    needed: bool = True
    choices: tuple[str, ...] = ()
    suggested: tuple[str, str] | None = None


@dataclass(frozen=True)
class Form:
    """A sheet.

    Attributes:
        key: its name in the program.
        title: its name in the workbook.
        hint: what it is for, on its second row.
        columns: from the left.
        needed: whether at least one row must be filled in.
    """

    key: str
    title: str
    hint: str
    columns: tuple[Column, ...]
    needed: bool = True

    def column(self, key: str) -> Column:
        """Return the column of that name."""
        return next(column for column in self.columns if column.key == key)


_SOURCE = Column(
    "source",
    "Källa",
    "text",
    38,
    "Var uppgiften kommer ifrån: dokument, avtal, statistik. Tom cell blir ett antagande.",
    needed=False,
)

# What the first sheet asks for, one a line: its columns are Uppgift, Värde, Källa, Förklaring.
SETTINGS: tuple[Column, ...] = (
    Column("title", "Namn på fonden eller investeringen", "text", 0, "Visas överst i rapporten."),
    Column("municipality", "Kommun", "text", 0, "Kommunens namn."),
    Column(
        "signed",
        "Beslutsdatum",
        "date",
        0,
        "Dagen för beslutet, t.ex. 2026-01-15. Allt räknas till dess värde den dagen.",
    ),
    Column("first_year", "Första år", "year", 0, "Första kalenderår som räknas med."),
    Column(
        "last_year", "Sista år", "year", 0, "Sista kalenderår; ta med åren då återföringen kommer."
    ),
    Column("capital", "Fondens kapital (kr)", "kr", 0, "Vad som är avsatt i fonden."),
    Column("capital_year", "Kapitalets år", "year", 0, "Året då kapitalet avsätts."),
    Column("rate", "Kalkylränta (%)", "rate", 0, "Kommunens egen, nominell, t.ex. 2,5 %."),
    Column(
        "rule",
        "Återföringsregel",
        "choice",
        0,
        "Enligt plan: ramarna minskas med planen, nämnderna bär risken. Lägsta: fonden bär den.",
        choices=tuple(RULES),
    ),
)
SETTINGS_HEADERS = ("Uppgift", "Värde", "Källa", "Förklaring")
SETTINGS_WIDTHS = (36, 42, 38, 62)
SETTINGS_FORM = Form("settings", "Uppgifter", "Fyll i kolumnen Värde.", SETTINGS)

NAMNDER = Form(
    "namnder",
    "Nämnder",
    "En rad för varje nämnd som får kostnader eller besparingar.",
    (
        Column("name", "Nämnd", "text", 32, "Nämndens namn, t.ex. Socialnämnden."),
        Column("office", "Förvaltning eller kontor", "text", 34, "Förvaltningen under nämnden."),
        Column("frame", "Budgetram per år (kr)", "kr", 22, "Nämndens budgetram ett år, i kronor."),
        _SOURCE,
    ),
)
COSTS = Form(
    "costs",
    "Kostnader",
    "En rad för varje kostnadspost och år. En investering har en och samma utförare.",
    (
        Column("investment", "Investering", "text", 34, "Investeringens namn, lika på varje rad."),
        Column("post", "Kostnadspost", "text", 28, "T.ex. Psykolog 100 %. Inga personnamn."),
        Column(
            "party",
            "Nämnd eller utförare",
            "text",
            26,
            "Den som driver insatsen: en nämnd ur fliken Nämnder, eller en annan utförare.",
            suggested=("namnder", "name"),
        ),
        Column("year", "År", "year", 8, "Kalenderår."),
        Column("amount", "Belopp (kr)", "kr", 16, "Kostnaden det året, i kronor."),
        _SOURCE,
    ),
)
EFFECTS = Form(
    "effects",
    "Effekter",
    "En rad för varje effekt och år: vad det blir färre av, och vad ett sådant kostar.",
    (
        Column(
            "investment",
            "Investering",
            "text",
            34,
            "Samma namn som i fliken Kostnader.",
            suggested=("costs", "investment"),
        ),
        Column("title", "Benämning", "text", 38, "T.ex. Färre dygn på HVB; lika på varje rad."),
        Column(
            "namnd",
            "Nämnd",
            "text",
            24,
            "Den vars kostnad ändras. Regionen, Staten och Hushållen kan också skrivas.",
            suggested=("namnder", "name"),
        ),
        Column("year", "År", "year", 8, "Kalenderår."),
        Column("count", "Antal", "amount", 12, "Bästa gissning det året, i enheten till höger."),
        Column(
            "unit",
            "Enhet",
            "choice",
            8,
            "dygn, st eller kr. Med kr är Antal ett belopp och priset lämnas tomt.",
            choices=(DAYS, PIECES, KRONOR),
        ),
        Column(
            "price",
            "Pris per enhet (kr eller id)",
            "price",
            44,
            "Kronor per dygn eller styck, eller ett id ur fliken Prislista. Tomt om enheten är kr.",
            needed=False,
        ),
        Column(
            "low",
            "Lågt antal",
            "amount",
            12,
            "Så få att det blir färre bara en gång av tjugo. Tomt: programmets försiktiga förval.",
            needed=False,
        ),
        Column(
            "high",
            "Högt antal",
            "amount",
            12,
            "Så många att det blir fler bara en gång av tjugo. Fylls i tillsammans med Lågt antal.",
            needed=False,
        ),
        Column(
            "cashable",
            "Hemtagbar andel (%)",
            "share",
            12,
            "Hur stor del som verkligen lämnar budgeten. Lokaler och tjänster blir ofta kvar.",
        ),
        Column(
            "direction",
            "Färre eller fler",
            "choice",
            12,
            "Tomt är färre. Skriv fler för en kostnad som växer, t.ex. familjehem efter HVB.",
            needed=False,
            choices=tuple(DIRECTIONS),
        ),
        _SOURCE,
    ),
)
RETURNS = Form(
    "returns",
    "Återföring",
    "Valfri. Planerad återföring; utan rader här är planen vad effekterna ger.",
    (
        Column(
            "investment",
            "Investering",
            "text",
            34,
            "Samma namn som i fliken Kostnader.",
            suggested=("costs", "investment"),
        ),
        Column(
            "namnd",
            "Nämnd",
            "text",
            26,
            "Nämnden vars ram minskas.",
            suggested=("namnder", "name"),
        ),
        Column("year", "År", "year", 8, "Kalenderår."),
        Column("amount", "Belopp (kr)", "kr", 16, "Planerad återföring det året, i kronor."),
        _SOURCE,
    ),
    needed=False,
)
GAINS = Form(
    "gains",
    "Mänskliga vinster",
    "Valfri. Vad människor vinner, utan pris; bara antal, aldrig uppgifter om någon enskild.",
    (
        Column("title", "Benämning", "text", 40, "T.ex. Elever behöriga till gymnasiet."),
        Column("persons", "Antal personer", "count", 12, "Hur många gruppen är."),
        Column("target", "Mål (antal)", "count", 10, "Hur många som ska nå dit.", needed=False),
        Column("without", "Andel utan insats (%)", "share", 14, "Som skulle nå dit ändå."),
        Column(
            "low",
            "Andel med insats, lågt (%)",
            "share",
            16,
            "Så låg att den blir lägre bara en gång av tjugo.",
            needed=False,
        ),
        Column(
            "high",
            "Andel med insats, högt (%)",
            "share",
            16,
            "Så hög att den blir högre bara en gång av tjugo.",
            needed=False,
        ),
        _SOURCE,
    ),
    needed=False,
)
FORMS: tuple[Form, ...] = (NAMNDER, COSTS, EFFECTS, RETURNS, GAINS)
BY_KEY = {form.key: form for form in FORMS}
README_TITLE, PRICES_TITLE = "Läs mig", "Prislista"
# Those who bear costs and are no nämnd, by what people call them: type of party and name.
OUTSIDE: dict[str, tuple[str, str]] = {
    "regionen": ("region", "Regionen"),
    "staten": ("state", "Staten"),
    "hushållen": ("household", "Hushållen"),
}
