"""What is said of files that ``simulate new`` is to write, and of tables that it is to read."""

from __future__ import annotations

from simulate.language.words import Words

NEW: dict[str, Words] = {
    "file_exists": Words(
        "filen finns redan",
        "ett namn som inte är upptaget",
        "välj ett annat namn, eller skriv över den med --force",
    ),
    "wrong_suffix": Words(
        "filnamnet {found} slutar inte rätt", "{allowed}", "byt filnamn, t.ex. {example}"
    ),
    "unwritable_file": Words(
        "filen går inte att skriva ({found})",
        "en mapp som finns och som du får skriva i",
        "kontrollera sökvägen, och att filen inte är öppen i Excel",
    ),
    "unwritable_folder": Words(
        "mappen går inte att använda ({found})",
        "en mapp som finns eller kan skapas, och som du får skriva i",
        "välj en annan mapp med --output",
    ),
    # the workbook or text file as a whole
    "is_form": Words(
        "{found} är en blankett och inget scenario",
        "ett scenario i TOML",
        "det är en blankett: kör `{again}`",
    ),
    "book_suffix": Words(
        "{found} är ingen fil som kan läsas",
        ".xlsx, .ods eller .csv",
        "spara om den som .xlsx, eller börja med `simulate new --template mall.xlsx`",
    ),
    "book_macros": Words(
        "filen är en arbetsbok med makron ({found})",
        ".xlsx, .ods eller .csv",
        "spara om den i Excel som Excel-arbetsbok (.xlsx); makron läses aldrig",
    ),
    "book_old": Words(
        "formatet {found} går inte att läsa säkert: fel och text från formler syns inte i det",
        ".xlsx, .ods eller .csv",
        "öppna filen i Excel eller LibreOffice och spara om den som .xlsx",
    ),
    "book_locked": Words(
        "filen är skyddad med lösenord, eller sparad i ett äldre format",
        "en .xlsx utan lösenord",
        "ta bort lösenordet (Arkiv, Info, Skydda arbetsbok) och spara om som .xlsx",
    ),
    "book_broken": Words(
        "filen går inte att läsa som {found}",
        "en hel arbetsbok",
        "öppna den i Excel eller LibreOffice och spara om den som .xlsx",
    ),
    "sheet_too_large": Words(
        "arket är mycket större än blanketten",
        "högst 20 000 rader och 256 kolumner",
        "ta bort det som står utanför blanketten, även långt ner och långt till höger",
    ),
    "csv_encoding": Words(
        "filens tecken går inte att läsa",
        "UTF-8, eller Excels vanliga CSV",
        "spara om den i Excel som CSV UTF-8",
    ),
    "csv_commas": Words(
        "filen har kommatecken mellan kolumnerna ({found})",
        "semikolon eller tabb",
        "spara om den i en svensk Excel som CSV UTF-8, eller använd .xlsx",
    ),
    "csv_one_column": Words(
        "första raden har bara en kolumn ({found})",
        "mallens rubriker med semikolon emellan",
        "börja med `simulate new --template mall.csv`",
    ),
    "csv_broken": Words(
        "filen är ingen giltig CSV",
        "rader med semikolon mellan cellerna",
        "spara om den i Excel som CSV UTF-8, eller använd .xlsx",
    ),
    # sheets and headers
    "sheet_missing": Words(
        "fliken {found} saknas", "{allowed}", "{meant}ta fliken ur mallen, med sina rubriker"
    ),
    "sheet_empty": Words(
        "inga ifyllda rader för {found}", "minst en rad", "fyll i en rad under rubrikerna"
    ),
    "header_missing": Words(
        "rubriken {found} saknas", "{allowed}", "skriv rubrikerna som i mallen, på en och samma rad"
    ),
    "header_misspelt": Words(
        "rubriken {found} finns inte i mallen", "mallens rubriker", "{meant}skriv den som i mallen"
    ),
    "header_twice": Words(
        "rubriken {found} står två gånger", "varje rubrik en gång", "ta bort den ena kolumnen"
    ),
    "setting_missing": Words(
        "uppgiften {found} saknas",
        "alla mallens uppgifter",
        "lägg till raden {found}, med samma namn som i mallen",
    ),
    "setting_misspelt": Words(
        "uppgiften {found} finns inte i mallen", "mallens uppgifter", "{meant}skriv som i mallen"
    ),
    "setting_twice": Words(
        "uppgiften {found} står två gånger", "varje uppgift en gång", "ta bort den ena raden"
    ),
    # cells
    "cell_blank": Words("{header} är tom", "{allowed}", "fyll i cellen"),
    "cell_blank_number": Words("{header} är tom", "{allowed}", "fyll i cellen; noll skrivs 0"),
    "cell_blank_year": Words("{header} är tom", "{allowed}", "skriv ett årtal, t.ex. {example}"),
    "cell_error": Words(
        "cellen visar felet {found}", "ett värde", "rätta formeln, eller skriv värdet"
    ),
    "cell_formula": Words(
        "formeln i cellen är inte uträknad",
        "ett värde, eller en formel som Excel har räknat ut",
        "öppna filen i Excel eller LibreOffice, räkna om och spara, eller skriv värdet",
    ),
    "cell_merged": Words(
        "cellerna {found} är sammanfogade",
        "celler var för sig",
        "dela cellerna och skriv värdet i var och en av dem",
    ),
    "cell_not_text": Words("{found} är inte en text", "text", "skriv om cellen som text"),
    "cell_too_long": Words(
        "texten är längre än {allowed} tecken", "högst {allowed} tecken", "korta texten"
    ),
    "cell_person_number": Words(
        "cellen ser ut att innehålla ett personnummer",
        "antal och belopp, inget om enskilda",
        "ta bort uppgiften ur filen",
    ),
    "cell_not_a_number": Words("{found} är inte ett tal", "ett tal", "skriv t.ex. {example}"),
    "cell_unclear": Words(
        "{found} kan läsas på flera sätt",
        "mellanslag mellan tusental och komma före decimaler",
        "skriv t.ex. {example}",
    ),
    "cell_unit": Words("enheten i {found} passar inte", "{allowed}", "skriv t.ex. {example}"),
    "cell_is_date": Words(
        "cellen innehåller datum eller tid ({found})",
        "ett tal",
        "Excel har gjort om det: formatera cellen som tal och skriv t.ex. {example}",
    ),
    "cell_not_whole": Words(
        "{found} är inte ett helt antal", "ett heltal", "skriv t.ex. {example}"
    ),
    "cell_out_of_range": Words(
        "{found} ligger utanför det tillåtna", "{allowed}", "skriv t.ex. {example}"
    ),
    "cell_per_cent": Words(
        "{found} läses som {read} och ligger utanför det tillåtna",
        "{allowed}",
        "skriv t.ex. {example}",
    ),
    "cell_small": Words(
        "{read} är orimligt lite",
        "minst 1 000 kr, eller ett belopp med enhet",
        "skriv {meant_as}, eller {whole}; är det rätt, skriv {read}",
    ),
    "cell_not_a_year": Words(
        "{found} är inte ett årtal", "ett år från 1950 till 2200", "skriv t.ex. 2026"
    ),
    "cell_not_a_date": Words("{found} är inte ett datum", "ett datum", "skriv t.ex. 2026-01-15"),
    "cell_number_for_date": Words(
        "{found} är ett tal, inte ett datum",
        "ett datum",
        "{meant}formatera cellen som datum, eller skriv t.ex. 2026-01-15",
    ),
    "cell_choice": Words(
        "{found} är inget av valen", "{allowed}", "{meant}välj ur listan i cellen"
    ),
    "cell_price": Words(
        "{found} är varken ett belopp eller ett id i prislistan",
        "kronor per enhet, eller ett id",
        "{meant}skriv t.ex. 2 500, eller ett id ur fliken Prislista",
    ),
    "cell_superfluous": Words(
        "{found} står i en kolumn som inte läses för {allowed}",
        "en tom cell",
        "töm cellen, eller rätta kolumnen Slag",
    ),
    # what belongs together
    "example_left": Words(
        "mallens exempel står kvar bland egna uppgifter ({found})",
        "bara exemplet, eller bara egna uppgifter",
        "skriv över raden, eller ta bort den",
    ),
    "namnd_unknown": Words(
        "nämnden {found} finns inte bland nämnderna",
        "{allowed}; för effekter även {outside}",
        "{meant}rätta namnet, eller lägg till nämnden",
    ),
    "namnd_is_office": Words(
        "{found} är en förvaltning under {namnd}", "{allowed}", "skriv {namnd}"
    ),
    "investment_unknown": Words(
        "investeringen {found} har inga kostnader",
        "{allowed}",
        "{meant}rätta namnet, eller lägg till dess kostnader",
    ),
    "investment_without_effect": Words(
        "investeringen {found} har ingen effekt",
        "minst en effektrad",
        "lägg till en rad bland effekterna, med samma namn på investeringen",
    ),
    "two_providers": Words(
        "investeringen har två utförare: {allowed} och {found}",
        "en utförare för varje investering",
        "låt en av dem stå för hela kostnaden, eller dela upp investeringen i två",
    ),
    "row_twice": Words(
        "samma sak står redan i {place}", "varje sak en gång", "ta bort den ena raden"
    ),
    "price_missing": Words(
        "priset saknas fast enheten är {found}",
        "kronor per enhet, eller ett id ur prislistan",
        "skriv priset, eller byt enhet till kr om antalet är ett belopp",
    ),
    "price_superfluous": Words(
        "{found} står som pris fast enheten är kr",
        "en tom cell: antalet är redan ett belopp",
        "töm cellen, eller byt enhet till dygn eller st",
    ),
    "price_unit": Words(
        "priset {found} är i {unit}",
        "ett pris per {allowed}",
        "välj ett annat pris, eller rätta enheten",
    ),
    "price_later": Words(
        "priset {found} blev känt {known}, efter beslutet {signed}",
        "priser som var kända när beslutet togs",
        "välj ett äldre pris, eller skriv priset i kronor med egen källa",
    ),
    "interval_half": Words(
        "lågt och högt är inte båda ifyllda",
        "båda eller inget",
        "fyll i cellen, eller töm den andra",
    ),
    "interval_order": Words(
        "{order} stämmer inte", "{allowed}", "rätta lågt, högt eller det däremellan"
    ),
    "interval_crossed": Words(
        "lågt ({low}) är större än högt ({high})",
        "lågt ≤ högt",
        "byt plats på dem, eller rätta det som är fel",
    ),
    "interval_wide": Words(
        "{found} är så högt att antalet inte säger något", "högst {allowed}", "rätta antalet"
    ),
    "gain_target": Words(
        "målet {found} är större än gruppen", "högst {allowed}", "rätta målet eller antalet"
    ),
    "year_order": Words(
        "sista året {found} ligger före det första", "{allowed} eller senare", "rätta åren"
    ),
    "year_outside": Words(
        "{found} ligger utanför de år som räknas med",
        "{allowed}",
        "rätta året, eller vilka år som räknas med",
    ),
    "year_before": Words(
        "{found} ligger före beslutet", "{allowed} eller senare", "rätta året eller Beslutsdatum"
    ),
}
