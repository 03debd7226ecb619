"""The words that stand around the rules: titles of stages, terms, dates."""

from datetime import date

from rules.show.document import Lang

#: What is said of the whole, the stages in the order of a decision, then the lists at the end; id -> (title, lead) by language.
STAGES: dict[str, dict[Lang, tuple[str, str]]] = {
    "ruleset": {"nb": ("Regelsettet", ""), "en": ("The rule set", "")},
    "scope": {
        "nb": ("Hvem reglene gjelder", "Den som faller utenfor, blir ikke vurdert etter reglene nedenfor."),
        "en": ("Whom the rules concern", "Those outside are not judged by the rules below."),
    },
    "eligibility": {
        "nb": ("Vilkår", "Alle vilkårene må være oppfylt."),
        "en": ("Conditions", "All conditions must be met."),
    },
    "exclusion": {
        "nb": ("Utestenging", "Også disse kravene må være oppfylt."),
        "en": ("Exclusion", "These requirements must be met as well."),
    },
    "need": {
        "nb": ("Vurdering av behov", "Tabellene leses rad for rad."),
        "en": ("Assessment of need", "The tables are read row by row."),
    },
    "priority": {
        "nb": ("Prioritering", "Leses ovenfra: det første leddet som skiller to søkere, avgjør."),
        "en": ("Priority", "Read from the top: the first criterion that tells two applicants apart decides."),
    },
    "matching": {
        "nb": ("Hvilken bolig som passer", "En bolig passer søkeren når alle kravene er oppfylt."),
        "en": ("Which home suits", "A home suits the applicant when all requirements are met."),
    },
    "living_environment": {
        "nb": ("Bomiljø", "Tar hensyn til dem som allerede bor der."),
        "en": ("Living environment", "Takes those who already live there into account."),
    },
    "quotas": {
        "nb": ("Kvoter og reservasjoner", "Hvor mange boliger som kan eller skal gå til noen grupper."),
        "en": ("Quotas and reservations", "How many homes may or must go to some groups."),
    },
    "offers": {"nb": ("Tilbud og svar", ""), "en": ("Offers and replies", "")},
    "tenancy": {"nb": ("Leieforholdet", ""), "en": ("Tenancy", "")},
    "moves": {
        "nb": ("Flytting mellom kommunale boliger", "Den første regelen som passer, gjelder."),
        "en": ("Moves between municipal homes", "The first rule that fits applies."),
    },
    "holds": {
        "nb": ("Hvor lenge boligen holdes av under fravær", "Passer flere regler, gjelder den lengste tiden."),
        "en": ("How long the home is held during absence", "When several rules fit, the longest time applies."),
    },
    "temporary": {
        "nb": ("Midlertidig botilbud", ""),
        "en": ("Temporary accommodation", ""),
    },
    "definitions": {
        "nb": ("Begreper", "Begrepene er brukt i reglene ovenfor."),
        "en": ("Terms", "The terms are used in the rules above."),
    },
    "amounts": {"nb": ("Beløp og grenser", ""), "en": ("Amounts and limits", "")},
    "fields": {
        "nb": ("Opplysningene reglene bygger på", ""),
        "en": ("The facts the rules are based on", ""),
    },
    "illustrative": {
        "nb": ("Det som ikke er vedtatt eller avklart", "Les dette før reglene brukes til noe annet enn simulering."),
        "en": ("What is not adopted or settled", "Read this before the rules are used for anything but simulation."),
    },
}

#: What holds in the model where a rule set says nothing of a stage.
SILENT: dict[str, dict[Lang, str]] = {
    "eligibility": {"nb": "alle oppfyller vilkårene", "en": "everybody is eligible"},
    "priority": {"nb": "den som kom først på listen, går først", "en": "whoever was listed first goes first"},
    "matching": {"nb": "alle boliger passer alle", "en": "every home suits everybody"},
    "offers": {"nb": "svaret kommer straks, og et avslag får ingen følger",
               "en": "the reply comes at once, and declining has no consequence"},
    "tenancy": {"nb": "leieavtalen er uten tidsbegrensning", "en": "the lease has no end"},
    "moves": {"nb": "ingen får flytte til en annen kommunal bolig", "en": "nobody moves to another municipal home"},
    "holds": {"nb": "boligen holdes av uten tidsbegrensning", "en": "the home is held without end"},
    "temporary": {"nb": "ingen har rett til midlertidig botilbud", "en": "nobody is entitled to temporary accommodation"},
}  # fmt: skip

