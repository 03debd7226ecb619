"""Loading: one scenario, or the scenarios of one comparison."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rules.reading import Entry, Finding, InputError, Mapping, Place
from sim.scenario.breakdown_values import anyone_else_pays
from sim.scenario.compose import compose, shared_days
from sim.scenario.openings import opening_of
from sim.scenario.scenario import Scenario
from sim.scenario.settings import Setting, miss, read_settings
from sim.scenario.source import Source, read_source
from sim.scenario.windows import Common


def load_scenario(path: str | Path, settings: Sequence[tuple[str, str]] = (), years: float | None = None) -> Scenario:
    """Read a scenario or a policy, check everything, and make it ready to run.

    Parameters
    ----------
    path : str or Path
        The file: a scenario, or a policy that extends one.
    settings : sequence of (path, value)
        Single values to set, as after ``--set``. What stands in the scenario is set before its policies are laid over it;
        what only a policy adds is set after.
    years : float, optional
        Horizon instead of the scenario's own.

    Raises
    ------
    InputError
        With every mistake that could be found, each at its place.
    """
    source = read_source(path, read_settings(settings))
    _refuse_missed([source])
    _check_years(years)
    return compose(source, settings, Common(years))


def load_comparison(
    baseline: str | Path,
    policies: Sequence[str | Path],
    settings: Sequence[tuple[str, str]] = (),
    years: float | None = None,
    *,
    cumulative: bool = False,
) -> dict[str, Scenario]:
    """Read the scenarios of one comparison: the same periods for all, cut at every date on which some policy begins.

    The figures "from the opening on" begin on one day for all of them, the baseline too, or differences would not be
    differences of the policy alone: the first day on which some of the policies can open (`sim.scenario.openings`). So no
    policy's homes, nor what they cost, fall before the window. A policy that opens later than another has a
    window of its own in a comparison of its own.

    Parameters
    ----------
    baseline : str or Path
        What the policies are compared with.
    policies : sequence of str or Path
    settings, years
        As in `load_scenario`; a setting must hit something in one of them.
    cumulative : bool
        With each policy by itself, also each but the first laid over all those before it.

    Returns
    -------
    dict of str to Scenario
        By name, the baseline first.

    Raises
    ------
    InputError
        As `load_scenario`; also for two scenarios of one name, and for calendars that differ.
    """
    _check_years(years)
    chosen = read_settings(settings)
    sources = [read_source(path, chosen) for path in (baseline, *policies)]
    if cumulative:
        sources += [read_source(policies[number], chosen, policies[:number]) for number in range(1, len(policies))]
    _refuse_missed(sources)
    dates = sorted({layer.policy_from for source in sources for layer in source.layers})
    first = sources[0]
    openings = [day for source in sources[1:] if (day := opening_of(source, years, first)) is not None]
    openings = openings or [day for day in (opening_of(first, years),) if day is not None]
    common = Common(years, tuple(dates), min(openings, default=None), anyone_else_pays(sources))
    found: dict[str, Scenario] = {}
    for source in sources:
        scenario = compose(source, settings, common)
        if scenario.name in found:
            message = f"two scenarios are called {scenario.name!r}: {found[scenario.name].path} and {scenario.path}"
            raise InputError(
                Finding("duplicate-id", message, Place(scenario.path, 1, 1, ""), "give each policy a name of its own")
            )
        found[scenario.name] = scenario
    shared_days(found)
    return found


def _refuse_missed(sources: Sequence[Source]) -> None:
    """Refuse settings that hit nothing in any of the scenarios."""
    in_all: tuple[Setting, ...] = sources[0].missed
    for source in sources[1:]:
        missed = {setting.path for setting in source.missed}
        in_all = tuple(setting for setting in in_all if setting.path in missed)
    if in_all:
        raise InputError(*(miss(_whole(sources[-1], setting), setting) for setting in in_all))


def _whole(source: Source, setting: Setting) -> Mapping:
    """Give the tree that a setting was meant for."""
    if not setting.on_parameter or source.parameters is None:
        return source.tree
    place = source.tree.place
    return Mapping({"parameters": Entry("parameters", place, source.parameters)}, place)


def _check_years(years: float | None) -> None:
    if years is not None and not 0.0 < years <= 1_000_000:
        raise InputError(
            Finding("out-of-bounds", f"the horizon should be over 0 years, but is {years:g}", Place("--years", 1, 1, ""))
        )
