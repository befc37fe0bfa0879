"""Read noun phrases that can name a source from tokens: names, pronouns, described people and bodies.

Consumes tokens; produces `NounPhrase` values with offsets into the text. Needs no parser: it reads outward from a
place where a source is expected (beside a reporting verb).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from quotes import lexicon
from quotes.nameruns import MAX_BACK, after_body, is_joint, is_name_after_all, is_named_in_s, name_run, split_title
from quotes.narrative import Token
from quotes.records import Span
from quotes.wordclasses import (
    ADJECTIVES,
    DETERMINERS,
    DOCUMENTS,
    FUNCTION_WORDS,
    GROUPS,
    HEADS,
    HONORIFICS,
    LINKS,
    ORDINALS,
    ORGANIZATION_WORDS,
    PARTICLES,
    PRONOUNS,
    ROLES,
    is_demonym,
    is_namelike,
    is_possessive,
    is_title_word,
)

PhraseKind = Literal["name", "pronoun", "description"]


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
        last = self.head_last - 1
        is_owner = tokens[last].low.endswith("'s") and not is_named_in_s(tokens, last)
        return Span(tokens[self.head_first].start, tokens[last].end - (2 if is_owner else 0))


def read_back(tokens: Sequence[Token], last: int, floor: int = 0) -> NounPhrase | None:
    """Return the noun phrase that ends at token `last` (inclusive), following “of”, “for”, … to its head on the left.

    `floor` is the first token that it may take in. None where no noun phrase ends there.
    """
    phrase = _read_simple(tokens, last, floor)
    while (
        phrase is not None
        and phrase.first - 2 >= floor
        and tokens[phrase.first - 1].low in LINKS
        and not tokens[phrase.first - 1].is_capitalized
    ):
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
    if (token.low in PRONOUNS and not token.text.isupper()) or token.text == "I":
        return NounPhrase("pronoun", last, last + 1, last, last + 1)
    first = name_run(tokens, last)
    if first is not None and first >= floor:
        name = after_body(tokens, split_title(tokens, first, last), last)
        start = _modifiers_back(tokens, first, floor)
        head = _mention_start(tokens, first, name)
        if is_demonym(tokens, start, last):
            return NounPhrase("description", start, last + 1, start, last + 1)
        if first == last and token.low in HEADS and (start < first or token.low in GROUPS):
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
    """Read “the senior official”, “his former partner”, “police”: a determiner in reach, or a head without one."""
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


COMPLEMENT_LINKS = frozenset("of for at from with in".split())
"""Small words that begin what completes a description: “a spokesman for the ministry”."""
DOCUMENT_LINKS = COMPLEMENT_LINKS | frozenset("to by about on".split())
"""The same for a text: “a letter to the board”."""
TIMES = frozenset(
    "week month year night season summer winter spring autumn fall monday tuesday wednesday thursday friday saturday "
    "sunday january february march april may june july august september october november december".split()
)
"""What follows “last” in what tells a time: “said Moss's last week”."""
LONGEST_PLAIN = 6
"""Tokens after which a description must hold a word for a person, group or document to be one."""
STOP_FORWARD = lexicon.words("phrase_stops")


def read_forward(tokens: Sequence[Token], first: int, ceiling: int | None = None) -> NounPhrase | None:
    """Return the noun phrase that begins at token `first`, or None. `ceiling` is the first token out of reach."""
    limit = len(tokens) if ceiling is None else min(ceiling, len(tokens))
    if first >= limit or not tokens[first].is_word or _stops(tokens, first, STOP_FORWARD - {"one"}):
        return None
    token = tokens[first]
    if (token.low in PRONOUNS and not (token.text.isupper() and len(token.text) > 1)) or token.low in (
        "others",
        "another",
        "one",
        "many",
        "some",
    ):
        kind: PhraseKind = "pronoun" if token.low in PRONOUNS else "description"
        if kind == "pronoun" or first + 1 >= limit or not tokens[first + 1].is_word:
            return NounPhrase(kind, first, first + 1, first, first + 1)
    last = first
    while (
        last < limit
        and tokens[last].is_word
        and (last == first or not _stops(tokens, last, STOP_FORWARD) or _goes_on(tokens, last, limit))
    ):
        last += 1
    if last == first:
        return None
    return _classify_forward(tokens, first, last, limit)


def _stops(tokens: Sequence[Token], at: int, stops: frozenset[str]) -> bool:
    """Whether the word at `at` ends a phrase or begins none, as “may” does and the surname in “Ana May” does not."""
    return tokens[at].low in stops and not is_name_after_all(tokens, at)


def _goes_on(tokens: Sequence[Token], at: int, limit: int) -> bool:
    """Whether a phrase goes on at a word that ends others: in a body's name, and in “Brin’s last postmaster”."""
    owner = tokens[at - 1]
    is_owned = is_possessive(owner) and not is_named_in_s(tokens, at - 1) and at + 1 < limit and tokens[at + 1].is_word
    is_last = is_owned and tokens[at].low in ORDINALS and tokens[at + 1].low not in TIMES
    return is_last or _is_name_link(tokens, at, limit)


