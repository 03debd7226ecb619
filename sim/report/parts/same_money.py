"""What a policy gives beside others of the same cost: more homes alone always look good."""

from sim.report.numbers import number
from sim.report.reading import Reading
from sim.report.verdict import verdict
from sim.report.wording import quoted

WAIT, FIT, COST = "wait_days_mean", "below_need_share", "net_present_cost_nok"
#: Added costs that differ by no more than this share of the larger can be said to be much the same.
ALIKE = 0.5
_SAY = {
    "nb": {
        "nearest": "Mot {other}, som koster mest likt ({costs}): {said}.",
        "declared": "Mot {other}, satt opp for samme penger ({costs}): {said}.",
        "costs": "merkostnad i nåverdi {theirs} mot {ours} millioner kroner",
        "alone": (
            "Det er ikke sammenliknet med noe annet for samme penger: Om pengene gjør mer nytte et annet sted, sier dette ikke."
        ),
        WAIT: "ventetiden for nye husstander {verdict}",
        FIT: "andelen som bor med mindre støtte enn behovet {verdict}",
    },
    "en": {
        "nearest": "Against {other}, whose cost is nearest ({costs}): {said}.",
        "declared": "Against {other}, set up for the same money ({costs}): {said}.",
        "costs": "added present cost {theirs} against {ours} million NOK",
        "alone": (
            "It is not compared with anything else for the same money: whether the money does more good elsewhere, "
            "this does not say."
        ),
        WAIT: "wait of new households {verdict}",
        FIT: "share housed below need {verdict}",
    },
}


def same_money(reading: Reading, policy: str) -> list[str]:
    """Compare with what was set up for the same money, or else with the other policy whose cost is nearest.

    Returns
    -------
    list of str
        A sentence for each; nothing where no cost is known. Costs that are nothing alike are not set beside each other.
    """
    say, ours = _SAY[reading.lang], _added_cost(reading, policy)
    if ours is None:
        return []
    costs = {
        other: cost
        for other in reading.others
        if not _overlap(reading, policy, other) and (cost := _added_cost(reading, other)) is not None
    }
    declared = [other for other in reading.policy(policy).get("equal_cost", ()) if other in costs]
    alike = [other for other, cost in costs.items() if abs(cost - ours) <= ALIKE * max(abs(cost), abs(ours))]
    others = declared or sorted(alike, key=lambda other: abs(costs[other] - ours))[:1]
    if not others:
        return [say["alone"]]
    found = []
    for other in others:
        said = _contrasts(reading, policy, other)
        theirs, own = (number(cost / 1e6, 1, reading.lang) for cost in (costs[other], ours))
        if said:
            text = say["declared" if declared else "nearest"]
            both = say["costs"].format(theirs=theirs, ours=own)
            found.append(text.format(other=quoted(reading.label(other), reading.lang), costs=both, said=said))
    return found


def _contrasts(reading: Reading, policy: str, other: str) -> str:
    """Compare two policies in their waits and in the fit of home to need, the same replications with each other."""
    found = []
    for kpi in (WAIT, FIT):
        row = reading.contrast(policy, other, kpi) if kpi in reading.kpis else None
        if row is not None:
            said = verdict(row, reading.kpis[kpi], reading.lang).replace(": ", ", ", 1)  # there is a colon before it already
            found.append(_SAY[reading.lang][kpi].format(verdict=said))
    return "; ".join(found)


def _overlap(reading: Reading, policy: str, other: str) -> bool:
    """Tell whether two policies have a policy in common, as what is laid on one another has with its parts."""
    first, second = ({name, *reading.policy(name).get("stack", ())} for name in (policy, other))
    return not first.isdisjoint(second)


def _added_cost(reading: Reading, policy: str) -> float | None:
    row = reading.row(policy, COST)
    return None if row is None or row.get("difference") is None else float(row["difference"])
