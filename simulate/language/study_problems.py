"""What is said of studies before a decision that cannot be made as they are stated."""

from __future__ import annotations

from simulate.language.words import Words

STUDIES: dict[str, Words] = {
    "study_without_persons": Words(
        "raden {found} säger inte vad en person ändrar: en pilot har inga personer att räkna",
        "ett utfall, eller en rad av slaget person_days, person_years, cost_ratio eller cases",
        'skriv undersökningen som type = "sample" om ett av radens tal',
    ),
    "study_of_occurrence": Words(
        "om effekten på raden {found} alls kommer (occurs, event) räknas som slump, som ingen "
        "pilot kan visa",
        "en rad utan occurs och event",
        'skriv undersökningen som type = "sample" om ett av radens tal, eller lägg tvivlet i '
        "effektens fördelning",
    ),
    "study_key_unused": Words(
        "{found} har ingen roll i en pilot om {outcome}", "{allowed}", "ta bort {found}"
    ),
    "study_of_evidence": Words(
        "fler rader till {found} går inte att dra: blocket lär av mer än gruppernas medelkostnad",
        "cost_comparison som totaler, eller som rader där alla har en kostnad och inget mer är "
        "känt om dem",
        'skriv undersökningen som type = "sample" om det tal som blocket lämnar vidare',
    ),
    "study_of_the_known": Words(
        "{found} är redan känt",
        "ett osäkert tal i scenariot",
        "gör talet osäkert, eller ta bort undersökningen",
    ),
    "study_beyond_most": Words(
        "undersökningen gäller {found}, fler än det finns (most)",
        "högst {allowed}",
        "sänk persons, eller höj most",
    ),
    "study_too_soon": Words(
        "beslutet väntar {found}, kortare än piloten följer var och en ({other})",
        "minst {allowed}",
        "höj delay, eller förkorta window",
    ),
    "study_bias_known": Words(
        "skevheten är med säkerhet {found}: den som vet det räknar bort den, och då är den ingen",
        "en osäker skevhet, eller ingen",
        "skriv t.ex. bias = {{ normal = {{ mean = {found}, sd = 0.1 }} }}, eller ta bort bias",
    ),
    "study_spread_twice": Words(
        "både cv och sd är angivna", "en av dem, eller ingen för en andel", "ta bort den ena"
    ),
    "study_spread": Words(
        "det saknas, eller är fel slag av, spridning mellan observationer av {found}",
        "{allowed}",
        "cv för det som inte kan bli mindre än noll, sd för ett tal utan enhet, ingetdera för en "
        "andel som är ja eller nej",
    ),
}
