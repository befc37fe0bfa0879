"""Titles and affiliations as the article states them beside a name, the most telling title first.

Consumes the narrative and a name's mentions; produces `Phrase` values with offsets, verbatim, nothing invented.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from quotes import lexicon
from quotes.names import Name
from quotes.narrative import Narrative
from quotes.records import Phrase, Span
from quotes.roles import bare_role
from quotes.titleafter import after
from quotes.titlebefore import before, before_comma, named, origin_before
from quotes.titleclause import copula, origin, relative
from quotes.wordclasses import FUNCTION_WORDS, HONORIFICS, ROLES

TIES = lexicon.words("tie_nouns")
FAINT = lexicon.words("faint_titles")
WORD = re.compile(r"[^\W_]+(?:[-.'’][^\W_]+)*")
RANKS = {
    "title-after": 3.0,
    "title-before-comma": 3.0,
    "title-before": 3.0,
    "title-named": 2.5,
    "title-relative": 2.0,
    "title-copula": 2.0,
    "title-brackets": 2.0,
    "title-description": 1.5,
    "title-honorific": 1.0,
    "title-activity": -1.0,
    "title-origin": -1.5,
}
"""How much the place of a title tells by itself."""
OFFICE = 1.0
"""What an office in capitals adds: “FBI Director” before “a Republican”."""
OF_SOMETHING = 0.5
"""What it adds that a title says of what: “chairman of the board”."""
TIE = 2.6
"""What a word for a tie to somebody takes away: friend, rival, son."""
NO_OFFICE = FUNCTION_WORDS | {"republican", "democrat"}
"""Words in capitals that make no office of what they stand in."""
PARTY_NOUNS = frozenset(("democrat", "republican"))
FIRST_AMONG = frozenset("ranking top leading senior".split())
"""What makes an office of a party's noun: “the panel's ranking Democrat”."""
ALONE = 2.0
"""What it takes away that a description is one word: “the director”."""
NO_ROLE = 1.0
"""What it takes away that no word of a title is a role."""


READERS = (before, before_comma, named, relative, copula, origin, origin_before)
"""What reads a title beside a mention, apart from `after`, which reads an affiliation too."""


def of_name(narrative: Narrative, name: Name) -> tuple[tuple[Phrase, ...], tuple[Phrase, ...]]:
    """Return the titles and the affiliations stated beside any mention of `name`, the most telling title first."""
    found: list[Phrase] = []
    affiliations: list[Phrase] = []
    for mention in name.mentions:
        tokens = narrative.sentences[mention.sentence[0]][mention.sentence[1]].tokens
        title, affiliation = after(tokens, mention)
        if affiliation is not None:
            affiliations.append(affiliation)
        read = [title, *(read(tokens, mention) for read in READERS)]
        found.extend(t for t in read if t is not None)
    return ranked(narrative.text, found), tuple(affiliations)


def with_descriptions(text: str, stated: Iterable[Phrase], taken_up: Iterable[Span]) -> tuple[Phrase, ...]:
    """Return `stated` titles with what the article calls somebody elsewhere: “the Vermont senator”."""
    return ranked(text, [*stated, *(Phrase(span, "title-description") for span in taken_up)])


def ranked(text: str, found: Iterable[Phrase]) -> tuple[Phrase, ...]:
    """Return the titles without repetition, the most telling first; of equal ones the earliest."""
    unique: dict[str, Phrase] = {}
    for phrase in found:
        words = phrase.span.of(text).lower().removeprefix("the ")
        if words not in TIES:  # “his friend Roe”
            unique.setdefault(words, phrase)
    return tuple(sorted(unique.values(), key=lambda p: (-telling(text, p), p.span.start)))


def telling(text: str, phrase: Phrase) -> float:
    """Return how much a title tells about who somebody is."""
    words = WORD.findall(phrase.span.of(text))
    low = [bare_role(w.lower().replace("’", "'").rstrip(".")) for w in words]
    of = next((i for i, w in enumerate(low) if w in ("of", "for", "at", "with", "from", "in")), len(low))
    worth = RANKS.get(phrase.rule, 1.0) - (ALONE if phrase.rule == "title-description" and len(words) == 1 else 0.0)
    head = low[of - 1] if of else ""
    is_office = head in PARTY_NOUNS and not FIRST_AMONG.isdisjoint(low[:of])
    length = 0.05 * min(6, len(words))
    if head in TIES | FAINT and not is_office:
        return worth - TIE + length  # and “a Brin Rovers fan” is no office for its capitals
    if not any(w in ROLES or w in HONORIFICS for w in low):
        worth -= NO_ROLE
    if len(words) > 1 and any(w[0].isupper() and w.lower() not in NO_OFFICE for w in words[:of]):
        worth += OFFICE
    elif of < len(low):
        named = low[of] in ("of", "for", "at") and any(w[0].isupper() for w in words[of:])
        worth += OF_SOMETHING + OFFICE * named
    return worth + length
