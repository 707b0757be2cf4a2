"""What is said of correlations that cannot be."""

from __future__ import annotations

from simulate.language.words import Words

CORRELATIONS: dict[str, Words] = {
    "unknown_number": Words(
        "inget tal som dras heter {found}",
        "nyckeln till ett osäkert tal, som i registret",
        "{meant}rätta nyckeln (`simulate show` visar alla)",
    ),
    "correlation_certain": Words(
        "{found} är känt och kan inte samvariera",
        "två osäkra tal",
        "gör talet osäkert, eller ta bort korrelationen",
    ),
    "correlation_evidence": Words(
        "{found} hämtas ur evidens",
        "två tal vars fördelning står i scenariot",
        "ta bort korrelationen: tal ur samma evidensblock följs redan åt",
    ),
    "correlation_pair": Words(
        "between är {found}", "två olika tal", "skriv en korrelation för varje par"
    ),
    "correlation_twice": Words(
        "paret {found} står två gånger", "varje par en gång", "ta bort det ena"
    ),
    "correlation_uncertain": Words(
        "rangkorrelationen är en fördelning",
        "ett känt tal mellan −1 och 1",
        "skriv ett tal; pröva flera med --set",
    ),
    "correlation_whole": Words(
        "rangkorrelationen är {found}",
        "mer än −1 och mindre än 1",
        "låt samma tal styra båda, eller skriv 0.99",
    ),
    "correlation_years": Words(
        "{found} är samma storhet olika år, och de följs redan åt",
        "två tal ur olika storheter",
        "ta bort korrelationen; hur åren hänger ihop sägs på raden: years = {{ {quantity} = 0.5 }}",
    ),
    "years_of_nothing": Words(
        "{found} anges inte år för år här",
        "en storhet som anges per kalenderår: {allowed}",
        "{meant}rätta nyckeln, eller ta bort den ur years",
    ),
    "correlation_impossible": Words(
        "korrelationerna mellan {found} går inte ihop",
        "korrelationer som kan gälla samtidigt (en positivt definit matris)",
        "ändra någon av dem; närmast möjliga är {nearest}",
    ),
}
