"""What is said of days in care that cannot be: in a scenario, and in files with rows.

In files ``file`` and ``column`` are as the scenario names them and ``rows`` are numbers; what
stands there is never said.
"""

from __future__ import annotations

from simulate.language.words import Words

DAYS: dict[str, Words] = {
    "days_two_forms": Words(
        "både rader och publicerade utfall är angivna",
        "rows, eller treated och comparison",
        "behåll raderna om de finns: de säger mer",
    ),
    "days_several_groups": Words(
        "flera jämförelsegrupper är angivna ({found})",
        "en jämförelsegrupp",
        "välj den grupp som liknar de behandlade mest",
    ),
    "days_types_differ": Words(
        "grupperna har inte samma vårdformer ({found})",
        "samma vårdformer i treated och comparison, minst en",
        'skriv "0 dygn" för den grupp som inte haft vårdformen',
    ),
    "days_impossible": Words(
        "{found} dygn på {placed} placerade personer är omöjligt",
        "minst ett dygn och högst fönstret för varje placerad",
        "rätta unplaced, window eller dygnen (de anges i medeltal per person i gruppen)",
    ),
    "days_not_whole": Words(
        "{column} är inte hela dygn på {rows} i {file}", "hela dygn", "rätta cellerna"
    ),
    "days_short_window": Words(
        "fönstret är kortare än {allowed} dygn på {rows} i {file}",
        "minst {allowed} dygn för varje person",
        "rätta cellerna, eller enheten i scenariot",
    ),
    "days_beyond_window": Words(
        "vårdformernas dygn är tillsammans fler än fönstret på {rows} i {file}",
        "ett dygn har en vårdform, och dygnen ryms i fönstret",
        "rätta cellerna eller window; dygn i öppenvård räknas bara där ingen placering pågår",
    ),
}
