"""The quoted spans of a text in columns: what the segmenter fills and everybody else reads as a sequence of values.

Consumes offsets, rules and links as the segmenter finds them; produces `QuotedSpan` values when they are asked for.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import overload

from quotes.records import BOUNDARIES, Boundary, Names, QuotedSpan, Span

NONE = -1
"""Stands in a column for an offset or an index that is not there."""


class QuotedSpans(Sequence[QuotedSpan]):
    """A sequence of `QuotedSpan`, kept in columns since a text can be nothing but quotations.

    46 bytes a span, a tenth of what the values take, which are made when they are asked for. To make one at each step
    would also take longer than the step: the segmenter reads and sets the columns.
    """

    __slots__ = (
        "_boundaries",
        "_names",
        "_rules",
        "closer_lengths",
        "closers",
        "continues",
        "ends",
        "opener_lengths",
        "openers",
        "outers",
        "starts",
    )

    def __init__(self, spans: Iterable[QuotedSpan] = ()) -> None:
        """Begin a sequence, of `spans` where some are given."""
        self.starts, self.ends = array("q"), array("q")
        """Offsets of the words."""
        self.openers, self.opener_lengths = array("q"), array("B")
        self.closers, self.closer_lengths = array("q"), array("B")
        self.continues, self.outers = array("i"), array("i")
        """Indices of other spans."""
        self._boundaries, self._rules, self._names = array("B"), array("H"), Names()
        for span in spans:
            index = self.append(span.opener.start, span.opener.end, NONE if span.outer is None else span.outer)
            self.end(index, span.words.start, span.words.end, span.boundary, span.rule)
            self.continues[index] = NONE if span.continues is None else span.continues
            if span.closer is not None:
                self.close(index, span.closer.start, span.closer.end)

    def append(self, opener: int, opener_end: int, outer: int) -> int:
        """Add a span that begins with an opener, no words in it so far, and return its index.

        `outer` is the index of the span around it, or `NONE`.
        """
        self.starts.append(opener_end)
        self.ends.append(opener_end)
        self.openers.append(opener)
        self.opener_lengths.append(opener_end - opener)
        self.closers.append(NONE)
        self.closer_lengths.append(0)
        self.continues.append(NONE)
        self.outers.append(outer)
        self._boundaries.append(BOUNDARIES.index("unclosed"))
        self._rules.append(self._names.number("open"))
        return len(self.starts) - 1

    def end(self, index: int, start: int, end: int, boundary: Boundary, rule: str) -> None:
        """Give span `index` the words between `start` and `end`, and say how they end and by which rule."""
        self.starts[index], self.ends[index] = start, end
        self._boundaries[index], self._rules[index] = BOUNDARIES.index(boundary), self._names.number(rule)

    def close(self, index: int, closer: int, closer_end: int) -> None:
        """Give span `index` its closer."""
        self.closers[index], self.closer_lengths[index] = closer, closer_end - closer

    def pop(self) -> None:
        """Take back the last span."""
        for column in self._columns():
            column.pop()

    def rearrange(self, first: int, order: Sequence[int]) -> None:
        """Put the spans from `first` on into `order`, a sequence of their indices; what is not in it goes."""
        for column in self._columns():
            column[first:] = array(column.typecode, map(column.__getitem__, order))

    def boundary(self, index: int) -> Boundary:
        """Return how the words of span `index` end."""
        return BOUNDARIES[self._boundaries[index]]

    def rule(self, index: int) -> str:
        """Return the name of the rule that set where the words of span `index` end."""
        return self._names.names[self._rules[index]]

    def extent_end(self, index: int) -> int:
        """Return where span `index` ends, its closer included."""
        closer = self.closers[index]
        return self.ends[index] if closer == NONE else closer + self.closer_lengths[index]

    def __len__(self) -> int:
        return len(self.starts)

    @overload
    def __getitem__(self, index: int) -> QuotedSpan: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[QuotedSpan, ...]: ...
    def __getitem__(self, index: int | slice) -> QuotedSpan | tuple[QuotedSpan, ...]:
        if isinstance(index, slice):
            return tuple(self[i] for i in range(*index.indices(len(self))))
        opener, closer = self.openers[index], self.closers[index]
        return QuotedSpan(
            Span(self.starts[index], self.ends[index]),
            Span(opener, opener + self.opener_lengths[index]),
            None if closer == NONE else Span(closer, closer + self.closer_lengths[index]),
            self.boundary(index),
            self.rule(index),
            _index(self.continues[index]),
            _index(self.outers[index]),
        )

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))

    def __hash__(self) -> int:
        return hash(tuple(self))  # that of the tuple that it is equal to

    def __repr__(self) -> str:
        return f"QuotedSpans({list(self)!r})"

    def _columns(self) -> tuple[array[int], ...]:
        return (
            self.starts,
            self.ends,
            self.openers,
            self.opener_lengths,
            self.closers,
            self.closer_lengths,
            self.continues,
            self.outers,
            self._boundaries,
            self._rules,
        )


def _index(number: int) -> int | None:
    return None if number == NONE else number
