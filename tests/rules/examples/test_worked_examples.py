"""The rules of real municipalities: loaded, based in law, exercised by their cases, and right by an oracle of our own."""

import re
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.decide import compile_program
from rules.language import Definition, Layout, walk
from rules.language.form import FieldRef, Not
from rules.reading import parse_yaml
from rules.ruleset import load_ruleset
from rules.verify import check_ruleset, load_cases, run_cases, run_coverage, run_mutants
from rules.verify.judge import Judgement

ROOT = Path(__file__).parents[3] / "rules" / "examples"
NAMES = sorted(path.name for path in ROOT.iterdir() if (path / "ruleset.yaml").exists())
REFUSING = ("scope", "eligibility", "exclusion", "matching", "living_environment", "quotas", "renewal")

#: What `check` rightly says of these rules.
ACCEPTED = {
    ("harstad", "unused-field"): "seniority is known and not used, which is the rule",
    ("oslo_2003", "unused-field"): "waiting time is known and not used, which is the rule",
    ("kongsvinger", "unused-amount"): "the interim reply is a duty of the office, which no decision reads",
    ("trondheim", "unused-amount"): "the deposit is paid by the tenant, and no decision reads it",
    ("solvik", "legally-disputed"): "a limit on the number of offers is",
    ("solvik", "not-decided"): "a share compares two counts, each of which may be anything",
    ("solvik", "no-successor"): "a reservation that expires is what it shows",
    ("snasa", "unused-name"): "no stage of the rules concerns appeals; the cases ask for the definition",
}


@cache
def ruleset(name):
    return load_ruleset(ROOT / name)


def judgements(name):
    for file in (ROOT / name).glob("*.test.yaml"):
        loaded = load_cases(file)
        for case_name, case in loaded.record.cases.items():
            day = case.day or loaded.record.day
            yield case, Judgement(loaded.ruleset, case, loaded.record.defaults, day, loaded.tree, case_name)


@pytest.mark.parametrize("name", NAMES)
def test_every_case_passes(name):
    report = run_cases(ROOT / name)
    assert report.passed >= 2
    assert not report.failed, "\n".join(f.render() for result in report.failed for f in result.failures)


@pytest.mark.parametrize("name", NAMES)
def test_cases_exercise_every_branch_and_kill_the_mutants(name):
    assert run_coverage(ROOT / name).share == 1
    report = run_mutants(ROOT / name)
    assert len(report.having("survived")) <= 0.1 * len(report.results)


@pytest.mark.parametrize("name", NAMES)
def test_check_has_nothing_against_the_rules(name):
    found = [finding for finding in check_ruleset(ruleset(name)) if (name, finding.code) not in ACCEPTED]
    assert not found, "\n".join(finding.render() for finding in found)


@pytest.mark.parametrize("name", NAMES)
def test_every_name_and_rule_is_based_and_told_in_two_languages(name):
    rules = ruleset(name)
    for version in rules.versions:
        unbased = [key for key, basis in version.named_basis.items() if basis.missing]
        assert not unbased
        for rule in version.all_rules():
            assert rule.label.nb != rule.label.en
            if rule.ground is not None:
                shown = [[piece for piece in text if not isinstance(piece, str)] for text in (rule.ground.nb, rule.ground.en)]
                assert shown[0] == shown[1], f"{rule.id} shows other values in the other language"
    for field in rules.fields.values():
        assert field.label.nb and field.label.en


@pytest.mark.parametrize("name", NAMES)
def test_every_rule_is_met_and_failed_by_some_case(name):
    met, failed, waived = set(), set(), set()
    for case, judgement in judgements(name):
        people = [judgement.applicant] if not case.applicants else []
        for stage in REFUSING:
            if not people or not _can_read(case, judgement, stage):
                continue
            for ground in judgement._grounds(stage):
                (met if ground.met else failed).add(ground.rule)
                if ground.exception:
                    waived.add((ground.rule, ground.exception))
    rules = [rule for version in ruleset(name).versions for rule in version.all_rules() if rule.stage in REFUSING]
    assert {rule.id for rule in rules} == met & failed
    assert {(rule.id, waiver.id) for rule in rules for waiver in rule.waivers} == waived


