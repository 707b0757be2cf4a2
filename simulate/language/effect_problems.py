"""What is said of effect lines that do not fit together."""

from __future__ import annotations

from simulate.language.words import Words

EFFECTS: dict[str, Words] = {
    "plan_from_evidence": Words(
        "ingen planerad återföring, och effekten {found} hämtas ur evidens",
        "en angiven plan där en effekt hämtas ur evidens: den har ingen median före anpassningen",
        "lägg till aterforing och split för investeringen",
    ),
    "unknown_line": Words(
        "ingen effektrad {found} att träda i stället för",
        "en annan rad i samma investering, som inte själv är en substitution: {allowed}",
        "{meant}rätta of",
    ),
}
