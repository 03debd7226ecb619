"""A file of observed figures, to fit and to check against."""

from pathlib import Path

from pydantic import Field

from rules.reading import Finding, InputError, Record, read_yaml, validate
from rules.reading import Mapping as MappingNode
from sim.cli.wanted import figure
from sim.experiment.matching import Observation
from sim.experiment.studies.fit import Observed


class ObservedRecord(Record):
    """An observed figure: its value, the standard deviation of its error, and of what the model leaves out."""

    observed: int | float | str
    error: int | float | str
    discrepancy: int | float | str = 0
    fit: bool = True
    source: str = ""


class ObservedFile(Record):
    """A file of observed figures, by the id of the measure."""

    observed: dict[str, ObservedRecord] = Field(min_length=1)


def read_observed(path: Path) -> Observed:
    """Read a file of observed figures.

    Raises
    ------
    InputError
        With every mistake, at its place.
    """
    node = read_yaml(path)
    record = validate(ObservedFile, node)
    fitted: list[Observation] = []
    kept: list[Observation] = []
    findings: list[Finding] = []
    assert isinstance(node, MappingNode)
    listed = node.entries["observed"].node
    assert isinstance(listed, MappingNode)
    for kpi, of in record.observed.items():
        place = listed.entries[kpi].key_place
        try:
            value, error, discrepancy = (figure(written, kpi, place) for written in (of.observed, of.error, of.discrepancy))
        except InputError as wrong:
            findings += wrong.findings
            continue
        if error <= 0 or discrepancy < 0:
            findings.append(Finding("out-of-bounds", f"the error of {kpi} should be above zero", place))
        (fitted if of.fit else kept).append(Observation(kpi, value, (error**2 + discrepancy**2) ** 0.5))
    if not findings and not fitted:
        findings.append(Finding("missing-key", "no figure is there to fit", node.place, "leave out `fit: no` of one"))
    if findings:
        raise InputError(*findings)
    return Observed(tuple(fitted), tuple(kept))
