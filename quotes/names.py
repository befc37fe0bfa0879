"""The registry of an article's names: which of its mentions are one person or body.

Consumes name mentions (`namefind.py`); produces `Name` entries. Joins by surname and compatible given names, as
`speakers.py` explains; never by likeness of spelling.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from quotes import lexicon
from quotes.narrative import Token
from quotes.records import Span
from quotes.wordclasses import (
    ADJECTIVES,
    DIRECTIONS,
    FUNCTION_WORDS,
    HEADS,
    HONORIFICS,
    ORGANIZATION_WORDS,
    SUFFIXES,
)

GENERATIONS = frozenset(("jr", "sr", "ii", "iii", "iv"))
"""Suffixes that tell a parent from a child of one name."""
GENDERED = {
    word: pronoun for name in ("gendered_honorifics", "gendered_roles") for word, pronoun in lexicon.table(name)
}
NO_SHORT_FORMS = lexicon.words("places") | frozenset("national international new world first general".split())
"""First words of bodies that stand for something else by themselves."""
SHORTEST_INITIALS = 3
RANKS = frozenset(("asi", "dc", "dsi"))
"""Ranks in initials that stand for something else before other words: “DC Pell”, of whom the article states a title."""
WITH_GIVEN_NAMES = frozenset("sir dame brother sister mother father".split())
"""Honorifics that go with given names."""


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
    """Whether “the”, “from”, “of”, “at”, “in”, “into” or “near” stands right before it, as before a body or a place."""
    is_the: bool = False
    """Whether that is “the”."""
    style: str | None = None
    """The honorific right before it that goes with given names: dame of “Dame Ana”."""


class Name:
    """A person or body of the article: its mentions, in order of the text once `join` is done."""

    __slots__ = (
        "first_start",
        "fullest",
        "head",
        "is_always_the",
        "is_plural",
        "is_titled",
        "mentions",
        "stated_pronoun",
        "tied",
        "votes",
    )

    def __init__(self, mention: NameMention) -> None:
        self.mentions = [mention]
        self.fullest = mention
        """The mention with the most words; of those one in ordinary capitals, then the earliest."""
        self.first_start = mention.span.start
        self.stated_pronoun = mention.pronoun
        """m or f where a mention's honorific tells."""
        self.tied: str | None = None
        """m or f where the article's own pronouns tell."""
        self.votes = (0, 0)
        """How many of the article's pronouns that can mean nobody else are m and f."""
        self.head: str | None = None
        """The noun of somebody who is only described (`described.py`); None where there is a name."""
        self.is_titled = False
        """Whether the article states a title of theirs."""
        self.is_always_the = mention.is_the
        """Whether every mention has “the” before it: “the Moss Train”."""
        self.is_plural = False
        """Whether it is several people."""

    def add(self, mention: NameMention) -> None:
        """Take in one more mention."""
        self.mentions.append(mention)
        self.first_start = min(self.first_start, mention.span.start)
        self.stated_pronoun = self.stated_pronoun or mention.pronoun
        self.is_always_the = self.is_always_the and mention.is_the
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


def _fullness(mention: NameMention) -> tuple[int, int, bool, int]:
    initials = sum(len(word) == 1 for word in mention.words)
    return len(mention.words), -initials, not mention.is_shouted, -mention.span.start


def word_of(token: Token) -> str:
    """Return a name's word as it is compared: lower case, no possessive, no full stop."""
    word = token.low.removesuffix("'s").rstrip("'").replace(".", "").lstrip("@#")
    return word or token.low


def compatible(short: Sequence[str], full: Sequence[str]) -> bool:
    """Whether `short` can be a shorter form of the name `full`: surname alike, given names or initials not at odds."""
    short_core, full_core = core(short), core(full)
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
    return core(words)[-1]


def _suffixes_differ(a: Sequence[str], b: Sequence[str]) -> bool:
    one, other = ({w for w in words if w in GENERATIONS} for words in (a, b))
    return bool(one and other and one != other)


