"""What `regress` found, as a document in Norwegian or English."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rules.diff import Changed, with_profiles
from rules.reading import Say
from rules.show.document import Document, Entry, Grid, Line, Section
from rules.verify.changed_cases import ChangedCase
from sim.cli.diff_scenario import Trial
from sim.cli.exits import Code
from sim.cli.figures import KpiText, kpi_texts
from sim.cli.regress_run import AloneEffect, GuardReport, is_real
from sim.cli.regress_words import WORDS, Lang
from sim.cli.wanted import gap_text
from sim.experiment.regression import Expected, Judged
from sim.report.numbers import amount, change, number, replications_text, years_text

MOST_GROUPS = 3
MOST_CASES = 10


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything that was found.

    Parameters
    ----------
    against : str
        What was compared with.
    seed, first : int
    guards : tuple of GuardReport
    changes : tuple of Changed
    cases : tuple of ChangedCase
    spent : tuple of str
        Measures of which an earlier branch had declared what is declared now.
    scenarios : tuple of str
        Files of scenarios that are not as they were either.
    other_program : bool
        Whether a baseline was made by another program.
    """

    against: str
    seed: int
    first: int
    guards: tuple[GuardReport, ...]
    changes: tuple[Changed, ...] = ()
    cases: tuple[ChangedCase, ...] = ()
    spent: tuple[str, ...] = ()
    scenarios: tuple[str, ...] = ()
    other_program: bool = False

    @property
    def code(self) -> Code:
        """Exit code 1 for a surprise, 3 for what is not decided."""
        if any(report.failed for report in self.guards):
            return Code.FAILED
        return Code.PRECISION_NOT_REACHED if self._open else Code.FINE

    @property
    def _open(self) -> bool:
        return any("undecided" in report.verdicts for report in self.guards)

    @property
    def outcome(self) -> str:
        """A key: ``failed``, ``open``, ``same`` or ``fine``."""
        if self.code is Code.FAILED:
            return "failed"
        return "open" if self._open else "same" if all(report.same for report in self.guards) else "fine"


def told(found: Findings, lang: Lang, say: Say) -> Document:
    """Give everything that was found as a document."""
    words = WORDS[lang]
    title = words["title"].format(against=found.against, outcome=words[found.outcome])
    sections = [
        Section("verdicts", words["verdicts"], words["verdicts lead"], tuple(_guard(of, found, lang) for of in found.guards))
    ]
    if found.changes:
        lines = tuple(_part(of, lang) for of in found.changes)
        sections.append(Section("parts", words["parts"], "", (Entry("", "", lines),)))
    document = Document(lang, title, tuple(_headlines(found, lang)), tuple(sections))
    for report in found.guards:
        document = _with_guard(document, report, found, lang, say)
    if found.cases:
        entries = tuple(_case(of, lang) for of in found.cases[:MOST_CASES])
        lead = words["cases lead"].format(n=len(found.cases), shown=len(entries))
        document = replace(document, sections=(*document.sections, Section("cases", words["cases"], lead, entries)))
    verdicts = {id(of): of for report in found.guards if report.sides for of in report.sides.verdicts}
    distinct = [of for number, of in enumerate(verdicts.values()) if of not in list(verdicts.values())[:number]]
    return with_profiles(document, tuple(distinct), lang)


def kpi_label(kpi: str, lang: Lang) -> str:
    """Give what a measure is called."""
    return kpi_texts()[kpi]["nb" if lang == "nb" else "en"]


def verdict_text(of: Judged, lang: Lang) -> str:
    """Say a verdict."""
    words = WORDS[lang]
    if of.verdict != "undecided":
        return words[of.verdict]
    return words["undecided"] + (words["never"] if of.needed is None else words["needed"].format(n=number(of.needed, 0, lang)))


