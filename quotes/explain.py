"""One row's story in words: what was decided, by which rule, how surely, and the lines of the article behind it.

Consumes a row in its nested form and the text that it came from; produces lines for a person to read.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from quotes.records import Record, Span

STAGES = {
    "segmenter": "where it ends",
    "attributor": "its source",
    "cue": "the reporting word",
    "speakers": "who that is",
    "title": "title",
    "affiliation": "affiliation",
}
WIDTH = 100
"""Columns that the lines of the article are wrapped at."""
MARKS = ("[[", "]]")
"""What stands around the words that a decision rests on, in the lines of the article."""
LONG = 1_000
"""Characters of a paragraph that are shown whole; of a longer one, those around the evidence."""
AROUND = 160
"""Characters shown on each side of a piece of evidence in a long paragraph."""


def explain(text: str, row: Record, number: int, total: int, paragraphs: Sequence[Span]) -> str:
    """Return the story of `row`, the quotation `number` of `total` (from 1) in `text`; its `paragraphs` in order."""
    return "\n".join([*_head(row, number, total), "", *_decisions(row), "", *_lines(text, row, paragraphs)])


def _head(row: Record, number: int, total: int) -> Iterator[str]:
    where = f"quotation {number} of {total}, paragraph {row['paragraph']}, {row['type']}"
    yield f"{row['source'] or row['doc_id']}: {where}"
    yield from textwrap.wrap(
        f"{row['open_mark']}{' '.join(row['quote'].split())}{row['close_mark']}",
        WIDTH,
        initial_indent="  ",
        subsequent_indent="  ",
    )
    if row["speaker"] is None:
        yield "Nobody is named."
    else:
        known = [row["speaker_type"], *(t for t in (row["title"], row["affiliation"]) if t)]
        yield f"Speaker: {row['speaker']} ({'; '.join(known)})"
    yield f"Confidence: {row['confidence']:.2f}" + (" that nobody is" if row["speaker"] is None else "")
    if row["needs_review"]:
        yield f"A person should look: {row['review_reason']}"
    if row["evidence"]:
        yield f"Chain: {row['evidence']}"
    for other in row["alternatives"]:
        yield f"It could also be {other['speaker']} ({other['score']:.2f})"


def _decisions(row: Record) -> Iterator[str]:
    yield "Decisions:"
    for step in row["steps"]:
        words = f"“{' '.join(step['text'].split())}”" if step["text"] is not None else _nothing(step, row)
        place = f" (paragraph {step['paragraph']})" if step["paragraph"] is not None else ""
        score = f", {step['score']:.2f}" if step["score"] is not None else ""
        yield f"  {STAGES[step['stage']]:<18} {step['rule']}{score}: {words}{place}"


def _nothing(step: Record, row: Record) -> str:
    """Return what a step without words rests on: a quotation that is carried on has no mention of its own."""
    return "that of another quotation" if step["stage"] == "attributor" and row["speaker"] else "nothing"


def _lines(text: str, row: Record, paragraphs: Sequence[Span]) -> Iterator[str]:
    """Yield the paragraphs that the row rests on, the evidence marked."""
    spans = {Span(step["start"], step["end"]) for step in row["steps"] if step["start"] is not None}
    spans = {span for span in spans if span.start < row["start"] or span.end > row["end"] + 1}
    spans.add(Span(row["start"], row["end"]))
    yield "The article says:"
    for number, paragraph in enumerate(paragraphs, start=1):
        inside = [span for span in spans if paragraph.start <= span.start < paragraph.end]
        inside.sort(key=lambda span: (span.start, -span.end))
        if inside:
            shown = " ".join(_marked(text, paragraph, inside).split())
            yield from textwrap.wrap(shown, WIDTH, initial_indent=f"{number:>4}  ", subsequent_indent="      ")


def _marked(text: str, paragraph: Span, spans: Sequence[Span]) -> str:
    pieces: list[str] = []
    at = paragraph.start
    for span in spans:
        if span.start < at:
            continue
        pieces.append(_shortened(text[at : span.start], is_first=at == paragraph.start))
        pieces.append(f"{MARKS[0]}{span.of(text)}{MARKS[1]}")
        at = span.end
    pieces.append(_shortened(text[at : max(at, paragraph.end)], is_last=True))
    return "".join(pieces)


def _shortened(words: str, *, is_first: bool = False, is_last: bool = False) -> str:
    """Return a stretch between two pieces of evidence, the middle of a long one left out."""
    if len(words) <= LONG:
        return words
    head = "" if is_first else words[:AROUND]
    tail = "" if is_last else words[-AROUND:]
    return f"{head} … {tail}"
