"""What is said of each way an input can be wrong, in Swedish; looked up when it is said.

Each code has three parts: what was found, what is allowed, how to mend it. A code without a bad
scenario or command in the tests is itself a test failure.
"""

from __future__ import annotations

from collections.abc import Mapping

from models.language import say
from simulate.language.bistand_problems import BISTAND
from simulate.language.contract_problems import CONTRACTS
from simulate.language.correlation_problems import CORRELATIONS
from simulate.language.days_problems import DAYS
from simulate.language.file_problems import FILES
from simulate.language.fund_problems import FUNDS
from simulate.language.measurement_problems import MEASUREMENT
from simulate.language.model_problems import MODELS
from simulate.language.new_problems import NEW
from simulate.language.row_problems import ROWS
from simulate.language.run_problems import RUNS
from simulate.language.shown import cut, shown
from simulate.language.study_problems import STUDIES
from simulate.language.sweep_problems import SWEEPS
from simulate.language.words import Words

PROBLEMS: dict[str, Words] = (
    {
        # the shape of the tree
        "missing_key": Words("nyckeln saknas", "den är obligatorisk", "lägg till {found} = …"),
        "missing_choice": Words("nyckeln saknas", "{allowed}", 'lägg till {at} = "…"'),
        "unknown_key": Words(
            "okänd nyckel {found}", "{allowed}", "{meant}ta bort eller rätta nyckeln"
        ),
        "not_one_of": Words(
            "{found} är inget av de tillåtna värdena",
            "{allowed}",
            "{meant}välj ett av de tillåtna värdena",
        ),
        "not_text": Words("{found} är inte en text", "text inom citattecken", 'skriv t.ex. "text"'),
        "empty_text": Words(
            "texten är tom eller av fel slag ({found})",
            "text inom citattecken",
            "skriv ut texten, eller ta bort nyckeln",
        ),
        "not_an_integer": Words("{found} är inte ett heltal", "ett heltal", "skriv utan decimaler"),
        "not_true_or_false": Words(
            "{found} är varken true eller false",
            "true eller false",
            "skriv true eller false, utan citattecken",
        ),
        "not_a_date": Words("{found} är inte ett datum", "ett datum", "skriv t.ex. 2016-03-21"),
        "not_a_list": Words("{found} är inte en lista", "en lista", "skriv [ … , … ]"),
        "too_few": Words("här är det tomt", "minst ett värde", "lägg till ett värde"),
        "not_a_table": Words(
            "{found} är inte en tabell", "en tabell", "skriv {{ nyckel = värde }}"
        ),
        "bad_identifier": Words(
            "{found} duger inte som id",
            "en liten bokstav a–z, sedan högst 59 små bokstäver a–z, siffror och _",
            "byt namn, t.ex. hvb_dygn",
        ),
        "duplicate_id": Words(
            "id {found} förekommer två gånger", "varje id en gång", "byt namn på det ena"
        ),
        # numbers and units
        "not_a_number": Words(
            "{found} är inte ett tal", "ett tal med enhet", "skriv t.ex. {example}"
        ),
        "decimal_comma": Words(
            "{found} har decimalkomma", "decimalpunkt i scenariofiler", 'skriv "{example}"'
        ),
        "unit_missing": Words("{found} saknar enhet", "{allowed}", "skriv t.ex. {example}"),
        "unit_unknown": Words("enheten i {found} är okänd", "{allowed}", "skriv t.ex. {example}"),
        "unit_kind": Words("{found} har enhet av fel slag", "{allowed}", "skriv t.ex. {example}"),
        "unit_twice": Words("två olika enheter: {found}", "en enhet", "ta bort den ena"),
        "not_finite": Words(
            "{found} är inget ändligt tal", "ett ändligt tal", "skriv t.ex. {example}"
        ),
        "out_of_range": Words(
            "{found} ligger utanför det tillåtna", "{allowed}", "skriv t.ex. {example}"
        ),
        "share_out_of_range": Words(
            "{found} är ingen andel", "en andel mellan 0 och 1", "skriv t.ex. {example}"
        ),
        "not_positive": Words(
            "{found} är inte med säkerhet större än 0",
            "ett tal större än 0",
            "skriv ett positivt tal, eller en fördelning över positiva tal",
        ),
        "number_without_value": Words(
            "talet har varken värde eller fördelning (nycklar: {found})",
            "en av {allowed}",
            "lägg till t.ex. value = …",
        ),
        "number_with_two_values": Words(
            "talet har flera värden eller fördelningar (nycklar: {found})",
            "precis en av {allowed}",
            "behåll en",
        ),
        "wrong_parameters": Words("{found} är inte parametrarna", "{allowed}", "skriv {allowed}"),
        "not_rising": Words("{found} står inte i stigande ordning", "{allowed}", "byt ordning"),
        "interval_family": Words(
            "interval med family = {found}",
            "{allowed}",
            "ange family; lognormal kräver tal över 0 och logitnormal tal mellan 0 och 1",
        ),
        "wrong_weights": Words(
            "{found} har inte en positiv vikt för varje värde",
            "lika många positiva vikter som värden",
            "rätta values eller weights",
        ),
        "wrong_evidence": Words(
            "{found} pekar inte ut en storhet",
            "evidensblock.storhet",
            'skriv t.ex. "skolfam2.log_ratio_new"',
        ),
        "unknown_price": Words(
            "priset {found} finns inte i prislistan",
            "{allowed}",
            "{meant}kör `simulate list --prices` för alla id, eller skriv pris, enhet och källa",
        ),
        "support_outside": Words(
            "fördelningen {found} kan hamna utanför det tillåtna",
            "{allowed}",
            "välj beta, uniform, pert eller triangular inom gränserna",
        ),
        "prior_family": Words(
            "fördelningen {found} kan inte vara prior i en evidensmodell",
            "{allowed}",
            "byt fördelning",
        ),
        "risk_tolerance_and_utility": Words(
            "utility = {found} och risk_tolerance hör inte ihop",
            "certainty_equivalent har en risk_tolerance, npv har ingen",
            "lägg till eller ta bort risk_tolerance, eller byt utility",
        ),
        "risk_tolerance_uncertain": Words(
            "risktoleransen är osäker eller noll",
            "ett känt belopp över 0 kr",
            'skriv t.ex. risk_tolerance = "10 mkr"',
        ),
        "data_uncertain": Words(
            "ett publicerat utfall är angivet som fördelning",
            "ett enda värde",
            "skriv värdet; osäkerheten hör hemma i modellen",
        ),
        "two_forms": Words(
            "{found} står bredvid {form}",
            "en form av evidens i ett block",
            "ta bort {found} eller {form}, eller dela upp i två block",
        ),
        "prior_unused": Words(
            "{found} har ingen roll i den här formen av evidens",
            "de nycklar som formen använder",
            "ta bort {found}, eller lägg till det som den hör till",
        ),
        "empty_lines": Words(
            "raderna i {found} summerar till 0 kr i den ena gruppen",
            "en summa över 0 kr i båda grupperna",
            "slå ihop radgruppen med en annan; en enskild rad får vara 0 kr",
        ),
        "point_sum_impossible": Words(
            "poängsumman {found} är omöjlig med {positive} förbättrade och {negative} försämrade",
            "minst ett poäng upp för varje förbättrad och minst ett ned för varje försämrad",
            "rätta point_sum, positive eller negative",
        ),
        "bound_blank": Words(
            "gränsen är tom ({found})",
            '"unlimited", ett belopp ("3 mkr"), {{ of_drawn = 1.2 }} eller {{ irr = 0.05 }}',
            'skriv vilken av dem du menar; noll skrivs "0 kr", ett belopp med källa '
            '{{ amount = {{ value = "3 mkr", source = "…" }} }}',
        ),
        "bound_two": Words(
            "gränsen står i flera former ({found})",
            "en av amount, of_drawn och irr",
            "ta bort de andra; gäller båda, skriv den ena på klausulen och den andra på en grupp "
            "eller avtalet",
        ),
        # sources and time
        "no_source": Words(
            "talet saknar källa",
            "source på talet eller på tabellen det står i",
            'lägg till source = "dokument, sida" (antaganden motiveras i source)',
        ),
        "no_kind": Words(
            "talet saknar kind",
            "published, own_data, expert eller assumption",
            "lägg till kind på talet eller på tabellen det står i",
        ),
        "later_than_signed": Words(
            "talet blev känt {found}, efter dagen för bedömningen {signed}",
            "tal som var kända då (signed, eller judged om den är satt)",
            'ta ett tidigare tal, eller skriv hindsight = true och reason = "…"',
        ),
        "hindsight_without_reason": Words(
            "hindsight = true utan skäl", "ett skäl i reason", 'lägg till reason = "…"'
        ),
        # what belongs together
        "unknown_party": Words(
            "parten {found} finns inte", "{allowed}", "{meant}lägg till parten eller rätta namnet"
        ),
        "unknown_outcome": Words(
            "utfallet {found} finns inte",
            "{allowed}",
            "{meant}lägg till utfallet eller rätta namnet",
        ),
        "unknown_measure": Words(
            "måttet {found} finns inte", "{allowed}", "{meant}lägg till måttet eller rätta namnet"
        ),
        "unknown_evidence": Words(
            "evidensblocket {found} finns inte",
            "{allowed}",
            "{meant}lägg till evidensblocket eller rätta namnet",
        ),
        "unknown_quantity": Words(
            "evidensen ger ingen storhet {found}",
            "{allowed}",
            "{meant}välj en storhet som modellen lämnar",
        ),
        "quantity_kind": Words(
            "storheten {found} är av fel slag ({dimension})",
            "{allowed}",
            "välj en storhet av rätt slag",
        ),
        "outcome_kind": Words(
            "utfallet {found} är av typen {type}",
            "ett utfall av typen {allowed}",
            "välj ett annat utfall eller ett annat mått",
        ),
        "measure_kind": Words(
            "måttet {found} mäts i {unit} ({other})",
            "ett mått i {allowed}",
            "välj ett annat mått, eller rätta gränsens enhet",
        ),
        "shares_not_one": Words(
            "andelarna summerar till {found}",
            "andelar som summerar till 1",
            "ändra en andel, eller lägg till den part som bär resten",
        ),
        "uncertain_split": Words(
            "en fördelning mellan parter är osäker", "fasta andelar", "skriv andelarna som tal"
        ),
        "floor_unlimited": Words(
            "golvet är utan gräns",
            'ett belopp ("0 kr") eller {{ of_drawn = 0.4 }}',
            'skriv floor = "0 kr" om inget golv finns',
        ),
        "end_before_start": Words(
            "{found} ligger före {start}", "ett senare datum", "rätta datumen"
        ),
        "outside_horizon": Words(
            "{found} ligger utanför horisonten",
            "{allowed}",
            "ändra datumet, first_year eller last_year",
        ),
        "window_beyond_horizon": Words(
            "uppföljningsfönstret kan sluta {found}, efter horisontens sista år",
            "till och med {allowed}",
            "förkorta window eller ändra last_year",
        ),
        "yardstick_twice": Words(
            "en observerad jämförelsegrupp kräver att kostnaden per person är skattad ur den",
            '{{ evidence = "block.mean_without" }}',
            "hämta cost_per_person ur evidensen, annars räknas jämförelsens osäkerhet två gånger",
        ),
        "stated_incomplete": Words(
            "det faktiska utfallet anges utan observerad jämförelsegrupp",
            "båda eller inget",
            "ange comparison av typen observed",
        ),
        "knots_not_rising": Words(
            "above ligger inte under up_to ({other})", "above < up_to", "rätta above eller up_to"
        ),
        "reserved_name": Words(
            "{found} är upptaget som namn", "något annat id", "byt id på parten, t.ex. {found}_1"
        ),
        "party_kind": Words(
            "parten {found} är av typen {type}",
            "en part av typen {allowed}",
            "välj en annan part, eller rätta partens type",
        ),
        "target_twice": Words(
            "målet är angivet två gånger", "target eller target_share", "ta bort det ena"
        ),
        "target_beyond_group": Words(
            "målet är {found} personer", "högst gruppens {allowed}", "rätta target eller persons"
        ),
        "outcome_needs_programme": Words(
            "utfall av typen {found} i en fond",
            "type = persons: vad som har ett pris är en effekt i en investering",
            "flytta utfallet till investments, eller byt typ",
        ),
        "empty_group": Words("gruppen kan bli tom", "minst en person", "rätta antalet"),
        # the command line
        "no_contract": Words(
            "scenariot har inget kontrakt",
            "ett scenario med [contract]",
            "välj ett scenario med kontrakt (`simulate list`)",
        ),
        "bad_draws": Words(
            "{found} duger inte som antal dragningar",
            "ett heltal {allowed}",
            "skriv t.ex. --draws 100000",
        ),
        "bad_sensitivity_draws": Words(
            "{found} duger inte som antal framtider",
            "ett heltal {allowed}",
            "skriv t.ex. --draws 16384",
        ),
        "bad_simulations": Words(
            "{found} duger inte som antal simuleringar",
            "ett heltal {allowed}",
            "skriv t.ex. --sbc 100",
        ),
        "bad_persons": Words(
            "{found} duger inte som antal personer",
            "ett heltal {allowed}",
            "skriv t.ex. --persons 60",
        ),
        "rows_unmarked": Words(
            "filnamnet {found} säger inte att raderna är syntetiska",
            "ett namn som innehåller «syntetisk»",
            "skriv t.ex. {example}",
        ),
        "rows_not_used": Words(
            "evidensblocket {found} läser inga rader",
            "block med rows: {allowed}",
            "välj ett annat block, eller lägg till rows i scenariot",
        ),
        "bad_seed": Words(
            "{found} duger inte som frö", "ett heltal från 0 till 2^63 − 1", "skriv t.ex. --seed 1"
        ),
        "bad_assignment": Words(
            "{found} saknar nyckel eller likhetstecken", "NYCKEL=VÄRDE", "skriv t.ex. {example}"
        ),
        "unknown_setting": Words(
            "nyckeln {found} finns inte i scenariot",
            "{allowed}",
            "{meant}rätta nyckeln efter --set",
        ),
        "unknown_given": Words(
            "{found} är inget av kontraktets utfall",
            "{allowed}",
            "{meant}rätta namnet efter --given",
        ),
        "missing_given": Words(
            "utfallet {found} är inte angivet",
            "alla utfall som kontraktet beror på",
            "lägg till --given {found}=…",
        ),
    }
    | FILES
    | BISTAND
    | CONTRACTS
    | DAYS
    | NEW
    | FUNDS
    | CORRELATIONS
    | RUNS
    | MEASUREMENT
    | ROWS
    | MODELS
    | SWEEPS
    | STUDIES
)


def sentence(code: str, context: Mapping[str, object]) -> Words:
    """Return the three parts for ``code`` with the context filled in."""
    close = context.get("close")
    meant = say("menade du {close}? Annars: ", close=shown(close)) if close else ""
    filled = {"meant": meant, **context}
    words = PROBLEMS[code]
    parts = (words.found, words.allowed, words.remedy)
    found, allowed, remedy = (say(part).format_map(_Shown(filled)) for part in parts)
    return Words(found, allowed, remedy)


# What must be read to its end: choices, and commands to copy.
_WHOLE = frozenset({"allowed", "again"})


class _Shown(dict[str, object]):
    """Context as a person reads it: in TOML's spelling, cut when long; what is absent is a dash."""

    def __missing__(self, key: str) -> str:
        return "–"

    def __getitem__(self, key: str) -> object:
        value = super().__getitem__(key)
        if key == "meant":
            return value
        return shown(value) if key in _WHOLE else cut(shown(value))
