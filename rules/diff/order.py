"""Which of several things in a row have changed place."""

from bisect import bisect_left
from collections.abc import Sequence


def moved(before: Sequence[str], after: Sequence[str]) -> tuple[str, ...]:
    """Give the fewest keys that must be moved to bring those that both sequences hold into the new order.

    Parameters
    ----------
    before, after : sequence of str
        Each without repetition.

    Returns
    -------
    tuple of str
        In the new order: all but a longest increasing subsequence (patience sorting).
    """
    place = {key: number for number, key in enumerate(before)}
    kept = [key for key in after if key in place]
    tops: list[int] = []
    at: list[int] = []
    for key in kept:
        found = bisect_left(tops, place[key])
        tops[found : found + 1] = [place[key]]
        at.append(found)
    stays, want = set(), len(tops) - 1
    for key, found in zip(reversed(kept), reversed(at), strict=True):
        if found == want:
            stays.add(key)
            want -= 1
    return tuple(key for key in kept if key not in stays)
