"""The course of `regress`: what is read, in which order, and what is refused."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from rules.diff import Changed
from rules.reading import Finding, InputError, Place, parse_yaml, plain, read_yaml
from rules.verify.changed_cases import ChangedCase, changed_cases
from sim.cli.kinds import refuse_other_kinds
from sim.cli.regress_baseline import (
    compare_stored,
    load_guards,
    present,
    program_hash,
    read_baseline,
    refuse_stale,
    renewed,
)
from sim.cli.regress_file import Regressions, declared, read_regressions
from sim.cli.regress_git import Repository, repository
from sim.cli.regress_rules import Earlier, earlier, guarded_paths, read_sides, rule_paths
from sim.cli.regress_run import Bench, compare_sides
from sim.cli.regress_told import Findings
from sim.cli.signals import stop_on_signals
from sim.cli.speech import speaker
from sim.experiment.regression import Baseline
from sim.scenario.source import read_source

Lang = Literal["nb", "en"]


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked for on the command line.

    Parameters
    ----------
    file : Path
    against : str or None
    baseline : Path or None
    dirty : bool
    workers : int
    quiet : bool
    lang : {'nb', 'en'}
    """

    file: Path
    against: str | None
    baseline: Path | None
    dirty: bool
    workers: int
    quiet: bool
    lang: Lang


def compare(order: Order) -> Findings:
    """Compare the rules as they are with those of a commit, or with a stored baseline.

    Raises
    ------
    InputError
        For everything that cannot be read or compared.
    StoppedEarly
    """
    refuse_other_kinds(order.file, "regressions")
    regressions = read_regressions(order.file, read_yaml(order.file))
    stored = _baseline_of(order, regressions)
    with stop_on_signals() as stop:
        if stored is not None:
            return _with_stored(order, regressions, stored, stop)
        ref = regressions.record.against or "HEAD" if order.against is None else order.against
        return _with_commit(order, regressions, ref, stop)


def update(order: Order, reason: str) -> Path:
    """Renew the baseline, and give where it stands.

    Raises
    ------
    InputError
    StoppedEarly
    """
    refuse_other_kinds(order.file, "regressions")
    regressions = read_regressions(order.file, read_yaml(order.file))
    path = _baseline_of(order, regressions)
    if path is None:
        message = "no baseline is named, here or in the file of what is guarded"
        raise InputError(Finding("option", message, Place("--update", 1, 1, ""), "write --baseline FILE"))
    if path.exists():
        node = read_yaml(path)
        if "baseline" not in getattr(node, "entries", {}):
            raise InputError(Finding("other-kind", "this is no baseline of `regress`, and is not written over", node.place))
    _refuse_dirty_if_in_git(order, regressions)
    scenarios = load_guards(regressions)
    with stop_on_signals() as stop:
        text = renewed(present(regressions, scenarios, reason), regressions, scenarios, _bench(order, regressions, stop))
    path.write_text(text, encoding="utf-8")
    return path


def _with_stored(order: Order, regressions: Regressions, path: Path, stop: Callable[[], bool]) -> Findings:
    stored = read_baseline(path)
    scenarios = load_guards(regressions)
    now = present(regressions, scenarios, "")
    refuse_stale(path, stored, now)
    bench = _bench(order, regressions, stop)
    spent = _spent(regressions, stored.expected)
    reports = tuple(
        compare_stored(stored, guard, scenarios[guard.name], regressions.figures(guard, spent), bench)
        for guard in regressions.guards
    )
    return Findings(
        str(path), bench.seed, bench.first, reports, _changed_files(stored, now), (),
        tuple(sorted(spent)), (), stored.program != program_hash(),
    )  # fmt: skip


