"""Where the words of a quotation begin that has a closing mark and no opening one.

Consumes the text before the closing mark; produces the start of the words and the rule's name.
"""

from __future__ import annotations

import re
from functools import cache

from quotes.clauses import ADVERB, APPOSITION, PERSONAL, SAID, SAID_TURNED, SAYING, SENTENCE_START, SUBJECT
from quotes.edges import best_start

INTRODUCED = re.compile(rf"(?:\b(?:{SAID}|{SAYING})(?:\s+[\w'’.-]+){{0,6}}\s*,|:)\s+(?={SENTENCE_START}|…)")
"""`Roe told reporters, We won.”`: a reporting verb and a comma, or any colon, before the words."""
FOLLOWED = re.compile(rf"\s*(?:{SAID_TURNED}\b|{SUBJECT}{APPOSITION}{ADVERB}\s+{SAID}\b)")
"""A reporting clause right after the closing mark."""
AFTER_CLAUSE = re.compile(rf"\b{SAID}\b[^,.!?;:]{{0,60}}[,;:]\s+")
"""The rest of a sentence after a quotation, up to where another can begin: `…,” Roe said, but …`."""
REPORTS = re.compile(rf"\b{SAID}\b")
SENTENCE = re.compile(rf"(?<![A-Z])[.!?…][\"”’')\]]*\s+(?={SENTENCE_START})")
REST_IS_BLANK = re.compile(r"\s*+\Z")
MARKS = frozenset("\"'“”„«»‘’`")
REACH = 3000
"""Characters before the closing mark that are searched."""


@cache
def _reporting() -> re.Pattern[str]:
    """Return the pattern of a reporting clause in any case, made on first use: it takes as long as all the others."""
    return re.compile(rf"(?:{SUBJECT}){APPOSITION}{ADVERB}\s+{SAID}\b", re.IGNORECASE)


def words_start(text: str, floor: int, closer: int, mark_end: int, limit: int) -> tuple[int, str]:
    """Return where the words before the closing mark at `closer` begin, and the rule that says so.

    They cannot begin before `floor`: the paragraph's start, or the end of the quotation before. `mark_end` is the end
    of the mark, `limit` that of its paragraph.
    """
    start = max(floor, closer - REACH)
    before = text[start:closer]
    last = before.rstrip()[-1:]
    # An introduction ends in one of these: without them, the slowest of the searches is spared.
    may_be_introduced = "," in before or ":" in before
    introduced = [match.end() for match in INTRODUCED.finditer(text, start, closer)] if may_be_introduced else []
    if introduced:
        return introduced[-1], "after-cue"
    after_quotation = start > 0 and text[start - 1] in MARKS
    sentence = SENTENCE.search(text, start, closer) if after_quotation else None
    if sentence is not None:
        return sentence.end(), "after-sentence"
    clause = AFTER_CLAUSE.search(text, start, closer) if after_quotation else None
    if clause is not None and clause.end() < closer:
        return clause.end(), "after-clause"
    followed = FOLLOWED.match(text, mark_end, limit) is not None
    if followed and last in ",!?":
        return _first_spoken(text, start, closer), "reported-after"
    if last in ".!?" and REST_IS_BLANK.match(text, mark_end, limit):
        sentences = [match.end() for match in SENTENCE.finditer(text, start, closer)]
        if not REPORTS.search(text, sentences[-1] if sentences else start, closer):
            return _first_spoken(text, start, closer), "paragraph"
    learned = best_start(text, floor, closer, mark_end, limit, followed=followed)
    return (closer, "no-words") if learned is None else (learned, "likeliest-start")


def _first_spoken(text: str, start: int, closer: int) -> int:
    """Return where the words can begin at the earliest: after the last sentence that reports something by itself."""
    sentences = [match.end() for match in SENTENCE.finditer(text, start, closer)]
    begins = [start, *sentences]
    for begin, end in reversed(list(zip(begins, sentences, strict=False))):
        if _reporting().match(text, begin, end) and not PERSONAL.search(text, begin, end):
            return end
    return start
