"""People, groups and documents that an article brings in without a name: “a senior official”, “ecologists from Brin”.

Consumes the narrative; produces `Name` entries that stand beside those of the registry, so that a pronoun or a later
“the official” can mean them. Two people named in one breath (“Ana Pell and Ira Moss”) are an entry too, for “they”.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quotes import lexicon
from quotes.names import Name, NameMention
from quotes.narrative import Narrative, Token
from quotes.phrases import read_forward
from quotes.records import Span, SpeakerType
from quotes.roles import head_of
from quotes.subjects import clause_end
from quotes.wordclasses import (
    ADJECTIVES,
    DEMONYMS,
    DETERMINERS,
    DOCUMENTS,
    GROUPS,
    HEADS,
    LINKS,
    ORGANIZATION_WORDS,
    ROLES,
    is_namelike,
    is_possessive,
)

INDEFINITE = frozenset("a an another one some several two three many four five six".split())
PLURAL_DETERMINERS = frozenset("some several two three many four five six both".split())
NOBODY = frozenset("one both few most many some several none nobody others".split())
"""Words that by themselves bring in nobody: “many made by amateurs”."""
PEOPLE = frozenset("woman man boy girl voice stranger caller teenager teen lady guy person neighbor neighbour".split())
"""People of no role."""
PLACE_WORDS = frozenset(word for place in lexicon.words("places") for word in place.split())
"""Words of the names of places."""
SAY_LITTLE = frozenset("acting current former lead new of old senior the then".split())
"""Words among them that do not tell one from another."""
LOOKED_AT = 20
"""How many described by one noun are looked at for another's sake."""
PAIR = "both"
"""What stands for the head noun of two people named in one breath."""
LONGEST_OWNER = 4
"""Words of the name of whom somebody is described by, at most: “Ira Moss's wife”."""
LONGEST = 24
"""Tokens of a description that brings somebody in, at most."""


def is_plural(head: str, determiner: str) -> bool:
    """Whether a description is of several, by its head noun and first word."""
    if determiner in PLURAL_DETERMINERS:
        return True
    return head in GROUPS or (head.endswith("s") and head[:-1] in HEADS and head not in ROLES | DOCUMENTS)


def are_others(one: Sequence[str], other: Sequence[str], head: str) -> bool:
    """Whether two descriptions with one head noun tell of different people: “the Indiana governor”, “Utah's governor”.

    They do where both say which one, and share no word of it.
    """
    first, second = _which(one, head), _which(other, head)
    return bool(first and second) and first.isdisjoint(second)


def _which(words: Sequence[str], head: str) -> set[str]:
    """Return the words for places and parties, and owners, in a description: “Iowa”, “of Utah”, “Moss's”."""
    rest = [w for w in words if w != head]
    return {w.removesuffix("'s") for w in rest if w in PLACE_WORDS or w in ADJECTIVES or w.endswith("'s")} - SAY_LITTLE


def find(narrative: Narrative) -> list[Name]:
    """Return those whom the narrative brings in by a description, in order."""
    found: list[Name] = []
    by_head: dict[str, list[Name]] = {}
    for p, paragraph in enumerate(narrative.sentences):
        for s, sentence in enumerate(paragraph):
            for mention, head, is_definite in _in_sentence(sentence.tokens, p, s):
                same = reversed(by_head.get(head, [])[-LOOKED_AT:]) if is_definite else ()
                known = next((n for n in same if not are_others(n.mentions[0].words, mention.words, head)), None)
                if known is not None:
                    known.mentions.append(mention)
                    continue
                name = Name(mention)
                name.head = head
                name.is_plural = is_plural(head, mention.words[0])
                found.append(name)
                by_head.setdefault(head, []).append(name)
    return found


