"""What is said of the plans and effect lines of a fund that do not fit together."""

from __future__ import annotations

from simulate.language.words import Words

FUNDS: dict[str, Words] = {
    "plan_from_evidence": Words(
        "ingen planerad återföring, och effekten {found} hämtas ur evidens",
        "en angiven plan där en effekt hämtas ur evidens: den har ingen median före anpassningen",
        "lägg till aterforing och split för investeringen",
    ),
    "unknown_line": Words(
        "ingen effektrad heter {found}",
        "en annan rad i samma investering, som inte själv är en substitution: {allowed}",
        "{meant}rätta of",
    ),
    "grant_beyond_fund": Words(
        "investeringen kostar minst {found} kr",
        "högst det som någonsin betalas in till fonden, {allowed} kr",
        "rätta costs eller fondens kapital; kontrollera tkr och mkr",
    ),
    "unknown_investment": Words("ingen investering heter {found}", "{allowed}", "{meant}rätta on"),
    "fund_without_namnd": Words(
        "fonden har ingen nämnd",
        "minst en part av typen namnd",
        "lägg till nämnden som återför",
    ),
    "split_without_plan": Words(
        "split utan planerad återföring",
        "split bara tillsammans med aterforing",
        "ta bort split: utan plan återförs varje effektrad från sin egen nämnd",
    ),
    "plan_uncertain": Words(
        "den planerade återföringen är en fördelning",
        "ett enda belopp för varje år",
        "skriv planens belopp; osäkerheten hör hemma i effects",
    ),
    "share_and_effect": Words(
        "andelen med insatsen står både som share och som effect",
        "en av dem",
        "ta bort den som inte är känd",
    ),
    "answers_beyond_group": Words(
        "{found} personer är fler än gruppen",
        "högst {allowed}",
        "rätta answers, eller gruppens storlek",
    ),
}
