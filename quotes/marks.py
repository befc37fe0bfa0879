"""Every place of a paragraph where a quotation mark could stand, with the evidence beside it.

Consumes the text of one paragraph; produces `Candidate` tuples in order. Tables are in
`lexicon/quotation_marks.txt`; what the evidence is worth is decided in `segmenter.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from quotes import lexicon


class MarkKind(NamedTuple):
    """What a mark is by its form: which marks pair with it, which way it points, whose style it is."""

    family: str
    direction: str
    style: str


class Candidate(NamedTuple):
    """A mark in its place. `left`/`right` are the classes of the characters beside it, `*_past` beyond other marks."""

    start: int
    end: int
    text: str
    kind: MarkKind
    left: str
    left_past: str
    right: str
    right_past: str


KINDS = {mark: MarkKind(*kind) for mark, *kind in lexicon.table("quotation_marks")}

# Three straight single marks are a single and a double: which comes first depends on the side the words are on.
_TRIPLE_CLOSING = r"'(?=''(?:[^\w']|$))"
MARK = re.compile("|".join([_TRIPLE_CLOSING, *(re.escape(m) for m in sorted(KINDS, key=len, reverse=True))]))
APOSTROPHES = frozenset(mark for mark, kind in KINDS.items() if kind.family == "single" and mark != "‚") | {"′"}
"""Marks that are apostrophes inside a word, whatever was meant by them: don't, don’t, don‘t."""

LETTERS = ("word", "digit")
OPENING_BRACKETS = frozenset("([{<¿¡")
CLOSING_PUNCTUATION = frozenset(".,!?;:…)]}>%。、，！？：；")
DASHES = frozenset("-–—―‒‐‑_/|\\=+~*•·")
CAN_START = frozenset("$£€¥#@&[({¿¡…<")


def is_apostrophe(mark: Candidate) -> bool:
    """Whether the mark stands inside a word, where it can only be an apostrophe."""
    return mark.left in LETTERS and mark.right in LETTERS and mark.text in APOSTROPHES


def char_class(char: str) -> str:
    """Return what a neighbour of a mark is: word, space, punctuation, bracket, dash, starter or other."""
    if char.isalnum() or "\u0300" <= char <= "\u036f":
        return "digit" if char.isnumeric() else "word"
    if char.isspace() or char in "\u200b\ufeff\u200e\u200f\u2060":
        return "space"
    if char in OPENING_BRACKETS:
        return "bracket"
    if char in CLOSING_PUNCTUATION:
        return "punctuation"
    if char in DASHES:
        return "dash"
    if char in CAN_START:
        return "starter"
    return "other"


def scan(text: str, start: int, end: int) -> Iterator[Candidate]:
    """Yield all marks of `text[start:end]` (one paragraph) in order, with the evidence beside each."""
    for first, run_end, count in _runs(text, start, end):
        at = first.start()
        left_past = char_class(text[at - 1]) if at > start else "edge"
        right_past = char_class(text[run_end]) if run_end < end else "edge"
        # Three dots open a fragment as often as they close one.
        if right_past == "punctuation" and text.startswith("..", run_end):
            right_past = "starter"
        if count == 1:
            mark = first.group()
            yield Candidate(at, run_end, mark, KINDS[mark], left_past, left_past, right_past, right_past)
            continue
        left = left_past
        for match in MARK.finditer(text, at, end):
            mark = match.group()
            right = right_past if match.end() == run_end else "mark"
            yield Candidate(match.start(), match.end(), mark, KINDS[mark], left, left_past, right, right_past)
            if match.end() == run_end:
                break
            left = "mark"


def _runs(text: str, start: int, end: int) -> Iterator[tuple[re.Match[str], int, int]]:
    """Yield each run of marks with nothing between them: its first mark, its end, and how many there are."""
    first: re.Match[str] | None = None
    run_end = count = 0
    for match in MARK.finditer(text, start, end):
        if first is not None and match.start() == run_end:
            run_end, count = match.end(), count + 1
            continue
        if first is not None:
            yield first, run_end, count
        first, run_end, count = match, match.end(), 1
    if first is not None:
        yield first, run_end, count


def candidates(text: str, start: int, end: int) -> list[Candidate]:
    """Return all marks of `text[start:end]` as a list; see `scan`."""
    return list(scan(text, start, end))
