"""The registry of an article's names: every name mention of its narrative, and which of them are one person or body.

Consumes the narrative; produces `Name` entries. Joins by surname and compatible given names, as
`speakers.py` explains; never by likeness of spelling.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quotes import lexicon
from quotes.nameruns import after_body, is_body, is_name_after_all, is_particle, name_run, split_title
from quotes.narrative import Narrative, Token
from quotes.records import Span
from quotes.wordclasses import (
    ADJECTIVES,
    DIRECTIONS,
    FUNCTION_WORDS,
    HEADS,
    HONORIFICS,
    SUFFIXES,
    is_namelike,
    is_possessive,
)

GENERATIONS = frozenset(("jr", "sr", "ii", "iii", "iv"))
"""Suffixes that tell a parent from a child of one name."""
GENDERED = {
    word: pronoun for name in ("gendered_honorifics", "gendered_roles") for word, pronoun in lexicon.table(name)
}
PLACING = frozenset("the from of at in into near".split())
OPENING_CUES = frozenset("said says added adds asked asks wrote writes replied replies explained recalled".split())
GIVEN_AND_SURNAME = 2
HEADLINE_SHARE, HEADLINE_WORDS = 0.85, 4
"""Share of capitalised words from which a sentence of at least so many words is a headline: capitals tell no names."""


@dataclass(frozen=True, slots=True)
class NameMention:
    """One mention of a name: where it stands, its words, and what stands before it."""

    span: Span
    words: tuple[str, ...]
    """The name's words in lower case, without honorifics, titles and full stops."""
    sentence: tuple[int, int]
    """Paragraph and sentence index."""
    first: int
    """Index of the name's first token in its sentence, titles apart."""
    last: int
    run_first: int
    """Index where the run begins, titles included."""
    is_body: bool
    pronoun: str | None
    """m or f where an honorific before the name tells; None otherwise."""
    starts_sentence: bool
    is_shouted: bool = False
    """Whether it is all in capitals."""
    is_linked: bool = False
    """Whether “the”, “from”, “of”, “at” or “in” stands right before it, as before a body or a place."""


class Name:
    """A person or body of the article: its mentions, in order of the text once `join` is done."""

    __slots__ = ("first_start", "fullest", "mentions", "stated_pronoun", "tied")

    def __init__(self, mention: NameMention) -> None:
        self.mentions = [mention]
        self.fullest = mention
        """The mention with the most words; of those one in ordinary capitals, then the earliest."""
        self.first_start = mention.span.start
        self.stated_pronoun = mention.pronoun
        """m or f where a mention's honorific tells."""
        self.tied: str | None = None
        """m or f where the article's own pronouns tell."""

    def add(self, mention: NameMention) -> None:
        """Take in one more mention."""
        self.mentions.append(mention)
        self.first_start = min(self.first_start, mention.span.start)
        self.stated_pronoun = self.stated_pronoun or mention.pronoun
        if _fullness(mention) > _fullness(self.fullest):
            self.fullest = mention

    @property
    def is_body(self) -> bool:
        """Whether it is a body rather than a person."""
        return self.fullest.is_body

    @property
    def pronoun(self) -> str | None:
        """M or f where an honorific or the article's pronouns tell; None otherwise."""
        return self.stated_pronoun or self.tied

    def last_before(self, offset: int) -> int:
        """Return where the last mention before `offset` starts; -1 where there is none."""
        place = bisect_left(self.mentions, offset, key=lambda m: m.span.start)
        return self.mentions[place - 1].span.start if place else -1


def _fullness(mention: NameMention) -> tuple[int, int, bool, int]:
    initials = sum(len(word) == 1 for word in mention.words)
    return len(mention.words), -initials, not mention.is_shouted, -mention.span.start


