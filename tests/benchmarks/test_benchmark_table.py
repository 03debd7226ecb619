"""How the table of the benchmarks is put together: samples in pieces, margins, and the page it is pasted into."""

import sys
from pathlib import Path

import pytest

from benchmarks import agreements, switches
from benchmarks.contestants import ours
from benchmarks.paste import BEGIN, END, pasted
from benchmarks.rounds import ContestError
from sim.world.verbs.applications import record_decision

ROOT = Path(__file__).resolve().parents[2]


def test_the_table_of_a_page_is_replaced_and_nothing_else():
    page = f"# Page\n{BEGIN}\nold\n{END}\nend\n"
    new = pasted(page, "a | b")
    assert new == f"# Page\n{BEGIN}\n```\na | b\n```\n{END}\nend\n"
    assert pasted(new, "a | b") == new


@pytest.mark.parametrize("page", ["nothing", f"{BEGIN}\nno end", f"{END}\n{BEGIN}", f"{BEGIN}{BEGIN}{END}"])
def test_a_page_without_its_marks_is_left_alone(page):
    with pytest.raises(ValueError, match="once, in this order"):
        pasted(page, "table")


def test_the_page_on_performance_has_its_marks():
    assert "the table" in pasted((ROOT / "docs" / "performance.md").read_text(encoding="utf-8"), "the table")


def contest_of(values, wrong=None):
    def contest(task):
        if task.contestant == wrong:
            raise ContestError("no such engine")
        seeds = range(task.seed, task.seed + task.runs)
        return {"runs": [{"kpis": {name: values(task, name, seed) for name in ("let_mean", "waiting_mean")}} for seed in seeds]}

    return contest


def test_every_replication_is_used_once_and_each_kpi_has_its_margin(monkeypatch):
    asked = []

    def value(task, name, seed):
        asked.append((task.contestant, task.form, name, seed))
        return 100.0 * (1.03 if task.contestant == "salabim" else 1.0) + seed % 3

    monkeypatch.setattr(agreements, "contest", contest_of(value))
    found = agreements.agreements_of_peers(60, lambda _: None)
    assert len(asked) == len(set(asked)) == 2 * 60 * 5  # two KPIs of five samples of sixty
    assert list(found) == ["simpy_generated, memoryless", "salabim, memoryless", "simpy_generated, competing"]
    assert all(row.equivalent for row in found["simpy_generated, memoryless"])
    # 3 per cent off: outside the margin of 2 per cent, inside that of 5.
    assert {row.kpi: row.equivalent for row in found["salabim, memoryless"]} == {"let_mean": False, "waiting_mean": True}


def test_an_engine_that_fails_says_why_and_keeps_no_other_from_being_compared(monkeypatch):
    monkeypatch.setattr(agreements, "contest", contest_of(lambda *_: 1.0, wrong="salabim"))
    found = agreements.agreements_of_peers(30, lambda _: None)
    assert found["salabim, memoryless"] == "no such engine"
    assert not isinstance(found["simpy_generated, memoryless"], str)


def test_the_register_is_switched_off_wherever_it_is_written():
    ours.simulated("competing", 0.05, 0.1, 1)
    holders = {name for name, module in sys.modules.items() if getattr(module, "record_decision", None) is record_decision}
    assert {name for name in holders if name.startswith("sim.")} == set(switches.WRITERS)
