"""Training examples of whom pronouns, descriptions and quotations stand for, from our annotations.

`training/referents.jsonl` has a line an article of TRAIN: {"doc_id", "mentions": [[start, end, name], …]}, where start
and end are those of a pronoun or a description in the narrative and name is [start, end] of whom it means, as the
article names or describes them, or null for somebody whom it does neither; no text of the corpus is in it.
`training/speakers.jsonl` says who speaks (`training/coreference.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from quotes import paragraphs, referents
from quotes.cast import Cast
from quotes.names import Name
from quotes.names_match import same_speaker
from quotes.narrative import fold
from quotes.records import QuotedSpan, Span
from quotes.segmenter import segment
from quotes.windows import View, Window


@dataclass(frozen=True, slots=True)
class Referent:
    """One place of a window, where its answer can lie, and where it lies: positions in the window."""

    place: int
    allowed: list[bool]
    right: list[int]
    mention: Span
    name: Name | None


@dataclass(frozen=True, slots=True)
class ReferentExample:
    """A window and what is asked in it."""

    window: Window
    referents: list[Referent]


@dataclass(frozen=True, slots=True)
class Annotated:
    """An article with whom its mentions stand for."""

    text: str
    parts: tuple[Span, ...]
    spans: Sequence[QuotedSpan]
    people: list[list[Span]]
    mentions: list[tuple[Span, Name | None]]
    """Pronouns, descriptions and quotations with whom they mean, in order."""
    quotations: frozenset[Span]
    """Those of the mentions that are quotations."""


def annotated(article: dict[str, Any], told: dict[str, Any], speakers: dict[str, Any] | None) -> Annotated:
    """Return an article of TRAIN with its annotations: `told` of mentions, `speakers` of quotations."""
    text = article["text"]
    parts = tuple(paragraphs.split(text))
    spans = segment(text, parts).spans
    cast = Cast(fold(text, parts, spans))
    people = [n for n in cast.everybody if not n.is_body]
    mentions: list[tuple[Span, Name | None]] = []
    for start, end, name in told["mentions"]:
        mentions.append((Span(start, end), _bearer(people, Span(*name)) if name else None))
    starts = {s.words.start: s.words for s in spans if s.outer is None}
    quoted: set[Span] = set()
    for start, kind, name, *_ in speakers["quotations"] if speakers else ():
        if start not in starts:
            continue
        bearer = None
        if kind == "s" and name:
            words = text[slice(*name)]
            bearer = _bearer(people, Span(*name)) or next(
                (n for n in people if n.head is None and same_speaker(words, cast.words_of(n))), None
            )
            if bearer is None:
                continue  # a body, or somebody whom the registry lacks: not what is learned here
        quoted.add(starts[start])
        mentions.append((starts[start], bearer))
    mentions.sort(key=lambda pair: pair[0])
    return Annotated(text, parts, spans, cast.people(), mentions, frozenset(quoted))


def _bearer(people: Sequence[Name], span: Span) -> Name | None:
    """Return who is named or described at `span`."""
    return next((n for n in people for m in n.mentions if m.span.overlaps(span)), None)


def referent_examples(article: Annotated, view: View, shift: int = 0) -> Iterator[ReferentExample]:
    """Yield the examples of an article; `shift` is as in `referents.renamed`."""
    renamed = referents.renamed(article.people, referents.numbers(view.blocks), shift)
    places = [mention.start for mention, _ in article.mentions]
    for window in view.around(article.text, article.parts, article.spans, places, renamed):
        tokens = window.tokens
        folded = {article.spans[index].words: place for place, index in tokens.places}
        found: list[Referent] = []
        for mention, name in article.mentions:
            if not window.core.overlaps(mention):
                continue
            place = folded.get(mention) if mention in article.quotations else referents.place_of(tokens, mention)
            if place is None:
                continue
            allowed = referents.allowed(tokens, mention, place)
            spans = [m.span for m in name.mentions] if name else []
            right = [i for i in referents.within(tokens, spans) if allowed[i] and i != place]
            found.append(Referent(place, allowed, right or [place], mention, name))
        if found:
            yield ReferentExample(window, found)
