"""Real data (`data: real`): what a scenario must say before anything is run on them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rules.reading import Finding, Mapping, Place

if TYPE_CHECKING:
    from sim.scenario.model import ScenarioRecord

#: What may not be set from outside: the results would be told as if they were of assumed data.
_KEPT = ("data", "real_data")


def unrecorded(record: ScenarioRecord, tree: Mapping, written: Sequence[tuple[str, str]]) -> Iterator[Finding]:
    """Find real data without their purpose, legal basis and assessment, and settings that would hide that they are real."""
    for path, _ in written:
        if path.partition(".")[0] in _KEPT:
            yield Finding("real-data", f"`{path}` stands in the file, and cannot be set from outside", Place("--set", 1, 1, ""))
    if record.data == "real" and record.real_data is None:
        yield Finding(
            "real-data",
            "real data need their purpose, their legal basis and the reference of the data protection impact assessment (DPIA)",
            tree.entries["data"].node.place,
            "write `real_data: {purpose: …, legal_basis: …, dpia: …}`",
        )
    if record.data != "real" and record.real_data is not None:
        yield Finding(
            "real-data",
            "`real_data` stands here, but the data are not called real",
            tree.entries["real_data"].key_place,
            "write `data: real`",
        )
