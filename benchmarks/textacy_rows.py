"""Rows by textacy's `direct_quotations` over a parser, for comparison: on whole articles and by paragraph."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from quotes import namefind, paragraphs
from quotes import names as registry
from quotes.narrative import fold
from quotes.records import Record
from quotes.segmenter import segment

Maker = Callable[[dict[str, Any]], list[Record]]
OUTER = "\"“”'‘’ \n"


def textacy_rows(parser: Path) -> tuple[Maker, Maker]:
    """Return two functions from an article to rows: asked at once, and paragraph by paragraph."""
    import spacy
    from textacy.extract import direct_quotations

    nlp = spacy.load(parser)

    def asked(text: str) -> list[tuple[int, int, str]]:
        try:
            return [
                (q.content.start_char, q.content.end_char, " ".join(t.text for t in q.speaker))
                for q in direct_quotations(nlp(text))
            ]
        except Exception:  # it raises on an odd number of marks
            return []

    def rows(article: dict[str, Any], found: list[tuple[int, int, str]]) -> list[Record]:
        text, complete = article["text"], _completer(article["text"])
        made = []
        for start, end, speaker in found:
            while start < end and text[start] in OUTER:
                start += 1
            while end > start and text[end - 1] in OUTER:
                end -= 1
            name = complete(speaker)
            row = {"doc_id": article["doc_id"], "start": start, "end": end, "quote": text[start:end]}
            made.append({**row, "speaker": name, "title": None, "confidence": 1.0})
        return made

    def whole(article: dict[str, Any]) -> list[Record]:
        return rows(article, asked(article["text"]))

    def parted(article: dict[str, Any]) -> list[Record]:
        text = article["text"]
        return rows(
            article,
            [
                (part.start + start, part.start + end, speaker)
                for part in paragraphs.split(text)
                for start, end, speaker in asked(part.of(text))
            ],
        )

    return whole, parted


def _completer(text: str) -> Callable[[str], str]:
    """Return a function that gives the fullest name of the article that a name can be short for."""
    parts = paragraphs.split(text)
    names = registry.join(namefind.find(fold(text, parts, segment(text, parts).spans)))

    def complete(words: str) -> str:
        low = [w.lower().strip(".,") for w in words.split()]
        found = next((n for n in names if low and registry.compatible(low, n.fullest.words)), None)
        return found.fullest.span.of(text) if found else words

    return complete
