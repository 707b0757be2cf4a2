"""What is said of files that ``simulate new`` is to write, and of tables that it is to read."""

from __future__ import annotations

from simulate.language.words import Words

NEW: dict[str, Words] = {
    "file_exists": Words(
        "filen finns redan",
        "ett namn som inte är upptaget",
        "välj ett annat namn, eller skriv över den med --force",
    ),
    "wrong_suffix": Words(
        "filnamnet {found} slutar inte rätt", "{allowed}", "byt filnamn, t.ex. {example}"
    ),
    "unwritable_file": Words(
        "filen går inte att skriva ({found})",
        "en mapp som finns och som du får skriva i",
        "kontrollera sökvägen, och att filen inte är öppen i Excel",
    ),
}
