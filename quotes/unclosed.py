"""Where the words of a quotation end that has no closing mark.

Consumes the text and the stretch that the quotation could fill; produces the end of its words and the rule's name.
"""

from __future__ import annotations

import re
from itertools import pairwise

from quotes.clauses import (
    ADVERB,
    APPOSITION,
    NAME,
    PERSONAL,
    PRONOUN,
    REPORTING_SENTENCE,
    ROLE,
    SAID,
    SAID_TURNED,
    SENTENCE_START,
    SUBJECT,
)
from quotes.edges import Words, core, is_capital, likeliest, number, stop, verb_before, words_after, words_before

CLAUSE = re.compile(
    rf"""
    (?P<end> (?: [,?!…] | — ) ['’)\]]? ) \s+        # the last characters of the words
    (?:
        {SAID_TURNED} {ADVERB} \s+ (?:{PRONOUN}|{ROLE}|{NAME}|one|another) (?= \s*[,.;:(] | \s | $ )
      | {SUBJECT}{APPOSITION}{ADVERB} \s+ {SAID} \b
    )
    """,
    re.VERBOSE,
)
"""`…, said Roe` or `…, Ada Roe, the mayor, said`: a reporting clause after words whose closing mark is missing."""
STOPPED = re.compile(rf"[.] \s+ (?:{PRONOUN}|{NAME}) \s+ {SAID} \s* (?=[.,]|$)", re.VERBOSE)
"""`…. Roe said.`: the same, cut off by a full stop."""
ATTRIBUTE = re.compile(r"[^\s<>]+")
"""What a mark after an equals sign delimits: the value of an HTML attribute left in the text."""
SHORTEST = 12
"""Characters in which no reporting clause and no word of the article has room."""
REACH = 3000
"""Characters of a quotation that are searched for a reporting clause."""

TURN = re.compile(r"(?:[A-Z][A-Z.'’-]+\s?){1,4}:")
"""The name and colon that begin a speaker's turn in a transcript."""

SENTENCE = re.compile(
    rf"(?<![A-Z])(?<!Mr)(?<!Ms)(?<!Mrs)(?<!Dr)(?<!Sen)(?<!Gov)(?<!Rep)[.!?…][\"”’)]*\s+(?={SENTENCE_START})"
)
FRAGMENT_CHARACTERS = 200
"""Longest fragment that is taken to end with its sentence."""
LINE, SENTENCE_CHARACTERS = 60, 150
"""Characters before an opener, and of the sentence after a place, that are looked at."""
OPENING = "\"'“”«»„‘’'`& \t"
FINITE = frozenset(
    "is are was were be has have had will would can could should may might must do does did am isn't aren't don't "
    "doesn't didn't".split()
)
"""Words that make a clause of a fragment."""


def words_end(text: str, start: int, limit: int) -> tuple[int, str]:
    """Return where the words that begin at `start` end, at `limit` at the latest, and the rule that says so.

    `start` is right after the opener. A reporting clause ends them, or a sentence that plainly is the article's own;
    a phrase in the middle of a sentence ends where the sentence goes on; else the words run to `limit`.
    """
    if limit - start < SHORTEST:
        return limit, "paragraph-end"
    reach = min(limit, start + REACH)
    is_inside = stands_inside(text, start)
    ends: list[tuple[int, str]] = [(limit, "paragraph-end")]
    if text[max(0, start - 2) : start - 1] == "=":
        attribute = ATTRIBUTE.match(text, start, limit)
        return (attribute.end(), "attribute") if attribute else ends[0]
    clause = clause_end(text, start, reach)
    if clause is not None:
        ends.append((clause, "cue-clause"))
    stopped = STOPPED.search(text, start, reach)
    if stopped:
        ends.append((stopped.start() + 1, "cue-sentence"))
    begins_paragraph = not text[max(0, start - 12) : start].split("\n")[-1].strip("\"“”«»„‘’'` \t")
    narrative = None if begins_paragraph else _narrative_sentence(text, start, reach, is_inside=is_inside)
    if narrative is not None:
        ends.append((narrative, "narrative-sentence"))
    words = words_after(text, start, reach) if is_inside else []
    if len(words) == 1:
        return words[0].end(), "likeliest-end"  # no choice, so nothing to weigh
    if words:
        told = features(text, start, reach, words)
        return words[likeliest("e", told, [core(word.group()) for word in words])].end(), "likeliest-end"
    return min(ends)


