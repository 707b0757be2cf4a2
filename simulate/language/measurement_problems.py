"""What is said of alternative measurements, and of effects that cannot be set."""

from __future__ import annotations

from simulate.language.words import Words

MEASUREMENT: dict[str, Words] = {
    "alternative_observed": Words(
        "jämförelsegruppen är redan observerad: en annan mätning går inte att dra",
        "alternatives där jämförelsegruppen är planerad (planned)",
        "ta bort alternatives, eller räkna på scenariot vid undertecknandet",
    ),
    "alternative_weights": Words(
        "vikterna är {found}",
        "säkra andelar, tillsammans högst 1; resten är kontraktets eget sätt att mäta",
        "ange varje vikt som ett värde, och sänk någon",
    ),
    "alternative_unchanged": Words(
        "alternativet ändrar inget", "minst en av {allowed}", "lägg till vad som skiljer det"
    ),
    "alternative_followed": Words(
        "{found} säger något om dem som inte kan följas, men måttet självt har ingen andel som kan "
        "följas",
        "{found} där måttet har followed",
        'skriv followed = "100 %" under {measure} om alla kan följas så som avtalet mäter',
    ),
    "design_key": Words(
        "{found} är inget i mätningen",
        "det som står under measurements, utom alternatives",
        "skriv t.ex. {example}; för annat finns `simulate sweep` och `simulate compare`",
    ),
    "design_known": Words(
        "måttet «{found}» är redan känt: det går inte att mäta på ett annat sätt",
        "scenariot så som det såg ut vid undertecknandet",
        "kör `simulate design {signed}`",
    ),
    "design_nothing": Words(
        "{found} har inga alternatives och ingen jämförelsegrupp som kan bli större",
        "minst en annan mätning",
        "skriv --vary med något under {keys}, t.ex. dess window eller missing",
    ),
    "effect_in_evidence": Words(
        "kontraktets eget utfall ingår i evidensen för {found}, eller är redan känt: effekten går "
        "inte att sätta för sig",
        "scenariot så som det såg ut vid undertecknandet",
        "kör `simulate characteristics {signed}`",
    ),
}
