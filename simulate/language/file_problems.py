"""What is said of a scenario file that cannot be read as TOML, whatever it says."""

from __future__ import annotations

from simulate.language.words import Words

FILES: dict[str, Words] = {
    "file_missing": Words(
        "filen finns inte",
        "en scenariofil eller namnet på ett medföljande scenario",
        "rätta sökvägen, eller kör `simulate list` för de medföljande",
    ),
    "scenario_unknown": Words(
        "inget medföljande scenario heter {found}",
        "{allowed}",
        "{meant}skriv sökvägen med snedstreck eller .toml om du menar en egen fil",
    ),
    "is_folder": Words("sökvägen är en mapp", "en fil i TOML", "ange filen i mappen"),
    "unreadable_file": Words(
        "filen går inte att läsa ({found})",
        "en läsbar fil",
        "kontrollera sökvägen och rättigheterna",
    ),
    "not_utf8": Words(
        "filen är inte kodad i UTF-8 (byte {found})",
        "UTF-8, med eller utan BOM",
        "spara om filen som UTF-8 (i Anteckningar: Spara som, Kodning: UTF-8)",
    ),
    "file_too_large": Words(
        "filen är större än {allowed}",
        "ett scenario på högst {allowed}",
        "kontrollera att det är rätt fil; data hör inte hemma i scenariot",
    ),
    "empty_file": Words(
        "filen är tom", "ett scenario", "utgå från ett medföljande scenario (`simulate list`)"
    ),
    "broken_toml": Words(
        "filen är inte giltig TOML ({found})",
        "TOML 1.0",
        "rätta raden; text ska stå inom citattecken, listor inom [ ]",
    ),
    "too_deep": Words(
        "tabeller i tabeller i fler än {allowed} nivåer",
        "högst {allowed} nivåer",
        "kontrollera klamrar och punkter i nyckeln",
    ),
    "integer_too_large": Words(
        "heltalet har fler siffror än TOML tillåter",
        "heltal från −2^63 till 2^63 − 1",
        'skriv med enhet, t.ex. "7.5 mkr"',
    ),
    "control_character": Words(
        "{found} innehåller det osynliga styrtecknet {character}",
        "synliga tecken, mellanslag, tabb och radbyte",
        "skriv om texten för hand, utan tecken som klistrats in",
    ),
    "unquoted_unit": Words(
        "{found} står utan citattecken", "tal med enhet inom citattecken", 'skriv "{found}"'
    ),
    "wrong_schema": Words("schema = {found}", "schema = 1", "skriv schema = 1 överst i filen"),
}
