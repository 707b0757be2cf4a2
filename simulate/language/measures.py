"""What every unit, booking and parameter is called in Swedish. A test misses none."""

from __future__ import annotations

UNITS: dict[str, str] = {
    "sek": "mkr",
    "share": "%",
    "year": "år (kalender)",
    "rate": "% per år",
    "ratio": "gånger",
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
