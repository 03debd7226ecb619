"""Chance and ignorance, break-even, screening and the value of information: on problems with known answers."""

import math

import numpy as np
import pytest
import scipy.stats
from scipy.optimize import brentq

from sim.experiment.breakeven import break_even
from sim.experiment.designs import latin_hypercube, morris, sobol
from sim.experiment.screening import elementary_effects, sobol_indices, sobol_points
from sim.experiment.uncertainty import bands, value_of_information


def crossed(means: np.ndarray, replications: int, rng: np.random.Generator, luck: float, own: float) -> np.ndarray:
    """Points x replications: a part of chance that all points share, and one of their own."""
    return means[:, None] + luck * rng.normal(size=replications) + own * rng.normal(size=(len(means), replications))


class TestBands:
    def test_the_parts_of_the_spread_are_told_apart(self) -> None:
        rng = np.random.default_rng(1)
        found = [bands(crossed(3 + 2 * rng.normal(size=30), 8, rng, 4.0, 3.0).tolist()) for _ in range(400)]
        error = lambda values: np.std(values) / math.sqrt(len(values))  # noqa: E731
        unknown, chance = np.array([of.unknown_sd**2 for of in found]), np.array([of.chance_sd**2 for of in found])
        assert abs(unknown.mean() - 4) < 4 * error(unknown)
        assert abs(chance.mean() - 25) < 4 * error(chance)
        # Nine of ten conditional means: 3 -+ 1.645 * 2; the spread of the raw means would be wider by a fifth.
        assert np.mean([of.unknown_high for of in found]) == pytest.approx(3 + 1.645 * 2, rel=0.05)
        assert np.mean([of.unknown_low for of in found]) == pytest.approx(3 - 1.645 * 2, abs=0.25)
        assert np.mean([of.chance_high for of in found]) == pytest.approx(3 + 1.645 * 5, rel=0.06)
        assert np.mean([of.noise_share for of in found]) == pytest.approx((9 / 8) / (4 + 9 / 8), rel=0.15)

    def test_nothing_unknown_is_no_band(self) -> None:
        rng = np.random.default_rng(2)
        found = bands(crossed(np.full(20, 5.0), 40, rng, 0.0, 1.0).tolist())
        assert found.unknown_sd < 0.15 and found.above_zero == 1.0
        assert bands([[1.0, 2.0], [1.0, 2.0]]).unknown_sd == 0

    def test_too_little_to_tell(self) -> None:
        with pytest.raises(ValueError, match="two points"):
            bands([[1.0, 2.0]])
        with pytest.raises(ValueError, match="two replications"):
            bands([[1.0, None], [2.0, 3.0]])


class TestBreakEven:
    def test_it_covers_the_turning_point(self) -> None:
        rng = np.random.default_rng(3)
        places, truth = [1.0, 2.0, 4.0], np.array([-3.0, -1.0, 5.0])
        root = 2.0 + 2.0 / 6.0
        covered = turned = 0
        for _ in range(4000):
            rows = truth + 2 * rng.normal(size=(20, 1)) + rng.normal(size=(20, 3))
            found = break_even(places, rows.T.tolist())
            covered += any(low <= root <= high for low, high in found.within)
            turned += found.verdict == "turns"
        assert scipy.stats.binomtest(covered, 4000, 0.95).pvalue > 1e-4
        assert turned > 3900

    def test_one_fast_server_against_two_slow_ones(self) -> None:
        """Time in the system of M/M/1 at double speed against M/M/2, less what the second door is worth: a known root."""

        def gap(load: float) -> float:
            one = 1 / (2 * (1 - load))
            two = 1 / (1 - load**2)
            return two - one - 0.3

        root = brentq(gap, 0.3, 0.95)
        places = np.linspace(0.3, 0.95, 14)
        noise = np.random.default_rng(4).normal(0, 0.02, 30)
        found = break_even(places.tolist(), [(gap(load) + noise - noise.mean()).tolist() for load in places])
        assert found.verdict == "turns"
        assert found.at == pytest.approx((root,), abs=0.002)
        [(low, high)] = found.within
        assert low < root < high and high - low < 0.12

    def test_verdicts(self) -> None:
        assert break_even([0, 1], [[5.0, 6.0, 7.0], [5.0, 6.5, 7.0]]).verdict == "never"
        unsure = break_even([0, 1], [[-5.0, 6.0, 1.0], [-5.0, 6.5, -1.0]])
        assert unsure.verdict == "unsure" and unsure.within == ((0, 1),)
        assert break_even([0, 1, 2], [[1.0, 1.1], [-1.0, -1.1], [1.0, 1.1]]).at == pytest.approx((0.5, 1.5))
        assert break_even([0, 1], [[None, 1.0], [1.0, None]]).verdict == "unsure"
        assert break_even([0, 1], [[0.0, 0.0], [0.0, 0.0]]).verdict == "unsure"


def ishigami(x: np.ndarray) -> np.ndarray:
    a, b, c = (2 * math.pi * (x[:, i] - 0.5) for i in range(3))
    return np.sin(a) + 7 * np.sin(b) ** 2 + 0.1 * c**4 * np.sin(a)


