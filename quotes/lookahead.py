"""Begin work on some documents ahead of the one that is finished, so that the reader's threads always have some.

Consumes a stream and what begins work on one of it; produces what the works finish as, in order.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

In = TypeVar("In")
Out = TypeVar("Out", covariant=True)


class Work(Protocol[Out]):
    """Work on one document that has begun."""

    def finish(self) -> Out:
        """Return the result, once it is there."""

    def cancel(self) -> None:
        """Give up what has not begun; harmless once finished."""


def run(stream: Iterable[In], begin: Callable[[In], Work[Out]], size: int) -> Iterator[Out]:
    """Yield the results for `stream` in order, with up to `size` works begun; what it raises comes in its turn."""
    begun: deque[Work[Out]] = deque()
    try:
        error: Exception | None = None
        items = iter(stream)
        while error is None:
            try:
                item = next(items)
            except StopIteration:
                break
            except Exception as raised:
                error = raised  # its turn comes after those before it
                break
            try:
                begun.append(begin(item))
            except Exception as raised:
                error = raised
                break
            if len(begun) >= size:
                yield begun[0].finish()
                begun.popleft()
        while begun:
            yield begun[0].finish()
            begun.popleft()
        if error is not None:
            raise error
    finally:
        # Interrupted, or nobody asks for more: the program must not wait at its end for what is still queued.
        for work in begun:
            work.cancel()
