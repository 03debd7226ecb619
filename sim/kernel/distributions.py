"""Distributions drawn by inverse transform: one uniform in, one value out, monotone in the uniform.

With one uniform a draw, a changed parameter changes the value drawn and nothing else, and two policies that
share their uniforms stay as alike as they can be. Every distribution here is a frozen record, compares by
value, and can be sent to another process.
"""

from bisect import bisect_left
from collections.abc import Hashable
from dataclasses import dataclass, field
from itertools import accumulate
from math import ceil, exp, fsum, gamma, inf, lgamma, log, log1p, sqrt
from statistics import NormalDist
from typing import Generic, Protocol, TypeVar, runtime_checkable

V = TypeVar("V", bound=Hashable)

_inverse_normal = NormalDist().inv_cdf  # Wichura's AS 241, full double precision


@runtime_checkable
class Distribution(Protocol):
    """What a duration or an amount is drawn from."""

    @property
    def mean(self) -> float:
        """The expected value."""

    def quantile(self, u: float) -> float:
        """Return the value below which a share `u` of the probability lies, 0 < u < 1."""


def _require(holds: bool, message: str) -> None:
    if not holds:
        raise ValueError(message)


@dataclass(frozen=True, slots=True)
class Exponential:
    """Exponential with the given mean; mean 0 is always 0."""

    mean: float

    def __post_init__(self) -> None:
        _require(0 <= self.mean < inf, f"the mean of an exponential must be at least 0, not {self.mean}")

    @property
    def variance(self) -> float:
        """The variance, mean squared."""
        return self.mean * self.mean

    def quantile(self, u: float) -> float:
        """Return ``-mean * log(1 - u)``."""
        return -self.mean * log1p(-u) if self.mean else 0.0


@dataclass(frozen=True, slots=True)
class Fixed:
    """Always the same value."""

    value: float

    def __post_init__(self) -> None:
        _require(-inf < self.value < inf, f"a fixed value must be finite, not {self.value}")

    @property
    def mean(self) -> float:
        """The value."""
        return self.value

    @property
    def variance(self) -> float:
        """Zero."""
        return 0.0

    def quantile(self, u: float) -> float:
        """Return the value."""
        return self.value


@dataclass(frozen=True, slots=True)
class Uniform:
    """Continuous uniform on [low, high]."""

    low: float
    high: float

    def __post_init__(self) -> None:
        _require(self.low <= self.high, f"a uniform needs low <= high, not {self.low} and {self.high}")

    @property
    def mean(self) -> float:
        """The middle."""
        return (self.low + self.high) / 2

    @property
    def variance(self) -> float:
        """The variance."""
        return (self.high - self.low) ** 2 / 12

    def quantile(self, u: float) -> float:
        """Return the point a share `u` of the way from low to high."""
        return self.low + (self.high - self.low) * u


@dataclass(frozen=True, slots=True)
class Triangular:
    """Triangular on [low, high] with the given mode."""

    low: float
    mode: float
    high: float

    def __post_init__(self) -> None:
        _require(
            self.low <= self.mode <= self.high,
            f"a triangular needs low <= mode <= high, not {self.low}, {self.mode} and {self.high}",
        )

    @property
    def mean(self) -> float:
        """The mean of the three."""
        return (self.low + self.mode + self.high) / 3

    @property
    def variance(self) -> float:
        """The variance."""
        a, b, c = self.low, self.mode, self.high
        return ((c - a) ** 2 - (b - a) * (c - b)) / 18

    def quantile(self, u: float) -> float:
        """Return the inverse of the two parabolas."""
        low, mode, high = self.low, self.mode, self.high
        width = high - low
        rise = mode - low
        if u * width < rise:
            return low + sqrt(u * width * rise)
        return high - sqrt((1.0 - u) * width * (high - mode))


@dataclass(frozen=True, slots=True)
class Lognormal:
    """Lognormal, given by its own mean and standard deviation (not those of the logarithm)."""

    mean: float
    sd: float
    _mu: float = field(init=False, repr=False, compare=False)
    _sigma: float = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        _require(
            0 < self.mean < inf and 0 <= self.sd < inf,
            f"a lognormal needs mean > 0 and sd >= 0, not {self.mean} and {self.sd}",
        )
        variance = log1p((self.sd / self.mean) ** 2)
        object.__setattr__(self, "_mu", log(self.mean) - variance / 2)
        object.__setattr__(self, "_sigma", sqrt(variance))

    @property
    def variance(self) -> float:
        """The standard deviation squared."""
        return self.sd * self.sd

    def quantile(self, u: float) -> float:
        """Return the exponential of the normal quantile."""
        if not self._sigma:
            return self.mean
        return exp(self._mu + self._sigma * _inverse_normal(u))


@dataclass(frozen=True, slots=True)
class Weibull:
    """Weibull, given by its mean and its shape: hazard falls below shape 1 and rises above; mean 0 is 0."""

    mean: float
    shape: float
    _scale: float = field(init=False, repr=False, compare=False)
    _power: float = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        _require(
            0 <= self.mean < inf and 0 < self.shape < inf,
            f"a Weibull needs mean >= 0 and shape > 0, not {self.mean} and {self.shape}",
        )
        # The gamma function overflows at 171.6, and so would the variance.
        _require(self.shape >= 0.02, f"the shape {self.shape} of a Weibull is too small, under 0.02")
        object.__setattr__(self, "_power", 1 / self.shape)
        object.__setattr__(self, "_scale", self.mean / gamma(1 + self._power))

    @property
    def variance(self) -> float:
        """The variance."""
        scale: float = self._scale
        return scale**2 * gamma(1 + 2 * self._power) - self.mean**2

    def quantile(self, u: float) -> float:
        """Return ``scale * (-log(1 - u)) ** (1 / shape)``."""
        result: float = self._scale * (-log1p(-u)) ** self._power
        return result


