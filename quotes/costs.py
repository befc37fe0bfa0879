"""What each reading of a quotation mark costs: the segmenter's evidence, weighed in one place.

Consumes a `Candidate`; produces costs (lower is likelier). The scale is rough log odds: 0 is what careful
typing looks like, 3 is a slip seen in every other broken article, 5 and more is a last resort.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum

from quotes import lexicon
from quotes.marks import Candidate


class Cost(Enum):
    """Names of the costs; `COST` gives their values and `rule` in the ledger the outcome."""

    AGAINST_DIRECTION = "a mark is used against the way it points"
    OPEN_AFTER_WORD = "an opener is glued to the word before it"
    OPEN_AFTER_PUNCTUATION = "an opener is glued to the punctuation before it"
    OPEN_AFTER_MARK = "an opener follows another mark without a space"
    OPEN_BEFORE_SPACE = "an opener has a space after it"
    OPEN_BEFORE_PUNCTUATION = "an opener stands before closing punctuation"
    OPEN_AT_END = "an opener is the paragraph's last character"
    OPEN_ELIDED = "a single opener before what looks like an elision"
    CLOSE_AFTER_WORD = "a closer follows a word without punctuation: a fragment"
    CLOSE_AFTER_SPACE = "a closer has a space before it"
    CLOSE_AT_START = "a closer is the paragraph's first character"
    CLOSE_BEFORE_WORD = "a closer is glued to the word after it"
    CLOSE_BEFORE_MARK = "a closer is followed by another mark without a space"
    OTHER_STYLE = "opened in one style of marks and closed in another"
    MISMATCHED_FAMILY = "a double mark closed by a single one, or the reverse"
    NEST_SAME = "double marks inside double marks"
    NEST_OTHER_STYLE = "double marks inside double marks of another style"
    REOPEN = "a second opener where the first was never closed"
    IMPLIED = "a closer with no opener before it"
    UNCLOSED = "the paragraph ends inside the quotation"
    UNCLOSED_SINGLE = "the paragraph ends inside single marks"
    STRAY = "a double mark that neither opens nor closes"
    DOUBLED = "the same mark typed twice"
    EMPTY = "a pair of marks with nothing between"
    INCH = "a double mark after a number"
    SURE = "a single mark whose form says apostrophe: decade, elision, foot"
    POSSESSIVE = "a single mark after a word that ends in s"
    CLIPPED = "a single mark after another word"
    STRAY_SINGLE = "a single mark that is none of these"
    STRAY_OPEN_SINGLE = "a single opening mark by form that opens nothing"
    BULLET = "a guillemet before a space at a paragraph's start"


COST: dict[Cost, float] = {
    Cost.AGAINST_DIRECTION: 3.0,
    Cost.OPEN_AFTER_WORD: 3.0,
    Cost.OPEN_AFTER_PUNCTUATION: 2.0,
    Cost.OPEN_AFTER_MARK: 0.3,
    Cost.OPEN_BEFORE_SPACE: 2.0,
    Cost.OPEN_BEFORE_PUNCTUATION: 2.0,
    Cost.OPEN_AT_END: 6.0,
    Cost.OPEN_ELIDED: 2.0,
    Cost.CLOSE_AFTER_WORD: 0.3,
    Cost.CLOSE_AFTER_SPACE: 2.0,
    Cost.CLOSE_AT_START: 6.0,
    Cost.CLOSE_BEFORE_WORD: 2.5,
    Cost.CLOSE_BEFORE_MARK: 0.3,
    Cost.OTHER_STYLE: 1.0,
    Cost.MISMATCHED_FAMILY: 4.0,
    Cost.NEST_SAME: 4.0,
    Cost.NEST_OTHER_STYLE: 0.3,
    Cost.REOPEN: 3.5,
    Cost.IMPLIED: 3.2,
    Cost.UNCLOSED: 2.5,
    Cost.UNCLOSED_SINGLE: 3.2,
    Cost.STRAY: 5.0,
    Cost.DOUBLED: 0.6,
    Cost.EMPTY: 0.0,
    Cost.INCH: 1.0,
    Cost.SURE: 0.2,
    Cost.POSSESSIVE: 0.5,
    Cost.CLIPPED: 1.5,
    Cost.STRAY_SINGLE: 3.5,
    Cost.STRAY_OPEN_SINGLE: 3.0,
    Cost.BULLET: 0.3,
}

_BY_OPEN_LEFT = {
    "word": Cost.OPEN_AFTER_WORD,
    "digit": Cost.OPEN_AFTER_WORD,
    "punctuation": Cost.OPEN_AFTER_PUNCTUATION,
    "mark": Cost.OPEN_AFTER_MARK,
    "other": Cost.OPEN_AFTER_PUNCTUATION,
}
_BY_OPEN_RIGHT = {
    "space": Cost.OPEN_BEFORE_SPACE,
    "punctuation": Cost.OPEN_BEFORE_PUNCTUATION,
    "edge": Cost.OPEN_AT_END,
    "dash": Cost.OPEN_BEFORE_PUNCTUATION,
}
_BY_CLOSE_LEFT = {
    "word": Cost.CLOSE_AFTER_WORD,
    "digit": Cost.CLOSE_AFTER_WORD,
    "space": Cost.CLOSE_AFTER_SPACE,
    "bracket": Cost.CLOSE_AFTER_SPACE,
    "edge": Cost.CLOSE_AT_START,
}
_BY_CLOSE_RIGHT = {
    "word": Cost.CLOSE_BEFORE_WORD,
    "digit": Cost.CLOSE_BEFORE_WORD,
    "starter": Cost.CLOSE_BEFORE_WORD,
    "mark": Cost.CLOSE_BEFORE_MARK,
}
_FREE_LEFT = frozenset(("space", "edge", "bracket", "dash"))
_WORDS = frozenset(("word", "starter", "bracket"))
_WORDS_BEFORE = frozenset(("word", "punctuation"))
_FREE_RIGHT = frozenset(("space", "edge", "punctuation", "dash"))
_INCH = re.compile(r"\d['’′]?\d*(?:[¼½¾⅛⅜⅝⅞])?$")
_FEET_INCHES = re.compile(r"\d['’′]\s?\d{1,2}(?:\.\d+|[¼½¾])?$")
_DECADE = re.compile(r"\d\ds?\b")
_WORD = re.compile(r"[^\W\d_]++(?![\u0300-\u036f])")
_ELISIONS = lexicon.words("elisions")


def is_plain(marks: Sequence[Candidate]) -> bool:
    """Whether double marks of one style open and close in turn, each where careful typing puts it.

    No other reading of such marks can be cheaper, so none need be searched.
    """
    if len(marks) % 2:
        return False
    for i in range(0, len(marks), 2):
        opener, closer = marks[i], marks[i + 1]
        if not (
            opener.kind.family == closer.kind.family == "double"
            and opener.kind.style == closer.kind.style
            and opener.kind.direction != "close"
            and closer.kind.direction != "open"
            and opener.left in _FREE_LEFT
            and opener.right in _WORDS
            and closer.left in _WORDS_BEFORE
            and closer.right in _FREE_RIGHT
        ):
            return False
    return True


def open_cost(text: str, mark: Candidate) -> float:
    """Return what it costs to read `mark` as an opener, whatever is open."""
    cost = COST[Cost.AGAINST_DIRECTION] if mark.kind.direction == "close" else 0.0
    if mark.kind.style == "guillemet":
        cost /= 3  # German and Danish point them inwards
    elif mark.kind.style == "cjk":
        return cost
    if mark.kind.family == "single" and mark.right in ("word", "digit") and elides(text, mark):
        cost += COST[Cost.OPEN_ELIDED]
    left, right = _BY_OPEN_LEFT.get(mark.left), _BY_OPEN_RIGHT.get(mark.right_past)
    return cost + (COST[left] if left else 0.0) + (COST[right] if right else 0.0)


def close_cost(mark: Candidate, opened_style: str) -> float:
    """Return what it costs to read `mark` as the closer of a mark of style `opened_style`."""
    cost = 0.0
    if mark.kind.direction == "open" and opened_style != "low":
        cost = COST[Cost.AGAINST_DIRECTION] / (3 if mark.kind.style == "guillemet" else 1)
    if mark.kind.style != opened_style and opened_style != "low":
        cost += COST[Cost.OTHER_STYLE]
    if mark.kind.style == "cjk":
        return cost
    left, right = _BY_CLOSE_LEFT.get(mark.left_past), _BY_CLOSE_RIGHT.get(mark.right)
    return cost + (COST[left] if left else 0.0) + (COST[right] if right else 0.0)


def none_cost(text: str, mark: Candidate) -> tuple[str, float]:
    """Return the rule's name and the cost of reading `mark` as no quotation mark at all."""
    if mark.kind.family == "prime":
        return "prime", COST[Cost.EMPTY]
    if mark.kind.family == "double":
        return _none_double(text, mark)
    if mark.kind.family == "single":
        return _none_single(text, mark)
    if mark.left == "edge" and mark.right in ("space", "mark"):
        return "bullet", COST[Cost.BULLET]
    return "stray", COST[Cost.STRAY]


