"""Put the readings of a paragraph's marks together as quoted spans and entries of the ledger.

Consumes readings in order; adds to the text's spans and to its ledger.
"""

from __future__ import annotations

from array import array
from bisect import insort
from collections.abc import Iterable
from operator import eq

from quotes.marks import KINDS, Candidate
from quotes.quotedspans import NONE, QuotedSpans
from quotes.reading import Reading
from quotes.records import Boundary, Ledger, Span
from quotes.unclosed import words_end
from quotes.unopened import words_start

SINGLES = frozenset(mark for mark, kind in KINDS.items() if kind.family == "single")
STRAY = "stray"
PASSES = 4
"""How often spans that cut into each other are parted; each pass moves an edge of one."""


class Assembly:
    """One paragraph's spans while they are being made. They stand behind those of the paragraphs before."""

    def __init__(self, text: str, paragraph: Span, spans: QuotedSpans, ledger: Ledger) -> None:
        """Begin a paragraph; `spans` and `ledger` hold those of the paragraphs before."""
        self.text, self.paragraph = text, paragraph
        self.spans, self.ledger = spans, ledger
        self.first, self.first_entry = len(spans), len(ledger)
        self.open: list[tuple[int, Candidate, int]] = []
        """Open quotations: the span's index, its opener, and the opener's place in the ledger."""
        self.ends: dict[str, int] = {}
        """Where the last quotation in each family of marks ended."""

    def take(self, readings: Iterable[Reading]) -> None:
        """Take the paragraph's readings, in order, and finish it."""
        for mark, action, rule in readings:
            if action == "none":
                self.ledger.append(mark.start, mark.end, "none", rule)
            elif action == "open":
                self._open(mark, rule)
            elif action == "reopen":
                self._end_unclosed(mark.start)
                self._open(mark, rule)
            elif action == "close-implied":
                self._close_implied(mark)
            else:
                self._close(mark, action)
        while self.open:
            self._end_unclosed(self.paragraph.end)
        self._finish()

    def _open(self, mark: Candidate, rule: str) -> None:
        outer = self.open[-1][0] if self.open else NONE
        index = self.spans.append(mark.start, mark.end, outer)
        self.open.append((index, mark, len(self.ledger)))
        self.ledger.append(mark.start, mark.end, "opener", rule, index)

    def _close(self, mark: Candidate, action: str) -> None:
        while action == "close" and self.open[-1][1].kind.family != mark.kind.family:
            self._end_unclosed(mark.start)
        index, opener, entry = self.open.pop()
        start, end = trimmed(self.text, opener.end, mark.start)
        if start >= end and index == len(self.spans) - 1:
            self._give_up(entry)
            self.ledger.append(mark.start, mark.end, "none", STRAY)
            return
        boundary: Boundary = "closed" if are_mates(opener, mark) else "mismatched"
        rule = f"closer-{boundary}"
        self.spans.end(index, start, end, boundary, rule)
        self.spans.close(index, mark.start, mark.end)
        self.ledger.append(mark.start, mark.end, "closer", rule, index)
        self.ends[opener.kind.family] = mark.end

    def _close_implied(self, mark: Candidate) -> None:
        """A closing mark with no opening one: the words begin where the text before it says."""
        floor = max(self.paragraph.start, self.ends.get(mark.kind.family, 0), *(o.end for _, o, _ in self.open))
        begin, found_by = words_start(self.text, floor, mark.start, mark.end, self.paragraph.end)
        start, end = trimmed(self.text, begin, mark.start)
        if start >= end:
            self.ledger.append(mark.start, mark.end, "none", STRAY)
            return
        rule = f"opener-missing-{found_by}"
        index = self.spans.append(start, start, NONE)  # what is around it and what it holds is found by `_part`
        self.spans.end(index, start, end, "mismatched", rule)
        self.spans.close(index, mark.start, mark.end)
        self.ledger.append(mark.start, mark.end, "closer", rule, index)
        self.ends[mark.kind.family] = mark.end

    def _end_unclosed(self, limit: int) -> None:
        index, opener, entry = self.open.pop()
        words_limit, rule = words_end(self.text, opener.end, limit)
        start, end = trimmed(self.text, opener.end, words_limit)
        if index == len(self.spans) - 1 and (start >= end or self._is_stray(index)):
            self._give_up(entry)
            return
        self.spans.end(index, start, end, "unclosed", rule)
        self.ends[opener.kind.family] = words_limit

    def _give_up(self, entry: int) -> None:
        """Take back the last span, whose opener stands at `entry` of the ledger."""
        self.spans.pop()
        self.ledger.change(entry, "none", STRAY, None)

    def _finish(self) -> None:
        """Number the spans in order of their openers, without those that came to nothing."""
        spans, own = self.spans, range(self.first, len(self.spans))
        for i in own:
            if self._is_stray(i):
                spans.ends[i] = spans.starts[i]
        if all(map(self._stands, own)) and not any(map(self._is_cut, own)):
            return
        for _ in range(PASSES):
            if not self._part():
                break
        # A span whose opener is missing was made at its closer; it goes where its words begin.
        kept = self._order()
        if len(kept) == len(own) and all(map(eq, kept, own)):
            return
        numbers = array("i", [NONE]) * len(own)
        for number, i in enumerate(kept, start=self.first):
            numbers[i - self.first] = number
        for i in kept:
            if spans.outers[i] != NONE:
                spans.outers[i] = numbers[spans.outers[i] - self.first]
        spans.rearrange(self.first, kept)
        for entry in range(self.first_entry, len(self.ledger)):
            quotation = self.ledger.quotation(entry)
            if quotation is not None:
                number = numbers[quotation - self.first]
                if number == NONE:
                    self.ledger.change(entry, "none", STRAY, None)
                else:
                    self.ledger.change(entry, None, None, number)

    def _stands(self, index: int) -> bool:
        """Whether a span has words; one without comes to nothing."""
        return self.spans.starts[index] < self.spans.ends[index]

    def _is_cut(self, index: int) -> bool:
        """Whether a mark of a span is missing, so that its words may cut into another's."""
        return self.spans.closers[index] == NONE or not self.spans.opener_lengths[index]

    def _place(self, index: int) -> tuple[int, int, int]:
        """Return what spans are ordered by: their openers, then what holds others before what it holds."""
        spans = self.spans
        return spans.openers[index], spans.opener_lengths[index], -spans.extent_end(index)

    def _order(self) -> array[int]:
        """Return the spans that stand, in order."""
        order, last = array("q"), (NONE, 0, 0)
        for i in filter(self._stands, range(self.first, len(self.spans))):
            place = self._place(i)
            if place >= last:
                order.append(i)
                last = place
            else:  # a few, and by little: those whose opener is missing
                insort(order, i, key=self._place)
        return order

    def _part(self) -> bool:
        """Make every two spans lie apart or one inside the other, and say whether any had to be moved.

        A span whose opener is missing begins after what it would cut into; one that was never closed ends before it.
        """
        spans, around, moved = self.spans, list[int](), False
        for i in self._order():
            while around and spans.extent_end(around[-1]) <= spans.openers[i]:
                around.pop()
            while around and spans.extent_end(i) > spans.ends[around[-1]]:
                other, moved = around[-1], True
                if spans.rule(i).startswith("opener-missing"):
                    self._reword(i, spans.extent_end(other), spans.ends[i])
                    around.pop()
                elif spans.boundary(other) == "unclosed":
                    self._reword(around.pop(), spans.starts[other], spans.openers[i])
                else:
                    self._reword(i, spans.starts[i], spans.ends[other])
                    break
                if not self._stands(i):
                    break
            spans.outers[i] = around[-1] if around else NONE
            if self._stands(i):
                around.append(i)
        return moved

    def _reword(self, index: int, start: int, end: int) -> None:
        """Give span `index` the words between `start` and `end`, none where there are none."""
        spans = self.spans
        spans.starts[index], spans.ends[index] = trimmed(self.text, start, max(start, end))
        if not spans.opener_lengths[index]:
            spans.openers[index] = spans.starts[index]

    def _is_stray(self, index: int) -> bool:
        """Whether a single mark opens and never closes, unless it begins a paragraph or follows a colon or comma."""
        if self.spans.boundary(index) != "unclosed":
            return False
        opener = self.spans.openers[index]
        if self.text[opener : opener + self.spans.opener_lengths[index]] not in SINGLES:
            return False
        at = opener - 1
        while at >= self.paragraph.start and self.text[at].isspace():
            at -= 1
        return at >= self.paragraph.start and self.text[at] not in ":,"


def are_mates(opener: Candidate, closer: Candidate) -> bool:
    """Whether two marks belong together as they are written."""
    a, b = opener.kind, closer.kind
    if a.family != b.family:
        return False
    if a.style == "low":
        return b.style in ("curly", "low", "entity")
    if a.style == "guillemet":
        return b.style == "guillemet" and a.direction != b.direction
    return a.style == b.style and a.direction in ("open", "either") and b.direction in ("close", "either")


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where `text[start:end]` begins and ends without the white space around it."""
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return start, end