def owned(narrative: Narrative) -> list[Span]:
    """Return descriptions that begin with whose they are: “Brin's tax commissioner”, “Ira Moss's former coach”."""
    found: list[Span] = []
    for paragraph in narrative.sentences:
        for sentence in paragraph:
            tokens = sentence.tokens
            for i, token in enumerate(tokens):
                if not (token.is_capitalized and is_possessive(token) and is_namelike(token)):
                    continue
                first = i
                while first > 0 and i - first < LONGEST_OWNER and is_namelike(tokens[first - 1]):
                    first -= 1
                phrase = read_forward(tokens, i, min(clause_end(tokens, i), i + LONGEST))
                if phrase is None or phrase.kind != "description":
                    continue
                head = head_of(tokens[i : phrase.last])
                if head is not None and head.low in ROLES:
                    found.append(Span(tokens[first].start, tokens[phrase.last - 1].end))
    return found


def pairs(narrative: Narrative, names: Sequence[Name]) -> list[Name]:
    """Return those who are named in one breath: “Ana Pell and Ira Moss”, for “they”; `names` are the article's."""
    at = {(m.sentence, m.run_first): (m, name) for name in names if not name.is_body for m in name.mentions}
    found: dict[tuple[int, int], Name] = {}
    for first, one in sorted(at.values(), key=lambda pair: pair[0].span.start):
        second, other = at.get((first.sentence, first.last + 2), (None, one))
        tokens = narrative.sentences[first.sentence[0]][first.sentence[1]].tokens
        if second is None or tokens[first.last + 1].low not in ("and", "&") or is_possessive(tokens[second.last]):
            continue
        span = Span(first.span.start, second.span.end)
        mention = NameMention(
            span, (PAIR,), first.sentence, first.first, second.last, first.run_first, False, None, first.starts_sentence
        )
        known = found.setdefault((min(id(one), id(other)), max(id(one), id(other))), Name(mention))
        if known.fullest is mention:
            known.head, known.is_plural = PAIR, True
            continue
        known.mentions.append(mention)
        if second.last - first.first > known.fullest.last - known.fullest.first:
            known.fullest = mention  # “Pell and Moss”, later “Ana Pell and Ira Moss”
    return list(found.values())


def _in_sentence(tokens: Sequence[Token], p: int, s: int) -> Iterator[tuple[NameMention, str, bool]]:
    i = 0
    while i < len(tokens):
        read = _read(tokens, i)
        if read is None:
            i += 1
            continue
        last, head, is_definite = read
        words = tuple(t.low for t in tokens[i:last])
        span = Span(tokens[i].start, tokens[last - 1].end)
        yield NameMention(span, words, (p, s), i, last - 1, i, False, None, i == 0), head, is_definite
        i = last


def _read(tokens: Sequence[Token], i: int) -> tuple[int, str, bool] | None:
    """Return (end, head, whether it is definite) of the description that begins at token `i`."""
    token = tokens[i]
    low = token.low
    if not token.is_word:
        return None
    bare = low in GROUPS and low not in NOBODY
    follows = i > 0 and (tokens[i - 1].low in DETERMINERS or (tokens[i - 1].is_word and tokens[i - 1].low in LINKS))
    if low not in DETERMINERS and (not bare or follows):
        return None
    if bare and is_namelike(token) and i > 0:
        return None
    phrase = read_forward(tokens, i, min(clause_end(tokens, i), i + LONGEST))
    if phrase is None or phrase.kind != "description" or (phrase.last == i + 1 and low in NOBODY):
        return None
    head = head_of(tokens[i : phrase.last])
    if head is None or (head.low not in HEADS | PEOPLE and head.low.removesuffix("s") not in ROLES | PEOPLE):
        return None
    return phrase.last, head.low, low == "the"


def described_type(low: str) -> SpeakerType:
    """Return what kind of speaker a description in lower case is of."""
    words = [w.strip(".,").removesuffix("'s") for w in low.split()]
    head = next((w for w in reversed(words) if w in HEADS or w in ORGANIZATION_WORDS), "")
    first = next((w for w in words if w in HEADS or w in ORGANIZATION_WORDS), "")
    if first in DOCUMENTS:
        return "document"
    if first in GROUPS or head in GROUPS:
        return "group"
    if head in ORGANIZATION_WORDS and first in ORGANIZATION_WORDS:
        return "organization"
    return "unnamed" if first or (words[-1:] and words[-1] in DEMONYMS) else "unknown"
