"""What is said of rows that only one model can tell is wrong: where, never what stands there."""

from __future__ import annotations

from simulate.language.words import Words

MODELS: dict[str, Words] = {
    "rows_many_missing": Words(
        "{column} är tom på {rows} i {file}: mer än {allowed} värden saknas i covariates",
        "högst {allowed} tomma celler i covariates",
        "fyll i fler värden, eller ta bort uppgiften ur covariates; ingen person lämnas bort",
    ),
    "rows_no_exposure": Words(
        "{column} är noll på {rows} i {file}",
        "en tid över noll för varje person",
        "rätta tiden; den som aldrig följdes upp har ingen kostnad att jämföra",
    ),
    "rows_without_cost": Words(
        "någon i {file} har ingen kostnad alls, men scenariot säger inte hur vanligt det är",
        "prior.share_without_cost och prior.effect_without_cost",
        "lägg till de två priorerna, eller rätta cellerna i {column}",
    ),
    "rows_few_costs": Words(
        "färre än {allowed} personer i en av grupperna i {file} har någon kostnad",
        "minst {allowed} personer med kostnad i varje grupp",
        "ange rätt kolumn för {column}, eller vänta tills fler finns",
    ),
    "rows_not_steps": Words(
        "{column} är inte hela steg om {allowed} poäng på {rows} i {file}",
        "ändringar i hela steg",
        "rätta cellerna, eller step i scenariot (2.5 för meritvärde)",
    ),
    "rows_few_results": Words(
        "färre än {allowed} personer i en av grupperna i {file} har ett resultat",
        "minst {allowed} personer med resultat i varje grupp",
        "ange rätt kolumn för {column}, eller vänta tills fler är bedömda",
    ),
    "rows_not_yes_or_no": Words(
        "{column} är varken 0 eller 1 på {rows} i {file}",
        "0 för inte behörig, 1 för behörig",
        "rätta cellerna",
    ),
}
