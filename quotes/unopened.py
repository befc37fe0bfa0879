"""Where the words of a quotation begin that has a closing mark and no opening one.

Consumes the text before the closing mark; produces the start of the words and the rule's name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from quotes.clauses import (
    ADVERB,
    APPOSITION,
    PERSONAL,
    REPORTING_SENTENCE,
    SAID,
    SAID_TURNED,
    SAYING,
    SENTENCE_START,
    SUBJECT,
)
from quotes.edges import REACH_BACK, WORD, Words, core, is_capital, likeliest, number, stop, verb_before, words_before

INTRODUCED = re.compile(rf"(?:\b(?:{SAID}|{SAYING})(?:\s+[\w'’.-]+){{0,6}}\s*,|:)\s+(?={SENTENCE_START}|…)")
"""`Roe told reporters, We won.”`: a reporting verb and a comma, or any colon, before the words."""
FOLLOWED = re.compile(rf"\s*(?:{SAID_TURNED}\b|{SUBJECT}{APPOSITION}{ADVERB}\s+{SAID}\b)")
"""A reporting clause right after the closing mark."""
AFTER_CLAUSE = re.compile(rf"\b{SAID}\b[^,.!?;:]{{0,60}}[,;:]\s+")
"""The rest of a sentence after a quotation, up to where another can begin: `…,” Roe said, but …`."""
SENTENCE = re.compile(rf"(?<![A-Z])[.!?…][\"”’')\]]*\s+(?={SENTENCE_START})")
MARKS = frozenset("\"'“”„«»‘’`")
SHORTEST = 12
"""Characters before the closing mark in which there is no room for words of the article, too."""
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
    words = words_before(text, floor, closer)
    if not words:
        return closer, "no-words"
    if len(words) == 1 or closer - words[0].start() < SHORTEST:
        return words[0].start(), "likeliest-start"  # no choice, so nothing to weigh
    told = features(text, floor, closer, mark_end, limit, words)
    return words[likeliest("s", told, [core(word.group()) for word in words])].start(), "likeliest-start"


def features(text: str, floor: int, closer: int, mark_end: int, limit: int, words: Words) -> list[list[str]]:
    """Return of each of `words`, those between `floor` and `closer`, what says whether it is the quotation's first.

    The other arguments are as in `words_start`.
    """
    start = max(floor, closer - REACH)
    before = text[start:closer]
    # An introduction ends in one of these: without them, the slowest of the searches is spared.
    may_be_introduced = "," in before or ":" in before
    introduced = [m.end() for m in INTRODUCED.finditer(text, start, closer)] if may_be_introduced else []
    sentences = [m.end() for m in SENTENCE.finditer(text, start, closer)]
    is_after = start > 0 and text[start - 1] in MARKS
    clause = AFTER_CLAUSE.search(text, start, closer) if is_after else None
    spoken = _first_spoken(text, start, sentences)
    followed = FOLLOWED.match(text, mark_end, limit) is not None
    after = WORD.search(text, mark_end, limit)
    end = "cap" if after and is_capital(after.group()) else "low" if after else "end"
    last = stop(words[-1].group())
    scene = f"{last}/{followed}/{end}/{is_after}"
    lows = [core(word.group()) or "mark" for word in words]
    personal = [m.start() for m in PERSONAL.finditer(text, words[0].start(), closer)]
    reported = next((m.start() for m in REPORTING_SENTENCE.finditer(text, words[0].start(), closer)), closer)
    found: list[list[str]] = []
    for i, word in enumerate(words):
        at, low, following = word.start(), lows[i], lows[i + 1] if i + 1 < len(words) else "end"
        x2, x = ("start", "start", *lows[:i])[-2:]
        behind = stop(words[i - 1].group()) if i else "start"
        case = "cap" if is_capital(word.group()) else "low"
        place, size, verb = f"{behind}/{case}", number(len(words) - i), verb_before(words, i)
        told = [
            "bias",
            f"size={size}/{place}",
            f"size={size}/{followed}/{last}",
            f"size={size}/{last}/{end}/{followed}",
            f"place={place}/{last}/{followed}",
            f"place={place}/{scene}",
            f"place={place}/{reported < at}/{words[0].start() <= floor}",
            f"word={low}",
            f"word={low}|{following}",
            f"before={x}",
            f"before={x}/{size}",
            f"before={x}/{case}/{last}",
            f"before={x2}|{x}",
            f"edge={x}|{low}",
            f"edge={x2}|{x}|{low}",
            f"verb={verb}",
            f"verb={verb[:1]}/{x}/{case}",
            f"personal={bool(personal) and personal[-1] >= at}/{place}",
        ]
        if at in introduced:
            told.append(f"introduced/{scene}" if at == introduced[-1] else "introduced-before")
        if clause is not None and at == clause.end():
            told.append(f"after-clause/{scene}")
        if (words[i - 1].end() if i else floor) <= spoken <= at:
            told.append(f"first-spoken/{scene}")
        if i == 0 and len(words) < REACH_BACK:
            told.append(f"floor/{scene}")
        if at in sentences:
            told.append(f"sentence/{at == sentences[0]}/{at == sentences[-1]}/{scene}")
        found.append(told)
    return found


def _first_spoken(text: str, start: int, sentences: Sequence[int]) -> int:
    """Return where the words can begin at the earliest: after the last sentence that reports something by itself."""
    begins = [start, *sentences]
    for begin, end in reversed(list(zip(begins, sentences, strict=False))):
        if _reporting().match(text, begin, end) and not PERSONAL.search(text, begin, end):
            return end
    return start
