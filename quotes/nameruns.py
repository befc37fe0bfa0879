"""Runs of capitalised words: where a name begins, where its title ends, whether it is a body's.

Consumes tokens; produces indices into them.
"""

from __future__ import annotations

from collections.abc import Sequence

from quotes import lexicon
from quotes.narrative import Token
from quotes.wordclasses import (
    ADJECTIVES,
    DIRECTIONS,
    DOCUMENTS,
    HONORIFICS,
    ORGANIZATION_WORDS,
    PARTICLES,
    ROLES,
    SUFFIXES,
    is_namelike,
    is_possessive,
    is_title_word,
)

NAME_LINKS = frozenset(("of", "for", "the", "and", "&", "on", "de", "in"))

NAMES_OR_WORDS = lexicon.words("name_or_word")
MAX_BACK = 14
"""Longest noun phrase, in tokens, that is read backwards from its last word."""


def name_run(tokens: Sequence[Token], last: int) -> int | None:
    """Return the first index of the run of name words that ends at `last` (inclusive), or None where there is none.

    A run may hold particles, initials, suffixes and, between capitals, the small words of a body's name.
    """
    first = last
    if tokens[first].low in SUFFIXES and first >= 1 and not is_namelike(tokens[first - 1]):
        if tokens[first - 1].text == "," and first >= 2 and is_namelike(tokens[first - 2]):
            first -= 2
        else:
            return None
    if not is_namelike(tokens[first]) and not is_name_after_all(tokens, first):
        return None
    while first > 0 and last - first < MAX_BACK:
        before = tokens[first - 1]
        if is_possessive(before) and not is_of_many(tokens, first - 1):
            break
        if (
            is_namelike(before)
            or is_particle(tokens, first - 1)
            or (
                before.low in NAME_LINKS
                and first >= 2
                and is_namelike(tokens[first - 2])
                and _links_body(tokens, first, last)
            )
        ):
            first -= 1
        elif (
            before.text == "the"
            and first >= 3
            and tokens[first - 2].low in ("of", "for")
            and is_namelike(tokens[first - 3])
            and _links_body(tokens, first - 1, last)
        ):
            first -= 2
        else:
            break
    while first < last and tokens[first].low in PARTICLES and tokens[first].text[0].islower() and first == 0:
        first += 1
    return first


def is_of_many(tokens: Sequence[Token], at: int) -> bool:
    """Whether the possessive at `at` is part of a body's name: “the Fishers' Union”."""
    return (
        tokens[at].low.endswith("s'")
        and at + 1 < len(tokens)
        and tokens[at + 1].is_capitalized
        and tokens[at + 1].low in ORGANIZATION_WORDS
    )


def is_particle(tokens: Sequence[Token], at: int) -> bool:
    """Whether the small word at `at` is part of a name: “van”, or the “de” of “de la”, after a capital."""
    if tokens[at].low not in PARTICLES or not tokens[at].text[0].islower():
        return False
    while at > 0 and tokens[at].low in PARTICLES and tokens[at].text[0].islower():
        at -= 1
    return is_namelike(tokens[at])


def is_name_after_all(tokens: Sequence[Token], at: int) -> bool:
    """Whether a capitalised function word is a name here: May in “Ana May”."""
    return (
        tokens[at].is_capitalized
        and tokens[at].low in NAMES_OR_WORDS
        and at > 0
        and is_namelike(tokens[at - 1])
        and tokens[at - 1].low not in ROLES - HONORIFICS
    )


def _links_body(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a small word before `first` ties two capitals into one body's name rather than two names."""
    link = tokens[first - 1].low
    before = tokens[first - 2]
    if link in ("of", "for", "on"):
        return (
            before.low in ORGANIZATION_WORDS
            or before.low in HONORIFICS
            or before.low in ROLES
            or before.low in DOCUMENTS
        )
    if link in ("and", "&"):
        return (
            any(t.low in ORGANIZATION_WORDS for t in tokens[first : last + 1])
            and tokens[first - 2].low not in ORGANIZATION_WORDS
            and not is_title_word(tokens[first])
        )
    return link in ("the", "de")


def split_title(tokens: Sequence[Token], first: int, last: int) -> int:
    """Return where the name proper begins in the run `first..last` (inclusive): after titles and adjectives.

    “House Speaker Paul Ryan” begins at Paul, “Secretary of State John Kerry” at John.
    """
    name = first
    for i in range(first, last):
        token, following = tokens[i], tokens[i + 1]
        if following.low in SUFFIXES and i + 1 == last:
            break
        if is_title_word(token) or (i == name and token.low in ADJECTIVES - DIRECTIONS):
            name = i + 1
        elif token.low in ("of", "for", "on") and name > first and i == name:
            name = max(name, min(last, i + 2))
            # “Secretary of State John Kerry”: after the office the name is left, of two words where there are more.
            if last - name >= 2:
                name = last - 1
                if len(tokens[name].low) == 1 and tokens[name - 1].low not in ("of", "the"):
                    name -= 1
    return min(name, last)


def after_body(tokens: Sequence[Token], first: int, last: int) -> int:
    """Return where a person's name begins that follows a body's in the run: Trump in “Washington Post Trump”."""
    for i in range(last, first, -1):
        if not is_namelike(tokens[i]) or tokens[i].low in ORGANIZATION_WORDS:
            return first
        if tokens[i - 1].low in ORGANIZATION_WORDS and tokens[i - 1].low not in HONORIFICS:
            return i
    return first


def is_body(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether the run `first..last` (inclusive) is the name of a body rather than a person."""
    if any(t.low.removesuffix("'s") in ORGANIZATION_WORDS for t in tokens[first : last + 1]):
        return True
    bare = tokens[first].text.removesuffix("'s").removesuffix("’s")
    return first == last and len(bare) > 1 and bare.isupper()