TERMS: dict[Lang, dict[str, str]] = {
    "nb": {
        "when": "Gjelder bare når", "requires": "Krav", "moves": "Flytting når", "temporary": "Har rett når",
        "unless": "Unntak", "legal": "Hjemmel", "status": "Status", "ground": "Begrunnelse når kravet ikke er oppfylt",
        "trigger": "Når", "outcome": "Konsekvens", "longest_days": "Boligen holdes av i høyst", "means": "Betyr at",
        "equals": "Regnes ut som", "value": "Verdi", "used": "Brukes i", "valid": "Gyldig", "shown": "Viser reglene per",
        "changes": "Reglene endres",
        "in progress": "Saker under behandling", "as applied": "den som har søkt før en endring, møter reglene fra søknadsdagen",
        "as applied on": "den som har søkt før {0}, møter reglene slik de var før; ellers gjelder reglene på vedtaksdagen",
        "sources": "Rettskilder", "all": "Alle disse:", "any": "Minst ett av disse:",
        "illustrative": "Eget eksempel, ikke vedtatt av kommunen", "legally_disputed": "Rettslig omstridt",
        "no_basis": "ikke oppgitt", "lapse": "Søknaden faller bort", "keep": "Søknaden blir stående",
        "warning": "Leieren får en advarsel", "notice": "Leieren blir sagt opp", "reply": "Svarfrist",
        "term": "Leieavtalens lengde", "endless": "uten tidsbegrensning", "see": "følger av tabellen «{0}»",
        "class": "Den første gruppen søkeren hører til, teller", "points": "Flest poeng går først",
        "highest": "Høyest verdi går først", "lowest": "Lavest verdi går først", "longest": "Lengst tid går først",
        "lottery": "Loddtrekning", "capped": "Teller fullt når", "within": "Gjelder mellom dem i samme spor",
        "drawn": "hver søknad får ett lodd", "silent": "Regelsettet sier ingenting om dette. "
        "Modellen regner da slik: {0}.", "point": "punkt {0}", "catchword": "under «{0}»", "from": "fra {0}",
        "to": "til og med {0}", "before": "før {0}", "anything": "alle", "or more": "{0} eller mer",
        "or less": "{0} eller mindre", "or": "eller", "same": "det samme som {0}", "sum": "Radene som passer, legges sammen",
        "fact": "Opplysning", "of": "Gjelder",
        "values": "Verdier", "source": "Hvor den kommer fra", "yes/no": "ja eller nei", "unknown": "kan være ukjent",
        "absent": "kan mangle", "stage": "Del", "rule": "Regel", "applicant": "søkeren", "dwelling": "boligen",
        "site": "bomiljøet", "member": "medlem av husstanden", "Stored": "søknad og kartlegging",
        "Attribute": "boligregisteret", "zero": "; 0 betyr uten tidsbegrensning",
        "Elapsed": "tid siden en hendelse", "Remaining": "tid igjen til en dato", "Count": "antall hendelser",
        "Within": "om noe har hendt", "Aggregate": "husstandens medlemmer", "TableSource": "tabell",
        "DefinitionSource": "regnet ut", "Supplied": "saken og boforholdet", "nothing": "Alle reglene har oppgitt hjemmel.",
        "otherwise": "alle andre", "always": "alltid", "source_of_law": "Rettskilde",
        "notice_on_use": "Teksten er laget av reglene selv. Verktøyet fatter ikke vedtak.",
    },
    "en": {
        "when": "Applies only when", "requires": "Requirement", "moves": "Move when", "temporary": "Entitled when",
        "unless": "Exception", "legal": "Legal basis", "status": "Status", "ground": "Reason given when it is not met",
        "trigger": "When", "outcome": "Consequence", "longest_days": "The home is held for at most", "means": "Means that",
        "equals": "Computed as", "value": "Value", "used": "Used in", "valid": "Valid", "shown": "Shows the rules as of",
        "changes": "The rules change",
        "in progress": "Cases in progress", "as applied": "who applied before a change meets the rules of the day of application",
        "as applied on": "who applied before {0} meets the rules as they were before; otherwise those of the day of decision",
        "sources": "Legal sources", "all": "All of these:", "any": "At least one of these:",
        "illustrative": "Our own example, not adopted by the municipality", "legally_disputed": "Legally disputed",
        "no_basis": "not stated", "lapse": "The application lapses", "keep": "The application stands",
        "warning": "The tenant is warned", "notice": "The tenant is given notice to quit", "reply": "Time to reply",
        "term": "Term of the lease", "endless": "without end", "see": "follows from the table “{0}”",
        "class": "The first group the applicant belongs to counts", "points": "Most points go first",
        "highest": "The highest value goes first", "lowest": "The lowest value goes first",
        "longest": "The longest time goes first", "lottery": "Lottery", "capped": "Counts in full when",
        "within": "Among one track",
        "drawn": "one number drawn for each application",
        "silent": "The rule set says nothing of this. The model then assumes: {0}.",
        "point": "point {0}", "catchword": "under “{0}”", "from": "from {0}", "to": "up to and including {0}",
        "before": "before {0}", "anything": "any", "or more": "{0} or more", "or less": "{0} or less", "or": "or",
        "same": "the same as {0}", "sum": "The rows that fit are added up", "fact": "Fact", "of": "Concerns",
        "values": "Values", "source": "Where it comes from", "yes/no": "yes or no", "unknown": "may be unknown",
        "absent": "may be absent", "stage": "Part", "rule": "Rule", "applicant": "the applicant", "dwelling": "the home",
        "site": "the site", "member": "a member of the household", "Stored": "application and assessment",
        "Attribute": "the register of homes", "zero": "; 0 means without end",
        "Elapsed": "time since an event", "Remaining": "time left until a date", "Count": "number of events",
        "Within": "whether something has happened", "Aggregate": "the members of the household", "TableSource": "table",
        "DefinitionSource": "computed", "Supplied": "the case and the tenancy", "nothing": "All rules have a legal basis.",
        "otherwise": "all others", "always": "always", "source_of_law": "Legal source",
        "notice_on_use": "This text is made from the rules themselves. The tool makes no decisions (vedtak).",
    },
}  # fmt: skip

_MONTHS: dict[Lang, str] = {
    "nb": "januar februar mars april mai juni juli august september oktober november desember",
    "en": "January February March April May June July August September October November December",
}


def date_text(day: date, lang: Lang) -> str:
    """Give a date in words, such as "1. januar 2026"."""
    return f"{day.day}{'.' if lang == 'nb' else ''} {_MONTHS[lang].split()[day.month - 1]} {day.year}"


def window_text(since: date | None, to: date | None, lang: Lang) -> str:
    """Give a period in words, both ends included; the empty text for always."""
    words = TERMS[lang]
    ends = [words[key].format(date_text(day, lang)) for key, day in (("from", since), ("to", to)) if day is not None]
    return " ".join(ends)


def capital(text: str) -> str:
    """Give a text with a capital first letter."""
    return text[:1].upper() + text[1:]
