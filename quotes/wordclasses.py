"""Classes of words that names and sources are read by, from the lists in `lexicon/`.

Consumes a token; says what it can be. The small closed classes of English stand here; what grows is in the lists.
"""

from __future__ import annotations

from collections.abc import Sequence

from quotes import lexicon
from quotes.narrative import Token

HONORIFICS = lexicon.words("honorifics")

ROLES = lexicon.words("role_nouns")

GROUPS = lexicon.words("group_nouns")

DOCUMENTS = lexicon.words("document_nouns")

FUNCTION_WORDS = lexicon.words("function_words")

OPENING_ADVERBS = lexicon.words("opening_adverbs")

PARTICLES = lexicon.words("name_particles")

SUFFIXES = lexicon.words("name_suffixes")

ADJECTIVES = lexicon.words("affiliation_adjectives")

ORGANIZATION_WORDS = lexicon.words("organization_words")

DEMONYMS = lexicon.words("demonyms")

PASTS = lexicon.words("irregular_pasts")

PRONOUNS = frozenset("he she they it i we you".split())

DETERMINERS = frozenset("the a an his her their its my our your one another some several two three many".split())

LINKS = frozenset("of for at with from in on to near by under behind against inside".split())

DIRECTIONS = frozenset("north south east west n s".split())
"""First words of names of places, which are no given names and no adjectives of a title."""

RELATIVES = frozenset("who whose whom which that".split())

ORDINALS = frozenset("first second third last next other more".split())

HEADS = ROLES | GROUPS | DOCUMENTS


PAPERS = frozenset("namibian oregonian scotsman tennessean yorker zimbabwean".split())
"""Nouns for people that newspapers and magazines are called by."""
COMPASS = frozenset("new north south east west northern southern puerto costa".split())
"""Words before such nouns: “the South African”."""


def is_demonym(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether the tokens `first..last` (inclusive) are “the Swede” or “the South African”, somebody described."""
    if first >= last or tokens[first].low != "the" or tokens[last].low not in DEMONYMS:
        return False
    if tokens[last].low in PAPERS or (tokens[first].is_capitalized and first > 0 and tokens[last].low == "australian"):
        return False  # “in The Australian”
    return tokens[last].is_capitalized and all(
        t.low in COMPASS or not t.is_capitalized for t in tokens[first + 1 : last]
    )


def is_namelike(token: Token) -> bool:
    """Whether the token can be part of a name by itself: a capital or handle, and no function word."""
    if not token.is_capitalized:
        return False
    is_initial = token.text.endswith(".") and len(token.low) == 1
    is_small = token.low in FUNCTION_WORDS or token.low in OPENING_ADVERBS
    return not is_small or token.text == "US" or is_initial


def is_possessive(token: Token) -> bool:
    """Whether the token ends in 's."""
    return token.low.endswith(("'s", "s'"))


def is_title_word(token: Token) -> bool:
    """Whether the token is an honorific or a role, as in “Sen.”, “Director”, “Secretary-General”."""
    low = token.low
    return low in HONORIFICS or low in ROLES or ("-" in low and low.split("-")[0] in ROLES)


def is_speaking_noun(description: str) -> bool:
    """Whether the noun that a description is about is one for people, bodies or texts by our lists: can it speak?"""
    words = [w.strip(".,").lower().replace("’", "'").removesuffix("'s") for w in description.split()]
    end = next((i for i, w in enumerate(words) if i and (w in LINKS or w in RELATIVES)), len(words))
    head = words[end - 1] if end else ""
    return head in HEADS or head in ORGANIZATION_WORDS or head.removesuffix("s") in ROLES
