"""Put the readings of a paragraph's marks together as quoted spans and entries of the ledger.

Consumes readings in order; adds to a list of spans and to the ledger.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from quotes.marks import KINDS, Candidate
from quotes.reading import Reading
from quotes.records import Boundary, Ledger, QuotedSpan, Span
from quotes.unclosed import words_end
from quotes.unopened import words_start

SINGLES = frozenset(mark for mark, kind in KINDS.items() if kind.family == "single")
STRAY = "stray"
PASSES = 4
"""How often spans that cut into each other are parted; each pass moves an edge of one."""


class Assembly:
    """One paragraph's spans while they are being made."""

    def __init__(self, text: str, paragraph: Span, spans: list[QuotedSpan], ledger: Ledger) -> None:
        """Begin a paragraph; `spans` and `ledger` hold those of the paragraphs before."""
        self.text, self.paragraph = text, paragraph
        self.all_spans, self.ledger = spans, ledger
        self.base, self.first_entry = len(spans), len(ledger)
        self.spans: list[QuotedSpan] = []
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
        index, entry = len(self.spans), len(self.ledger)
        outer = self._outer()
        words = Span(mark.end, mark.end)
        self.spans.append(QuotedSpan(words, Span(mark.start, mark.end), None, "unclosed", "open", outer=outer))
        self.open.append((index, mark, entry))
        self.ledger.append(mark.start, mark.end, "opener", rule, self.base + index)

    def _close(self, mark: Candidate, action: str) -> None:
        while action == "close" and self.open[-1][1].kind.family != mark.kind.family:
            self._end_unclosed(mark.start)
        index, opener, entry = self.open.pop()
        words = trimmed(self.text, opener.end, mark.start)
        if words.start >= words.end and index == len(self.spans) - 1:
            self._give_up(entry)
            self.ledger.append(mark.start, mark.end, "none", STRAY)
            return
        boundary: Boundary = "closed" if are_mates(opener, mark) else "mismatched"
        rule, span = f"closer-{boundary}", self.spans[index]
        closer = Span(mark.start, mark.end)
        self.spans[index] = QuotedSpan(words, span.opener, closer, boundary, rule, outer=span.outer)
        self.ledger.append(mark.start, mark.end, "closer", rule, self.base + index)
        self.ends[opener.kind.family] = mark.end

    def _close_implied(self, mark: Candidate) -> None:
        """A closing mark with no opening one: the words begin where the text before it says."""
        floor = max(self.paragraph.start, self.ends.get(mark.kind.family, 0), *(o.end for _, o, _ in self.open), 0)
        start, rule = words_start(self.text, floor, mark.start, mark.end, self.paragraph.end)
        words = trimmed(self.text, start, mark.start)
        if words.start >= words.end:
            self.ledger.append(mark.start, mark.end, "none", STRAY)
            return
        index = len(self.spans)
        outer = self._outer()
        for i in range(index - 1, -1, -1):
            inner = self.spans[i]
            if inner.opener.start < words.start:
                break
            if inner.outer == outer:
                self.spans[i] = replace(inner, outer=self.base + index)
        opener, closer = Span(words.start, words.start), Span(mark.start, mark.end)
        rule = f"opener-missing-{rule}"
        self.spans.append(QuotedSpan(words, opener, closer, "mismatched", rule, outer=outer))
        self.ledger.append(mark.start, mark.end, "closer", rule, self.base + index)
        self.ends[mark.kind.family] = mark.end

    def _end_unclosed(self, limit: int) -> None:
        index, opener, entry = self.open.pop()
        end, rule = words_end(self.text, opener.end, limit)
        words = trimmed(self.text, opener.end, end)
        span = replace(self.spans[index], words=words, boundary="unclosed", rule=rule)
        if index == len(self.spans) - 1 and (words.start >= words.end or self._is_stray(span)):
            self._give_up(entry)
            return
        self.spans[index] = span
        self.ends[opener.kind.family] = end

    def _outer(self) -> int | None:
        """Return the index, among all spans, of the innermost open quotation."""
        return self.base + self.open[-1][0] if self.open else None

    def _give_up(self, entry: int) -> None:
        """Take back the last span, whose opener stands at `entry` of the ledger."""
        self.spans.pop()
        self.ledger.change(entry, "none", STRAY, None)

    def _finish(self) -> None:
        """Number the spans in order of their openers, without those that came to nothing, and pass them on."""
        doomed = {i for i, span in enumerate(self.spans) if span.words.start >= span.words.end or self._is_stray(span)}
        openers = [span.opener for span in self.spans]
        openers = [span.opener for span in self.spans]
        if not doomed and all(a <= b for a, b in pairwise(openers)) and not any(map(_is_cut, self.spans)):
            self.all_spans.extend(self.spans)
            return
        for _ in range(PASSES):
            if not self._part(doomed):
                break
        # A span whose opener is missing was made at its closer; it goes where its words begin.
        kept = self._order(doomed)
        numbers = {old: self.base + new for new, old in enumerate(kept)}
        for i in kept:
            outer = self.spans[i].outer
            number = None if outer is None else numbers[outer - self.base]
            self.all_spans.append(self.spans[i] if number == outer else replace(self.spans[i], outer=number))
        for entry in range(self.first_entry, len(self.ledger)):
            quotation = self.ledger.quotation(entry)
            if quotation is not None and quotation - self.base in doomed:
                self.ledger.change(entry, "none", STRAY, None)
            elif quotation is not None:
                self.ledger.change(entry, None, None, numbers[quotation - self.base])

    def _order(self, doomed: set[int]) -> list[int]:
        """Return the spans that stand, in order of their openers, what holds others before what it holds."""
        kept = (i for i in range(len(self.spans)) if i not in doomed)
        return sorted(kept, key=lambda i: (self.spans[i].opener, -_extent_end(self.spans[i]), i))

    def _part(self, doomed: set[int]) -> bool:
        """Make every two spans lie apart or one inside the other, and say whether any had to be moved.

        A span whose opener is missing begins after what it would cut into; one that was never closed ends before it.
        """
        around: list[int] = []
        moved = False
        for i in self._order(doomed):
            span = self.spans[i]
            while around and _extent_end(self.spans[around[-1]]) <= span.opener.start:
                around.pop()
            while around and _extent_end(span) > self.spans[around[-1]].words.end:
                other, moved = self.spans[around[-1]], True
                if span.rule.startswith("opener-missing"):
                    span = self._reworded(i, _extent_end(other), span.words.end, doomed)
                    around.pop()
                elif other.boundary == "unclosed":
                    self._reworded(around.pop(), other.words.start, span.opener.start, doomed)
                else:
                    span = self._reworded(i, span.words.start, other.words.end, doomed)
                    break
                if i in doomed:
                    break
            outer = self.base + around[-1] if around else None
            if span.outer != outer:
                self.spans[i] = replace(span, outer=outer)
            if i not in doomed:
                around.append(i)
        return moved

    def _reworded(self, index: int, start: int, end: int, doomed: set[int]) -> QuotedSpan:
        """Give span `index` the words between `start` and `end`; it is doomed where there are none."""
        span, words = self.spans[index], trimmed(self.text, start, max(start, end))
        opener = span.opener if span.opener.end > span.opener.start else Span(words.start, words.start)
        if words.start >= words.end:
            doomed.add(index)
        self.spans[index] = span = replace(span, words=words, opener=opener)
        return span

    def _is_stray(self, span: QuotedSpan) -> bool:
        """Whether a single mark opens and never closes, unless it begins a paragraph or follows a colon or comma."""
        if span.boundary != "unclosed" or span.opener.of(self.text) not in SINGLES:
            return False
        at = span.opener.start - 1
        while at >= self.paragraph.start and self.text[at].isspace():
            at -= 1
        return at >= self.paragraph.start and self.text[at] not in ":,"


def _extent_end(span: QuotedSpan) -> int:
    return span.closer.end if span.closer else span.words.end


def _is_cut(span: QuotedSpan) -> bool:
    """Whether a mark of the span is missing, so that its words may cut into another's."""
    return span.closer is None or span.opener.end == span.opener.start


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


def trimmed(text: str, start: int, end: int) -> Span:
    """Return `text[start:end]` without the white space at its ends."""
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return Span(start, end)
