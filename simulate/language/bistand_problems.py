"""What is said of published changes and risks that cannot be as they are stated."""

from __future__ import annotations

from simulate.language.words import Words

BISTAND: dict[str, Words] = {
    "arm_form": Words(
        "gruppen är angiven med {found}",
        "antingen n och left, eller change och base (entries bara med change)",
        "ange antal hushåll och hur många som lämnat, eller nettoförändringen och dess bas",
    ),
    "more_left_than_households": Words(
        "{found} hushåll av {households} har lämnat",
        "left högst lika med n",
        "rätta n eller left",
    ),
    "change_decimals": Words(
        "förändringen {found} har fler decimaler än vad som anges som tryckt",
        "ett tal med så många decimaler som decimals säger, 0 om den utelämnas",
        "skriv talet som det är tryckt, och decimals = 1 eller 2 om det är tryckt så",
    ),
    "change_impossible": Words(
        "inget antal hushåll från {lowest} till {highest} kan ge förändringen {found}",
        "ett antal vid start som avrundat ger den tryckta procenten, utan fler hushåll vid slutet "
        "än vid starten om inte entries = true",
        "rätta change, vidga base, eller sätt entries = true om nya hushåll räknas med",
    ),
    "estimate_outside_interval": Words(
        "riskkvoten {found} ligger utanför sitt intervall {lowest}–{highest}",
        "en skattning innanför sitt konfidensintervall",
        "rätta risk_ratio eller interval",
    ),
    "more_succeeded_than_persons": Words(
        "{found} av {persons} personer nådde målet",
        "succeeded högst lika med n",
        "rätta n eller succeeded",
    ),
    "short_run_form": Words(
        "den kortsiktiga effekten är angiven med {found}",
        "antingen prior.short_run_gain eller antalen i short_run",
        "ange den ena och ta bort den andra",
    ),
    "unused_prior": Words(
        "priorn {found} används inte av modellen",
        "bara de priorer som behövs",
        "ta bort den, eller ange {needed}",
    ),
}
