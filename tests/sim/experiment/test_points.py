"""Points on a shelf: nothing finished is lost or run twice, and workers do not matter."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import scipy.stats
from engine_double import WAIT, ScenarioDouble, replicate

from sim.experiment import Ending
from sim.experiment.points import BLOCK, PointFigures, run_points
from sim.experiment.shelf import Shelf, ShelfError, key_of
from sim.experiment.target import Target, smallest_reaching


def load(number: int) -> dict[str, ScenarioDouble]:
    return {"today": ScenarioDouble("today", float(number), hash=f"h{number}")}


def run(folder: Path, n: int = 3, points: int = 3, counted: Any = replicate, **more: Any) -> list[PointFigures]:
    return list(run_points(counted, load, range(points), 7, n, Shelf(folder), **more))


def test_workers_do_not_matter_and_points_are_paired(tmp_path: Path) -> None:
    alone, several = run(tmp_path / "a"), run(tmp_path / "b", workers=2)
    assert alone == several
    numbers = np.array([of.numbers("today", WAIT) for of in alone], dtype=float)
    assert np.allclose(np.diff(numbers, axis=0), 1.0, atol=5)


def test_what_is_finished_is_not_run_again(tmp_path: Path) -> None:
    runs: list[tuple[str, int]] = []

    def counted(scenario: Any, seed: int, k: int) -> Any:
        runs.append((scenario.hash, k))
        return replicate(scenario, seed, k)

    whole = run(tmp_path / "whole", 5)
    run(tmp_path / "s", 2, counted=counted)
    assert run(tmp_path / "s", 5, counted=counted) == whole
    assert sorted(runs) == sorted({(f"h{p}", k) for p in range(3) for k in range(1, 6)})


def test_an_interruption_loses_nothing_finished(tmp_path: Path) -> None:
    asked = iter(range(1000))
    stopped = run(tmp_path, 4, points=BLOCK + 2, stop=lambda: next(asked) >= 13)
    assert [of.ending for of in stopped] == [Ending.INTERRUPTED] * BLOCK
    assert sum(len(of.replications) for of in stopped) == BLOCK  # one whole round of all points in the block
    assert run(tmp_path, 4, points=BLOCK + 2) == run(tmp_path / "fresh", 4, points=BLOCK + 2)


def test_a_line_that_was_cut_off_is_run_again(tmp_path: Path) -> None:
    whole = run(tmp_path, 3)
    file = tmp_path / f"{key_of([('today', 'h1')], 7)}.jsonl"
    file.write_bytes(file.read_bytes()[:-20])
    assert run(tmp_path, 3) == whole
    assert sorted(Shelf(tmp_path).read(file.stem)) == [1, 2, 3]
    assert Shelf(tmp_path, fresh=True).read(file.stem) == {}


def test_another_seed_or_scenario_is_another_point() -> None:
    keys = {key_of([("a", "h")], 1), key_of([("a", "h")], 2), key_of([("a", "g")], 1), key_of([("a", "h"), ("b", "h")], 1)}
    assert len(keys) == 4


def test_a_shelf_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ShelfError, match="cannot be written"):
        Shelf(tmp_path / "file" / "points")


class TestTarget:
    at_most = Target(WAIT, 10.0)

    def test_the_smallest_number(self) -> None:
        draws = np.random.default_rng(1).normal(0, 1, 30)
        numbers = [(mean + draws).tolist() for mean in (30.0, 20.0, 10.5 - draws.mean(), 2.0, 1.0)]
        assert smallest_reaching(self.at_most, numbers) == (3, 3, 2)
        assert smallest_reaching(Target(WAIT, 10.6), numbers) == (2, 3, 1)
        upwards = [[-v for v in of] for of in numbers]
        assert smallest_reaching(Target(WAIT, -10.6, at_most=False), upwards) == (2, 3, 1)

    def test_a_target_out_of_reach(self) -> None:
        found = smallest_reaching(self.at_most, [[20.0, 21.0], [18.0, 19.0]])
        assert found.smallest is None and found.enough is None
        assert smallest_reaching(self.at_most, [[None, None], [5.0, 5.0]]) == (1, 1, None)
        assert smallest_reaching(self.at_most, [[5.0], [4.0]]) == (0, None, None)

    def test_it_is_seldom_wrongly_enough(self) -> None:
        """Paired points, the third lies exactly at the edge on the wrong side: at most 5 % are wrong about it."""
        rng = np.random.default_rng(2)
        truth = np.array([13.0, 12.0, 10.0 + 1e-9, 9.2, 8.5])
        wrong = useful = 0
        for _ in range(4000):
            rows = truth + 2 * rng.normal(size=(25, 1)) + rng.normal(size=(25, 5))
            enough = smallest_reaching(self.at_most, rows.T.tolist()).enough
            wrong += enough is not None and enough <= 2
            useful += enough == 4 or enough == 3
        assert scipy.stats.binomtest(wrong, 4000, 0.05, alternative="greater").pvalue > 1e-4
        assert useful > 2000


def test_figures_of_the_horizon_are_kept() -> None:
    of = PointFigures(0, ({"a": {"x": 1.0}}, {"a": {}}), Ending.COMPLETE)
    assert of.numbers("a", "x") == [1.0, None]
