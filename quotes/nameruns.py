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
    FUNCTION_WORDS,
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
NAMES_OR_ROLES = lexicon.words("name_or_role")
GIVEN_TITLES = frozenset("dean duke earl".split())
"""Titles that are given names as well."""
TELLING = frozenset("said says told".split())
"""Reporting verbs that are no nouns and stand before none: what comes right before one is its subject."""
INDEFINITE = frozenset("anybody anyone everybody everyone nobody somebody someone".split())
"""Words that a contracted “has” or “is” follows, as in “Everyone's said it”."""
BEFORE_SUBJECT = frozenset("as because but if that though what when where while".split())
"""Words that a subject follows: “but May said”, where “in May” is a month."""
RANKS = frozenset(
    "acting assistant associate chief deputy elder ex fellow former junior late lead senior younger".split()
)
"""Adjectives of rank, which are part of no body's name: “Former Brin Council”."""
SURNAMES_TOO = frozenset("bloomberg fox white".split())
"""Words for bodies that behind another are a surname: no body's name of two words ends in them."""
CAUSES = frozenset(("against", "without"))
"""Small words inside the names of bodies for a cause."""
PARTNERS = frozenset("associates bros brothers co company daughters partners sons".split())
"""Words behind “and” that make a firm's name of the one before it."""
ABOUT = frozenset("bureau chamber committee department faculty institute ministry office school".split())
"""Bodies that are named after what they are about: with “of”, one thing or two."""
TOPICS = frozenset("energy water".split())
"""Words for bodies that are as often what one is about: “the Land and Water Board”."""
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
        if is_name_after_all(tokens, first - 1):
            first -= 1
            if first > 0 and not is_title_word(tokens[first - 1]):
                break  # “a speech for Brin Fisheries Will Pell gave”: a given name begins the name
        elif (
            is_namelike(before)
            or is_particle(tokens, first - 1)
            or is_cause(tokens, first - 1)
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


def is_cause(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word at `at` stands inside a name like “Doctors Without Borders”, “Mothers Against Noise”."""
    return (
        at > 0
        and tokens[at].is_capitalized
        and tokens[at].low in CAUSES
        and is_namelike(tokens[at - 1])
        and tokens[at - 1].low.endswith("s")
    )


def is_of_many(tokens: Sequence[Token], at: int) -> bool:
    """Whether the possessive at `at` is part of a body's name: “the Fishers' Union”."""
    return (
        tokens[at].low.endswith("s'")
        and at + 1 < len(tokens)
        and tokens[at + 1].is_capitalized
        and tokens[at + 1].low in ORGANIZATION_WORDS
    )


def is_named_in_s(tokens: Sequence[Token], at: int) -> bool:
    """Whether the 's at `at` belongs to the name and owns nothing: “Brody's said it fell”, “…,” said Brody's."""
    token = tokens[at]
    bare = token.low.removesuffix("'s")
    if bare == token.low or bare in FUNCTION_WORDS | INDEFINITE or not is_namelike(token):
        return False
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if following is not None and following.low in TELLING:
        return True
    return (following is None or following.text in (".", ",")) and _is_inverted(tokens, at)


def _is_inverted(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word at `at` stands behind a quotation and its verb: Roe in “…,” said Roe."""
    if at < 2 or tokens[at - 1].low not in TELLING:
        return False
    before = at - 3 if tokens[at - 2].text == "," else at - 2
    return before >= 0 and tokens[before].is_quotation


def is_particle(tokens: Sequence[Token], at: int) -> bool:
    """Whether the small word at `at` is part of a name: “van”, or the “de” of “de la”, after a capital."""
    if tokens[at].low not in PARTICLES or not tokens[at].text[0].islower():
        return False
    while at > 0 and tokens[at].low in PARTICLES and tokens[at].text[0].islower():
        at -= 1
    return is_namelike(tokens[at])


def is_name_after_all(tokens: Sequence[Token], at: int) -> bool:
    """Whether a capitalised function word is a name here: May in “Ana May”, “June Moss said” and “…,” May said."""
    if not tokens[at].is_capitalized or tokens[at].low not in NAMES_OR_WORDS:
        return False
    before = tokens[at - 1] if at > 0 else None
    is_surname = before is not None and is_namelike(before) and not is_possessive(before)
    if is_surname and before is not None and before.low not in ROLES - HONORIFICS:
        return True
    return _is_inverted(tokens, at) or _is_speaker(tokens, at)


def _is_speaker(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word at `at`, or with the name after it, is the subject of a verb of telling and opens its clause."""
    last = at + 1 if at + 1 < len(tokens) and is_namelike(tokens[at + 1]) else at
    if last + 1 >= len(tokens) or tokens[last + 1].low not in TELLING:
        return False
    return at == 0 or not tokens[at - 1].is_word or tokens[at - 1].low in BEFORE_SUBJECT


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
    if link == "&":
        return not is_title_word(before) and not is_title_word(tokens[first])
    if link == "and":
        kind = _kind_before(tokens, first - 1)
        if _is_firm(tokens, first, last) or (kind in ABOUT and first == last):
            return True
        if kind in ORGANIZATION_WORDS - ABOUT:
            return False  # “the University of Brin and Oxhaven College”
        later = first if tokens[first].low in TOPICS else first + 1
        return (
            any(t.low in ORGANIZATION_WORDS for t in tokens[later : last + 1])
            and before.low not in ORGANIZATION_WORDS
            and not _is_shouted(before)
            and not is_title_word(tokens[first])
        )
    return link in ("the", "de")


def _is_firm(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether “and” before `first` is a firm's: “Moss and Moss”, “Pell and Company”."""
    return tokens[first].low in PARTNERS or (first == last and tokens[first].low == tokens[first - 2].low)


def _kind_before(tokens: Sequence[Token], link: int) -> str | None:
    """Return what the name before `link` completes with “of”: ministry in “the Ministry of Fish and Timber”."""
    of = link - 1
    while of > 0 and is_namelike(tokens[of]):
        of -= 1
    return tokens[of - 1].low if of > 0 and tokens[of].low == "of" else None


def _is_shouted(token: Token) -> bool:
    """Whether the token is a name by itself, as initials are: “the BRC and Fish Agency” are two."""
    return len(token.text) > 1 and token.text.isupper()


def is_joint(tokens: Sequence[Token], link: int) -> bool:
    """Whether “and” at `link` stands inside one body's name: “the Fish and Timber Agency”, “Moss and Moss”.

    Without “the” or an owner before the name, “Brin and Oxhaven University” can as well be two.
    """
    last = link + 1
    while last + 1 < len(tokens) and is_namelike(tokens[last + 1]) and not is_possessive(tokens[last]):
        last += 1
    first = name_run(tokens, last)
    if first is None or first >= link:
        return False
    if first > 0 and (tokens[first - 1].low == "the" or is_possessive(tokens[first - 1])):
        return True
    is_about = tokens[link + 1].low in TOPICS or _kind_before(tokens, link) in ABOUT
    return is_about or tokens[link].text == "&" or _is_firm(tokens, link + 1, last)


def split_title(tokens: Sequence[Token], first: int, last: int) -> int:
    """Return where the name proper begins in the run `first..last` (inclusive): after titles and adjectives.

    “House Speaker Paul Ryan” begins at Paul, “Secretary of State John Kerry” at John.
    """
    name = first
    for i in range(first, last):
        token, following = tokens[i], tokens[i + 1]
        if i + 1 == last and (following.low in SUFFIXES or _is_full_name(token, following)):
            break
        if following.low in ("and", "&"):
            continue  # “the Brin Farmer and Growers Association”
        if _is_of_body(tokens, i, last):
            continue
        is_modifier = i == name and token.low in ADJECTIVES - DIRECTIONS
        if is_modifier or is_title_word(token) or (i == first and _are_described(tokens, first, last)):
            name = i + 1
        elif token.low in ("of", "for", "on") and name > first and i == name:
            name = max(name, min(last, i + 2))
            # “Secretary of State John Kerry”: after the office the name is left, of two words where there are more.
            if last - name >= 2:
                name = last - 1
                if len(tokens[name].low) == 1 and tokens[name - 1].low not in ("of", "the"):
                    name -= 1
    return min(name, last)


def _are_described(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a sentence begins with a role in the plural before a full name: “Researchers Ana Pell and Ira Moss”."""
    rest = tokens[first + 1 : last + 1]
    return (
        tokens[first].low.endswith("s")
        and tokens[first].low[:-1] in ROLES
        and (first == 0 or not tokens[first - 1].is_word)
        and len(rest) > 1
        and not any(t.low in FUNCTION_WORDS or t.low in ORGANIZATION_WORDS for t in rest)
    )


def _is_of_body(tokens: Sequence[Token], at: int, last: int) -> bool:
    """Whether an adjective of party or land is part of a body's name: “British Council”, not “British Lord Roe”."""
    return tokens[at].low in ADJECTIVES - RANKS and is_body(tokens, at + 1, last)


def _is_full_name(given: Token, surname: Token) -> bool:
    """Whether a title and a role are a given name and a surname: “Dean Baker”."""
    return given.low in GIVEN_TITLES and surname.low.removesuffix("'s") in NAMES_OR_ROLES


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
    words = [t.low.removesuffix("'s") for t in tokens[first : last + 1]]
    if len(words) > 1 and words[-1] in SURNAMES_TOO:
        words.pop()  # “Ana White”
    if any(word in ("and", "&") or word in ORGANIZATION_WORDS or word in CAUSES for word in words):
        return True
    bare = tokens[first].text.removesuffix("'s").removesuffix("’s")
    return first == last and len(bare) > 1 and bare.isupper()
