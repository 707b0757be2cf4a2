"""What every unit and booking is called in Swedish."""

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
