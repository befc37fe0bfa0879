"""Work ahead: results in order, no more begun than asked for, errors in their turn, nothing left queued."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes import lookahead

SIZES = st.integers(1, 6)
NUMBERS = st.integers(0, 20)
NEVER = -1


class Desk:
    """Hands out numbers, begins work on them and notes what happens."""

    def __init__(self, failing: Collection[int] = ()) -> None:
        self.taken: list[int] = []
        self.begun: list[int] = []
        self.finished: list[int] = []
        self.cancelled: list[int] = []
        self.failing = failing
        """Numbers whose work does not finish."""

    def numbers(self, count: int, error_at: int = NEVER, error: type[BaseException] = ValueError) -> Iterator[int]:
        for i in range(count):
            if i == error_at:
                raise error(f"number {i}")
            self.taken.append(i)
            yield i

    def begin(self, number: int) -> Work:
        self.begun.append(number)
        return Work(self, number)

    @property
    def ahead(self) -> int:
        """How many works have begun and are not finished."""
        return len(self.begun) - len(self.finished)


class Work:
    def __init__(self, desk: Desk, number: int) -> None:
        self.desk, self.number = desk, number

    def finish(self) -> str:
        if self.number in self.desk.failing:
            raise RuntimeError(f"work {self.number}")
        self.desk.finished.append(self.number)
        return f"{self.number} done"

    def cancel(self) -> None:
        self.desk.cancelled.append(self.number)


def done(count: int) -> list[str]:
    return [f"{i} done" for i in range(count)]


@given(NUMBERS, SIZES)
def test_results_in_order_with_as_many_begun_as_asked_for(count: int, size: int) -> None:
    desk = Desk()
    results, most = [], 0
    for result in lookahead.run(desk.numbers(count), desk.begin, size):
        results.append(result)
        most = max(most, desk.ahead + 1)  # the one that has just finished was ahead with the others
    assert results == done(count)
    assert most == min(size, count)
    assert desk.taken == desk.begun == desk.finished == list(range(count))
    assert desk.cancelled == []


@given(NUMBERS, SIZES)
def test_no_more_is_taken_than_is_worked_on(count: int, size: int) -> None:
    desk = Desk()
    results = lookahead.run(desk.numbers(count), desk.begin, size)
    assert desk.taken == []
    for number, _ in enumerate(results):
        assert len(desk.taken) == min(count, number + size)


@given(NUMBERS, NUMBERS, SIZES)
def test_an_error_of_the_stream_comes_after_the_results_before_it(count: int, more: int, size: int) -> None:
    desk = Desk()
    results = lookahead.run(desk.numbers(count + 1 + more, count), desk.begin, size)
    found = [next(results) for _ in range(count)]
    with pytest.raises(ValueError, match=f"^number {count}$"):
        next(results)
    assert found == done(count)
    assert (desk.begun, desk.cancelled) == (list(range(count)), [])


@given(NUMBERS, NUMBERS, SIZES)
def test_an_error_of_a_work_comes_in_its_turn_and_ends_the_rest(at: int, more: int, size: int) -> None:
    desk = Desk(failing={at})
    results = lookahead.run(desk.numbers(at + 1 + more), desk.begin, size)
    found = [next(results) for _ in range(at)]
    with pytest.raises(RuntimeError, match=f"^work {at}$"):
        next(results)
    assert found == done(at)
    assert desk.finished == list(range(at))
    assert set(desk.begun) - set(desk.finished) == set(desk.cancelled)


def test_of_two_errors_the_work_that_is_earlier_in_the_stream_comes_first() -> None:
    desk = Desk(failing={1})
    results = lookahead.run(desk.numbers(4, error_at=3), desk.begin, 8)
    assert next(results) == "0 done"
    with pytest.raises(RuntimeError, match=r"^work 1$"):
        next(results)
    assert {1, 2} <= set(desk.cancelled)


def test_an_error_of_a_beginning_comes_in_its_turn() -> None:
    desk = Desk()

    def begin(number: int) -> Work:
        if number == 2:
            raise RuntimeError("cannot begin")
        return desk.begin(number)

    results = lookahead.run(desk.numbers(4), begin, 3)
    assert [next(results), next(results)] == done(2)
    with pytest.raises(RuntimeError, match="cannot begin"):
        next(results)


@given(st.integers(1, 20), SIZES, st.data())
def test_when_nobody_asks_for_more_the_rest_is_cancelled(count: int, size: int, data: st.DataObject) -> None:
    desk = Desk()
    asked = data.draw(st.integers(1, count))
    results = lookahead.run(desk.numbers(count), desk.begin, size)
    for _ in range(asked):
        next(results)
    results.close()  # type: ignore[attr-defined]
    assert desk.finished == list(range(asked))
    assert set(desk.begun) - set(desk.finished) <= set(desk.cancelled)
    assert len(desk.begun) == min(count, asked + size - 1)


def test_an_interrupt_is_raised_at_once_and_cancels_what_has_begun() -> None:
    desk = Desk()
    results = lookahead.run(desk.numbers(4, error_at=3, error=KeyboardInterrupt), desk.begin, 8)
    with pytest.raises(KeyboardInterrupt):
        next(results)
    assert (desk.finished, desk.cancelled) == ([], [0, 1, 2])
