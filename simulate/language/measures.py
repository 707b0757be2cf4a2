"""What every measure, booking and parameter is called in Swedish. A test misses none."""

from __future__ import annotations

UNITS: dict[str, str] = {
    "sek": "mkr",
    "share": "%",
    "year": "år (kalender)",
    "rate": "% per år",
    "ratio": "gånger",
}

# Measure → what a person calls it.
MEASURES: dict[str, str] = {
    # the investor
    "drawn_mean": "Draget belopp, i genomsnitt",
    "repayment_mean": "Återbetalning, i genomsnitt",
    "repayment_p05": "Återbetalning, 5-procentskvantil",
    "repayment_p50": "Återbetalning, median",
    "repayment_p95": "Återbetalning, 95-procentskvantil",
    "p_loss": "Sannolikhet för förlust (mindre tillbaka än draget)",
    "p_full": "Sannolikhet att hela det dragna beloppet betalas tillbaka",
    "expected_loss": "Väntad förlust",
    "var_95": "VaR 95 %: förlust som överskrids i högst 5 % av framtiderna",
    "cvar_95": "CVaR 95 %: genomsnittlig förlust i de värsta 5 %",
    "irr_p05": "Effektiv årlig avkastning (IRR), 5-procentskvantil",
    "irr_p50": "Effektiv årlig avkastning (IRR), median",
    "irr_p95": "Effektiv årlig avkastning (IRR), 95-procentskvantil",
    "p_irr_undefined": "Sannolikhet att IRR är odefinierad (inget draget)",
    "p_irr_several": "Sannolikhet att IRR har flera lösningar",
    "multiple_mean": "Återbetalt per dragen krona, i genomsnitt",
    # each party, and society
    "npv_mean": "Nuvärde, i genomsnitt",
    "npv_p05": "Nuvärde, 5-procentskvantil",
    "npv_p50": "Nuvärde, median",
    "npv_p95": "Nuvärde, 95-procentskvantil",
    "p_npv_positive": "Sannolikhet för positivt nuvärde",
    "payback_year_p10": "Återbetalningstid: år, 10-procentskvantil",
    "payback_year_p50": "Återbetalningstid: år, median",
    "payback_year_p90": "Återbetalningstid: år, 90-procentskvantil",
    "payback_year_discounted_p10": "Återbetalningstid diskonterad: år, 10-procentskvantil",
    "payback_year_discounted_p50": "Återbetalningstid diskonterad: år, median",
    "payback_year_discounted_p90": "Återbetalningstid diskonterad: år, 90-procentskvantil",
    "p_never_payback": "Sannolikhet att aldrig få igen pengarna inom horisonten",
    "p_never_exposed": "Sannolikhet att aldrig ligga ute med pengar",
    # the contract
    "p_full_without_effect": "Hela beloppet betalas, fast insatsen saknar effekt",
    "p_full_without_effect_no_drift": "Hela beloppet betalas utan effekt, opartisk måttstock",
    "p_paid_without_effect": "Mer än garantin betalas, fast insatsen saknar effekt",
    "p_paid_without_effect_no_drift": "Mer än garantin betalas utan effekt, opartisk måttstock",
    "share_without_effect": "Betald andel av det dragna, fast insatsen saknar effekt",
    "share_without_effect_no_drift": "Betald andel utan effekt, opartisk måttstock",
    "p_unpaid_with_effect": "Bara garantin betalas, fast effekten motsvarar det dragna",
    "p_unpaid_with_effect_no_drift":
        "Bara garantin betalas fast effekten motsvarar det dragna, opartisk måttstock",
    "p_guarantee_only": "Bara garantin betalas",
    "p_nothing": "Ingenting betalas",
    "p_cap": "Taket nås",
    "p_no_saving_given_full": "Ingen sann besparing, givet att hela beloppet betalas",
    "p_saving_given_guarantee_only":
        "Sann besparing minst så stor som det dragna, givet att bara garantin betalas",
    "p_dispute": "Måttet hamnar inom sitt eget medelfel från ett villkor (tvistezon)",
    "payment_per_standard_error": "Betalning som ett medelfel i måttet är värt",
}

# What is booked in the ledger, and noted beside it.
ENTRIES: dict[str, str] = {
    "programme_cost": "Insatsens kostnad",
    "drawdown": "Draget",
    "contract_payment": "Återbetalning",
    "cashable_saving": "Realiserbar besparing",
    "true_saving": "Sann besparing",
}

# Parameters of the evidence models; an unknown one is called what it is called in the file.
PARAMETERS: dict[str, str] = {
    "level": "Kostnadsnivå per person",
    "cv": "Variation mellan personer (CV)",
    "mean_effect": "Effekt i genomsnitt över platser (log)",
    "between_place_sd": "Skillnad mellan platser (log)",
    "comparison_bias": "Jämförelsens skevhet (log)",
    "log_ratio_study": "Effekt på den studerade platsen (log)",
    "log_ratio_new": "Effekt på en ny plats (log)",
    "mean_without": "Medelkostnad utan insats",
    "shift": "Förskjutning av resultaten (sd)",
    "half_width": "Halva bredden av «oförändrad» (sd)",
    "extra_step": "Sannolikhet för ett steg till",
}

KINDS: dict[str, str] = {
    "published": "publicerat",
    "own_data": "egna data",
    "expert": "expertbedömning",
    "assumption": "antagande",
}

VERDICTS: dict[str, str] = {
    "pass": "godkänd",
    "warn": "godkänd med anmärkning",
    "fail": "underkänd",
}

STATUSES: dict[str, str] = {
    "never": "aldrig",
    "never_exposed": "aldrig exponerad",
    "undefined": "odefinierat",
}