def allowed(of: Judged, lang: Lang) -> str:
    """Say the margin of a figure, or what is expected of it."""
    words, expected = WORDS[lang], of.of.expected
    if expected is None:
        return "±" + gap_text(of.of.margin, of.of.kpi, lang)
    return words["meant"].format(range=_range(expected, of.of.kpi, lang))


def affected(found: Findings, lang: Lang) -> list[str]:
    """Name the groups whose decisions flip most often."""
    gains: Counter[str] = Counter()
    loses: Counter[str] = Counter()
    names: dict[str, str] = {}
    for report in found.guards:
        if report.effect is None:
            continue
        names |= _group_names(report, lang)
        for tally, total in ((report.effect.gains, gains), (report.effect.loses, loses)):
            for (_, dimension, value), n in tally.items():
                if dimension == "group":
                    total[value] += n
    order = sorted({*gains, *loses}, key=lambda group: (-(gains[group] + loses[group]), group))[:MOST_GROUPS]
    form = WORDS[lang]["group"]
    return [form.format(name=names.get(group, group), gains=gains[group], loses=loses[group]) for group in order]


def _headlines(found: Findings, lang: Lang) -> list[Line]:
    words = WORDS[lang]
    lines = [Line("", words["program"])] if found.other_program else []
    wrong = [
        f"{kpi_label(of.of.kpi, lang)} ({verdict_text(of, lang)})"
        for report in found.guards for of in report.comparison.judged if of.verdict != "equivalent"
    ]  # fmt: skip
    lines += [Line("", words["scenario changed"].format(file=file)) for file in found.scenarios]
    lines += [Line("", words["spent"].format(kpi=kpi)) for kpi in found.spent]
    lines += [Line(words["changes"], "; ".join(dict.fromkeys(wrong)))] if wrong else []
    if found.changes:
        lines.append(Line(words["rules changed"], ", ".join(f"{of.name} ({of.file}:{of.line})" for of in found.changes)))
    groups = affected(found, lang)
    return [*lines, Line(words["groups"], "; ".join(groups))] if groups else lines


def _guard(report: GuardReport, found: Findings, lang: Lang) -> Entry:
    words = WORDS[lang]
    title = words["guard"].format(name=report.guard.name, scenario=report.scenario.title[lang])
    rows = tuple(_row(of, lang) for of in report.comparison.judged)
    grid = Grid(tuple(words["heads"].split("|")), rows)
    if report.same:
        declared = [row for row, of in zip(rows, report.comparison.judged, strict=True) if of.verdict != "equivalent"]
        return Entry("", title, (Line("", words[report.same]),), replace(grid, rows=tuple(declared)) if declared else None)
    years = years_text(round(report.scenario.blueprint.days / 365.25, 9), lang)
    differing, ran = report.comparison.differing, report.comparison.replications
    replications = replications_text(ran, lang)
    lines = [Line("", words["ran"].format(replications=replications, years=years, seed=found.seed, differing=differing))]
    if is_real(report.scenario):
        lines.append(Line("", words["real"]))
    if not differing:
        share = amount(min(1.0, 3 / ran), "share", 2, lang)
        lines[0] = Line("", words["none"].format(n=ran, share=share))
    return Entry("", title, tuple(lines), grid)


def _row(of: Judged, lang: Lang) -> tuple[str, ...]:
    words, kpi, text = WORDS[lang], of.of.kpi, kpi_texts()[of.of.kpi]
    before, after = (amount(value, text["unit"], text["decimals"], lang) for value in (of.before, of.after))
    interval = "–"
    if of.low is not None and of.high is not None:
        interval = words["to"].format(_bare(of.low, text, lang), _bare(of.high, text, lang))
    difference = _bare(of.difference, text, lang)
    return kpi_label(kpi, lang), before, after, difference, interval, allowed(of, lang), verdict_text(of, lang)


def _bare(value: float | None, text: KpiText, lang: Lang) -> str:
    """Write a difference without its unit, which stands beside the margin."""
    decimals = text["decimals"] if "NOK" in text["unit"] else text["decimals"] + 1
    return change(value, text["unit"], decimals, lang)


