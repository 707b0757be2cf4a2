"""What is said of sweeps and comparisons that cannot be made."""

from __future__ import annotations

from simulate.language.words import Words

SWEEPS: dict[str, Words] = {
    "sweep_what": Words(
        "{found} av --vary och --from är angivet",
        "minst en --vary, eller --from med en fil",
        "skriv t.ex. --vary contract.clauses.guarantee.share=40 %,45 %",
    ),
    "sweep_empty": Words(
        "{found} har inga värden", "minst ett värde", "skriv t.ex. --vary {found}=0.4,0.5"
    ),
    "sweep_twice": Words("{found} är angivet två gånger", "en gång", "ta bort den ena"),
    "sweep_range": Words(
        "{found} är inget intervall",
        "från:till:antal med från < till, samma enhet och antal från 2 till {allowed}",
        "skriv t.ex. {example}",
    ),
    "sweep_key": Words(
        "nyckeln {found} finns inte i scenariot att variera",
        "{allowed}",
        "{meant}rätta nyckeln",
    ),
    "sweep_design": Words(
        "{found} är ingen uppläggning", "grid, eller lhs:N med N minst 1", "skriv t.ex. lhs:200"
    ),
    "sweep_too_large": Words(
        "svepet har {found}", "högst {allowed}", "färre värden, eller --design lhs:N"
    ),
    "sweep_comma": Words(
        "{found} kan läsas på flera sätt",
        "decimalpunkt i tal, och komma mellan värden",
        "skriv {example}; är det två värden, sätt mellanslag efter kommat",
    ),
    "sweep_file": Words(
        "{found}: {reason}",
        "en CSV-fil, så som Excel sparar den",
        "rätta sökvägen efter --from, eller spara filen på nytt",
    ),
    "sweep_table": Words(
        "tabellen {found} har inga celler",
        "en rubrik per kolumn med scenariots nycklar, sedan minst en rad",
        "skriv minst ett värde under rubrikerna",
    ),
    "sweep_row": Words(
        "{found} har värden utan rubrik på rad {rows}",
        "en rubrik för varje kolumn som används; här finns {allowed}",
        "skriv rubriken, eller ta bort värdet; där komma skiljer kolumnerna åt skrivs tal med "
        "decimalpunkt",
    ),
    "sweep_unspread": Words(
        "--design {found} står bredvid --from",
        "--from med cellerna som de står, eller --vary med --design",
        "ta bort den ena",
    ),
    "sweep_measure": Words(
        "måttet {found} finns inte bland resultatens mått",
        "{allowed}",
        "{meant}rätta namnet efter --measures",
    ),
    "bad_workers": Words(
        "{found} duger inte som antal processer", "ett heltal {allowed}", "skriv t.ex. --workers 2"
    ),
    "no_scheduler": Words(
        "ingen Dask-schemaläggare svarar på {found}",
        "adressen till en som är igång, tcp://värd:port",
        "starta den, eller skriv t.ex. {example}",
    ),
    "compare_set": Words(
        "{found} är en sparad körning, som inte kan ändras med --set eller --set-b",
        "ändringar av scenarier",
        "ange scenariot i stället för körningen",
    ),
    "compare_kinds": Words(
        "de två är av olika slag ({found}) och har inga mått gemensamt",
        "två scenarier med kontrakt, eller två med fond",
        "välj två av samma slag",
    ),
}
