"""Work in processes: in order, one error at a time, and nobody left behind."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from multiprocessing import active_children

import pytest

from quotes.workers import AHEAD, WorkerDiedError, batched, spread

LONG = 60


def halves(numbers: Sequence[int]) -> list[float]:
    if numbers[0] == 4:
        raise ValueError("four")
    return [number / 2 for number in numbers]


def big(numbers: Sequence[int]) -> bytes:
    return bytes(10**6)


def sleep(numbers: Sequence[int]) -> None:
    time.sleep(numbers[0])


def lambda_maker(numbers: Sequence[int]) -> object:
    return lambda: numbers


def die(numbers: Sequence[int]) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_in_order() -> None:
    assert list(spread(halves, [[3], [1, 2], [0]], 2)) == [([3], [1.5]), ([1, 2], [0.5, 1.0]), ([0], [0.0])]
    assert active_children() == []


def test_an_error_comes_when_its_turn_does() -> None:
    results = spread(halves, [[3], [4], [5]], 2)
    assert next(results) == ([3], [1.5])
    with pytest.raises(ValueError, match="four"):
        next(results)
    assert active_children() == []


def test_no_more_is_taken_than_is_worked_on() -> None:
    taken = []

    def numbers() -> Iterator[list[int]]:
        for i in range(100):
            taken.append(i)
            yield [i + 10]

    results = spread(halves, numbers(), 2)
    next(results)
    assert len(taken) <= 2 * AHEAD + 1
    results.close()


@pytest.mark.parametrize("work", [big, sleep])
def test_whoever_stops_early_waits_for_nobody(work: Callable[[Sequence[int]], object]) -> None:
    began = time.monotonic()
    results = spread(work, [[0], *[[LONG]] * 20], 2)
    next(results)
    results.close()
    assert time.monotonic() - began < LONG / 2
    assert active_children() == []


def test_an_input_that_fails_leaves_nobody_at_work() -> None:
    def numbers() -> Iterator[list[int]]:
        yield [LONG]
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        list(spread(sleep, numbers(), 2))
    assert active_children() == []


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_a_process_that_is_killed_is_an_error() -> None:
    with pytest.raises(WorkerDiedError):
        list(spread(die, [[1]], 2))
    assert active_children() == []


def test_what_cannot_be_sent_is_an_error() -> None:
    with pytest.raises(RuntimeError, match="pickle"):
        list(spread(lambda_maker, [[1]], 2))


def test_batches() -> None:
    assert list(batched(range(5), 2)) == [[0, 1], [2, 3], [4]]
    assert list(batched([], 2)) == []
