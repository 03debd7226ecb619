"""Keyed random draws: every uniform is a pure function of who, what for and which time.

There is no generator and no state. The uniform of (seed, replication, purpose, entity, k) is the same
whatever else happens in the run, so two policies share the luck of every person whom neither touches
(common random numbers), and a replication needs nothing from the one before it.

Method
------
``entity_key`` and ``purpose`` are 64-bit BLAKE2b digests, so that seed 1 of person 2 and seed 2 of person 1,
or ids in arithmetic progression, have nothing in common. ``uniform`` (here `uniform_in_python`; compiled,
the same in C) then runs the counter-based generator
SplitMix64 from the state ``key ^ purpose``: output number k is the finaliser of ``state + k * GOLDEN``.

Sources: G. L. Steele, D. Lea, C. H. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014
(increment, and the generator); D. Stafford, "Better bit mixing: improving on MurmurHash3's 64-bit finalizer",
2011, variant 13 (shifts and multipliers); S. Vigna, ``splitmix64.c``, 2015 (public-domain reference, whose
published outputs the tests reproduce); J. K. Salmon et al., "Parallel random numbers: as easy as 1, 2, 3",
SC 2011 (counter-based draws).
"""

from collections.abc import Callable
from contextlib import suppress
from hashlib import blake2b

_MASK = 0xFFFFFFFFFFFFFFFF
_GOLDEN = 0x9E3779B97F4A7C15
_FIRST = 0xBF58476D1CE4E5B9
_SECOND = 0x94D049BB133111EB
_ULP = 2.0**-52


def purpose(name: str) -> int:
    """Return the 64-bit constant of a purpose of drawing, such as ``"turnaround"``.

    Parameters
    ----------
    name : str
        What the draw decides. Draws with different purposes are independent.

    Returns
    -------
    int
        A constant in [0, 2**64): computed once, when a module is imported or a model is built.
    """
    return int.from_bytes(blake2b(name.encode(), digest_size=8, person=b"purpose").digest(), "little")


def entity_key(seed: int, replication: int, entity: str) -> int:
    """Return the 64-bit key of one entity in one replication.

    Parameters
    ----------
    seed : int
        The seed of the experiment; any integer.
    replication : int
        The number of the replication.
    entity : str
        The lasting name of the entity, such as ``"refugees-2027/14"``; never a global counter.

    Returns
    -------
    int
        A key in [0, 2**64), kept by the entity and passed to `uniform`.
    """
    text = f"{seed}/{replication}/{entity}"
    return int.from_bytes(blake2b(text.encode(), digest_size=8, person=b"entity").digest(), "little")


def uniform_in_python(key: int, purpose: int, k: int) -> float:
    """Return draw number `k` of an entity for a purpose, uniform on the open interval (0, 1).

    Parameters
    ----------
    key : int
        From `entity_key`.
    purpose : int
        From `purpose`.
    k : int
        Which draw: the k-th move, offer, incident ... of this entity for this purpose.

    Returns
    -------
    float
        An odd multiple of 2**-53, so never 0 and never 1, and 1 - u is exact.
    """
    z = ((key ^ purpose) + k * _GOLDEN) & _MASK
    z = ((z ^ (z >> 30)) * _FIRST) & _MASK
    z = ((z ^ (z >> 27)) * _SECOND) & _MASK
    return (((z ^ (z >> 31)) >> 12) + 0.5) * _ULP


uniform: Callable[[int, int, int], float] = uniform_in_python
with suppress(ImportError):  # only where the engine has been compiled: the same in C
    from sim.kernel._splitmix import uniform as uniform_in_c

    uniform = uniform_in_c
