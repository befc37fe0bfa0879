"""Where the words of a quotation end that has no closing mark.

Consumes the text and the stretch that the quotation could fill; produces the end of its words and the rule's name.
"""

from __future__ import annotations

import re

from quotes import lexicon
from quotes.clauses import ADVERB, APPOSITION, NAME, PRONOUN, ROLE, SAID, SUBJECT

CLAUSE = re.compile(
    rf"""
    (?P<end> [,?!…] | — ) \s+                     # the last character of the words
    (?:
        {SAID} {ADVERB} \s+ (?:{PRONOUN}|{ROLE}|{NAME}) (?= \s*[,.;:(] | \s | $ )
      | {SUBJECT}{APPOSITION}{ADVERB} \s+ {SAID} \b
    )
    """,
    re.VERBOSE,
)
"""`…, said Roe` or `…, Ada Roe, the mayor, said`: a reporting clause after words whose closing mark is missing."""
STOPPED = re.compile(rf"[.] \s+ (?:{PRONOUN}|{NAME}) \s+ {SAID} \s* (?=[.,]|$)", re.VERBOSE)
"""`…. Roe said.`: the same, cut off by a full stop."""
REACH = 3000
"""Characters of a quotation that are searched for a reporting clause."""

TURN = re.compile(r"(?:[A-Z][A-Z.'’-]+\s?){1,4}:")
"""The name and colon that begin a speaker's turn in a transcript."""

FRAGMENT_WORD = re.compile(r"\s*(?P<word>[^\s,;:.!?()“”\"]+)(?P<stop>[,;:.!?()“”\"—–]*)")
FRAGMENT_STOPS = lexicon.words("fragment_stops")
FRAGMENT_LONGEST = 12
"""Words after which a fragment without a closing mark is taken to run on to the paragraph's end."""


def words_end(text: str, start: int, limit: int) -> tuple[int, str]:
    """Return where the words that begin at `start` end, at `limit` at the latest, and the rule that says so.

    `start` is right after the opener. A reporting clause ends them; else, for a fragment in the middle of a
    sentence, the next word that plainly is the sentence's own; else they run to `limit`.
    """
    reach = min(limit, start + REACH)
    clause = CLAUSE.search(text, start, reach)
    stopped = STOPPED.search(text, start, reach)
    if clause and (not stopped or clause.start() < stopped.start()):
        return clause.end("end"), "cue-clause"
    if stopped:
        return stopped.start() + 1, "cue-sentence"
    end = _fragment_end(text, start, limit)
    return (end, "fragment") if end is not None else (limit, "paragraph-end")


def _fragment_end(text: str, start: int, limit: int) -> int | None:
    """Return where a fragment of a running sentence ends; None where the words are no fragment."""
    before = text[max(0, start - 24) : start].rstrip("\"“”«»„‘’'` ")
    if not before or before[-1] in ".!?:,;—–\n)" or not before[-1].isalnum():
        return None
    at, count = start, 0
    is_title = False
    while at < limit and count < FRAGMENT_LONGEST:
        match = FRAGMENT_WORD.match(text, at, limit)
        if match is None:
            return None
        word = match.group("word")
        if count and (word.lower() in FRAGMENT_STOPS or (is_title and word[0].islower() and word not in ("of", "the"))):
            return at
        is_title = word[0].isupper() if count == 0 else is_title and (word[0].isupper() or word in ("of", "the", "and"))
        at, count = match.end("word"), count + 1
        if match.group("stop"):
            return at + (1 if match.group("stop")[0] in ".,!?" else 0)
    return None
