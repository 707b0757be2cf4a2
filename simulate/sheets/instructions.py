"""What the first sheet of the template says, heading and text."""

from __future__ import annotations

INSTRUCTIONS: tuple[tuple[str, str], ...] = (
    (
        "Vad det här är",
        "En blankett för att pröva en social investering: vad den kostar, vad som kan bli färre "
        "placeringar, skolår eller utbetalningar, och hur säkert det är att pengarna kommer "
        "tillbaka. Du fyller i, programmet räknar igenom hundratusen möjliga framtider.",
    ),
    (
        "Så gör du",
        "1. Skriv över exemplet i de gula cellerna i varje flik, eller ta bort raderna. Blanketten "
        "kan köras som den är, men exempel och egna rader får inte blandas.",
    ),
    ("", "2. Spara filen, till exempel som plan.xlsx, och stäng den."),
    (
        "",
        "3. Kör simulate new --from plan.xlsx plan.toml. Är något fel får du veta alla fel på en "
        "gång, med flik och cell, vad som är tillåtet och hur det rättas.",
    ),
    (
        "",
        "4. Kör simulate run plan.toml. Resultatet blir en sida på svenska att läsa och skriva ut.",
    ),
    (
        "Uppgifter",
        "Namn, kommun, beslutsdatum, vilka år som räknas med, fondens kapital, kalkylränta och "
        "regeln för återföring.",
    ),
    ("Nämnder", "Nämnderna som får kostnader eller besparingar, med sin budgetram."),
    (
        "Kostnader",
        "Vad varje investering kostar, post för post och år för år. En investering drivs av en "
        "nämnd eller en annan utförare.",
    ),
    (
        "Effekter",
        "Vad det blir färre av, hos vilken nämnd och vilket år, och vad ett dygn eller styck "
        "kostar. Räkna lågt, och räkna bara det som insatsen orsakar: något av det hade hänt ändå.",
    ),
    (
        "Lågt och högt antal",
        "Ange så att det rätta antalet hamnar däremellan nio gånger av tio. Är du osäker, ta ett "
        "brett spann. Lämnas båda tomma antar programmet att ungefär 60 procent av antalet blir "
        "verklighet, mycket osäkert, och skriver det synligt i scenariot.",
    ),
    (
        "Hemtagbar andel",
        "Hur stor del av kostnaden som verkligen försvinner ur budgeten. Ett köpt vårddygn mindre "
        "är en faktura mindre; en elev mindre i klassen sänker sällan skolans kostnad. För en "
        "kostnad som växer (fler): hur stor del av ökningen som verkligen betalas. Köpt vård "
        "betalas fullt ut, 100 %.",
    ),
    (
        "Återföring",
        "Valfri. Finns en beslutad plan för hur nämndernas ramar minskas skrivs den här. Annars är "
        "planen vad effekterna ger: antal × pris × hemtagbar andel.",
    ),
    (
        "Mänskliga vinster",
        "Valfri. Det som inte har något pris: hur många som når skolgång, arbete eller hälsa, med "
        "och utan insatsen.",
    ),
    (
        "Prislista",
        "Offentliga styckkostnader med källa. Egna priser är nästan alltid bättre; skriv dem då "
        "som kronor i fliken Effekter.",
    ),
    (
        "Tal",
        "Skriv 1 254,5 eller 12 tkr eller 40 %. En tom cell är inte noll: noll skrivs 0. Formler "
        "går bra om filen är sparad i Excel eller LibreOffice.",
    ),
    (
        "Inga personuppgifter",
        "Blanketten frågar bara efter antal och belopp. Skriv inga namn, personnummer eller annat "
        "om enskilda, inte heller i källor och benämningar.",
    ),
)
