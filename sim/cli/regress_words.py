"""What `regress` says, in Norwegian and English."""

from typing import Literal

Lang = Literal["nb", "en"]
WORDS: dict[Lang, dict[str, str]] = {
    "nb": {
        "title": "Regelendring mot {against}: {outcome}",
        "fine": "ingen utilsiktet virkning", "same": "ingenting er endret", "failed": "uventet virkning",
        "open": "ikke avgjort", "compiled": "Reglene er de samme når de er oversatt: ingenting kan bli annerledes, og ingenting "
        "er kjørt.", "profiles": "Reglene er skrevet på en annen måte, men avgjør likt for alle: ingenting er kjørt.",
        "ran": "{replications} à {years}, frø {seed}; de samme menneskene før og etter. {differing} av dem ble annerledes i et "
        "tall som voktes.", "none": "Ingen av {n} kjøringer ble annerledes i et tall som voktes. Virkninger som kommer i færre "
        "enn om lag {share} av kjøringene, kan være oversett.",
        "equivalent": "uendret", "expected": "endret som ventet", "changed": "endret", "missing": "ventet endring uteble",
        "undecided": "ikke avgjort", "needed": " ({n} replikasjoner ville avgjøre)", "never": " (for nær grensen til å avgjøre)",
        "heads": "Mål|Før|Etter|Forskjell|90 %-intervall|Tåler|Dom", "meant": "ventet {range}", "to": "{0} til {1}",
        "up": "opp", "down": "ned", "guard": "{name}: {scenario}",
        "verdicts": "Dommer", "verdicts lead": "«Uendret» er vist, ikke antatt: intervallet ligger innenfor det målet tåler. Er "
        "ingenting endret, feiler høyst 1 % av kontrollene.",
        "parts": "Hva som er endret i reglene", "added": "ny", "removed": "fjernet", "changed part": "endret",
        "no parts": "Ingen deler av reglene er endret.", "firing": "Regler som slår til oftere eller sjeldnere",
        "firing lead": "Avslag og nektede fornyelser per replikasjon, regel for regel.",
        "firing heads": "Regel|Før|Etter|Forskjell", "alone": "Hver endring alene, og alle sammen",
        "alone lead": "Gjennomsnittlig forskjell i de første {n} replikasjonene, med 95 %-intervall. Delene summerer ikke alltid "
        "til helheten: endringer virker på hverandre.", "together": "alle sammen", "no effect": "avgjør ingenting annerledes",
        "not alone": "kan ikke stå alene: {why}", "part": "Endring",
        "cases": "Eksempler som får et annet svar", "cases lead": "{n} i alt; {shown} vises.",
        "passes": "stemmer", "before": "Før", "after": "Etter",
        "groups": "Mest berørt", "group": "{name} ({gains} vinner, {loses} taper)", "changes": "Skiller seg ut",
        "rules changed": "Regler", "spent": "Ventet endring av {kpi} sto der fra før og gjelder ikke denne grenen.",
        "scenario changed": "{file} er også endret; begge sider er kjørt med den nye.",
        "real": "Scenariet begynner med virkelige mennesker: enkeltavgjørelser og antall per regel er utelatt.",
        "program": "Programmet er et annet enn da det lagrede grunnlaget ble laget: forskjeller kan komme av det.",
    },
    "en": {
        "title": "Rule change against {against}: {outcome}",
        "fine": "no unintended effect", "same": "nothing is changed", "failed": "unexpected effect",
        "open": "not decided", "compiled": "The rules are the same when compiled: nothing can differ, and nothing was run.",
        "profiles": "The rules are written differently, but decide alike for everybody: nothing was run.",
        "ran": "{replications} of {years}, seed {seed}; the same people before and after. {differing} of them differ in a "
        "guarded figure.", "none": "None of {n} runs differs in a guarded figure. Effects that come in fewer than about {share} "
        "of runs may be overlooked.",
        "equivalent": "equivalent", "expected": "changed as expected", "changed": "changed",
        "missing": "expected change did not come", "undecided": "undecided", "needed": " ({n} replications would decide)",
        "never": " (too near the limit to decide)",
        "heads": "Measure|Before|After|Difference|90% interval|Margin|Verdict", "meant": "expected {range}", "to": "{0} to {1}",
        "up": "up", "down": "down", "guard": "{name}: {scenario}",
        "verdicts": "Verdicts", "verdicts lead": "“Equivalent” is shown, not assumed: the interval lies within the margin. When "
        "nothing is changed, at most 1% of checks fail.",
        "parts": "What is changed in the rules", "added": "new", "removed": "removed", "changed part": "changed",
        "no parts": "No part of the rules is changed.", "firing": "Rules that fire more or less often",
        "firing lead": "Refusals and renewals refused per replication, rule by rule.",
        "firing heads": "Rule|Before|After|Difference", "alone": "Each change alone, and all together",
        "alone lead": "Mean difference over the first {n} replications, with its 95% interval. The parts do not always add up "
        "to the whole: changes act on each other.", "together": "all together", "no effect": "decides nothing otherwise",
        "not alone": "cannot stand alone: {why}", "part": "Change",
        "cases": "Worked cases that get another answer", "cases lead": "{n} in all; {shown} are shown.",
        "passes": "passes", "before": "Before", "after": "After",
        "groups": "Most affected", "group": "{name} ({gains} gain, {loses} lose)", "changes": "Stands out",
        "rules changed": "Rules", "spent": "The expected change of {kpi} stood there before, and is not this branch's.",
        "scenario changed": "{file} is changed too; both sides were run with the new one.",
        "real": "The scenario begins with real people: single decisions and counts by rule are left out.",
        "program": "The program is another than when the baseline was stored: differences may come from that.",
    },
}  # fmt: skip