class TestScreening:
    # Ishigami with a = 7, b = 0.1 (Saltelli and others, Global Sensitivity Analysis, 2008).
    first, total = (0.3139, 0.4424, 0.0), (0.5576, 0.4424, 0.2437)

    @pytest.mark.parametrize("noise", [0.0, 3.0])
    def test_ishigami(self, noise: float) -> None:
        n, replications = 2048, 4
        points = np.array(sobol_points(sobol(n, 6, 7)))
        rng = np.random.default_rng(5)
        rows = crossed(ishigami(points), replications, rng, 5.0, noise)
        found = sobol_indices(n, rows.tolist())
        assert found.first == pytest.approx(self.first, abs=0.05)
        assert found.total == pytest.approx(self.total, abs=0.05)
        expected = noise**2 / replications
        assert found.noise_share == pytest.approx(expected / (13.845 + expected), abs=0.02)

    def test_nothing_but_noise_explains_nothing(self) -> None:
        rng = np.random.default_rng(1)
        found = sobol_indices(8, (1e-9 * rng.normal(size=(32, 1)) + rng.normal(size=(32, 2))).tolist())
        assert found.noise_share > 0.3

    def test_effects_of_a_straight_line_are_its_slopes(self) -> None:
        walks = morris(6, 3, 2)
        luck = np.random.default_rng(1).normal(size=5)
        numbers = [[(10 * p[0] - 4 * p[1] + luck).tolist() for p in walk.points] for walk in walks]
        for effect, slope in zip(elementary_effects(walks, numbers), (10.0, -4.0, 0.0), strict=True):
            assert (effect.mean, effect.size) == pytest.approx((slope, abs(slope)), abs=1e-9)
            assert effect.spread == pytest.approx(0, abs=1e-9) and effect.noise == pytest.approx(0, abs=1e-9)

    def test_the_noise_of_an_effect_is_told(self) -> None:
        walks = morris(50, 2, 2)
        rng = np.random.default_rng(3)
        numbers = [[(3 * p[0] * p[1] + rng.normal(size=6)).tolist() for p in walk.points] for walk in walks]
        effects = elementary_effects(walks, numbers)
        assert effects[0].noise == pytest.approx(math.sqrt(2 / 6) / (2 / 3), rel=0.1)
        assert effects[0].spread > effects[0].noise


class TestInformation:
    def test_the_linear_normal_problem(self) -> None:
        """Gain = 1 + 2 Z1 + 1 Z2: with perfect knowledge worth s phi(m/s) - m Phi(-m/s), and each Z alone likewise."""

        def worth(mean: float, sd: float) -> float:
            return sd * scipy.stats.norm.pdf(mean / sd) - mean * scipy.stats.norm.cdf(-mean / sd)

        rng = np.random.default_rng(6)
        everything, raw, first, none = [], [], [], []
        for trial in range(300):
            shares = np.array(latin_hypercube(60, 3, trial))
            z = scipy.stats.norm.ppf(shares)
            gain = crossed(1 + 2 * z[:, 0] + z[:, 1], 5, rng, 0.3, 5.0)
            start = 10 * rng.normal(size=5)
            base = np.broadcast_to(start, gain.shape)
            found = value_of_information([base.tolist(), (base + gain).tolist()], shares.tolist())
            everything.append(found.everything)
            raw.append(found.uncorrected)
            first.append(found.each[0])
            none.append(found.each[2])
        truth, alone = worth(1, math.sqrt(5)), worth(1, 2)
        assert np.mean(everything) == pytest.approx(truth, rel=0.08)
        # Without the correction it is too large by far.
        assert np.mean(raw) > 1.4 * truth
        assert np.mean(first) == pytest.approx(alone, rel=0.15)
        assert np.mean(none) < 0.06 * truth

    def test_several_policies(self) -> None:
        rng = np.random.default_rng(7)
        shares = np.array(latin_hypercube(400, 2, 1))
        a, b = crossed(shares[:, 0], 3, rng, 0, 0.01), crossed(shares[:, 1], 3, rng, 0, 0.01)
        found = value_of_information([np.zeros_like(a).tolist(), a.tolist(), b.tolist()], shares.tolist())
        # The larger of two uniforms is 2/3 on average, each alone 1/2; knowing one of them is worth 1/8.
        assert found.everything == pytest.approx(1 / 6, rel=0.05)
        assert found.each == pytest.approx((1 / 8, 1 / 8), rel=0.15)
        assert found.best in (1, 2)
        assert found.regret == pytest.approx((2 / 3, 1 / 6, 1 / 6), rel=0.06)
        assert found.best_share == pytest.approx((0, 0.5, 0.5), abs=0.06)
        assert min(found.regret) == pytest.approx(found.everything)

    def test_what_cannot_change_the_choice_is_worth_nothing(self) -> None:
        rng = np.random.default_rng(8)
        gain = crossed(50 + rng.random(20), 3, rng, 1, 1)
        found = value_of_information([np.zeros_like(gain).tolist(), gain.tolist()], rng.random((20, 1)).tolist())
        assert found.everything == 0 and found.each == (0,) and found.best == 1
        with pytest.raises(ValueError, match="two policies"):
            value_of_information([gain.tolist()], [[0.0]])
