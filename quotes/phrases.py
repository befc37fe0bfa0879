"""Read noun phrases that can name a source from tokens: names, pronouns, described people and bodies.

Consumes tokens; produces `NounPhrase` values with offsets into the text. Needs no parser: it reads outward from a
place where a source is expected (beside a reporting verb). Word lists: honorifics, role_nouns, group_nouns,
document_nouns, organization_words, function_words, name_particles, name_suffixes, affiliation_adjectives.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from quotes import lexicon
from quotes.narrative import Token
from quotes.records import Span

PhraseKind = Literal["name", "pronoun", "description"]

HONORIFICS = lexicon.words("honorifics")
ROLES = lexicon.words("role_nouns")
GROUPS = lexicon.words("group_nouns")
DOCUMENTS = lexicon.words("document_nouns")
FUNCTION_WORDS = lexicon.words("function_words")
PARTICLES = lexicon.words("name_particles")
SUFFIXES = lexicon.words("name_suffixes")
ADJECTIVES = lexicon.words("affiliation_adjectives")
ORGANIZATION_WORDS = lexicon.words("organization_words")

PRONOUNS = frozenset("he she they it i we you".split())
DETERMINERS = frozenset("the a an his her their its my our your one another some several two three many".split())
LINKS = frozenset("of for at with from in on to near by under behind against inside".split())
NAME_LINKS = frozenset(("of", "for", "the", "and", "&", "on", "de", "in"))
ORDINALS = frozenset("first second third last next other more".split())
HEADS = ROLES | GROUPS | DOCUMENTS
MAX_BACK = 14
"""Longest noun phrase, in tokens, that is read backwards from its last word."""


@dataclass(frozen=True, slots=True)
class NounPhrase:
    """A noun phrase `tokens[first:last]`; `head_first:head_last` is the name inside it, or all of it."""

    kind: PhraseKind
    first: int
    last: int
    head_first: int
    head_last: int

    def mention(self, tokens: Sequence[Token]) -> Span:
        """Return where the naming part of the phrase stands in the text."""
        return Span(tokens[self.head_first].start, _strip_possessive(tokens[self.head_last - 1]))


def _strip_possessive(token: Token) -> int:
    return token.end - 2 if token.low.endswith("'s") else token.end


def is_namelike(token: Token) -> bool:
    """Whether the token can be part of a name by itself: a capital or handle, and no function word."""
    return token.is_capitalized and token.low not in FUNCTION_WORDS


def is_possessive(token: Token) -> bool:
    """Whether the token ends in 's."""
    return token.low.endswith(("'s", "s'"))


def is_title_word(token: Token) -> bool:
    """Whether the token is an honorific or a role, as in “Sen.”, “Director”, “spokeswoman”."""
    return token.low in HONORIFICS or token.low in ROLES


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
    if not is_namelike(tokens[first]):
        return None
    while first > 0 and last - first < MAX_BACK:
        before = tokens[first - 1]
        if is_possessive(before):
            break
        if is_namelike(before) or (before.low in PARTICLES and first >= 2 and before.text[0].islower() and is_namelike(tokens[first - 2])):
            first -= 1
        elif before.low in NAME_LINKS and first >= 2 and is_namelike(tokens[first - 2]) and _links_body(tokens, first, last):
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


