"""Every place of a paragraph where a quotation mark could stand, with the evidence beside it.

Consumes the text of one paragraph; produces `Candidate` tuples in order. Tables are in
`lexicon/quotation_marks.txt`; what the evidence is worth is decided in `segmenter.py`.
"""

from __future__ import annotations

import re
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
    if char.isalnum():
        return "digit" if char.isdigit() else "word"
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


def candidates(text: str, start: int, end: int) -> list[Candidate]:
    """Return all marks of `text[start:end]` (one paragraph) in order, with the evidence beside each."""
    matches = list(MARK.finditer(text, start, end))
    lefts: list[tuple[str, str]] = []
    for i, match in enumerate(matches):
        at = match.start()
        if i and matches[i - 1].end() == at:
            lefts.append(("mark", lefts[-1][1]))
        else:
            side = char_class(text[at - 1]) if at > start else "edge"
            lefts.append((side, side))
    rights: list[tuple[str, str]] = [("edge", "edge")] * len(matches)
    for i in range(len(matches) - 1, -1, -1):
        at = matches[i].end()
        if i + 1 < len(matches) and matches[i + 1].start() == at:
            rights[i] = ("mark", rights[i + 1][1])
        else:
            side = char_class(text[at]) if at < end else "edge"
            # Three dots open a fragment as often as they close one.
            if side == "punctuation" and text.startswith("..", at):
                side = "starter"
            rights[i] = (side, side)
    return [
        Candidate(m.start(), m.end(), m.group(), KINDS[m.group()], *left, *right)
        for m, left, right in zip(matches, lefts, rights, strict=True)
    ]