def _with_commit(order: Order, regressions: Regressions, ref: str, stop: Callable[[], bool]) -> Findings:
    git = repository(order.file.parent)
    with earlier(git, ref) as then:
        if not order.dirty:
            _refuse_dirty(git, regressions)
        bench = _bench(order, regressions, stop)
        spent = _spent(regressions, _declared_then(git, then, order.file))
        every = [read_sides(guard, then) for guard in regressions.guards]
        reports = tuple(compare_sides(sides, regressions.figures(sides.guard, spent), bench) for sides in every)
        changes = tuple(dict.fromkeys(change for sides in every for change in sides.changes))
        cases = _cases(regressions, then, order.lang)
        against = ref if then.commit.startswith(ref) else f"{ref} ({then.commit[:12]})"
        scenarios = _changed_scenarios(git, then, regressions)
    return Findings(against, bench.seed, bench.first, reports, changes, cases, tuple(sorted(spent)), scenarios)


def _bench(order: Order, regressions: Regressions, stop: Callable[[], bool]) -> Bench:
    record, rest = regressions.record, (regressions.judged, order.quiet, order.lang, stop)
    return Bench(record.seed, record.replications, record.max_replications, order.workers, *rest)


def _baseline_of(order: Order, regressions: Regressions) -> Path | None:
    if order.baseline is not None or order.against is not None:
        return order.baseline
    named = regressions.record.baseline
    return None if named is None else regressions.path.parent / named


def _spent(regressions: Regressions, before: Mapping[str, str]) -> frozenset[str]:
    """Give the measures of which an earlier branch had declared, word for word, what is declared now."""
    return frozenset(kpi for kpi, said in regressions.declared.items() if before.get(kpi) == said)


def _declared_then(git: Repository, then: Earlier, file: Path) -> dict[str, str]:
    text = git.text(then.commit, git.within(file))
    if text is None:
        return {}
    try:
        return declared(plain(parse_yaml(text, f"{then.ref}:{file}")))
    except InputError:  # nothing of it can be told; what is declared now counts
        return {}


def _refuse_dirty(git: Repository, regressions: Regressions) -> None:
    """Refuse files of what is guarded that no commit holds: the report would be about something that nobody can find again."""
    paths = [regressions.path, *(path for guard in regressions.guards for path in guarded_paths(guard))]
    changed = git.dirty(list(dict.fromkeys(git.within(path) for path in paths)))
    if changed:
        listed = ", ".join(changed[:5]) + (" …" if len(changed) > 5 else "")
        place = Place(str(regressions.path), 1, 1, "")
        hint = "commit them, or take them as they are with --dirty"
        raise InputError(Finding("dirty-tree", f"these files are not as the last commit has them: {listed}", place, hint))


def _refuse_dirty_if_in_git(order: Order, regressions: Regressions) -> None:
    if order.dirty:
        return
    try:
        git = repository(order.file.parent)
    except InputError:
        return  # without a repository there is nothing to be committed
    _refuse_dirty(git, regressions)


def _cases(regressions: Regressions, then: Earlier, lang: str) -> tuple[ChangedCase, ...]:
    folders = [path for guard in regressions.guards for path in rule_paths(read_source(guard.scenario))]
    found: list[ChangedCase] = []
    for folder in dict.fromkeys(path.resolve() for path in folders):
        here = Path.cwd()
        shown = folder.relative_to(here) if folder.is_relative_to(here) else folder
        found += changed_cases(then.path(folder), shown, speaker(lang))
    return tuple(found)


def _changed_scenarios(git: Repository, then: Earlier, regressions: Regressions) -> tuple[str, ...]:
    files = dict.fromkeys(file.resolve() for guard in regressions.guards for file in read_source(guard.scenario).files)
    names = [(git.within(file), file) for file in files]
    return tuple(name for name, file in names if git.text(then.commit, name) != file.read_text(encoding="utf-8"))


def _changed_files(stored: Baseline, now: Baseline) -> tuple[Changed, ...]:
    """Name the files of rules that are not as they were when the baseline was stored."""
    found = []
    for name, guard in now.guards.items():
        old = stored.guards[name].rules
        for file in dict.fromkeys([*guard.rules, *old]):
            if old.get(file) != guard.rules.get(file):
                kind = "added" if file not in old else "removed" if file not in guard.rules else "changed"
                found.append(Changed((file,), kind, file, 1, 1))
    return tuple(dict.fromkeys(found))
