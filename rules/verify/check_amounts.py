"""Findings about amounts in multiples of the basic amount (G): what they rest on where no source says what G is."""

from collections.abc import Iterator
from datetime import date

from rules.reading import Mapping, at, validate
from rules.ruleset.indexed import BASIC_AMOUNT, in_multiples, with_basic_amount
from rules.ruleset.sections import AmountRecord, RuleSetRecord
from rules.verify.remark import Remark, remark


def amount_findings(tree: Mapping) -> Iterator[Remark]:
    """Find amounts in G that rest on a value of G without a source, or on the last known value after G has changed.

    G changes on 1 May every year: what is told of a date is told of all dates until the next value.
    """
    whole = with_basic_amount(tree)
    record = validate(RuleSetRecord, whole)
    basic = record.amounts.get(BASIC_AMOUNT)
    if basic is None:
        return
    amounts = at(whole, ("amounts",))
    assert isinstance(amounts, Mapping)
    for name, entry in amounts.entries.items():
        if name == BASIC_AMOUNT or not in_multiples(entry.node):
            continue
        for told in _unsourced(basic, record.valid.to):
            yield remark(
                "unsourced-basic-amount",
                name,
                entry.key_place,
                f"{name} er skrevet i G, og {told['nb']}",
                f"{name} is written in G, and {told['en']}",
                hint=(
                    f"før opp verdien i {BASIC_AMOUNT}, med kilden under `sources`",
                    f"give the value in {BASIC_AMOUNT}, with its source under `sources`",
                ),
            )


def _unsourced(basic: AmountRecord, until: date | None) -> Iterator[dict[str, str]]:
    """Say what is not known of G, in both languages."""
    if basic.values is None:
        yield {"nb": "G har ingen dato og ingen kilde", "en": "G has no date and no source"}
        return
    for day in sorted(basic.values.keys() - basic.sources.keys()):
        yield {"nb": f"verdien av G fra {day} har ingen kilde", "en": f"the value of G from {day} has no source"}
    last = max(basic.values)
    changes = date(last.year + (last >= date(last.year, 5, 1)), 5, 1)
    if until is None or until >= changes:
        value = basic.values[last]
        yield {
            "nb": f"G er ikke kjent fra {changes}: siste kjente verdi, {value} kroner, er brukt også etter den datoen",
            "en": f"G is not known from {changes}: the last known value, {value} NOK, is used after that date too",
        }