def _links_body(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a small word before `first` ties two capitals into one body's name rather than two names."""
    link = tokens[first - 1].low
    before = tokens[first - 2]
    if link in ("of", "for", "on"):
        return before.low in ORGANIZATION_WORDS or before.low in HONORIFICS or before.low in ROLES or before.low in DOCUMENTS
    if link in ("and", "&"):
        return any(t.low in ORGANIZATION_WORDS for t in tokens[first : last + 1]) and tokens[first - 2].low not in ORGANIZATION_WORDS
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
        if is_title_word(token) or (i == name and token.low in ADJECTIVES):
            name = i + 1
        elif token.low in ("of", "for", "on") and name > first and i == name:
            name = max(name, min(last, i + 2))
            # “Secretary of State John Kerry”: the name is what is left after the office, two words where there are more.
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
    return any(t.low in ORGANIZATION_WORDS for t in tokens[first : last + 1]) or (
        first == last and len(tokens[first].text) > 1 and tokens[first].text.isupper()
    )


def read_back(tokens: Sequence[Token], last: int, floor: int = 0) -> NounPhrase | None:
    """Return the noun phrase that ends at token `last` (inclusive), following “of”, “for”, … to its head on the left.

    `floor` is the first token that it may take in. None where no noun phrase ends there.
    """
    phrase = _read_simple(tokens, last, floor)
    while phrase is not None and phrase.first - 2 >= floor and tokens[phrase.first - 1].low in LINKS and not tokens[phrase.first - 1].is_capitalized:
        outer = _read_simple(tokens, phrase.first - 2, floor)
        if outer is None or outer.kind == "pronoun":
            break
        head = (outer.head_first, outer.head_last) if outer.kind == "name" else (outer.first, phrase.last)
        phrase = NounPhrase(outer.kind, outer.first, phrase.last, *head)
    return phrase


def _read_simple(tokens: Sequence[Token], last: int, floor: int) -> NounPhrase | None:
    last = _skip_brackets_back(tokens, last, floor)
    if last < floor:
        return None
    token = tokens[last]
    if token.low in PRONOUNS and not token.text.isupper() or token.text == "I":
        return NounPhrase("pronoun", last, last + 1, last, last + 1)
    first = name_run(tokens, last)
    if first is not None and first >= floor:
        name = after_body(tokens, split_title(tokens, first, last), last)
        start = _modifiers_back(tokens, first, floor)
        head = _mention_start(tokens, first, name)
        if first == last and token.low in HEADS and (start < first or last == 0 or token.low in GROUPS):
            return NounPhrase("description", start, last + 1, start, last + 1)
        return NounPhrase("name", start, last + 1, head, last + 1)
    if token.is_word and token.low not in FUNCTION_WORDS | LINKS:
        return _description_back(tokens, last, floor)
    if token.low in ("others", "many", "some", "one", "another"):
        return NounPhrase("description", last, last + 1, last, last + 1)
    return None


def _mention_start(tokens: Sequence[Token], first: int, name: int) -> int:
    """A mention keeps the honorific right before the name, and no more of the title."""
    if name > first and tokens[name - 1].low in HONORIFICS:
        return name - 1
    return name


def _skip_brackets_back(tokens: Sequence[Token], last: int, floor: int) -> int:
    """Step over “(R-Iowa)” to the word before it."""
    if last >= floor and tokens[last].text in (")", "]"):
        opening = last
        while opening > floor and tokens[opening].text not in ("(", "["):
            opening -= 1
        return opening - 1
    return last


def _modifiers_back(tokens: Sequence[Token], first: int, floor: int) -> int:
    """Return where the modifiers before a name begin: “Trump campaign manager” of “Trump campaign manager Jo Roe”."""
    start = first
    while start > floor and first - start < MAX_BACK:
        before = tokens[start - 1]
        if not before.is_word or before.low in FUNCTION_WORDS - DETERMINERS or before.low in LINKS:
            break
        if start == first and before.low == "the":
            start -= 1
            break
        if start == first and before.low not in HEADS and before.low not in ADJECTIVES and not is_possessive(before):
            break
        start -= 1
        if before.low in DETERMINERS:
            break
    return start


def _description_back(tokens: Sequence[Token], last: int, floor: int) -> NounPhrase | None:
    """Read “the senior official”, “his former partner”, “police”: a determiner within reach, or a head that needs none."""
    first = last
    while first > floor and last - first < MAX_BACK:
        before = tokens[first - 1]
        if not before.is_word:
            break
        if before.low in DETERMINERS:
            return NounPhrase("description", first - 1, last + 1, first - 1, last + 1)
        if (before.low in FUNCTION_WORDS and before.low not in ORDINALS) or before.low in LINKS:
            break
        first -= 1
        if is_possessive(before) and tokens[last].low in HEADS:
            start = name_run(tokens, first) if is_namelike(before) else None
            start = first if start is None else max(start, floor)
            return NounPhrase("description", start, last + 1, start, last + 1)
    if tokens[last].low in HEADS:
        start = last
        while start > first and (tokens[start - 1].low in ADJECTIVES or is_namelike(tokens[start - 1])):
            start -= 1
        return NounPhrase("description", start, last + 1, start, last + 1)
    return None


STOP_FORWARD = frozenset(
    "in on at during after before when while as that about who which whose where because if and but or to by via through "
    "over since until following yesterday today tonight monday tuesday wednesday thursday friday saturday sunday last this "
    "later earlier recently then with without of for from than said was is were had has have also still never always "
    "just often once again even now already soon further will would could should may might did does".split()
)


def read_forward(tokens: Sequence[Token], first: int, ceiling: int | None = None) -> NounPhrase | None:
    """Return the noun phrase that begins at token `first`, or None. `ceiling` is the first token out of reach."""
    limit = len(tokens) if ceiling is None else min(ceiling, len(tokens))
    if first >= limit or not tokens[first].is_word or tokens[first].low in STOP_FORWARD - {"one"}:
        return None
    token = tokens[first]
    if (token.low in PRONOUNS and not (token.text.isupper() and len(token.text) > 1)) or token.low in ("others", "another", "one", "many", "some"):
        kind: PhraseKind = "pronoun" if token.low in PRONOUNS else "description"
        if kind == "pronoun" or first + 1 >= limit or not tokens[first + 1].is_word:
            return NounPhrase(kind, first, first + 1, first, first + 1)
    last = first
    while last < limit and tokens[last].is_word and (last == first or tokens[last].low not in STOP_FORWARD or _is_name_link(tokens, first, last, limit)):
        last += 1
    if last == first:
        return None
    return _classify_forward(tokens, first, last, limit)


def _is_name_link(tokens: Sequence[Token], first: int, at: int, limit: int) -> bool:
    """Whether the small word at `at` stands inside a body's name."""
    if at + 1 >= limit or tokens[at].low not in ("of", "for", "and", "on"):
        return False
    after = at + 1
    if tokens[after].low == "the" and after + 1 < limit:
        after += 1
    return is_namelike(tokens[at - 1]) and is_namelike(tokens[after]) and (
        tokens[at - 1].low in ORGANIZATION_WORDS | HONORIFICS | ROLES or tokens[at].low == "and" and is_body(tokens, first, at - 1)
    )


def _classify_forward(tokens: Sequence[Token], first: int, last: int, limit: int) -> NounPhrase | None:
    final = last - 1
    run = name_run(tokens, final)
    if run is not None and run >= first:
        name = split_title(tokens, run, final)
        if name == final and tokens[final].low in HEADS and tokens[first].low in DETERMINERS:
            return _with_complement(tokens, first, last, limit)
        return NounPhrase("name", first, last, _mention_start(tokens, run, name), last)
    # “Joe Roe of Iowa told”: the name may stand first and something else end the stretch.
    name_last = first
    while name_last < last and (is_namelike(tokens[name_last]) or tokens[name_last].low in PARTICLES):
        name_last += 1
    if name_last > first and is_namelike(tokens[name_last - 1]) and not is_possessive(tokens[name_last - 1]):
        name = split_title(tokens, first, name_last - 1)
        return NounPhrase("name", first, name_last, _mention_start(tokens, first, name), name_last)
    if tokens[first].low in DETERMINERS or tokens[final].low in HEADS or is_possessive(tokens[first]):
        return _with_complement(tokens, first, last, limit)
    return None


def _with_complement(tokens: Sequence[Token], first: int, last: int, limit: int) -> NounPhrase:
    """Take in “for the ministry” after “a spokesman”, and a name in apposition: “the mayor, Jo Roe,”."""
    end = last
    while end + 1 < limit and tokens[end].low in ("of", "for", "at", "from", "with"):
        inner = end + 1
        while inner < limit and tokens[inner].is_word and (inner == end + 1 or tokens[inner].low not in STOP_FORWARD):
            inner += 1
        if inner == end + 1:
            break
        end = inner
    named = _name_in_apposition(tokens, end, limit)
    if named is not None:
        return NounPhrase("name", first, named[1], *named)
    return NounPhrase("description", first, end, first, end)


def _name_in_apposition(tokens: Sequence[Token], comma: int, limit: int) -> tuple[int, int] | None:
    """Return where the name stands in “her neighbour, helicopter pilot Des Rundle.”, whose comma is token `comma`."""
    if comma + 1 >= limit or tokens[comma].text != ",":
        return None
    start = comma + 1
    while start < limit and start - comma <= 4 and tokens[start].is_word and not is_namelike(tokens[start]):
        if tokens[start].low in FUNCTION_WORDS | LINKS:
            return None
        start += 1
    after = start
    while after < limit and (is_namelike(tokens[after]) or tokens[after].low in PARTICLES):
        after += 1
    if after - start < 2 or (after < limit and tokens[after].is_word):
        return None
    name = split_title(tokens, start, after - 1)
    if is_title_word(tokens[after - 1]):
        return None
    return _mention_start(tokens, start, name), after