def _is_name_link(tokens: Sequence[Token], at: int, limit: int) -> bool:
    """Whether the small word at `at` stands inside a body's name."""
    if at + 1 >= limit or tokens[at].low not in ("of", "for", "and", "on"):
        return False
    after = at + 1
    if tokens[after].low == "the" and after + 1 < limit:
        after += 1
    if not is_namelike(tokens[at - 1]) or not is_namelike(tokens[after]):
        return False
    if tokens[at].low == "and" and tokens[at - 1].low not in HONORIFICS | ROLES:
        return is_joint(tokens, at)
    return tokens[at - 1].low in ORGANIZATION_WORDS | HONORIFICS | ROLES  # “President and Chair Jo Roe”


def _classify_forward(tokens: Sequence[Token], first: int, last: int, limit: int) -> NounPhrase | None:
    final = last - 1
    run = name_run(tokens, final)
    if is_demonym(tokens, first, final):
        return _with_complement(tokens, first, last, limit)
    if run is not None and run >= first:
        name = split_title(tokens, run, final)
        if name == final and tokens[final].low in HEADS and tokens[first].low in DETERMINERS:
            return _with_complement(tokens, first, last, limit)
        if first == final == 0 and tokens[first].low in GROUPS:
            return _with_complement(tokens, first, last, limit)
        return NounPhrase("name", first, last, _mention_start(tokens, run, name), last)
    # “Joe Roe of Iowa told”: the name may stand first and something else end the stretch.
    name_last = first
    while name_last < last and (is_namelike(tokens[name_last]) or tokens[name_last].low in PARTICLES):
        name_last += 1
    is_named = name_last > first and is_namelike(tokens[name_last - 1]) and not is_possessive(tokens[name_last - 1])
    if is_named and not _only_modifies(tokens, name_last, final):
        name = split_title(tokens, first, name_last - 1)
        return NounPhrase("name", first, name_last, _mention_start(tokens, first, name), name_last)
    is_described = tokens[first].low in DETERMINERS or tokens[final].low in HEADS or is_possessive(tokens[first])
    if is_described and (last - first <= LONGEST_PLAIN or any(t.low in HEADS for t in tokens[first:last])):
        return _with_complement(tokens, first, last, limit)
    return None


def _only_modifies(tokens: Sequence[Token], name_last: int, final: int) -> bool:
    """Whether the name before `name_last` only tells whose the role at `final` is: “Brin council's leader”.

    Between them stands a body's word in 's, with nothing that could begin another phrase.
    """
    between = tokens[name_last:final]
    return (
        final > name_last
        and tokens[final].low in ROLES | GROUPS
        and not tokens[final].is_capitalized
        and is_possessive(between[-1])
        and all(t.low.removesuffix("'s") in HEADS | ORGANIZATION_WORDS for t in between)
    )


def _with_complement(tokens: Sequence[Token], first: int, last: int, limit: int) -> NounPhrase:
    """Take in “for the ministry” after “a spokesman”, and a name in apposition: “the mayor, Jo Roe,”."""
    end = last
    links = DOCUMENT_LINKS if any(t.low in DOCUMENTS for t in tokens[first:last]) else COMPLEMENT_LINKS
    while end + 1 < limit and tokens[end].low in links:
        inner = end + 1
        while inner < limit and tokens[inner].is_word and (inner == end + 1 or tokens[inner].low not in STOP_FORWARD):
            inner += 1
        if _joins_places(tokens, inner, limit):
            inner += 2
        if inner == end + 1:
            break
        end = inner
    named = _name_in_apposition(tokens, end, limit)
    if named is not None:
        return NounPhrase("name", first, named[1], *named)
    return NounPhrase("description", first, end, first, end)


def _is_address(token: Token) -> bool:
    """Whether the token is an honorific written as one: “Rev.”, “Dame”."""
    return token.is_capitalized and token.low in HONORIFICS


def _joins_places(tokens: Sequence[Token], at: int, limit: int) -> bool:
    """Whether “and” ties one more name of one word to what completes a description: “from Brin and Ardley”."""
    return (
        at + 1 < limit
        and tokens[at].low == "and"
        and is_namelike(tokens[at - 1])
        and is_namelike(tokens[at + 1])
        and not (at + 2 < len(tokens) and is_namelike(tokens[at + 2]))
    )


def _name_in_apposition(tokens: Sequence[Token], comma: int, limit: int) -> tuple[int, int] | None:
    """Return where the name stands in “her neighbour, helicopter pilot Des Rundle.”, whose comma is token `comma`."""
    if comma + 1 >= limit or tokens[comma].text != ",":
        return None
    start = comma + 1
    if tokens[start].low == "the" and start + 1 < limit and _is_address(tokens[start + 1]):
        start += 1  # “the council's leader, the Rev. Jo Roe”
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
