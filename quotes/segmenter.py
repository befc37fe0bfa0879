"""Find the quoted spans of a text and account for every mark.

Consumes the text and its paragraphs; produces a `Segmentation`. Each paragraph is read on its own by a search over
the readings of its marks (each opens, closes, re-opens or is none): every reading has a cost, the sum of named
costs below, and the cheapest wins. A beam bounds the work, so time is linear in the text's length.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace

from quotes import paragraphs as layout
from quotes.costs import COST, Cost, close_cost, is_plain, none_cost, open_cost
from quotes.marks import KINDS, Candidate, candidates, is_apostrophe
from quotes.records import Boundary, Mark, MarkRole, QuotedSpan, Segmentation, Span
from quotes.unclosed import TURN, words_end
from quotes.unopened import words_start

BEAM = 12
"""Readings kept at each mark: stacks of open marks that differ."""
DEPTH = 4
"""How deep quotations nest before a further opener counts as a stray."""
COMMIT = 400
"""Marks after which the best reading so far is settled, so that memory stays bounded on a paragraph of marks."""


SINGLES = frozenset(mark for mark, kind in KINDS.items() if kind.family == "single")

Step = tuple["Step | None", str, str]
"""One mark's reading in a search path: the path before it, what the mark does, and the rule's name."""
Stack = tuple[tuple[str, str], ...]
"""Families and styles of the open marks, outermost first."""
Option = tuple[str, str, float, Stack]
"""What a mark may do: action, rule, cost, and the stack after it."""
APOSTROPHE = ("none", "apostrophe")
OPENER = ("open", "opener")
CLOSER = ("close", "closer")
PRICES = 20_000
"""Options that are remembered: marks of one form in one kind of place have the same, in every text."""
_PRICED: dict[tuple[object, Stack], list[Option]] = {}


def segment(text: str, paragraphs: Sequence[Span] | None = None) -> Segmentation:
    """Return every quoted span of `text` and the ledger of its marks.

    `paragraphs` are those of `paragraphs.split(text)`, found anew where not given. Never raises on content; spans
    are in order of their openers, and those at the top level do not overlap.
    """
    spans: list[QuotedSpan] = []
    ledger: list[Mark] = []
    for paragraph in layout.split(text) if paragraphs is None else paragraphs:
        _segment_paragraph(text, paragraph, spans, ledger)
    return Segmentation(tuple(_link(text, spans)), tuple(ledger))


def _segment_paragraph(text: str, paragraph: Span, spans: list[QuotedSpan], ledger: list[Mark]) -> None:
    marks = candidates(text, paragraph.start, paragraph.end)
    if not marks:
        return
    live = [mark for mark in marks if not is_apostrophe(mark)]
    readings = iter(_read(text, live)) if live else iter(())
    builder = _Builder(text, paragraph)
    builder.build(marks, readings)
    builder.finish(spans, ledger)


def _read(text: str, marks: list[Candidate]) -> list[tuple[str, str]]:
    """Return the cheapest reading of a paragraph's marks: an action and a rule's name for each."""
    if is_plain(marks):
        return [OPENER, CLOSER] * (len(marks) // 2)
    settled: list[tuple[str, str]] = []
    if len(_PRICED) > PRICES:
        _PRICED.clear()
    beam: dict[Stack, tuple[float, Step | None]] = {(): (0.0, None)}
    pending = 0
    for mark in marks:
        following: dict[Stack, tuple[float, Step | None]] = {}
        none = none_cost(text, mark)
        form = (mark.kind, mark.left, mark.left_past, mark.right, mark.right_past, none)
        for stack, (cost, path) in beam.items():
            # Marks of one form and place have the same options: a run of a million is priced once.
            options = _PRICED.get((form, stack))
            if options is None:
                options = _PRICED[form, stack] = _options(text, mark, stack, none)
            for action, rule, price, after in options:
                total = cost + price
                rival = following.get(after)
                if rival is None or total < rival[0]:
                    following[after] = (total, (path, action, rule))
        beam = following
        if len(beam) > BEAM:
            beam = dict(sorted(beam.items(), key=lambda item: item[1][0])[:BEAM])
        pending += 1
        if pending >= COMMIT:
            stack, (_, path) = min(beam.items(), key=lambda item: item[1][0])
            settled.extend(_trace(path))
            beam, pending = {stack: (0.0, None)}, 0
    _, path = min(((cost + _end_cost(stack), path) for stack, (cost, path) in beam.items()), key=lambda end: end[0])
    settled.extend(_trace(path))
    return settled


def _trace(path: Step | None) -> list[tuple[str, str]]:
    steps: list[tuple[str, str]] = []
    while path is not None:
        path, action, rule = path
        steps.append((action, rule))
    return steps[::-1]


def _end_cost(stack: Stack) -> float:
    return sum(COST[Cost.UNCLOSED_SINGLE if family == "single" else Cost.UNCLOSED] for family, _ in stack)


def _options(text: str, mark: Candidate, stack: Stack, none: tuple[str, float]) -> list[Option]:
    """Return what `mark` may do while `stack` is open; `none` is the rule and the cost of its being no mark."""
    kind = mark.kind
    options = [("none", *none, stack)]
    if kind.family == "prime":
        return options
    is_open = any(family == kind.family for family, _ in stack)
    opening = open_cost(text, mark)
    pushed = (*stack, (kind.family, kind.style))
    if len(stack) < DEPTH:
        nesting = 0.0
        if is_open:
            same = any(entry == (kind.family, kind.style) for entry in stack)
            nesting = COST[Cost.NEST_SAME if same else Cost.NEST_OTHER_STYLE]
        options.append(("open", "opener", opening + nesting, pushed))
    if stack and stack[-1][0] == kind.family:
        options.append(("reopen", "reopener", opening + COST[Cost.REOPEN], (*stack[:-1], (kind.family, kind.style))))
    if is_open:
        depth = max(i for i, (family, _) in enumerate(stack) if family == kind.family)
        dropped = len(stack) - 1 - depth
        price = close_cost(mark, stack[depth][1]) + dropped * COST[Cost.UNCLOSED_SINGLE]
        options.append(("close", "closer", price, stack[:depth]))
    elif stack and {stack[-1][0], kind.family} == {"single", "double"}:
        price = close_cost(mark, stack[-1][1]) + COST[Cost.MISMATCHED_FAMILY]
        options.append(("close-other", "closer", price, stack[:-1]))
    if not is_open and kind.family != "single":
        price = close_cost(mark, kind.style) + COST[Cost.IMPLIED]
        options.append(("close-implied", "closer", price, stack))
    return options


class _Builder:
    """Turns one paragraph's readings into spans and ledger entries; indices are the paragraph's own until `finish`."""

    def __init__(self, text: str, paragraph: Span) -> None:
        self.text, self.paragraph = text, paragraph
        self.spans: list[QuotedSpan] = []
        self.marks: list[tuple[Candidate, MarkRole, str, int | None]] = []
        self.open: list[tuple[int, Candidate]] = []
        self.ends: dict[str, int] = {}
        """Where the last quotation in each family of marks ended."""

    def build(self, marks: Sequence[Candidate], readings: Iterator[tuple[str, str]]) -> None:
        """Read the marks in order; `readings` has one for each that is no apostrophe inside a word."""
        for mark in marks:
            action, rule = APOSTROPHE if is_apostrophe(mark) else next(readings)
            if action == "none":
                self.marks.append((mark, "none", rule, None))
            elif action == "open":
                self._open(mark, rule)
            elif action == "reopen":
                self._end_unclosed(self.open.pop(), mark.start)
                self._open(mark, rule)
            elif action == "close-implied":
                self._close_implied(mark)
            else:
                self._close(mark, action, rule)
        while self.open:
            self._end_unclosed(self.open.pop(), self.paragraph.end)

    def finish(self, spans: list[QuotedSpan], ledger: list[Mark]) -> None:
        """Add to `spans` and `ledger` what holds: no span without words, no single mark that never closes."""
        doomed = {i for i, span in enumerate(self.spans) if span.words.start >= span.words.end or self._is_stray(span)}
        numbers: dict[int, int] = {}
        # A span whose opener is missing was made at its closer; it goes where its words begin.
        for i in sorted(range(len(self.spans)), key=lambda i: (self.spans[i].opener.start, i)):
            if i not in doomed:
                numbers[i] = len(spans) + len(numbers)
        for i in numbers:
            span, outer = self.spans[i], self.spans[i].outer
            while outer in doomed:
                outer = self.spans[outer].outer
            spans.append(span if span.outer is None else replace(span, outer=None if outer is None else numbers[outer]))
        for mark, role, rule, index in self.marks:
            place = Span(mark.start, mark.end)
            if index is not None and index in doomed:
                ledger.append(Mark(place, "none", "stray", None))
            else:
                ledger.append(Mark(place, role, rule, None if index is None else numbers[index]))

    def _open(self, mark: Candidate, rule: str) -> None:
        index = len(self.spans)
        outer = self.open[-1][0] if self.open else None
        words = Span(mark.end, mark.end)
        self.spans.append(QuotedSpan(words, Span(mark.start, mark.end), None, "unclosed", "open", outer=outer))
        self.open.append((index, mark))
        self.marks.append((mark, "opener", rule, index))

    def _close(self, mark: Candidate, action: str, rule: str) -> None:
        while action == "close" and self.open[-1][1].kind.family != mark.kind.family:
            self._end_unclosed(self.open.pop(), mark.start)
        index, opener = self.open.pop()
        boundary: Boundary = "closed" if _are_mates(opener, mark) else "mismatched"
        span = self.spans[index]
        words, closer = _trimmed(self.text, opener.end, mark.start), Span(mark.start, mark.end)
        rule = f"{rule}-{boundary}"
        self.spans[index] = QuotedSpan(words, span.opener, closer, boundary, rule, outer=span.outer)
        self.ends[opener.kind.family] = mark.end
        self.marks.append((mark, "closer", rule, index))

    def _close_implied(self, mark: Candidate) -> None:
        """A closing mark with no opening one: the words begin where the text before it says."""
        floor = max(self.paragraph.start, self.ends.get(mark.kind.family, 0), *(entry.end for _, entry in self.open), 0)
        start, rule = words_start(self.text, floor, mark.start, after_quotation=floor > self.paragraph.start)
        words = _trimmed(self.text, start, mark.start)
        if words.start >= words.end:
            self.marks.append((mark, "none", "stray", None))
            return
        index = len(self.spans)
        outer = self.open[-1][0] if self.open else None
        for i in range(index - 1, -1, -1):
            inner = self.spans[i]
            if inner.opener.start < words.start:
                break
            if inner.outer == outer:
                self.spans[i] = replace(inner, outer=index)
        closer = Span(mark.start, mark.end)
        opener = Span(words.start, words.start)
        self.spans.append(QuotedSpan(words, opener, closer, "mismatched", f"opener-missing-{rule}", outer=outer))
        self.marks.append((mark, "closer", f"opener-missing-{rule}", index))
        self.ends[mark.kind.family] = mark.end

    def _end_unclosed(self, entry: tuple[int, Candidate], limit: int) -> None:
        index, opener = entry
        end, rule = words_end(self.text, opener.end, limit)
        words = _trimmed(self.text, opener.end, end)
        self.spans[index] = replace(self.spans[index], words=words, boundary="unclosed", rule=rule)
        self.ends[opener.kind.family] = end

    def _is_stray(self, span: QuotedSpan) -> bool:
        """Whether a single mark opens and never closes, unless it begins a paragraph or follows a colon or comma."""
        if span.boundary != "unclosed" or span.opener.of(self.text) not in SINGLES:
            return False
        at = span.opener.start - 1
        while at >= self.paragraph.start and self.text[at].isspace():
            at -= 1
        return at >= self.paragraph.start and self.text[at] not in ":,"


def _are_mates(opener: Candidate, closer: Candidate) -> bool:
    a, b = opener.kind, closer.kind
    if a.family != b.family:
        return False
    if a.style == "low":
        return b.style in ("curly", "low", "entity")
    if a.style == "guillemet":
        return b.style == "guillemet" and a.direction != b.direction
    return a.style == b.style and a.direction in ("open", "either") and b.direction in ("close", "either")


def _trimmed(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    kept = words.strip()
    if not kept:
        return Span(start, start)
    start += len(words) - len(words.lstrip())
    return Span(start, start + len(kept))


def _link(text: str, spans: list[QuotedSpan]) -> list[QuotedSpan]:
    """Tie an unclosed quotation to the next paragraph's where that one re-opens it."""
    linked = list(spans)
    top = [i for i, span in enumerate(spans) if span.outer is None]
    for i, j in itertools.pairwise(top):
        span, following = spans[i], spans[j]
        if span.boundary != "unclosed" or TURN.match(text, following.words.start):
            continue
        gap = text[span.words.end : following.opener.start]
        if not gap.strip() and any(c in gap for c in "\n\r\u2028\u2029\x0b\x0c\x85") and span.rule == "paragraph-end":
            linked[i] = replace(linked[i], boundary="continued", rule="next-paragraph-reopens")
            linked[j] = replace(linked[j], continues=i)
    return linked
