"""The registry of an article's names: every name mention of its narrative, and which of them are one person or body.

Consumes the narrative; produces `Name` entries. Joins by surname and compatible given names, as
`speakers.py` explains; never by likeness of spelling.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from quotes import lexicon
from quotes.nameruns import after_body, is_body, name_run, split_title
from quotes.narrative import Narrative, Token
from quotes.records import Span
from quotes.wordclasses import (
    ADJECTIVES,
    FUNCTION_WORDS,
    HEADS,
    HONORIFICS,
    PARTICLES,
    SUFFIXES,
    is_namelike,
    is_possessive,
)

GENDERED = {entry[0]: entry[1] for entry in lexicon.table("gendered_honorifics")}


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


@dataclass(slots=True)
class Name:
    """A person or body of the article: its mentions, in order."""

    mentions: list[NameMention] = field(default_factory=list)
    tied: str | None = None
    """m or f where the article's own pronouns tell."""

    @property
    def fullest(self) -> NameMention:
        """The mention with the most words; of those one in ordinary capitals, then the earliest."""
        return max(self.mentions, key=lambda m: (len(m.words), not _is_shouted(m), -m.span.start))

    @property
    def is_body(self) -> bool:
        """Whether it is a body rather than a person."""
        return self.fullest.is_body

    @property
    def pronoun(self) -> str | None:
        """M or f where any mention's honorific tells, or the pronouns tied to it do; None otherwise."""
        return next((m.pronoun for m in self.mentions if m.pronoun), self.tied)


def _is_shouted(mention: NameMention) -> bool:
    return (
        all(len(w) > 2 for w in mention.words) and mention.span.end - mention.span.start > 5 and mention.starts_sentence
    )


def find(narrative: Narrative) -> list[NameMention]:
    """Return every name mention of the narrative in order; a lone capital that only begins sentences is none."""
    found: list[NameMention] = []
    for p, paragraph in enumerate(narrative.sentences):
        for s, sentence in enumerate(paragraph):
            found.extend(_in_sentence(sentence.tokens, p, s))
    found = [m for m in found if not all(is_ordinary(w) for w in m.words) or m.pronoun]
    inside = {w for m in found if not m.starts_sentence or len(m.words) > 1 for w in m.words}
    return [m for m in found if len(m.words) > 1 or not m.starts_sentence or m.words[0] in inside or m.pronoun]


def _in_sentence(tokens: Sequence[Token], paragraph: int, sentence: int) -> Iterator[NameMention]:
    i = 0
    while i < len(tokens):
        if not is_namelike(tokens[i]):
            i += 1
            continue
        last = i
        while last + 1 < len(tokens) and not is_possessive(tokens[last]) and _goes_on(tokens, last):
            last += 1
        while last > i and not is_namelike(tokens[last]) and tokens[last].low not in SUFFIXES:
            last -= 1
        first = name_run(tokens, last)
        first = i if first is None else max(first, i)
        yield mention_at(tokens, first, last, (paragraph, sentence))
        i = last + 1


def _goes_on(tokens: Sequence[Token], last: int) -> bool:
    following = tokens[last + 1]
    if is_namelike(following):
        return True
    after = tokens[last + 2] if last + 2 < len(tokens) else None
    if following.low in SUFFIXES and following.is_word:
        return True
    if following.text == "," and after is not None and after.low in ("jr", "sr"):
        return True
    return (
        after is not None
        and following.low in PARTICLES | {"of", "for", "and", "&"}
        and is_namelike(after)
        and name_run(tokens, last + 2) != last + 2
    )


def mention_at(tokens: Sequence[Token], first: int, last: int, where: tuple[int, int]) -> NameMention:
    """Return the name mention that the run of tokens `first..last` (inclusive) makes."""
    name = after_body(tokens, split_title(tokens, first, last), last)
    body = is_body(tokens, name, last)
    words = tuple(word_of(t) for t in tokens[name : last + 1] if t.is_word)
    end = tokens[last].end - (2 if tokens[last].low.endswith("'s") else 0)
    honorific = tokens[name - 1].low if name > first else ""
    return NameMention(
        Span(tokens[name].start, end), words, where, name, last, first, body, GENDERED.get(honorific), first == 0
    )


def word_of(token: Token) -> str:
    """Return a name's word as it is compared: lower case, no possessive, no full stop."""
    word = token.low.removesuffix("'s").rstrip("'").replace(".", "").lstrip("@#")
    return word or token.low


def compatible(short: Sequence[str], full: Sequence[str]) -> bool:
    """Whether `short` can be a shorter form of the name `full`: surname alike, given names or initials not at odds."""
    short_core, full_core = _core(short), _core(full)
    if not short_core or not full_core:
        return False
    if len(short_core) > len(full_core):
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


def _core(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(w for w in words if w not in SUFFIXES and w not in HONORIFICS) or tuple(words)


def join(mentions: Sequence[NameMention]) -> list[Name]:
    """Return the persons and bodies behind the mentions.

    Longest names first; a shorter one joins the compatible name used last before it (or first after it).
    """
    names: list[Name] = []
    for mention in sorted(mentions, key=lambda m: (-len(_core(m.words)), m.span.start)):
        fits = [n for n in names if compatible(mention.words, n.fullest.words) and _agrees(mention, n)]
        if not fits and len(mention.words) == 1 and mention.pronoun is None:
            fits = [n for n in names if not n.is_body and n.fullest.words[0] == mention.words[0]]
            fits = fits if len(fits) == 1 else []
        if len(fits) > 1:
            fits.sort(key=lambda n: _distance(n, mention))
        if fits:
            fits[0].mentions.append(mention)
            fits[0].mentions.sort(key=lambda m: m.span.start)
        else:
            names.append(Name([mention]))
    return sorted(names, key=lambda n: n.mentions[0].span.start)


def _agrees(mention: NameMention, name: Name) -> bool:
    if mention.is_body != name.is_body and len(mention.words) > 1:
        return False
    return mention.pronoun is None or name.pronoun is None or mention.pronoun == name.pronoun


def _distance(name: Name, mention: NameMention) -> tuple[bool, int]:
    first = name.mentions[0].span.start
    return first > mention.span.start, first


def is_ordinary(word: str) -> bool:
    """Whether a capitalised word is an ordinary one: a role, an adjective of party or country, a function word."""
    return word in HEADS or word in ADJECTIVES or word in FUNCTION_WORDS
