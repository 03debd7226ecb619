"""Observed figures, and what they leave of the ranges of unknown numbers."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import Field

from rules.reading import Finding, InputError, Record, read_yaml, validate
from rules.reading import Mapping as MappingNode
from sim.cli.exits import Code
from sim.cli.figures import kpi_texts, unit_of
from sim.cli.points import refuse
from sim.cli.unknowns import Unknowns
from sim.cli.wanted import figure, gap_text
from sim.experiment import estimate
from sim.experiment.matching import Left, Matching, Observation
from sim.experiment.points import PointFigures

_WORDS = {
    "nb": {
        "title": "{label}: hva observasjonene lar stå igjen",
        "heads": ("Forutsetning", "Fra", "Til", "Mulig fra", "Mulig til", "Midterste halvdel"),
        "left": "Etter {waves} runder med til sammen {points} punkter er {share} % av rommet fortsatt mulig.",
        "nothing": "Ingenting er igjen: modellen når ikke {kpi} ({observed}) med noen verdi i spennene.",
        "fitted": "  {kpi}: observert {observed}; i det som er igjen mellom {low} og {high}",
        "fit": "Brukt til tilpasningen:",
        "check": "Ikke brukt til tilpasningen (kontroll):",
        "agrees": " – stemmer",
        "differs": " – stemmer ikke",
        "fixed": "Holdt fast (kan ikke flyttes alene): {names}.",
    },
    "en": {
        "title": "{label}: what the observations leave",
        "heads": ("Parameter", "From", "To", "Plausible from", "Plausible to", "Middle half"),
        "left": "After {waves} waves of {points} points in all, {share}% of the space is still plausible.",
        "nothing": "Nothing is left: the model does not reach {kpi} ({observed}) with any value in the ranges.",
        "fitted": "  {kpi}: observed {observed}; in what is left between {low} and {high}",
        "fit": "Used for the fit:",
        "check": "Not used for the fit (validation):",
        "agrees": " – agrees",
        "differs": " – differs",
        "fixed": "Held fixed (cannot be moved alone): {names}.",
    },
}


class ObservedRecord(Record):
    """An observed figure: its value, the standard deviation of its error, and of what the model leaves out."""

    observed: int | float | str
    error: int | float | str
    discrepancy: int | float | str = 0
    fit: bool = True
    source: str = ""


class ObservedFile(Record):
    """A file of observed figures, by the id of the measure."""

    observed: Mapping[str, ObservedRecord] = Field(min_length=1)


class Observed:
    """Observed figures: those to fit, and those kept for validation."""

    def __init__(self, fitted: Sequence[Observation], kept: Sequence[Observation]) -> None:
        self.fitted, self.kept = tuple(fitted), tuple(kept)


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
    return Observed(fitted, kept)


class Fitting:
    """A calibration in the making.

    Parameters
    ----------
    observed : Observed
    chosen : Unknowns
        The numbers to fit.
    policy : str
        Name of the scenario.
    points : int or None
        Of a wave; by default enough for a regression with squares.
    seed : int
    """

    def __init__(self, observed: Observed, chosen: Unknowns, policy: str, points: int | None, seed: int) -> None:
        self._observed, self._chosen, self._policy = observed, chosen, policy
        d = len(chosen.varied)
        self._size = points or 2 * (2 * d + 1)
        if self._size < 2 * (d + 1):
            raise refuse("--points", f"{self._size} points are too few for {d} numbers", f"give at least {2 * (d + 1)}")
        self._matching = Matching(observed.fitted, d, seed)
        self._shares: list[tuple[float, ...]] = []
        self._wave: list[int] = []
        self._last: Sequence[PointFigures] = ()
        self._left: list[Left] = []
        self.finished = 0

    @property
    def asked(self) -> int:
        """Points begun so far."""
        return len(self._shares)

    @property
    def code(self) -> Code:
        """Exit code 3 when nothing is left."""
        return Code.FINE if self._left and self._left[-1].share > 0 else Code.PRECISION_NOT_REACHED

    def settings(self, number: int) -> list[tuple[str, str]]:
        """Give a point as values to set."""
        return [of.setting(share) for of, share in zip(self._chosen.varied, self._shares[number], strict=True)]

    def begin(self) -> list[int]:
        """Give the points of the next wave; none when too little is left for one."""
        design = self._matching.design(self._size)
        if len(design) < 2 * (len(self._chosen.varied) + 1):
            return []
        self._wave = list(range(len(self._shares), len(self._shares) + len(design)))
        self._shares += design
        return self._wave

    def learn(self, found: Sequence[PointFigures]) -> None:
        """Learn from a wave that has been run."""
        shares = [self._shares[of.number] for of in found]
        figures = {seen.kpi: [of.numbers(self._policy, seen.kpi) for of in found] for seen in self._observed.fitted}
        try:
            self._matching.add(shares, figures)
        except ValueError as error:
            raise refuse("OBSERVED", f"the figures cannot be fitted: {error}") from None
        self._left.append(self._matching.left())
        self._last, self.finished = found, len(self._shares)

    def document(self) -> dict[str, Any]:
        """Give `calibrate.json`, which is also what `--json` prints."""
        left = self._left[-1] if self._left else None
        rows = []
        for index, of in enumerate(self._chosen.varied):
            row: dict[str, Any] = {"parameter": of.id, "label": dict(of.label)}
            row |= {"from": of.span.text(of.span.low), "to": of.span.text(of.span.high)}
            if left is not None and left.share > 0:
                row |= {"plausible_from": of.span.at(left.low[index]), "plausible_to": of.span.at(left.high[index])}
                row["middle_half"] = [of.span.at(share) for share in left.middle[index]]
            rows.append(row)
        return {
            "scenario": self._policy,
            "waves": [wave.share for wave in self._left],
            "points": self.finished,
            "plausible_share": None if left is None else left.share,
            "parameters": rows,
            "fitted": [self._compared(seen) for seen in self._observed.fitted],
            "validation": [self._compared(seen) for seen in self._observed.kept],
            "hardest": self._matching.hardest() if left is not None and left.share == 0 else None,
            "fixed": dict(self._chosen.fixed),
        }

    def _compared(self, seen: Observation) -> dict[str, Any]:
        """Give an observation beside what the plausible points of the last wave say of it: means, widened by chance and error."""
        import numpy as np

        record: dict[str, Any] = {"kpi": seen.kpi, "unit": unit_of(seen.kpi), "observed": seen.value, "sd": seen.sd}
        shares = np.array([self._shares[of.number] for of in self._last])
        if not len(shares):
            return record
        inside = [of for of, keep in zip(self._last, self._matching.plausible(shares), strict=True) if keep]
        means = [estimate(of.numbers(self._policy, seen.kpi)) for of in inside]
        known = [(of.mean, of.sd) for of in means if of.mean is not None and of.sd is not None]
        if not known:
            return record
        wide = [(seen.sd**2 + sd**2) ** 0.5 for _, sd in known]
        low = min(mean - 2 * sd for (mean, _), sd in zip(known, wide, strict=True))
        high = max(mean + 2 * sd for (mean, _), sd in zip(known, wide, strict=True))
        return record | {"low": low, "high": high, "agrees": low <= seen.value <= high}

    def show(self, label: Mapping[str, str], lang: str) -> None:
        """Print what is left of each range, and how the figures compare."""
        from sim.cli.terminal import table
        from sim.report import number

        words, document = _WORDS[lang], self.document()
        rows = [
            [
                row["label"][lang],
                row["from"],
                row["to"],
                row.get("plausible_from", "–"),
                row.get("plausible_to", "–"),
                " – ".join(row.get("middle_half", [])),
            ]
            for row in document["parameters"]
        ]
        table(str(words["title"]).format(label=label[lang]), "", words["heads"], rows)
        if document["hardest"] is not None:
            seen = next(of for of in self._observed.fitted if of.kpi == document["hardest"])
            text = kpi_texts()[seen.kpi]["nb" if lang == "nb" else "en"]
            lines = [str(words["nothing"]).format(kpi=text, observed=gap_text(seen.value, seen.kpi, lang))]
        else:
            share = number(100 * (document["plausible_share"] or 0.0), 1, lang)
            lines = [str(words["left"]).format(waves=len(self._left), points=self.finished, share=share)]
        for head, of in (("fit", document["fitted"]), ("check", document["validation"])):
            told = [_told(record, words, lang) for record in of if "low" in record]
            lines += [str(words[head]), *told] if told else []
        if self._chosen.fixed:
            lines.append(str(words["fixed"]).format(names=", ".join(name for name, _ in self._chosen.fixed)))
        sys.stdout.write("\n".join(lines) + "\n")


def _told(record: Mapping[str, Any], words: Mapping[str, Any], lang: str) -> str:
    kpi = record["kpi"]
    text = kpi_texts()[kpi]["nb" if lang == "nb" else "en"]
    observed, low, high = (gap_text(record[name], kpi, lang) for name in ("observed", "low", "high"))
    line = str(words["fitted"]).format(kpi=text, observed=observed, low=low, high=high)
    return line + str(words["agrees" if record["agrees"] else "differs"])