def _gap(value: float, kpi: str, lang: Lang) -> str:
    return gap_text(value, kpi, lang, signed=True)


def _range(expected: Expected, kpi: str, lang: Lang) -> str:
    words = WORDS[lang]
    if expected.half is not None:
        return words["to"].format(_gap(expected.low, kpi, lang), _gap(expected.high, kpi, lang))
    return words["up" if expected.low == 0 else "down"]


def _part(of: Changed, lang: Lang) -> Line:
    kind = WORDS[lang]["changed part" if of.kind == "changed" else of.kind]
    return Line(of.name, f"{kind} ({of.file}:{of.line}:{of.column})")


def _with_guard(document: Document, report: GuardReport, found: Findings, lang: Lang, say: Say) -> Document:
    words, sections = WORDS[lang], []
    name = f" ({report.guard.name})" if len(found.guards) > 1 else ""
    firing = [row for row in report.comparison.firing if abs(row[2] - row[1]) >= 0.05]
    if firing:
        rows = tuple((rule, _mean(old, lang), _mean(new, lang), _mean(new - old, lang, True)) for rule, old, new in firing)
        grid = Grid(tuple(words["firing heads"].split("|")), rows)
        sections.append(Section("firing", words["firing"] + name, words["firing lead"], (Entry("", "", (), grid),)))
    if report.alone:
        lead = words["alone lead"].format(n=found.first)
        sections.append(Section("alone", words["alone"] + name, lead, (Entry("", "", (), _alone_grid(report, lang, say)),)))
    document = replace(document, sections=(*document.sections, *sections))
    if report.effect is not None:
        years = years_text(round(report.scenario.blueprint.days / 365.25, 9), lang).split(" ")[0]
        trial = Trial(report.effect, {}, Code.FINE, lang, str(report.guard.scenario.name), years, _group_names(report, lang))
        document = trial.told(document)
    return document


def _alone_grid(report: GuardReport, lang: Lang, say: Say) -> Grid:
    words = WORDS[lang]
    judged = report.comparison.judged
    kpis = [of.of.kpi for of in judged]
    rows = [_alone_row(of, kpis, lang, say) for of in report.alone]
    together = ("–" if of.difference is None else _gap(of.difference, of.of.kpi, lang) for of in judged)
    rows.append((words["together"], *together))
    return Grid((words["part"], *(kpi_label(kpi, lang) for kpi in kpis)), tuple(rows))


def _alone_row(of: AloneEffect, kpis: Sequence[str], lang: Lang, say: Say) -> tuple[str, ...]:
    words = WORDS[lang]
    if of.same or of.why:
        said = words["no effect"] if of.same else words["not alone"].format(why=say(of.why))
        return of.name, said, *("" for _ in kpis[1:])
    cells = []
    for kpi in kpis:
        effect = of.effects[kpi]
        known = effect.mean is not None and effect.low is not None and effect.high is not None
        half = gap_text((effect.high - effect.low) / 2, kpi, lang) if known else ""  # type: ignore[operator]
        cells.append(f"{_gap(effect.mean, kpi, lang)} ± {half}" if effect.mean is not None else "–")
    return of.name, *cells


def _case(of: ChangedCase, lang: Lang) -> Entry:
    words = WORDS[lang]
    sides = ((words["before"], of.before), (words["after"], of.after))
    return Entry("", f"{of.name} ({of.place})", tuple(Line(term, "; ".join(said) or words["passes"]) for term, said in sides))


def _mean(value: float, lang: Lang, signed: bool = False) -> str:
    text = number(value, 1, lang)
    return f"+{text}" if signed and value > 0 else text


def _group_names(report: GuardReport, lang: Lang) -> dict[str, str]:
    texts = report.scenario.texts
    return {name: texts.get(f"groups.{name}", {}).get(lang, name.replace("_", " ")) for name in report.scenario.blueprint.groups}