def _can_read(case, judgement, stage):
    """A case asks for the stage, so that it gives the facts the stage reads."""
    asked = {
        "scope": ("eligible", "refused"),
        "eligibility": ("eligible", "refused"),
        "exclusion": ("eligible", "refused"),
        "matching": ("suits", "unsuitable"),
        "living_environment": ("suits", "unsuitable"),
        "quotas": ("suits", "unsuitable"),
        "renewal": ("renewal_refused",),
    }[stage]
    return any(key in case.model_fields_set for key in asked)


def test_the_register_names_every_rule_set_and_every_row():
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    rows = [re.fullmatch(r"\| `(\w+)` \| ([\d, ]+|none) \|.*", line) for line in lines]
    register = {row[1]: {int(n) for n in row[2].split(",") if n != "none"} for row in rows if row}
    assert sorted(register) == NAMES
    assert set().union(*register.values()) == {5, 6, 7, 8, 10, 11, 12, 14, 17, 18, 20, 21, 22, 25, 26, 27, 28, 29, 30, 31}
    for name in NAMES:
        head = (ROOT / name / "ruleset.yaml").read_text(encoding="utf-8").split("ruleset:")[0]
        assert re.search(r"Kilder?: ", head), f"{name} does not name its source"
        assert "sier" in head, f"{name} does not tell what its source leaves open"


def test_row_by_row_names_rules_that_are_there():
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    rows = [re.fullmatch(r"\| (\d+) \| `([\w./]+)` \| ([\w, ]+) \| .* \|", line) for line in lines]
    found = {int(row[1]): (row[2], row[3].split(", ")) for row in rows if row}
    assert set(found) == {1, 2, 3, 5, 6, 7, 8, 10, 11, 12, 14, 17, 18, 20, 21, 22, 25, 26, 27, 28, 29, 30, 31}
    for row, (folder, names) in found.items():
        text = "".join(file.read_text(encoding="utf-8") for file in (ROOT / folder).glob("*.yaml") if file.name.count(".") == 1)
        missing = [name for name in names if not re.search(rf"(?<!\w){name}:", text)]
        assert not missing, f"row {row}: {folder} has no {missing}"


@pytest.mark.parametrize("name", NAMES)
def test_what_is_denied_is_said_in_plain_words(name):
    for version in ruleset(name).versions:
        bodies = [made.body for made in version.named.values() if isinstance(made, Definition)]
        for part in (part for expr in (*version.exprs(), *bodies) for part in walk(expr)):
            if isinstance(part, Not) and isinstance(part.item, FieldRef):
                assert part.item.field.negated, f"{part.item.field.name} needs `negated: {{nb: …, en: …}}`"


# --- oracles of our own -------------------------------------------------------------------------------------------


def program_of(name, start, **overlay):
    rules = load_ruleset(ROOT / name, **overlay) if overlay else ruleset(name)
    layout = Layout(rules.fields.values(), start)
    return layout, compile_program(rules, layout).build()


def months_later(day, months):
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError


BERGEN = {
    "applying_as": "newcomer", "situation": "temporary", "lease_renewable": False,
    "unsuitable_for_health": False, "unsuitable_for_family": False, "leave_to_stay": "not_needed", "housing_debt": False,
    "instalment_agreement": False,
}  # fmt: skip


@given(
    start=st.dates(date(2017, 1, 1), date(2030, 12, 31)),
    evicted=st.integers(-500, 0),
    months=st.integers(0, 24),
    shift=st.integers(-2, 2),
)
def test_bergen_excludes_until_the_very_day(start, evicted, months, shift):
    layout, program = program_of("bergen", start)
    applicant = layout.new_applicant({**BERGEN, "set_evicted": months})
    layout.mark(applicant, "moved_to_municipality", -4000)
    layout.mark(applicant, "evicted", evicted)
    ends = months_later(start + timedelta(days=evicted), min(months, 12))
    day = max(evicted, (ends - start).days + shift)
    excluded = start + timedelta(days=day) < ends
    assert program.refusals(applicant, day) == (("EVICTED",) if excluded else ())


