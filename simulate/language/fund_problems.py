"""What is said of the plans and effect lines of a fund that do not fit together."""

from __future__ import annotations

from simulate.language.words import Words

FUNDS: dict[str, Words] = {
    "plan_from_evidence": Words(
        "ingen planerad återföring, och effekten {found} hämtas ur evidens",
        "en angiven plan där en effekt hämtas ur evidens: den har ingen median före anpassningen",
        "lägg till aterforing och split för investeringen",
    ),
    "unknown_line": Words(
        "ingen effektrad heter {found}",
        "en annan rad i samma investering, som inte själv är en substitution: {allowed}",
        "{meant}rätta of",
    ),
    "unknown_event": Words(
        "investeringen har ingen händelse som heter {found}",
        "en händelse i investeringens events: {allowed}",
        "{meant}rätta event, eller lägg till händelsen med sin sannolikhet i events",
    ),
    "not_a_year": Words(
        "{found} är inget kalenderår",
        "ett år med fyra siffror mellan 1900 och 2199",
        "skriv t.ex. 2027",
    ),
    "grant_beyond_fund": Words(
        "investeringen kostar minst {found} kr",
        "högst det som någonsin betalas in till fonden, {allowed} kr",
        "rätta costs eller fondens kapital; kontrollera tkr och mkr",
    ),
    "unknown_investment": Words("ingen investering heter {found}", "{allowed}", "{meant}rätta on"),
    "fund_without_namnd": Words(
        "fonden har ingen nämnd",
        "minst en part av typen namnd",
        "lägg till nämnden som återför",
    ),
    "periods_overlap": Words(
        "driften betalas {found}, men anslaget betalar {granted}",
        "ett år efter anslagets första som det inte betalar, eller ett i shared_years",
        'flytta kostnaden, eller säg hur de delar på året: shared_years = {{ {found} = "…" }}',
    ),
    "share_without_plan": Words(
        "raden är en andel av en plan, men efter anslaget finns ingen plan",
        "en rad som räknar sin egen besparing",
        "skriv raden som dygn, enheter, belopp eller något annat slag, eller ta bort den",
    ),
    "split_without_plan": Words(
        "split utan planerad återföring",
        "split bara tillsammans med aterforing",
        "ta bort split: utan plan återförs varje effektrad från sin egen nämnd",
    ),
    "plan_uncertain": Words(
        "den planerade återföringen är en fördelning",
        "ett enda belopp för varje år",
        "skriv planens belopp; osäkerheten hör hemma i effects",
    ),
    "share_and_effect": Words(
        "andelen med insatsen står både som share och som effect",
        "en av dem",
        "ta bort den som inte är känd",
    ),
    "answers_beyond_group": Words(
        "{found} personer är fler än gruppen",
        "högst {allowed}",
        "rätta answers, eller gruppens storlek",
    ),
    "paid_beyond_cost": Words(
        "{found} av kostnaden kan betalas vidare",
        "andelar i paid_to som tillsammans är högst 1",
        "rätta andelarna: resten av kostnaden är den egna",
    ),
    "paid_to_itself": Words(
        "{found} betalar sig själv",
        "en annan part än den som driver investeringen",
        "byt part, eller ta bort raden",
    ),
    "spread_beyond_whole": Words(
        "{found} av priset för ett fall är fördelat på åren",
        "andelar i spread som tillsammans är högst 1",
        "rätta andelarna; det som faller efter horisonten räknas inte",
    ),
    "claimed_twice": Words(
        "{found} räknar samma kostnad ({cost}) för samma personer ({of}) två gånger",
        "en rad per år för samma kostnad och personer, eller rader som sägs vara åtskilda",
        "ta bort den ena raden, eller skriv {example} med skälet",
    ),
    "unknown_disjoint": Words(
        "ingen annan effektrad heter {found}",
        "{allowed}",
        "{meant}skriv radens id, eller investering.rad om den hör till en annan investering",
    ),
    # what is composed of other scenarios
    "unknown_part": Words(
        "scenariot {found} finns inte",
        "ett medföljande scenario ({names}), eller en fil räknad från den här filens mapp",
        "{meant}skriv namnet på ett medföljande, eller sökvägen med .toml",
    ),
    "part_outside": Words(
        "{found} leder ut ur filens mapp",
        "en fil i den här filens mapp eller under den",
        "lägg delen där, och skriv sökvägen dit",
    ),
    "composition_circular": Words(
        "scenariot är en del av sig självt: {found}",
        "delar som inte i sin tur består av helheten",
        "ta bort from i ett av leden",
    ),
    "part_has_contract": Words(
        "{found} har ett kontrakt",
        "delar med [fund] och [investments.…]",
        "välj ett scenario med fond (`simulate list`)",
    ),
    "part_outside_horizon": Words(
        "{found} räknas över åren {years}",
        "delar vars år ligger inom helhetens: {allowed}",
        "vidga first_year och last_year, eller korta delen",
    ),
    "part_party_type": Words(
        "parten {found} är av typen {type} i delen",
        "samma typ i del och helhet: {allowed}",
        "byt id på den ena parten, eller rätta dess type",
    ),
    "part_differs": Words(
        "{found} finns redan, och är något annat",
        "ett och samma block i alla delar som har det",
        "byt namn på blocket i den ena filen, eller gör dem lika",
    ),
    "investment_twice": Words(
        "två investeringar heter {found}",
        "ett eget namn för varje investering",
        "byt namn på den ena",
    ),
    "override_of_several": Words(
        "{found} står bredvid from, men delen har flera investeringar",
        "egna nycklar bara där delen har en investering; här finns {allowed}",
        "ändra i delens egen fil",
    ),
}
