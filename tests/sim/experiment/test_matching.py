"""History matching: the truth stays, what is far goes, on models that are known."""

import numpy as np
import pytest
import scipy.stats

from sim.experiment.matching import Matching, Observation, emulator


def model(shares: np.ndarray) -> dict[str, np.ndarray]:
    """Two figures of three numbers: a curve, and a product; the third number matters to neither."""
    a, b = shares[..., 0], shares[..., 1]
    return {"wait": 100 + 80 * a - 30 * b + 25 * a**2, "list": 40 + 60 * a * b + 10 * np.exp(b)}


def figures(shares: np.ndarray, rng: np.random.Generator, replications: int) -> dict[str, list[list[float]]]:
    """All points meet the same luck, and a little of their own."""
    found = {}
    for kpi, means in model(shares).items():
        luck, own = 3 * rng.normal(size=replications), rng.normal(size=(len(means), replications))
        found[kpi] = (means[:, None] + luck + own).tolist()
    return found


def matched(truth: np.ndarray, rng: np.random.Generator, seed: int, waves: int = 2) -> Matching:
    """Match observations that are one future of the truth, read with an error of 2."""
    seen = [Observation(kpi, float(mean) + 3 * rng.normal() + 2 * rng.normal(), 2.0) for kpi, mean in model(truth).items()]
    match = Matching(seen, 3, seed, candidates=2000)
    for _ in range(waves):
        design = match.design(30)
        if len(design) < 25:
            break
        match.add(design, figures(np.array(design), rng, 4))
    return match


def test_the_truth_stays_plausible() -> None:
    rng = np.random.default_rng(1)
    trials, stays, shares = 100, 0, []
    for trial in range(trials):
        truth = 0.1 + 0.8 * rng.random(3)
        match = matched(truth, rng, trial)
        stays += bool(match.plausible(truth[None, :])[0])
        shares.append(match.left().share)
    assert scipy.stats.binomtest(stays, trials, 0.95, alternative="less").pvalue > 1e-4
    # And much is ruled out: the test has teeth.
    assert np.mean(shares) < 0.5


def test_what_matters_is_narrowed_and_what_does_not_is_not() -> None:
    rng = np.random.default_rng(2)
    match = matched(np.array([0.2, 0.8, 0.5]), rng, 7, waves=3)
    left = match.left()
    assert left.low[0] < 0.2 < left.high[0] < 0.6
    assert left.low[2] < 0.02 and left.high[2] > 0.98
    assert left.middle[0][0] < left.middle[0][1]


def test_an_observation_the_model_cannot_reach_leaves_nothing() -> None:
    rng = np.random.default_rng(3)
    match = Matching([Observation("wait", 120.0, 1.0), Observation("list", 500.0, 1.0)], 3, 1)
    design = np.array(match.design(30))
    match.add(design.tolist(), figures(design, rng, 4))
    assert match.left().share == 0 and match.design(10) == () and match.hardest() == "list"


def test_designs_are_the_same_for_the_same_seed_and_lie_in_what_is_left() -> None:
    one, two = (matched(np.array([0.3, 0.3, 0.3]), np.random.default_rng(4), 5) for _ in range(2))
    assert one.design(20) == two.design(20)
    assert one.plausible(np.array(one.design(20))).all()


def test_the_emulator_knows_how_sure_it_is() -> None:
    rng = np.random.default_rng(6)
    points = rng.random((60, 2))
    found = emulator(points.tolist(), (10 * points[:, :1] + rng.normal(size=(60, 5))).tolist())
    assert found.residual == pytest.approx(1 / 5, rel=0.5) and found.chance == pytest.approx(1, rel=0.3)
    far = found.implausibility(np.array([[1.0, 0.5], [0.0, 0.5]]), Observation("x", 10.0, 0.0))
    assert far[0] < 1.5 and far[1] > 7
    with pytest.raises(ValueError, match="too few"):
        emulator(points[:4].tolist(), [[1.0, 2.0]] * 4)