@dataclass(frozen=True, slots=True)
class Erlang:
    """Sum of `shape` exponential stages, given by the mean of the whole; mean 0 is always 0.

    Notes
    -----
    The quantile is found by Newton's method between bounds, from the approximation of Wilson and Hilferty
    (1931), on whichever tail is the smaller; relative error below 1e-10.
    It costs ten to a hundred times another draw.
    """

    mean: float
    shape: int

    def __post_init__(self) -> None:
        _require(0 <= self.mean < inf, f"the mean of an Erlang must be at least 0, not {self.mean}")
        _require(
            isinstance(self.shape, int) and 1 <= self.shape <= 1000,
            f"the shape of an Erlang must be a whole number from 1 to 1000, not {self.shape}",
        )

    @property
    def variance(self) -> float:
        """The variance, mean squared over shape."""
        return self.mean**2 / self.shape

    def quantile(self, u: float) -> float:
        """Return the inverse of the cumulative distribution."""
        return self.mean / self.shape * _erlang_quantile(self.shape, u) if self.mean else 0.0


def _erlang_quantile(shape: int, u: float) -> float:
    """Invert the distribution of the sum of `shape` unit exponentials."""
    if shape == 1:
        return -log1p(-u)
    ninth = 1 / (9 * shape)
    x = shape * (1 - ninth + _inverse_normal(u) * sqrt(ninth)) ** 3
    if x < 0.2 * shape:  # where the approximation fails: the leading term of the lower tail
        x = exp((log(u) + lgamma(shape + 1)) / shape)
    low, high = 0.0, inf
    for _ in range(100):
        lower, upper, density = _erlang_tails(shape, x)
        excess = lower - u if lower < upper else (1.0 - u) - upper
        if excess > 0:
            high = x
        else:
            low = x
        following = x - excess / density if density else inf
        if not low < following < high:
            following = (low + high) / 2 if high < inf else 2 * x
        if abs(following - x) <= 1e-14 * x:
            return following
        x = following
    return x


def _erlang_tails(shape: int, x: float) -> tuple[float, float, float]:
    """Return P(X <= x), P(X > x), each from its own sum where it is the smaller, and the density."""
    density = exp((shape - 1) * log(x) - x - lgamma(shape))
    if x < shape:
        term = total = density * x / shape
        k = shape
        while term > 1e-17 * total:
            k += 1
            term *= x / k
            total += term
        return total, 1.0 - total, density
    term = total = density
    for k in range(shape - 1, 0, -1):
        term *= k / x
        total += term
    return 1.0 - total, total, density


@dataclass(frozen=True, slots=True)
class Discrete(Generic[V]):
    """One of several values, numbers or not, with probabilities in proportion to weights.

    The order of the values is part of the distribution: it decides which uniform gives which value.
    """

    values: tuple[V, ...]
    weights: tuple[float, ...]
    _cumulative: tuple[float, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", tuple(self.values))
        object.__setattr__(self, "weights", tuple(self.weights))
        _require(
            len(self.values) == len(self.weights) > 0,
            f"{len(self.values)} values cannot have {len(self.weights)} weights",
        )
        _require(
            all(0 <= weight < inf for weight in self.weights) and any(self.weights),
            f"weights must be at least 0 and not all 0: {self.weights}",
        )
        partial = tuple(accumulate(self.weights))
        object.__setattr__(self, "_cumulative", tuple(part / partial[-1] for part in partial))

    @property
    def mean(self) -> float:
        """The expected value.

        Raises
        ------
        TypeError
            If the values are not numbers.
        """
        if not all(isinstance(value, int | float) for value in self.values):
            raise TypeError(f"values that are not numbers have no mean: {self.values}")
        pairs = zip(self.values, self.weights, strict=True)
        return fsum(float(value) * weight for value, weight in pairs) / fsum(self.weights)  # type: ignore[arg-type]

    def quantile(self, u: float) -> V:
        """Return the first value whose cumulative probability reaches `u`."""
        return self.values[bisect_left(self._cumulative, u)]


@dataclass(frozen=True, slots=True)
class Empirical:
    """One of the observations, each as likely as the others."""

    observations: tuple[float, ...]

    def __post_init__(self) -> None:
        _require(len(self.observations) > 0, "an empirical distribution needs observations")
        for x in self.observations:
            _require(-inf < x < inf, f"the observation {x} is not a finite number")
        object.__setattr__(self, "observations", tuple(sorted(self.observations)))

    @property
    def mean(self) -> float:
        """The mean of the observations."""
        return fsum(self.observations) / len(self.observations)

    @property
    def variance(self) -> float:
        """The variance of a draw: about the mean, over n."""
        mean = self.mean
        return fsum((x - mean) ** 2 for x in self.observations) / len(self.observations)

    def quantile(self, u: float) -> float:
        """Return the smallest observation that a share `u` of them does not exceed."""
        return self.observations[ceil(u * len(self.observations)) - 1]