def _none_double(text: str, mark: Candidate) -> tuple[str, float]:
    before = text[max(0, mark.start - 12) : mark.start]
    if (
        "mark" in (mark.left, mark.right)
        and mark.left_past in ("space", "edge")
        and mark.right_past in ("space", "edge")
    ):
        return "empty-pair", COST[Cost.EMPTY]
    if _is_outer_twin(text, mark):
        return "doubled", COST[Cost.DOUBLED]
    if _FEET_INCHES.search(before):
        return "inch", COST[Cost.SURE]
    if mark.left == "digit" and mark.kind.style in ("ascii", "curly", "tex") and _INCH.search(before):
        return "inch", COST[Cost.INCH]
    return "stray", COST[Cost.STRAY]


def _is_outer_twin(text: str, mark: Candidate) -> bool:
    """Whether the same mark stands again on the side of the words: then this one is the one too many."""
    if mark.left_past in ("space", "edge", "bracket", "dash"):
        return mark.right == "mark" and text.startswith(mark.text, mark.end)
    return mark.left == "mark" and text.endswith(mark.text, 0, mark.start)


def elides(text: str, mark: Candidate) -> str:
    """Return the rule's name where letters or digits are left out after the mark (’90s, ’em), else nothing."""
    if _DECADE.match(text, mark.end):
        return "decade"
    word = _WORD.match(text, mark.end, mark.end + 16)
    return "elision" if word is not None and word.group().lower() in _ELISIONS else ""


def _none_single(text: str, mark: Candidate) -> tuple[str, float]:
    if mark.left in ("digit",) and mark.kind.direction != "open":
        return "foot", COST[Cost.SURE] if mark.right in ("digit", "space") else COST[Cost.POSSESSIVE]
    if mark.right in ("word", "digit") and mark.left not in ("word", "digit"):
        elided = elides(text, mark)
        if elided:
            return elided, COST[Cost.SURE]
        if mark.left == "edge" or text[max(0, mark.start - 4) : mark.start].rstrip()[-1:] in (":", ","):
            return "stray", COST[Cost.STRAY]
        opens = mark.kind.direction == "open"
        return "stray", COST[Cost.STRAY_OPEN_SINGLE if opens else Cost.STRAY_SINGLE]
    if mark.left == "word":
        if text[mark.start - 1] in "sxzSXZ":
            return "possessive", COST[Cost.POSSESSIVE]
        return "clipped", COST[Cost.CLIPPED]
    return "stray", COST[Cost.STRAY_SINGLE]