def find(narrative: Narrative) -> list[NameMention]:
    """Return every name mention of the narrative in order; a lone capital that only begins sentences is none."""
    found: list[NameMention] = []
    headlines: set[tuple[int, int]] = set()
    for p, paragraph in enumerate(narrative.sentences):
        for s, sentence in enumerate(paragraph):
            found.extend(_in_sentence(sentence.tokens, p, s))
            if _is_headline(sentence.tokens, is_first=p == s == 0):
                headlines.add((p, s))
    known = {m.words for m in found if m.sentence not in headlines}
    if known:
        surnames = {_core(words)[-1] for words in known}
        found = [
            m
            for m in found
            if m.sentence not in headlines
            or m.words in known
            or (len(m.words) == GIVEN_AND_SURNAME and m.first == m.run_first and _core(m.words)[-1] in surnames)
        ]
    given = {m.words[0] for m in found if len(m.words) > 1 and not m.is_body}
    found = [m for m in found if not _is_no_name(m, given)]
    inside = {w for m in found if not m.starts_sentence or len(m.words) > 1 for w in m.words}
    return [
        m
        for m in found
        if len(m.words) > 1 or not m.starts_sentence or m.words[0] in inside or m.pronoun or m.first > m.run_first
    ]


def _is_headline(tokens: Sequence[Token], *, is_first: bool) -> bool:
    words = [t for t in tokens if t.is_word and t.low not in FUNCTION_WORDS]
    capitals = sum(t.is_capitalized for t in words)
    if tokens[-1].text == "." or (tokens[-1].is_quotation and not is_first):
        return False
    return len(words) >= HEADLINE_WORDS and capitals >= HEADLINE_SHARE * len(words)


def _is_no_name(mention: NameMention, given: set[str]) -> bool:
    """Whether the words are ordinary ones, an honorific alone among them; `given` are the article's given names."""
    if all(w in HONORIFICS for w in mention.words) and mention.first == mention.run_first:
        return True
    return all(is_ordinary(w) and w not in given for w in mention.words) and not mention.pronoun


def _in_sentence(tokens: Sequence[Token], paragraph: int, sentence: int) -> Iterator[NameMention]:
    i = 0
    while i < len(tokens):
        if not is_namelike(tokens[i]):
            i += 1
            continue
        last = i
        while last + 1 < len(tokens) and not is_possessive(tokens[last]) and _goes_on(tokens, last):
            last += 1
        while last > i and not _can_end(tokens, last):
            last -= 1
        first = name_run(tokens, last)
        first = i if first is None else max(first, i)
        if first == 0 and last > 0 and tokens[0].low in OPENING_CUES:
            first = 1  # “Said Roe: “…””
        yield mention_at(tokens, first, last, (paragraph, sentence))
        i = last + 1


def _can_end(tokens: Sequence[Token], at: int) -> bool:
    return is_namelike(tokens[at]) or tokens[at].low in SUFFIXES or is_name_after_all(tokens, at)


def _goes_on(tokens: Sequence[Token], last: int) -> bool:
    following = tokens[last + 1]
    if is_namelike(following) or is_name_after_all(tokens, last + 1):
        return True
    if is_particle(tokens, last + 1):
        ahead = last + 2
        while ahead < len(tokens) and is_particle(tokens, ahead):
            ahead += 1
        return ahead < len(tokens) and is_namelike(tokens[ahead])
    after = tokens[last + 2] if last + 2 < len(tokens) else None
    if following.low in SUFFIXES and following.is_word:
        return True
    if following.text == "," and after is not None and after.low in ("jr", "sr"):
        return True
    return (
        after is not None
        and following.low in ("of", "for", "and", "&")
        and is_namelike(after)
        and name_run(tokens, last + 2) != last + 2
    )


def mention_at(tokens: Sequence[Token], first: int, last: int, where: tuple[int, int]) -> NameMention:
    """Return the name mention that the run of tokens `first..last` (inclusive) makes."""
    name = after_body(tokens, split_title(tokens, first, last), last)
    body = is_body(tokens, name, last)
    words = tuple(word_of(t) for t in tokens[name : last + 1] if t.is_word)
    end = tokens[last].end - (2 if tokens[last].low.endswith("'s") else 0)
    shouted = all(t.text.isupper() for t in tokens[name : last + 1]) and any(
        len(t.text) > 2 for t in tokens[name : last + 1]
    )
    linked = name > 0 and name == first and tokens[name - 1].low in PLACING
    return NameMention(
        Span(tokens[name].start, end),
        words,
        where,
        name,
        last,
        first,
        body,
        None if body else _told_before(tokens, name, last),
        first == 0,
        shouted,
        linked,
    )


