"""What is said of clauses that do not fit together, and of those who lend."""

from __future__ import annotations

from simulate.language.words import Words

CONTRACTS: dict[str, Words] = {
    "cap_below_floor": Words(
        "taket är lägre än golvet ({other})", "tak ≥ golv", "rätta cap eller floor"
    ),
    "tiers_not_rising": Words(
        "stegen står inte i stigande ordning: steget ligger inte över {other}",
        "stigande gränser och stigande betalning",
        "ordna stegen",
    ),
    "ladder_not_rising": Words(
        "nivån är inte högre än {other}",
        "stigande nivåer; mellan två lika nivåer finns ingen linje",
        "rätta en av nivåerna, eller använd tiers för ett språng",
    ),
    "ladder_falls": Words(
        "betalningen är lägre än vid {other}",
        "en betalning som inte sjunker när måttet stiger",
        "rätta pays på ett av ställena",
    ),
    "fallback_not_lower": Words(
        "nivån för alla kohorter tillsammans är inte lägre än {other}",
        "pooled_at < at: annars ger reserven aldrig något",
        "sänk pooled_at eller höj at",
    ),
    "rate_below_zero": Words("räntan är negativ", "minst 0 % per år", "rätta räntan"),
    "repaid_twice": Words(
        "delarna som återbetalas är tillsammans {found} (räknat från {other})",
        "högst 1: det som har lånats ut återbetalas en gång",
        "sänk repays på ett av åren",
    ),
    "redeemed_when": Words(
        "finansiären kan inte lämna {found}",
        "{allowed}",
        "skriv ett av åren, t.ex. {example}, eller ta bort redeemed_in",
    ),
    "redemption_twice": Words(
        "året {found} har redan en lösendag ({other})", "högst en lösendag om året", "byt år"
    ),
    "before_drawdown": Words(
        "{found} ligger inte efter den sista utbetalningen av lånet {start} ({other})",
        "en dag då hela lånet är utbetalt",
        "flytta dagen, eller ändra drawn_on",
    ),
    "paid_before_measured": Words(
        "{found} är måttet {measure} inte färdigt för alla ({other})",
        "{start} eller senare: då är uppföljningen slut för den som tas in sist",
        "flytta dagen, eller förkorta uppföljningen",
    ),
    "blend_kind": Words(
        "måttet {found} mäts i {unit}, inte i det som står i {other}",
        "mått i samma enhet (unit är money, share eller points)",
        "rätta unit, eller byt ut måttet",
    ),
    "unknown_clause": Words(
        "klausulen {found} finns inte", "{allowed}", "{meant}rätta namnet på klausulen"
    ),
    "clause_twice": Words(
        "klausulen {found} är redan med i {other}",
        "varje klausul i högst en grupp",
        "ta bort den ur den ena gruppen",
    ),
    "same_krona": Words(
        "samma del av måttet betalas två gånger: andelen och {other} är tillsammans {found}",
        "andelar av samma del som tillsammans är högst 1",
        "sänk en av andelarna, eller flytta above eller up_to så att delarna inte möts",
    ),
    "tranches_not_whole": Words(
        "trancherna är tillsammans {found} kr, ramen i {other} är {whole} kr",
        "fasta belopp som tillsammans är hela ramen",
        "rätta principal på en tranch, eller committed",
    ),
    "unknown_tranche": Words(
        "tranchen {found} finns inte", "{allowed}", "{meant}rätta namnet på tranchen"
    ),
    "waterfall_end": Words(
        "det sista steget har en gräns: det som blir över har ingenstans att ta vägen",
        '"unlimited" i det sista steget',
        'skriv up_to = "unlimited" i det sista steget',
    ),
    "waterfall_unreachable": Words(
        "steget är utan gräns, så {other} får aldrig något",
        "en gräns i alla steg utom det sista",
        "sätt en gräns, eller flytta steget sist",
    ),
    "named_twice": Words(
        "{found} står redan i samma lista ({other})", "varje namn en gång", "ta bort det ena"
    ),
    "nobody_pays": Words(
        "det står inte vem som betalar",
        "en part i payer, eller minst en betalare i payers",
        'skriv payer = "…" där en betalar allt, annars en [[contract.payers]] för var och en',
    ),
    "payer_and_payers": Words(
        "{found} ska betala allt, men {other} säger att flera betalar",
        "payer eller payers, inte båda",
        "ta bort payer, eller ta bort payers",
    ),
    "pays_itself": Words(
        "{found} lånar ut (contract.investor) och betalar: pengarna går till den själv",
        "en part som inte är investor",
        "ange den som betalar för utfallet; den som bara lånar ut står som investor",
    ),
    "payers_not_whole": Words(
        "klausulen {found} betalas till {sum} (andelarna: {other})",
        "andelar av varje klausul som tillsammans är 100 %",
        "höj en andel, eller lägg till den som betalar resten",
    ),
    "paid_twice": Words(
        "klausulen {found} betalas till {sum} (andelarna: {other})",
        "andelar av varje klausul som tillsammans är 100 %",
        "sänk en andel, eller ta bort klausulen hos en av dem",
    ),
    "paid_by_nobody": Words(
        "klausulen {found} betalas inte av någon i {other}",
        "varje klausul hos någon som betalar den",
        "skriv klausulen i clauses hos den som betalar den, eller lägg till en betalare utan "
        "clauses, som betalar resten",
    ),
    "payer_of_nothing": Words(
        "{found} betalar ingenting: {other}",
        "minst en klausul, och en andel över 0 %",
        "ta bort betalaren, eller ändra vad den betalar",
    ),
    "irr_without_loan": Words(
        "en kostnads tak kan inte vara en avkastning",
        'ett belopp, {{ of_drawn = … }} eller "unlimited"',
        'skriv t.ex. "2.4 mkr"',
    ),
    "gates_not_in_order": Words(
        "mötet {found} kommer inte efter {other}",
        "möten i ordning, vart och ett en gång",
        "ordna dagarna, eller ta bort en av dem",
    ),
    "gate_too_early": Words(
        "mötet {found} är inte efter den första utbetalningen av lånet {start} ({other})",
        "en dag då något har betalats ut",
        "flytta mötet",
    ),
    "gate_too_late": Words(
        "mötet {found} är inte före den sista betalningen {end}",
        "en dag då betalningen ännu är öppen",
        "flytta mötet",
    ),
    "gates_too_many": Words(
        "möten gånger kohorter är {found}", "högst {allowed}", "ta bort möten, eller minska cohorts"
    ),
    "gates_outcome_known": Words(
        "kostnaden i {found} är redan känd ({other})",
        "ett mått vars faktiska kostnad inte är angiven",
        "ta bort stage_gates, eller räkna på scenariot så som det var vid undertecknandet",
    ),
    "gates_stop_nothing": Words(
        "regeln kan inte stoppa något: allt är utbetalt {last}, före det första mötet {found}",
        "minst ett möte före den sista dagen i drawn_on",
        "flytta ett möte, eller ta bort regeln",
    ),
    "gate_rule_blind": Words(
        "regeln jämför med en väntad kostnad som inte är känd vid mötena ({other})",
        "en regel på det som är känt när mötet hålls",
        "skriv yardstick_known = true om den är känd, annars ta bort regeln",
    ),
    "gate_rule_never": Words(
        "regeln kräver {found} kända personmånader, men den {last} är högst {most} kända",
        "så många personmånader som kan vara kända när något ännu är kvar att betala ut",
        "sänk person_months, eller lägg till ett senare möte",
    ),
    "no_gates": Words(
        "kontraktet i {found} har inga möten som beslutar om fortsatt finansiering",
        "ett scenario med [contract.stage_gates]",
        "lägg till stage_gates, eller välj ett annat scenario",
    ),
    "bad_known": Words(
        "{found} säger inte vad som var känt vid ett möte",
        "MÖTE:cost=KRONOR,expected=KRONOR,persons=ANTAL (utan expected där måttstocken inte är "
        "känd); "
        "möten: {allowed}",
        "skriv t.ex. --known {example}",
    ),
    "bad_grid": Words(
        "{found} är inget rutnät",
        "MÅTT=FRÅN:TILL:ANTAL, två olika värden och 2–1000 punkter, högst två mått",
        "skriv t.ex. {example}",
    ),
    "picture_without_grid": Words(
        "en bild av betalningen behöver ett mått som varierar",
        "--picture tillsammans med ett --grid",
        "lägg till t.ex. {example}",
    ),
}
