"""Timing that stays fair on a busy machine: candidates take turns, and each turn is one sample."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from itertools import repeat
from statistics import median
from time import perf_counter

from attrs import frozen

__all__ = ["Timing", "interleaved", "turns"]


@frozen(kw_only=True)
class Timing:
    """What one call takes, in seconds.

    Attributes:
        minimum: the quickest sample: what the code costs where nothing disturbs it.
        median: the sample in the middle: what the code costs on this machine today.
    """

    minimum: float
    median: float

    @classmethod
    def of(cls, samples: Sequence[float]) -> Timing:
        """Return the timing that these samples, at least one, give."""
        return cls(minimum=min(samples), median=median(samples))


def turns(names: Sequence[str], repeats: int) -> Iterator[str]:
    """Yield every name once in each round, forwards and backwards by turns, so that none is always first."""
    for number in range(repeats):
        yield from names if number % 2 == 0 else reversed(names)


def interleaved(candidates: dict[str, Callable[[], None]], number: int, repeats: int) -> dict[str, Timing]:
    """Time callables against each other in this process.

    Each candidate runs once unmeasured. A sample is the mean over `number` calls with the garbage collector
    off, as in `timeit`; the loop and the call itself, some 20 ns, are in it.

    Args:
        candidates: what to call, by name.
        number: calls in one sample.
        repeats: samples of each candidate.

    Returns:
        The timing of each candidate, in the order given.
    """
    for call in candidates.values():
        call()
    samples: dict[str, list[float]] = {name: [] for name in candidates}
    for name in turns(tuple(candidates), repeats):
        samples[name].append(_sample(candidates[name], number))
    return {name: Timing.of(taken) for name, taken in samples.items()}


def _sample(call: Callable[[], None], number: int) -> float:
    gc.collect()
    enabled = gc.isenabled()
    gc.disable()
    try:
        start = perf_counter()
        for _ in repeat(None, number):
            call()
        return (perf_counter() - start) / number
    finally:
        if enabled:
            gc.enable()
