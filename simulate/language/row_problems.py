"""What is said of files with rows about persons: where something is wrong, never what stands there.

``file`` and ``column`` are as the scenario names them, ``rows`` are numbers.
"""

from __future__ import annotations

from simulate.language.words import Words

ROWS: dict[str, Words] = {
    # the file
    "rows_outside": Words(
        "{file} leder ut ur mappen för data",
        "en fil i scenariots mapp eller under den, utan .. och utan länk ut ur mappen",
        "lägg filen under scenariots mapp, eller ange dess mapp med --data",
    ),
    "rows_suffix": Words(
        "{file} är av ett slag som inte kan läsas", "{allowed}", "spara om filen som CSV eller XLSX"
    ),
    "rows_missing_file": Words(
        "{file} finns inte",
        "en fil i scenariots mapp eller under den",
        "rätta file, eller ange mappen där filen ligger med --data",
    ),
    "rows_no_file": Words("{file} är ingen fil", "en fil", "ange filen i mappen"),
    "rows_unreadable": Words(
        "{file} går inte att läsa ({found})",
        "en läsbar fil",
        "stäng filen i andra program och kontrollera rättigheterna",
    ),
    "rows_too_large": Words(
        "{file} är större än {allowed}",
        "högst {allowed}",
        "ta bort kolumner som inte används, eller spara om som Parquet",
    ),
    "rows_too_many": Words(
        "{file} har fler än {allowed} rader",
        "högst {allowed} rader, en per person",
        "räkna ihop raderna per grupp och ange publicerade utfall i stället för rows",
    ),
    "rows_encoding": Words(
        "tecknen i {file} går inte att läsa",
        "UTF-8, eller Excels vanliga CSV",
        "spara om den i Excel som CSV UTF-8",
    ),
    "rows_broken": Words(
        "{file} är ingen giltig CSV",
        "en rad per person, med samma tecken mellan alla celler",
        "spara om den i Excel som CSV UTF-8, eller använd .xlsx",
    ),
    "rows_locked": Words(
        "{file} är skyddad med lösenord, eller sparad i ett äldre format",
        "en .xlsx utan lösenord",
        "spara en kopia utan lösenord i en mapp som bara behöriga når",
    ),
    "rows_book_broken": Words(
        "{file} går inte att läsa som arbetsbok",
        "en hel .xlsx",
        "öppna den i Excel eller LibreOffice och spara om den som .xlsx",
    ),
    "rows_parquet_broken": Words(
        "{file} går inte att läsa som Parquet", "en hel Parquetfil", "skriv filen på nytt"
    ),
    "rows_sheets": Words(
        "{file} har {found} flikar",
        "en flik, eller fliken angiven i sheet",
        'lägg till sheet = "…" med flikens namn',
    ),
    "rows_sheet_missing": Words(
        "fliken {found} finns inte i {file}", "en flik i filen", "rätta sheet"
    ),
    "rows_empty_file": Words(
        "{file} är tom", "en rad med rubriker och en rad per person", "kontrollera filen"
    ),
    "rows_header_only": Words(
        "{file} har bara rubriker", "minst en rad per person", "kontrollera filen"
    ),
    # headings
    "rows_no_headings": Words(
        "ingen av rubrikerna finns på första raden i {file}",
        "{allowed}",
        "skriv rubriker på första raden, eller rätta namnen i scenariot",
    ),
    "rows_heading_missing": Words(
        "rubriken {found} finns inte i {file}",
        "rubriken så som den står på filens första rad",
        "{meant}rätta rubriken i scenariot eller i filen",
    ),
    "rows_heading_twice": Words(
        "rubriken {found} står flera gånger i {file}",
        "varje rubrik en gång",
        "byt namn på den ena kolumnen i filen",
    ),
    "rows_ragged": Words(
        "{rows} i {file} har inte lika många celler som det finns rubriker",
        "lika många celler på varje rad",
        "rätta raderna; en cell med skiljetecken i sig ska stå inom citattecken",
    ),
    # what the scenario says of the columns
    "rows_column_unknown": Words(
        "modellen läser ingen kolumn {found}", "{allowed}", "{meant}byt namn på nyckeln"
    ),
    "rows_column_missing": Words(
        "kolumnen {found} är inte angiven",
        "alla kolumner som modellen behöver",
        'lägg till columns.{found} = {{ column = "…" }}',
    ),
    "rows_column_shared": Words(
        "samma rubrik används till flera saker: {found}",
        "en rubrik för varje sak",
        "ange olika kolumner",
    ),
    "rows_groups": Words(
        "grupperna skiljs inte åt: {found}",
        "en text för insatsen och en annan för varje jämförelse",
        "rätta treated eller comparison",
    ),
    "rows_levels": Words(
        "nivåerna är inte minst två olika: {found}",
        "minst två nivåer, den första att jämföra med",
        "rätta levels",
    ),
    "rows_level_unit": Words(
        "enheten {found} står vid en kolumn med ord",
        "unit för tal, eller levels för ord",
        "ta bort unit eller levels",
    ),
    # cells
    "rows_missing": Words(
        "{column} är tom på {rows} i {file}",
        'ett värde för varje person, eller missing = "model"',
        'fyll i värdet, eller skriv missing = "model"; ingen person lämnas bort',
    ),
    "rows_not_modelled": Words(
        "{column} är tom på {rows} i {file}",
        "ett värde för varje person: modellen kan inte räkna utan det",
        "fyll i värdet (0 där inget har förekommit), eller ta bort uppgiften ur scenariot om den "
        "inte behövs; ingen person lämnas bort",
    ),
    "rows_error": Words(
        "{column} visar ett fel på {rows} i {file}", "ett värde", "rätta formlerna"
    ),
    "rows_formula": Words(
        "formler i {column} är inte uträknade på {rows} i {file}",
        "ett värde, eller en formel som Excel har räknat ut",
        "öppna filen i Excel eller LibreOffice, räkna om och spara",
    ),
    "rows_not_a_number": Words(
        "{column} är inte ett tal på {rows} i {file}",
        "bara siffror, med enheten angiven i scenariot",
        "rätta cellerna, eller ange rätt kolumn",
    ),
    "rows_not_finite": Words(
        "{column} är inget ändligt tal på {rows} i {file}", "ett ändligt tal", "rätta cellerna"
    ),
    "rows_unclear": Words(
        "{column} kan läsas på flera sätt på {rows} i {file}: tusental eller decimaler",
        "mellanslag eller inget mellan tusental, och komma eller punkt före decimaler",
        "skriv talen utan tecken mellan tusental, eller spara filen som .xlsx",
    ),
    "rows_mixed": Words(
        "{file} har {found} på {rows} och det andra tecknet i övrigt",
        "decimalkomma eller decimalpunkt, inte båda",
        "skriv alla tal på samma sätt",
    ),
    "rows_out_of_range": Words(
        "{column} ligger utanför det tillåtna på {rows} i {file}",
        "{allowed}",
        "rätta cellerna, eller enheten i scenariot",
    ),
    "rows_all_zero": Words(
        "{column} är noll för alla i {file}",
        "minst en person med något annat än noll",
        "ange rätt kolumn, eller ta bort den ur scenariot",
    ),
    "rows_constant": Words(
        "{column} är samma för alla i {file}",
        "en uppgift som skiljer personer åt",
        "ta bort den ur covariates",
    ),
    "rows_level": Words(
        "{column} är ingen av nivåerna på {rows} i {file}",
        "{allowed}",
        "rätta cellerna, eller lägg till nivån i levels",
    ),
    "rows_level_constant": Words(
        "alla eller ingen har nivån {found} i {column}",
        "nivåer som några har och andra inte",
        "ta bort nivån ur levels, eller kolumnen ur covariates",
    ),
    # persons and groups
    "rows_person_missing": Words(
        "{column} är tom på {rows} i {file}",
        "ett kodnamn för varje person",
        "fyll i ett löpnummer; personnummer behövs inte",
    ),
    "rows_person_twice": Words(
        "samma person står flera gånger i {file}: {rows}",
        "en rad per person",
        "slå ihop personens rader till en",
    ),
    "rows_person_number": Words(
        "{column} ser ut att innehålla personnummer på {rows} i {file}",
        "ett löpnummer för varje person",
        "byt personnumren mot löpnummer; nyckeln ska inte ligga i filen",
    ),
    "rows_group_missing": Words(
        "{column} är tom på {rows} i {file}",
        "en grupp för varje person",
        "fyll i gruppen, eller ta bort raden om den är en summa",
    ),
    "rows_group_unknown": Words(
        "{column} är ingen av grupperna på {rows} i {file}",
        "{allowed}",
        "rätta cellerna, eller group i scenariot",
    ),
    "rows_group_empty": Words(
        "ingen person i {file} har {found} i {column}",
        "minst fem personer i varje grupp",
        "rätta texten i group, eller ta bort gruppen",
    ),
    "rows_group_small": Words(
        "färre än {allowed} personer i {file} har {found} i {column}",
        "minst {allowed} personer i varje grupp, så att inget sägs om enskilda",
        "slå ihop grupper, eller vänta tills fler finns",
    ),
    "rows_few": Words(
        "{file} har färre än {allowed} personer",
        "minst {allowed} personer för den här modellen och dess covariates",
        "ta bort covariates, eller ange publicerade utfall i stället för rows",
    ),
    # made-up rows
    "rows_synthetic": Words(
        "{file} och scenariot säger olika om raderna är syntetiska",
        "synthetic = true för syntetiska rader, och bara för dem",
        "rätta synthetic i scenariot, eller ange rätt fil",
    ),
    "rows_synthetic_some": Words(
        "{file} blandar syntetiska rader med andra: {rows} är inte märkta",
        "bara syntetiska rader, eller inga",
        "ta bort de syntetiska raderna ur filen",
    ),
}