def _told_before(tokens: Sequence[Token], name: int, last: int) -> str | None:
    """Return m or f where “Mrs.”, “spokeswoman” or “the first lady,” before a name tells."""
    if name == 0:
        return None
    before = tokens[name - 1]
    if before.text == "," and name >= 2 and last + 1 < len(tokens) and tokens[last + 1].text == ",":
        before = tokens[name - 2]
    return GENDERED.get(before.low) if before.is_word else None


def word_of(token: Token) -> str:
    """Return a name's word as it is compared: lower case, no possessive, no full stop."""
    word = token.low.removesuffix("'s").rstrip("'").replace(".", "").lstrip("@#")
    return word or token.low


def compatible(short: Sequence[str], full: Sequence[str]) -> bool:
    """Whether `short` can be a shorter form of the name `full`: surname alike, given names or initials not at odds."""
    short_core, full_core = _core(short), _core(full)
    if short_core and full_core and {short_core[0], full_core[0]} & DIRECTIONS:
        return short_core == full_core
    if not short_core or not full_core:
        return False
    if len(short_core) > len(full_core) or _suffixes_differ(short, full):
        return False
    if short_core == full_core:
        return True
    if short_core[-1] != full_core[-1]:
        return False
    rest = list(full_core[:-1])
    for word in short_core[:-1]:
        match = next((w for w in rest if w == word or (min(len(w), len(word)) == 1 and w[0] == word[0])), None)
        if match is None:
            return False
        rest = rest[rest.index(match) + 1 :]
    return True


def surname(words: Sequence[str]) -> str:
    """Return the last word of a name that is no suffix."""
    return _core(words)[-1]


def _suffixes_differ(a: Sequence[str], b: Sequence[str]) -> bool:
    one, other = ({w for w in words if w in GENERATIONS} for words in (a, b))
    return bool(one and other and one != other)


def _core(words: Sequence[str]) -> tuple[str, ...]:
    kept = [w for w in words if w not in SUFFIXES]
    return tuple(w for i, w in enumerate(kept) if w not in HONORIFICS or i == len(kept) - 1) or tuple(words)


def join(mentions: Sequence[NameMention]) -> list[Name]:
    """Return the persons and bodies behind the mentions, in order of their first mention.

    Longest names first. A shorter one joins a name that it can be a form of; of several, the one that the article
    brought in first: a bare surname is its main bearer's, on the development articles more often than the last one's.
    """
    names: list[Name] = []
    by_surname: dict[str, list[Name]] = {}
    by_given: dict[str, list[Name]] = {}
    for mention in sorted(mentions, key=lambda m: (-len(_core(m.words)), m.pronoun is None, m.span.start)):
        core = _core(mention.words)
        fits = [
            n
            for n in by_surname.get(core[-1], ())
            if compatible(mention.words, n.mentions[0].words) and _agrees(mention, n)
        ]
        if not fits and len(core) == 1 and mention.pronoun is None:
            given = by_given.get(core[0], [])
            fits = given if len(given) == 1 else []
        if fits:
            min(fits, key=lambda n: (n.first_start > mention.span.start, n.first_start)).add(mention)
            continue
        name = Name(mention)
        names.append(name)
        by_surname.setdefault(core[-1], []).append(name)
        if not mention.is_body and len(core) > 1:
            by_given.setdefault(core[0], []).append(name)
    for name in names:
        name.mentions.sort(key=lambda m: m.span.start)
    return sorted(names, key=lambda n: n.first_start)


def _agrees(mention: NameMention, name: Name) -> bool:
    if mention.is_body != name.is_body and len(mention.words) > 1:
        return False
    return mention.pronoun is None or name.pronoun is None or mention.pronoun == name.pronoun


def is_ordinary(word: str) -> bool:
    """Whether a capitalised word is an ordinary one: a role, an adjective of party or country, a function word."""
    return word in HEADS or word in ADJECTIVES or word in FUNCTION_WORDS
