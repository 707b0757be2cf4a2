"""What is said of runs that were made before and cannot be found, read or shown."""

from __future__ import annotations

from simulate.language.words import Words

RUNS: dict[str, Words] = {
    "run_unknown": Words(
        "ingen körning i {place} heter {found}",
        "en körnings mapp, minst fyra tecken av dess id, eller ett scenario som har körts; här "
        "finns {allowed}",
        "rätta namnet, ange --output, eller kör scenariot med `simulate run`",
    ),
    "run_ambiguous": Words(
        "flera körningar börjar på {found}", "{allowed}", "skriv fler tecken av id:t"
    ),
    "not_a_run": Words(
        "{found}",
        "mappen för en körning, med de filer som `simulate run` skrev",
        "ange mappen <scenario>/<id>, bara id:t, eller scenariots namn",
    ),
    "run_damaged": Words(
        "{found}",
        "filen så som körningen skrev den",
        "byt namn på mappen och kör igen: {again}",
    ),
    "run_schema": Words(
        "körningen är sparad i format {found} och kan inte läsas",
        "format {allowed}",
        "kör igen: {again}",
    ),
    "run_without_rows": Words(
        "körningen bygger på rader om personer ({found}), som aldrig sparas i den",
        "mappen där filerna ligger",
        "lägg till --data MAPP med den mapp som filnamnen utgår från",
    ),
    "run_other_rows": Words(
        "raderna i {found} är inte de som körningen byggde på",
        "samma rader i samma ordning",
        "leta upp den fil som användes, eller kör scenariot på nytt",
    ),
    "run_version": Words(
        "körningen är gjord med en annan version ({differing}) och kan inte läsas: {found}",
        "körningar gjorda med den här versionen",
        "kör igen: {again}",
    ),
    "unknown_chapter": Words(
        "rapporten har inget kapitel som heter {found}",
        "{allowed}, med komma emellan",
        "skriv t.ex. --chapters sensitivity, eller --chapters all",
    ),
    "chapters_by_another": Words(
        "körningen är gjord med annat än det som skulle räkna kapitlen ({differing})",
        "en körning gjord med den här versionen: en sida ska inte blanda två program",
        "kör igen: {again}, med --chapters",
    ),
}
