"""Where an article's paragraphs stand, whatever its layout.

Consumes the text; produces spans. Reads blank-line separation, one line a paragraph, indented paragraphs, and
hard-wrapped lines, each decided within its own block (a run of lines between blank ones), so that no block's
reading depends on what follows it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from quotes.records import Span

LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
"""A line: what stands between any two of Unicode's line ends."""

INDENT = re.compile(r"(?:\t| {2,}|\u3000)[\s]*")
SENTENCE_END = re.compile(r"[.!?…:][\"'”’»)\]]*\s*$")
CONTINUES = re.compile(r"\s*[a-z,;]")
RULE = re.compile(r"[\s.]*(?:[_*#~=•·—–-][\s.]*){1,200}")
"""A paragraph of nothing but what rules are drawn with."""
WRAP_WIDTH_MAX = 100
"""Longest line, in characters, that hard-wrapped text is expected to have."""
WRAP_WIDTH_MIN = 36
"""Lines shorter than this are headings, names or verse rather than wrapped prose."""
WRAP_SHARE = 0.7
"""Share of a block's breaks inside sentences that must be forced (the next word would not have fitted) to call it
wrapped."""


def split(text: str) -> tuple[Span, ...]:
    """Return the paragraphs of `text` in order, without the white space around them.

    Every character that is not white space lies in exactly one paragraph.
    """
    found: list[Span] = []
    wrapped_at = 0
    for block in _blocks(text):
        if len(block) == 1:
            found.append(block[0])
            continue
        breaks, is_wrapped = _paragraph_breaks(text, block, wrapped_at)
        if is_wrapped:
            wrapped_at = max(wrapped_at, *(line.end - line.start for line in block))
        first = 0
        for i, is_break in enumerate(breaks, start=1):
            if is_break:
                found.append(Span(block[first].start, block[i - 1].end))
                first = i
        found.append(Span(block[first].start, block[-1].end))
    return tuple(found)


def sections(text: str, paragraphs: Sequence[Span]) -> tuple[int, ...]:
    """Return the indices of the paragraphs that part one item from the next: “___”, “* * *”."""
    return tuple(i for i, p in enumerate(paragraphs) if RULE.fullmatch(text, p.start, p.end))


def index_of(paragraphs: Sequence[Span], offset: int) -> int:
    """Return the index of the paragraph that holds `offset`, or the one before it; 0 where there is none."""
    return max(0, bisect_right(paragraphs, offset, key=lambda span: span.start) - 1)


def _blocks(text: str) -> Iterator[list[Span]]:
    """Yield runs of lines that no blank line parts; each line without the white space at its ends."""
    block: list[Span] = []
    last_end = 0
    for match in LINE.finditer(text):
        line = match.group()
        kept = line.strip()
        if not kept:
            continue
        start = match.start() + (len(line) - len(line.lstrip()))
        if block and _is_blank_between(text, last_end, match.start()):
            yield block
            block = []
        block.append(Span(start, start + len(kept)))
        last_end = match.end()
    if block:
        yield block


def _is_blank_between(text: str, end: int, start: int) -> bool:
    gap = text[end:start].replace("\r\n", "\n")
    return "\u2029" in gap or len(gap.translate({ord(c): None for c in " \t\xa0\u3000"})) > 1


def _paragraph_breaks(text: str, lines: list[Span], wrapped_at: int) -> tuple[list[bool], bool]:
    """Say for each line break of a block whether a paragraph ends there, and whether the block is hard-wrapped.

    `wrapped_at` is the width that earlier blocks were wrapped at, 0 where none was: a block of two or three lines
    shows too little by itself.
    """
    pairs = list(pairwise(lines))
    widest = max(line.end - line.start for line in lines)
    if widest > WRAP_WIDTH_MAX or widest < WRAP_WIDTH_MIN:
        return [True] * len(pairs), False
    indented = [_is_indented(text, line) for line in lines]
    if any(indented[1:]) and not all(indented[1:]):
        starts = zip(indented[1:], pairs, strict=True)
        return [flag and not CONTINUES.match(text, b.start, b.end) for flag, (_, b) in starts], True
    forced = [_is_forced(text, a, b, max(widest, wrapped_at)) for a, b in pairs]
    ends = [SENTENCE_END.search(text, a.start, a.end) is not None for a, _ in pairs]
    # A line that ends a sentence may end its paragraph as well; one that does not tells whether lines are wrapped.
    telling = [f for f, end in zip(forced, ends, strict=True) if not end] or (forced if wrapped_at else [])
    is_long = len(forced) > 2 or wrapped_at > 0
    if telling and sum(telling) >= WRAP_SHARE * len(telling) and (is_long or any(_runs_on(text, *p) for p in pairs)):
        return [end and not is_forced for end, is_forced in zip(ends, forced, strict=True)], True
    return [True] * len(pairs), False


def _is_indented(text: str, line: Span) -> bool:
    before = text[max(0, line.start - 12) : line.start]
    tail = re.split(r"[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", before)[-1]
    return INDENT.match(tail) is not None


def _runs_on(text: str, line: Span, following: Span) -> bool:
    return not SENTENCE_END.search(text, max(line.start, line.end - 8), line.end) and (
        CONTINUES.match(text, following.start, following.end) is not None or line.end - line.start > WRAP_WIDTH_MIN
    )


def _is_forced(text: str, line: Span, following: Span, width: int) -> bool:
    """Whether the next line's first word would not have fitted on this line."""
    word = re.compile(r"\S+").match(text, following.start, following.end)
    return line.end - line.start + 1 + (word.end() - word.start() if word else 0) > width