def core(words: Sequence[str]) -> tuple[str, ...]:
    """Return the words of a name without honorifics and suffixes."""
    kept = [w for w in words if w not in SUFFIXES]
    return tuple(w for i, w in enumerate(kept) if w not in HONORIFICS or i == len(kept) - 1) or tuple(words)


def join(mentions: Sequence[NameMention], sections: Sequence[int] = ()) -> list[Name]:
    """Return the persons and bodies behind the mentions, in order of their first mention.

    Longest names first. A shorter one joins a name that it can be a form of; of several, the one that the article
    brought in first: a bare surname is its main bearer's, on the development articles more often than the last one's.
    But the items of a digest bring in their people anew; `sections` are the paragraphs that part one from the next.
    """
    names: list[Name] = []
    by_surname: dict[str, list[Name]] = {}
    by_given: dict[str, list[Name]] = {}
    short_forms: dict[str, list[Name]] = {}
    for mention in sorted(mentions, key=lambda m: (-len(core(m.words)), m.pronoun is None, m.span.start)):
        words = core(mention.words)
        fits = [
            n
            for n in by_surname.get(words[-1], ())
            if compatible(mention.words, n.mentions[0].words) and _agrees(mention, n)
        ]
        if not fits and len(words) == 1 and (mention.pronoun is None or mention.style is not None):
            # “Moss” is not short for what is only ever met as “the Moss Train”, nor “Dame Ana” for any Ana.
            given = [n for n in by_given.get(words[0], ()) if not n.is_always_the and _has_style(n, mention.style)]
            given = given or short_forms.get(words[0], [])
            fits = given if len(given) == 1 else []
        if not fits and len(words) == 2 and words[0] in RANKS:
            ranked = [n for n in by_surname.get(words[1], ()) if any(m.run_first < m.first for m in n.mentions)]
            fits = ranked if len(ranked) == 1 else []
        if fits:
            of_item = _of_item(mention, fits, sections) if sections and len(fits) > 1 else []
            min(of_item or fits, key=lambda n: (n.first_start > mention.span.start, n.first_start)).add(mention)
            continue
        name = Name(mention)
        names.append(name)
        by_surname.setdefault(words[-1], []).append(name)
        if mention.is_body:
            for short in _short_forms(mention.words):
                short_forms.setdefault(short, []).append(name)
        elif len(words) > 1:
            by_given.setdefault(words[0], []).append(name)
    for name in names:
        name.mentions.sort(key=lambda m: m.span.start)
    return sorted(names, key=lambda n: n.first_start)


def _of_item(mention: NameMention, names: Sequence[Name], sections: Sequence[int]) -> list[Name]:
    """Return those of `names` that the mention's item of the article gives more fully before it."""
    item = bisect_right(sections, mention.sentence[0])
    return [
        n
        for n in names
        if any(
            len(m.words) > len(mention.words)
            and m.span.start < mention.span.start
            and bisect_right(sections, m.sentence[0]) == item
            for m in n.mentions
        )
    ]


def _short_forms(words: Sequence[str]) -> set[str]:
    """Return what a body is called for short: Peabody of Peabody Energy, IMF of International Monetary Fund."""
    if len(words) == 1:
        return set()
    content = [w for w in words if w not in FUNCTION_WORDS]
    initials = "".join(w[0] for w in content)
    first = {words[0]} - FUNCTION_WORDS - ORGANIZATION_WORDS - ADJECTIVES - DIRECTIONS - NO_SHORT_FORMS
    return first | ({initials} if len(initials) >= SHORTEST_INITIALS else set())


def _has_style(name: Name, style: str | None) -> bool:
    """Whether the full name is met with the honorific, where there is one: “Dame Ana Pell … Dame Ana”."""
    return style is None or any(m.style == style for m in name.mentions)


def _agrees(mention: NameMention, name: Name) -> bool:
    if mention.is_body != name.is_body and len(mention.words) > 1:
        return False
    return mention.pronoun is None or name.pronoun is None or mention.pronoun == name.pronoun


def is_ordinary(word: str) -> bool:
    """Whether a capitalised word is an ordinary one: a role, an adjective of party or country, a function word."""
    return word in HEADS or word in ADJECTIVES or word in FUNCTION_WORDS
