"""Where the words of a quotation begin that has a closing mark and no opening one.

Consumes the text before the closing mark; produces the start of the words and the rule's name.
"""

from __future__ import annotations

import re

from quotes import lexicon
from quotes.clauses import ADVERB, APPOSITION, PERSONAL, SAID, SAID_TURNED, SAYING, SENTENCE_START, SUBJECT

INTRODUCED = re.compile(rf"(?:\b(?:{SAID}|{SAYING})(?:\s+[\w'’.-]+){{0,6}}\s*,|:)\s+(?={SENTENCE_START}|…)")
"""`Roe told reporters, We won.”`: a reporting verb and a comma, or any colon, before the words."""
FOLLOWED = re.compile(rf"\s*(?:{SAID_TURNED}\b|{SUBJECT}{APPOSITION}{ADVERB}\s+{SAID}\b)")
"""A reporting clause right after the closing mark."""
SENTENCE = re.compile(rf"(?<![A-Z])[.!?…][\"”’')\]]*\s+(?={SENTENCE_START})")
REPORTING = re.compile(rf"(?:{SUBJECT}){APPOSITION}{ADVERB}\s+{SAID}\b", re.IGNORECASE)
REPORTS = re.compile(rf"\b{SAID}\b")
AFTER_CLAUSE = re.compile(rf"\b{SAID}\b[^,.!?;:]{{0,60}}[,;:]\s+")
LAST_WORD = re.compile(r"[^\s,;:.!?()“”\"]+")
FRAGMENT_STOPS = lexicon.words("fragment_stops") | lexicon.words("fragment_openers")
FRAGMENT_LONGEST = 8
"""Most words of a fragment whose opening mark is missing."""
REACH = 3000
"""Characters before the closing mark that are searched."""


def words_start(text: str, floor: int, closer: int, *, after_quotation: bool) -> tuple[int, str]:
    """Return where the words before the closing mark at `closer` begin, and the rule that says so.

    They cannot begin before `floor`: the paragraph's start or, `after_quotation`, the end of the quotation before.
    """
    start = max(floor, closer - REACH)
    introduced = _last(INTRODUCED, text, start, closer)
    if introduced is not None:
        return introduced, "after-cue"
    sentences = [match.end() for match in SENTENCE.finditer(text, start, closer)]
    if after_quotation:
        # “…,” Roe said. We will go on.”: the reporting clause ends first.
        if sentences:
            return sentences[0], "after-sentence"
        clause = AFTER_CLAUSE.search(text, start, closer)
        if clause is not None and clause.end() < closer:
            return clause.end(), "after-clause"
        return _fragment_start(text, start, closer), "fragment"
    if text[:closer].rstrip()[-1:] not in ",.!?…—-":
        return _fragment_start(text, max(start, sentences[-1] if sentences else start), closer), "fragment"
    if text[:closer].rstrip()[-1:] in ",!?" and FOLLOWED.match(text, closer + 1):
        return _first_spoken(text, start, sentences), "reported-after"
    last = sentences[-1] if sentences else start
    if REPORTS.search(text, last, closer):
        return _fragment_start(text, last, closer), "fragment"
    spoken = _first_spoken(text, start, sentences)
    return spoken, "paragraph-start" if spoken == start else "after-sentence"


def _first_spoken(text: str, start: int, sentences: list[int]) -> int:
    """Return where the words can begin at the earliest: after the last sentence that reports something by itself."""
    for begin, end in reversed(list(zip([start, *sentences], sentences, strict=False))):
        if REPORTING.match(text, begin, end) and not PERSONAL.search(text, begin, end):
            return end
    return start


def _last(pattern: re.Pattern[str], text: str, start: int, end: int) -> int | None:
    found = None
    for match in pattern.finditer(text, start, end):
        found = match.end()
    return found


def _fragment_start(text: str, floor: int, closer: int) -> int:
    """Return where a fragment begins: after the nearest word before it that plainly is the sentence's own."""
    words = list(LAST_WORD.finditer(text, max(floor, closer - 200), closer))
    start = words[-1].start() if words else closer
    for count, match in enumerate(reversed(words)):
        between = text[match.end() : start] if count else ""
        if count and (match.group().lower() in FRAGMENT_STOPS or any(c in between for c in ",;:.!?()")):
            break
        if count >= FRAGMENT_LONGEST:
            break
        start = match.start()
    return start
