"""From a sentence written by hand to what the modules consume, and from what they produce back to words."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from quotes import namefind, paragraphs
from quotes.attributor import attribute
from quotes.cast import Cast
from quotes.narrative import Narrative, Token, fold
from quotes.records import Attribution, Phrase, QuotedSpan, Resolution, Span
from quotes.segmenter import segment
from quotes.speakers import resolve

CASES = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class Reading:
    """A text taken through the whole chain."""

    narrative: Narrative
    spans: tuple[QuotedSpan, ...]
    attributions: tuple[Attribution, ...]
    resolutions: tuple[Resolution, ...]


def folded(text: str) -> tuple[Narrative, tuple[QuotedSpan, ...]]:
    """Return the narrative of `text` and its quoted spans."""
    parts = paragraphs.split(text)
    spans = segment(text, parts).spans
    return fold(text, parts, spans), spans


def tokens_of(sentence: str) -> tuple[Token, ...]:
    """Return the tokens of a text of one sentence, each quotation one token."""
    narrative, _ = folded(sentence)
    (paragraph,) = narrative.sentences
    assert len(paragraph) == 1, f"more than one sentence: {sentence}"
    return paragraph[0].tokens


def place_of(tokens: tuple[Token, ...], word: str) -> int:
    """Return the index of the first token that reads `word`."""
    return next(i for i, token in enumerate(tokens) if token.text == word)


def text_of(tokens: tuple[Token, ...], first: int, last: int) -> str:
    """Return the words of `tokens[first:last]`, one space between two, without what a token stands for."""
    return " ".join(token.text for token in tokens[first:last])


def words_of(text: str, span: Span | None) -> str | None:
    """Return the words that `span` covers, None where there is none."""
    return None if span is None else span.of(text)


def read(text: str, *, abstain: bool = True) -> Reading:
    """Return what the whole chain makes of `text`."""
    narrative, spans = folded(text)
    attributions = attribute(narrative, spans, abstain=abstain)
    return Reading(narrative, spans, attributions, resolve(Cast(narrative, attributions), attributions))


def cases(module: str, table: str) -> list[Any]:
    """Return a table of `cases/<module>.json` as parameters `text, expected`.

    A case has a `label`, a `text` (a list is joined as paragraphs) and what is `expected`; where the tool gets it
    wrong today, `bug` says how, and the case is a strict expected failure.
    """
    entries = json.loads((CASES / f"{module}.json").read_text(encoding="utf-8"))[table]
    return [
        pytest.param(
            entry["text"] if isinstance(entry["text"], str) else "\n\n".join(entry["text"]),
            entry["expected"],
            id=entry["label"],
            marks=[pytest.mark.xfail(strict=True, raises=AssertionError, reason=entry["bug"])]
            if "bug" in entry
            else [],
        )
        for entry in entries
    ]


WORDS = (
    "Ana Pell|Pell|Mr. Moss|the mayor|A senior official|she|He|they|said|told|added|laughed|was told|by|according to|"
    "It is late|we go home|Brin|Brin Council|from|From|By|who|’s|&rsquo;s|Jr.|van der|(R-Iowa)|@anapell|BRIN:|Q:|and|"
    "known as|the report|the US"
)
PIECES = [*WORDS.split("|"), *", |. |: |; | — |?|!|…|(|)|-|\n\n|\n| ".split("|"), *'“”"“”"‘’\'«»„']
"""What news prose is made of, marks more often than their share."""

ARTICLES = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join),
    st.text(alphabet=st.one_of(st.sampled_from("“”\"‘’'«»„aA .,:\n"), st.characters(codec="utf-8")), max_size=80),
)
"""Texts that no one would write, with quotation marks in them."""


def titles_beside(text: str, readers: Iterable[Callable[..., Phrase | None]]) -> list[tuple[str, Phrase]]:
    """Return (name, title) for every title that one of `readers` reads beside a name of `text`."""
    narrative, _ = folded(text)
    found = []
    for mention in namefind.find(narrative):
        tokens = narrative.sentences[mention.sentence[0]][mention.sentence[1]].tokens
        read_here = [(mention.span.of(text), reader(tokens, mention)) for reader in readers]
        found.extend((name, phrase) for name, phrase in read_here if phrase is not None)
    return found


def titles_of_ana_pell(text: str, readers: Iterable[Callable[..., Phrase | None]]) -> list[list[str]]:
    """Return the titles that one of `readers` reads beside “Ana Pell”, each as its words and its rule."""
    return [[phrase.span.of(text), phrase.rule] for name, phrase in titles_beside(text, readers) if name == "Ana Pell"]
