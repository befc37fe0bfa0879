"""Training examples for the reader: windows of the narrative view with the answers that the corpus gives.

Of each article two kinds of questions are asked: its quotations, and its indirect attributions, of which some are
folded as if they had been quoted.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from quotes import paragraphs
from quotes.records import QuotedSpan, Span
from quotes.segmenter import segment
from quotes.windows import View, Window
from training.spans import hull

IGNORE = -100
Article = dict[str, Any]
"""An article of the corpus file."""
TAGS = 5
"""Tags of a token: outside, source begins, source, cue begins, cue."""


@dataclass(slots=True)
class Question:
    """One placeholder of a window and its answers, as positions in the window; IGNORE where they are not known."""

    place: int
    quotation: int
    source: tuple[int, int] = (IGNORE, IGNORE)
    cue: tuple[int, int] = (IGNORE, IGNORE)
    spoken: int = IGNORE
    """1 where the quotation is attributed, 0 where the corpus attributes it to nobody."""
    gold: int | None = None
    """Index of the gold quotation."""
    is_made: bool = False
    """Whether an indirect attribution was folded."""


@dataclass(slots=True)
class Example:
    """A window and its questions."""

    window: Window
    questions: list[Question]
    tags: list[int]
    doc: int = 0


def read(path: Path) -> list[Article]:
    """Return the articles of a corpus file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def examples(
    article: Article,
    view: View,
    made: float,
    rng: Random,
    number: int = 0,
    layout: Callable[[str, Sequence[Span], Random], Sequence[Span]] | None = None,
) -> Iterator[Example]:
    """Yield the examples of an article; `made` is the share of its indirect attributions that are folded (0..1).

    `layout` may move the paragraph breaks.
    """
    text = article["text"]
    parts = paragraphs.split(text)
    spans = list(segment(text).spans)
    labels: list[dict[str, Any] | None] = [_gold(span, article["quotations"]) for span in spans]
    if made:
        spans, labels = _with_indirect(article, spans, labels, made, rng, parts)
    if layout is not None:
        parts = layout(text, parts, rng)
    told = article.get("attributions", ())
    tag_spans = None if told is None else [(hull(a["source"]), hull(a["cue"])) for a in told]
    for window in view.windows(text, parts, spans):
        yield _example(window, labels, tag_spans, number)


def _gold(span: QuotedSpan, gold: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    for i, q in enumerate(gold):
        overlap = min(span.words.end, q["end"]) - max(span.words.start, q["start"])
        if span.outer is None and overlap > 0.5 * max(q["end"] - q["start"], span.words.end - span.words.start):
            return {**q, "gold": i}
    return None


def _with_indirect(
    article: Article,
    spans: list[QuotedSpan],
    labels: list[dict[str, Any] | None],
    share: float,
    rng: Random,
    parts: Sequence[Span],
) -> tuple[list[QuotedSpan], list[dict[str, Any] | None]]:
    """Return spans and labels with some indirect attributions added as if their content stood between marks."""
    text = article["text"]
    taken = [Span(s.opener.start, s.closer.end if s.closer else s.words.end) for s in spans if s.outer is None]
    pairs = [(s, label) for s, label in zip(spans, labels, strict=True) if s.outer is None]
    for a in article["attributions"] or ():
        source, cue, content = hull(a["source"]), hull(a["cue"]), hull(a["content"])
        if len(a["content"]) != 1 or source is None or cue is None or content is None or rng.random() > share:
            continue
        kept = [content, source, cue]
        if content.end - content.start < 15 or content.overlaps(source) or content.overlaps(cue):
            continue
        if any(k.overlaps(t) for k in kept for t in taken) or "\n\n" in content.of(text):
            continue
        if any(p.start <= content.start < p.end < content.end for p in parts):
            continue
        end = content.end + (content.end < len(text) and text[content.end] in ",." and rng.random() < 0.7)
        start = content.start
        if text[start : start + 5] == "that ":
            start += 5
        words = Span(start, end)
        folded = QuotedSpan(words, Span(start, start), Span(end, end), "closed", "made")
        pairs.append((folded, {"source": a["source"], "cue": a["cue"], "attributed": True, "made": True}))
        taken.extend((Span(start - 1, end + 1), source))
    pairs.sort(key=lambda pair: (pair[0].opener.start, pair[0].words.end))
    return [s for s, _ in pairs], [label for _, label in pairs]


def _example(
    window: Window,
    labels: Sequence[dict[str, Any] | None],
    tag_spans: Sequence[tuple[Span | None, Span | None]] | None,
    number: int,
) -> Example:
    tokens = window.tokens
    questions: list[Question] = []
    for place, index in tokens.places:
        label = labels[index]
        if index not in window.answers or label is None or label.get("skip"):
            continue
        question = Question(place, index, gold=label.get("gold"), is_made=bool(label.get("made")))
        source = hull(label["source"]) if label.get("source") else None
        cue = hull(label["cue"]) if label.get("cue") else None
        if source is not None:
            here = _located(window, source)
            question.source = here or _same(window, labels, place, source)
            if here is not None and not label.get("is_whole", True):
                question.source = (here[0], IGNORE)
            if cue is not None:
                question.cue = _located(window, cue) or (IGNORE, IGNORE)
            question.spoken = 1
        elif not label.get("attributed", True) or label.get("type") not in (None, "speech", "unknown"):
            question.source, question.cue, question.spoken = (place, place), (place, place), 0
        questions.append(question)
    tags = [IGNORE if not n or tag_spans is None else 0 for n in tokens.is_narrative]
    for source, cue in tag_spans or ():
        for span, tag in ((source, 1), (cue, 3)):
            found = _located(window, span) if span is not None else None
            if found:
                for i in range(found[0], found[1] + 1):
                    tags[i] = tag if i == found[0] else tag + 1
    return Example(window, questions, tags, number)


def _located(window: Window, span: Span) -> tuple[int, int] | None:
    """Return the first and last token of `span` in the window, None where it is not all there."""
    tokens = window.tokens
    inside = [
        i
        for i in range(len(tokens))
        if tokens.is_narrative[i] and tokens.ends[i] > span.start and tokens.starts[i] < span.end
    ]
    return (inside[0], inside[-1]) if inside and tokens.starts[inside[0]] <= span.start else None


def _same(window: Window, labels: Sequence[dict[str, Any] | None], place: int, source: Span) -> tuple[int, int]:
    """Return the placeholder of the nearest earlier quotation with the same source, where the window has one."""
    for other, quotation in reversed(window.tokens.places):
        label = labels[quotation]
        if other < place and label is not None and label.get("source") and hull(label["source"]) == source:
            return other, other
    return IGNORE, IGNORE