@given(ages=st.lists(st.integers(0, 90), max_size=6), renewals=st.integers(0, 99))
def test_oslo_term_of_the_lease(ages, renewals):
    layout, program = program_of("oslo_2024", date(2024, 1, 1))
    members = []
    for age in ages:
        member = layout.new_member({})
        layout.mark(member, "born", -int(age * 365.25) - 40)
        members.append(member)
    values = {"track": "chapter_3", "needs_care_dwelling": False, "needs_adapted_dwelling": False,
              "likely_vacancies": 1, "taken_suitable_unit": False, "conflict": 0, "urgency": 0, "renewals": renewals}  # fmt: skip
    applicant = layout.new_applicant(values, members)
    terms = (7, 5, 3) if any(age <= 14 for age in ages) else (5, 3, 3)
    years = terms[min(renewals, 2)]
    dwelling = layout.new_dwelling({"home_track": "chapter_3", "care_dwelling": False, "adapted_dwelling": False})
    site = layout.new_site({"site_limit": 1, "site_conflict_sum": 0})
    assert program.term_months(applicant, dwelling, site, 0) == 12 * years


def test_harstad_ranks_anew_when_the_need_changes_and_never_for_time():
    layout, program = program_of("harstad", date(2010, 10, 4))
    ola, kari = (layout.new_applicant({"need": need, "conflict": 0}) for need in ("medium", "small"))
    layout.mark(ola, "decided", 0)
    layout.mark(kari, "decided", -3000)
    assert program.key(ola, 0) < program.key(kari, 0)
    assert all(program.key(kari, day) == program.key(kari, 0) for day in (1, 400, 5000))
    assert program.key_until(kari, 0) > 10**6
    kari.need = "great"
    assert program.key(kari, 1) < program.key(ola, 1)
    assert "need" in program.watched and "days_waited" not in program.reads


def test_kongsvinger_cumulative_reading_is_one_number():
    change = parse_yaml("amounts: {needs_required: {value: 4}}", "policy.yaml")
    values = {"acute_housing": False, "legal_stay": True, "reduced_function": True, "needs_services": True,
              "needs_adapted_dwelling": True, "cannot_see_to_own_housing": False, "condition_set": False,
              "condition_connected": False, "condition_kept": False}  # fmt: skip
    for overlay, refused in (({}, ()), ({"overlay": change}, ("NEED",))):
        layout, program = program_of("kongsvinger", date(2014, 5, 5), **overlay)
        applicant = layout.new_applicant(values)
        layout.mark(applicant, "born", -15_000)
        layout.mark(applicant, "moved_to_municipality", -5_000)
        assert program.refusals(applicant, 0) == refused


@given(draws=st.lists(st.integers(0, 2**63 - 1), min_size=2, max_size=8, unique=True))
def test_melhus_nothing_but_the_draw_decides(draws):
    layout, program = program_of("melhus", date(2020, 1, 20))
    people = [layout.new_applicant({}) for _ in draws]
    for person, draw in zip(people, draws, strict=True):
        person.lottery = draw
        layout.mark(person, "decided", -(draw % 1000))
    order = sorted(range(len(people)), key=lambda i: program.key(people[i], 0))
    assert [draws[i] for i in order] == sorted(draws)


@given(start=st.dates(date(2019, 1, 1), date(2030, 1, 1)))
def test_osteroy_nobody_is_renewed_after_six_months(start):
    layout, program = program_of("osteroy", start)
    tenant = layout.new_applicant({"own_home_acute": True})
    layout.mark(tenant, "moved_in", 0)
    home = layout.new_dwelling({"acute": True})
    site = layout.new_site({})
    last = (months_later(start, 6) - start).days
    first_move = (months_later(start, 4) - start).days
    assert program.renewal_refusals(tenant, home, site, last - 1) == ()
    assert program.renewal_refusals(tenant, home, site, last) == ("LONGEST_STAY",)
    assert program.move_wanted(tenant, home, site, first_move - 1) is None
    assert program.move_wanted(tenant, home, site, first_move) == "STAY_ENDS"
    assert program.move_until(tenant, home, site, 0) == first_move
