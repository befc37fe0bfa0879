"""Batches of work spread over processes, none of which outlives the work.

Consumes a function and batches of things; produces what the function returns, in order. However the work ends, whether
by an error, by Ctrl-C or because nobody wants the rest, the processes end first. Each has a pipe of its own, and gets
its next batch when it is done with the last, so that nobody ever waits for one that waits as well.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from multiprocessing import Pipe, Process
from multiprocessing.connection import Connection, wait
from typing import Any, TypeVar

Thing = TypeVar("Thing")
Result = TypeVar("Result")

AHEAD = 3
"""Batches for each process that are in work, or done and wait for one before them."""


class WorkerDiedError(RuntimeError):
    """A process ended before its work did: somebody killed it, or memory ran out."""


class _Team:
    """Processes that work, each with our end of its pipe."""

    def __init__(self, work: Callable[[Any], Any], size: int) -> None:
        self.members: dict[Connection, Process] = {}
        for _ in range(size):
            ours, theirs = Pipe()
            process = Process(target=_serve, args=(work, theirs, [*self.members, ours]), daemon=True)
            self.members[ours] = process
            process.start()
            theirs.close()  # ours alone, or its death would not show

    def end(self, *, now: bool) -> None:
        """Wait for the processes, which end as their pipes do; where `now`, whatever they are at."""
        for connection, process in self.members.items():
            if now and process.pid is not None:
                process.terminate()
            connection.close()
        for process in self.members.values():
            if process.pid is not None:
                process.join()


def spread(
    work: Callable[[Sequence[Thing]], Result], batches: Iterable[Sequence[Thing]], n_process: int
) -> Generator[tuple[Sequence[Thing], Result]]:
    """Yield each of `batches` with what `work` makes of it in one of `n_process` processes, in order.

    What `work` raises goes through when its turn comes. Raises WorkerDiedError where a process was killed.
    """
    team = _Team(work, n_process)
    well = False
    try:
        yield from _results(enumerate(batches), list(team.members), n_process * AHEAD)
        well = True
    finally:
        team.end(now=not well)


def batched(things: Iterable[Thing], size: int) -> Iterator[list[Thing]]:
    """Yield `things` in lists of `size`, the last of which may be shorter."""
    source = iter(things)
    while batch := list(islice(source, size)):
        yield batch


def _results(
    numbered: Iterator[tuple[int, Sequence[Thing]]], idle: list[Connection], most: int
) -> Iterator[tuple[Sequence[Thing], Any]]:
    """Yield the batches with their results in order; at most so many are taken before the first of them is done."""
    held: dict[int, Sequence[Thing]] = {}
    at_work: dict[Connection, int] = {}
    done: dict[int, tuple[Any, Exception | None]] = {}
    turn = 0
    while True:
        while idle and len(held) < most and (taken := next(numbered, None)) is not None:
            number, held[number] = taken
            connection = idle.pop()
            at_work[connection] = number
            with suppress(BrokenPipeError):  # of one that died; it shows when the answer is to be read
                connection.send(held[number])
        if not held:
            return
        if turn in done:
            result, error = done.pop(turn)
            if error is not None:
                raise error
            yield held.pop(turn), result
            turn += 1
            continue
        for ready in wait(list(at_work)):
            assert isinstance(ready, Connection)
            try:
                done[at_work.pop(ready)] = ready.recv()
            except (EOFError, ConnectionResetError):
                raise WorkerDiedError("a process that worked was killed; try fewer with --n-process") from None
            idle.append(ready)


def _serve(work: Callable[[Any], Any], connection: Connection, others: Sequence[Connection]) -> None:
    """Work on what comes until the other end closes; `others` are ends that this process has no business with."""
    for other in others:
        other.close()
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            batch = connection.recv()
            try:
                answer: tuple[Any, Exception | None] = work(batch), None
            except Exception as error:
                answer = None, error
            try:
                connection.send(answer)
            except OSError:
                raise
            except Exception as error:  # it cannot be pickled
                connection.send((None, RuntimeError(f"{type(error).__name__}: {error}")))
