"""The values of parameters as people read them: a file has YAML with English units, a page has words."""

import re
from collections.abc import Mapping
from typing import Any

from sim.report.numbers import from_to, number

_NUMBER = re.compile(r"(?<![\w.-])\d+(?:[ \u00a0\u202f]\d{3})*(?:\.\d+)?(?![\w.]|-\d)")
_WORD = re.compile(r"(?<!\w)(?:million NOK|[^\W\d]\w*)")
_PAIR = re.compile(r"\[([^\[\],]+), ([^\[\],]+)\]")
_NB = {
    "million NOK": "millioner kroner", "NOK": "kroner", "per": "per", "years": "år", "year": "år", "months": "måneder",
    "month": "måned", "weeks": "uker", "week": "uke", "days": "dager", "day": "dag", "hours": "timer", "hour": "time",
    "minutes": "minutter", "night": "døgn", "mean": "gjennomsnitt", "sd": "standardavvik",
    "exponential": "eksponentialfordelt, gjennomsnitt", "lognormal": "lognormalfordelt", "uniform": "jevnt fordelt",
    "triangular": "trekantfordelt (minst, mest vanlig, mest)", "by_need": "etter behov", "yes": "ja", "no": "nei",
    "unsuitable": "uegnet bolig", "with_others": "bor hos andre", "temporary": "midlertidig botilbud",
    "no_roof": "uten tak over hodet", "notice_to_quit": "sagt opp", "leaving_institution": "skal ut av institusjon",
    "ordinary": "vanlig", "urgent": "haster", "critical": "kritisk",
}  # fmt: skip
_EN = {
    "exponential": "exponentially distributed, mean", "lognormal": "lognormally distributed", "uniform": "uniformly distributed",
    "triangular": "triangularly distributed (least, most likely, most)", "sd": "standard deviation",
}  # fmt: skip
_WORDS: dict[str, dict[str, str]] = {"nb": _NB, "en": _EN}


def assumption_told(record: Mapping[str, Any], texts: Mapping[str, Mapping[str, str]], lang: str) -> dict[str, Any]:
    """Give a parameter with its value and range in words.

    Parameters
    ----------
    record : mapping
        An entry of `assumptions` in `texts.json`.
    texts : mapping
        What a scenario calls its ids: `groups.ID` and `schemes.ID` -> name by language.
    lang : {'nb', 'en'}
    """
    return {**record, **{key: value_text(str(record[key]), texts, lang) for key in ("value", "range")}}


def number_name(numbers: Mapping[str, Mapping[str, str]], path: str, lang: str) -> str | None:
    """Give what a number that a study moves is called; nothing where it has no name.

    Parameters
    ----------
    numbers : mapping
        `numbers` of the study's document.
    """
    return numbers.get(path, {}).get(lang)


def value_text(text: str, texts: Mapping[str, Mapping[str, str]], lang: str) -> str:
    """Write a YAML value in words: ``[0.5 years, 2 years]`` is ``0,5 til 2 år``."""
    if pair := _PAIR.search(text):
        before, after = text[: pair.start()], text[pair.end() :]
        low, high = (value_text(end, texts, lang) for end in pair.groups())
        return value_text(before, texts, lang) + _joined(low, high, lang) + value_text(after, texts, lang)
    said = _NUMBER.sub(lambda found: _number(found[0], lang), text)
    said = _WORD.sub(lambda found: _name(found[0], texts, lang), said)
    exponential = _WORDS[lang]["exponential"]
    said = said.replace(f"{exponential}: ", f"{exponential} ").replace(" %", "\N{NO-BREAK SPACE}%")
    return said.translate(str.maketrans("{}[]", "()()"))


def _joined(low: str, high: str, lang: str) -> str:
    """Join two quantities; the unit is said once where it is the same."""
    unit = re.sub(r"^[-\d .,\u00a0\u202f]+", "", high)
    if unit and low.endswith(unit):
        low = low.removesuffix(unit).rstrip()
    return from_to(low, high, lang)


def _number(text: str, lang: str) -> str:
    digits = re.sub(r"\s", "", text)
    if re.fullmatch(r"(19|20)\d\d", digits) and digits == text:
        return text
    return number(float(digits), len(digits.partition(".")[2]), lang)


def _name(word: str, texts: Mapping[str, Mapping[str, str]], lang: str) -> str:
    for kind in ("groups", "schemes"):
        found = texts.get(f"{kind}.{word}")
        if found is not None:
            return found.get(lang, word)
    return _WORDS[lang].get(word, word.replace("_", " "))
