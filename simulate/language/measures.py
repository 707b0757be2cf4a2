"""What every unit and booking is called in Swedish; said when it is shown."""

from __future__ import annotations

from models.language import mark

# Unit of a measure → the unit of its error.
UNITS: dict[str, str] = {
    "sek": mark("mkr"),
    "share": mark("procentenheter"),
    "year": mark("kalenderår"),
    "rate": mark("procentenheter"),
    "ratio": mark("gånger"),
    "persons": mark("personer"),
    "years": mark("år"),
    "count": mark("investeringar"),
}

# What is booked in the ledger, and noted beside it.
ENTRIES: dict[str, str] = {
    "programme_cost": mark("Insatsens kostnad"),
    "drawdown": mark("Draget"),
    "contract_payment": mark("Återbetalning"),
    "cashable_saving": mark("Realiserbar besparing"),
    "true_saving": mark("Sann besparing"),
    "grant": mark("Bidrag ur fonden"),
    "aterforing": mark("Återföring"),
    "partner_payment": mark("Ersättning till extern part"),
    "running_cost": mark("Kostnad för drift efter anslaget"),
    "running_saving": mark("Besparing av drift efter anslaget"),
    "planned_aterforing": mark("Planerad återföring"),
    "gap": mark("Återfört utöver besparingen"),
}

KINDS: dict[str, str] = {
    "published": mark("publicerat"),
    "own_data": mark("egna data"),
    "expert": mark("expertbedömning"),
    "assumption": mark("antagande"),
}

VERDICTS: dict[str, str] = {
    "pass": mark("godkänd"),
    "warn": mark("godkänd med anmärkning"),
    "fail": mark("underkänd"),
}

STATUSES: dict[str, str] = {
    "never": mark("aldrig"),
    "never_exposed": mark("aldrig exponerad"),
    "undefined": mark("odefinierat"),
}