def features(text: str, start: int, limit: int, words: Words) -> list[list[str]]:
    """Return of each of `words`, those between `start` and `limit`, what says whether it is the quotation's last.

    The quotation begins in the middle of a sentence; `limit` is the end of what it could fill.
    """
    clause, stopped = clause_end(text, start, limit), STOPPED.search(text, start, limit)
    narrative = _narrative_sentence(text, start, limit, is_inside=True)
    line_start = max(text.rfind("\n", 0, start) + 1, start - LINE)
    line = words_before(text, line_start, line_start + len(text[line_start:start].rstrip(OPENING)))
    verb, before = verb_before(line, len(line)), [core(word.group()) for word in line[-2:]] or [""]
    lows = [core(word.group()) or "mark" for word in words]
    first = "cap" if is_capital(words[0].group()) else "low"
    found: list[list[str]] = []
    has_verb = False
    for i, word in enumerate(words):
        at, ending, size = word.end(), stop(word.group()), number(i + 1)
        following = words[i + 1].group() if i + 1 < len(words) else ""
        low, x, x2 = (*lows[i : i + 3], "end", "end")[:3]
        case = "cap" if is_capital(following) else "low" if following else "end"
        has_verb = has_verb or low in FINITE
        told = [
            "bias",
            f"size={size}",
            f"stop={ending}",
            f"word={low}",
            f"next={x}",
            f"edge={low}|{x}",
            f"edge={low}|{x}|{x2}",
            f"next={x}|{x2}",
            f"next={x}/{ending}",
            f"next={x}/{has_verb}",
            f"case={ending}/{case}/{first}",
            f"before={before[-1]}/{size}",
            f"before={before[-1]}/{bool(ending)}",
            f"before={'|'.join(before)}/{size}",
            f"first={lows[0]}/{size}",
            f"verb={verb}/{x}",
            f"verb={verb}/{size}",
        ]
        if clause is not None:
            told.append("clause" if at == clause else "clause-past" if at > clause else "clause-ahead")
        if stopped and at == stopped.start() + 1:
            told.append("cue-sentence")
        if narrative is not None and at <= narrative and not text[at:narrative].strip():
            told.append("narrative-sentence")
        if not following:
            told.append(f"limit={limit >= len(text) or text[limit].isspace()}")
        elif ending and ending in ".!?":
            personal = bool(PERSONAL.search(text, at, min(limit, at + SENTENCE_CHARACTERS)))
            reported = bool(REPORTING_SENTENCE.match(text, words[i + 1].start(), limit))
            told.append(f"sentence={personal}/{reported}")
        found.append(told)
    return found


def clause_end(text: str, start: int, limit: int) -> int | None:
    """Return where the words before the first reporting clause end: at the last comma that still begins the clause."""
    best, at = None, start
    verb = limit
    while (match := CLAUSE.search(text, at, verb)) is not None:
        best, verb, at = match.end("end"), match.end(), match.start() + 1
    return best


def stands_inside(text: str, start: int) -> bool:
    """Whether the opener before `start` stands in the middle of a sentence, with no comma or colon to introduce it."""
    before = text[max(0, start - 24) : start].rstrip("\"“”«»„‘’'` ")
    return bool(before) and before[-1].isalnum() and not text[start : start + 1].isspace()


def _narrative_sentence(text: str, start: int, limit: int, *, is_inside: bool) -> int | None:
    """Return the end of the sentence after which the article itself goes on.

    After a fragment any sentence that is not in the first or second person counts; after a clause only one that
    begins with a name or pronoun and a reporting verb.
    """
    boundaries = [match.end() for match in SENTENCE.finditer(text, start, limit)]
    for begin, end in pairwise([*boundaries, limit]):
        if PERSONAL.search(text, begin, end):
            continue
        is_short = begin - start <= FRAGMENT_CHARACTERS
        if (is_inside and is_short and text[start].islower()) or REPORTING_SENTENCE.match(text, begin, end):
            return begin
    return None
