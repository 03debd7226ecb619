import pytest
from language_worlds import LAYOUT, PLACE, SCOPE, generated_value

from rules.language import Amount, Scope, Situation, describe, fill, parse_expression, read_fields
from rules.reading import InputError, Label, parse_yaml


@pytest.mark.parametrize(
    ("text", "nb", "en"),
    [
        ("age >= 18", "alder er minst 18 år", "age is at least 18 years"),
        ("not age >= 18", "alder er under 18 år", "age is below 18 years"),
        ("1 < weeks", "uker på liste er over 1 uke", "weeks listed is above 1 week"),
        ("urgency == 'top' or refugee", "hastegrad er høy eller flyktning", "urgency is high or refugee"),
        ("not refugee and (recent or sturdy)", "ikke flyktning og (nylig hendelse eller robust)",
         "not refugee and (recent incident or sturdy)"),
        ("need <= rank <= need + 1", "trinn er need eller 1 høyere", "rank is need or 1 higher"),
        ("need <= rank <= need + 2", "trinn er fra need til need + 2", "rank is from need to need + 2"),
        ("need + 1 <= rank <= need", "trinn er fra need + 1 til need", "rank is from need + 1 to need"),
        ("2 <= rank <= 3", "trinn er 2 eller 3", "rank is 2 or 3"),
        ("2 <= rank <= 4", "trinn er fra 2 til 4", "rank is from 2 to 4"),
        ("17 <= age <= 18", "alder er 17 eller 18 år", "age is 17 or 18 years"),
        ("urgency not in ['low', 'mid']", "hastegrad er verken lav eller middels", "urgency is neither low nor middling"),
        ("conflict in [1, 2, 3]", "konfliktnivå er 1, 2 eller 3", "conflict is 1, 2 or 3"),
        ("debt is unknown or debt <= 20000", "gjeld er ukjent eller gjeld er høyst 20\N{NARROW NO-BREAK SPACE}000 kroner",
         "debt is unknown or debt is at most 20,000 NOK"),
        ("conflict + site_sum <= 9", "konfliktnivå + sum er høyst 9", "conflict + sum is at most 9"),
        ("otherwise", "ellers", "otherwise"),
        ("refugee == no", "flyktning er nei", "refugee is no"),
    ],
)  # fmt: skip
def test_expressions_in_words(text: str, nb: str, en: str) -> None:
    expr = parse_expression(text, PLACE, SCOPE)
    assert describe(expr, "nb") == nb
    assert describe(expr, "en") == en


def test_grounds_are_filled_with_values() -> None:
    a = LAYOUT.new_applicant({"conflict": 2, "debt": None, "refugee": True, "urgency": "top"})
    LAYOUT.mark(a, "born", -366 * 30)
    names = ["age", "refugee", "urgency", "debt", "conflict + 1"]
    pieces = [parse_expression(name, PLACE, SCOPE, may_miss=True) for name in names]
    at = Situation(LAYOUT.calendar, 0, a)
    assert [fill([piece], at, "nb") for piece in pieces] == ["30", "ja", "høy", "ukjent", "3"]
    assert fill(["Age ", pieces[0], "; ", pieces[2]], at, "en") == "Age 30; high"


def test_amounts_are_named_with_their_value() -> None:
    amounts = {"floor": Amount("floor", 36, Label(nb="kravet", en="the requirement"), "months")}
    expr = parse_expression("stay is not absent and stay >= floor", PLACE, Scope(SCOPE.fields, amounts))
    assert describe(expr, "nb") == "botid finnes og botid er minst kravet (36 måneder)"
    assert "36" in describe(expr, "en")
    made = generated_value(parse_expression("2 * floor", PLACE, Scope(SCOPE.fields, amounts)))
    assert made(None, None, None, 0) == 72


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Age: {of: applicant}", "'Age' is no name"),
        ("class: {of: applicant}", "is a word of the language"),
        ("x: {of: aplicant, type: int, range: 0..1, source: stored, LABEL}", "did you mean applicant?"),
        ("x: {of: applicant, typ: int}", "did you mean type?"),
        ("x: {of: applicant, type: int, source: stored, LABEL}", "a field of type int needs 'range'"),
        ("x: {of: applicant, type: int, range: 3..1, source: stored, LABEL}", "write 1..3"),
        ("x: {of: applicant, type: yes/no, unit: yaers, source: stored, LABEL}", "did you mean years?"),
        ("x: {of: applicant, type: yes/no, source: storred, LABEL}", "did you mean stored?"),
        ("x: {of: applicant, type: yes/no, source: stored}", "has no 'label'"),
        ("x: {of: applicant, type: int, unit: days, range: 0..9, source: {elapsed: {since: borned}}, LABEL}",
         "did you mean born?"),
        ("x: {of: applicant, type: int, unit: days, range: 0..9, source: {elapsed: {since: born, pauses: [absnt]}}, LABEL}",
         "did you mean absent?"),
        ("x: {of: applicant, type: int, unit: rooms, range: 0..9, source: {elapsed: {since: born}}, LABEL}",
         "needs the unit days, weeks, months or years"),
        ("x: {of: applicant, type: int, range: 0..9, source: {count: {event: warned, period: a while}}, LABEL}",
         "'a while' is no period"),
        ("x: {of: applicant, type: int, range: 0..9, source: {count: {event: warned, perod: 3 months}}, LABEL}",
         "did you mean period?"),
        ("x: {of: applicant, type: int, range: 1..9, source: {count: {of: members}}, LABEL}", "must hold 0"),
        ("x: {of: applicant, type: int, range: 0..9, source: {sum: {of: members, field: pay}}, LABEL}",
         "members have no field 'pay'"),
        ("x: {of: applicant, type: int, range: 0..9, may_be: absent, source: table, LABEL}", "is never absent"),
    ],
)  # fmt: skip
def test_mistakes_in_fields(text: str, words: str) -> None:
    with pytest.raises(InputError) as caught:
        read_fields(parse_yaml(text.replace("LABEL", "label: {nb: a, en: a}"), "fields.yaml"))
    assert words in str(caught.value)
    assert str(caught.value).startswith("fields.yaml:1:")
