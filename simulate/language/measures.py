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

# Values stand in the unit of the result files, where amounts are kronor and shares are parts of 1.
STORED: dict[str, str] = {
    "sek": mark("kr"),
    "share": mark("andel"),
    "year": mark("kalenderår"),
    "rate": mark("andel per år"),
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
    "tranche_drawdown": mark("Utlånat av trancherna"),
    "tranche_payment": mark("Betalt till trancherna"),
    "cashable_saving": mark("Realiserbar besparing"),
    "true_saving": mark("Sann besparing"),
    "grant": mark("Bidrag ur fonden"),
    "aterforing": mark("Återföring"),
    "partner_payment": mark("Ersättning till extern part"),
    "running_cost": mark("Kostnad för drift efter anslaget"),
    "running_saving": mark("Besparing av drift efter anslaget"),
    "planned_aterforing": mark("Planerad återföring"),
    "granted_undrawn": mark("Beviljat men inte utbetalt"),
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

# (Type of measure, rule) → what one who cannot be assessed, has moved, died or is not yet due
# counts as.
MISSING: dict[tuple[str, str], str] = {
    ("cost_saving", "nothing"): mark("Övriga räknas som om de inte kostade något"),
    ("cost_saving", "as_the_others"): mark("Övriga räknas som de andra i snitt"),
    ("cost_saving", "as_expected"): mark("Övriga räknas som om de kostade vad som väntades"),
    ("school_points", "nothing"): mark("Övriga räknas som noll"),
    ("school_points", "as_the_others"): mark("Övriga räknas som de andra i snitt"),
    ("school_points", "one_down"): mark("Övriga räknas som en poäng sämre var"),
    ("success_share", "nothing"): mark("Övriga räknas som att de inte nått målet"),
    ("success_share", "as_the_others"): mark("Övriga räknas som de andra i snitt"),
}
