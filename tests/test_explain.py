"""The story of one row."""

from __future__ import annotations

import re

from hypothesis import given, settings

import quotes
from quotes import paragraphs
from quotes.explain import explain
from tests.helpers import ARTICLES

TEXT = "Ana Pell, a nurse, walked home.\n\n“It is late,” Pell said.\n\n“We go home,” she added."


def story(text: str, number: int) -> str:
    rows = quotes.extract(text, attributor="rules")
    return explain(text, rows[number - 1], number, len(rows), paragraphs.split(text))


def test_it_names_the_row_the_speaker_and_every_rule() -> None:
    told = story(TEXT, 2)
    row = quotes.extract(TEXT, attributor="rules")[1]
    assert told.startswith("text: quotation 2 of 2, paragraph 3, direct\n")
    assert "Speaker: Ana Pell (person; a nurse)" in told
    assert f"Chain: {row['evidence']}" in told
    assert all(step["rule"] in told for step in row["steps"])


def test_the_lines_behind_it_are_marked() -> None:
    told = story(TEXT, 2)
    assert "   1  [[Ana Pell]], [[a nurse]], walked home." in told
    assert "   3  “[[We go home,]]” [[she]] [[added]]." in told


def test_nobody_is_said_to_be_named() -> None:
    told = story("“Nobody told me of it, and so I stay.”", 1)
    assert "Nobody is named." in told
    assert "A person should look: nobody found who says it" in told


@given(ARTICLES)
@settings(max_examples=60)
def test_whatever_is_marked_stands_in_the_article(text: str) -> None:
    rows = quotes.extract(text, attributor="rules")
    flat = " ".join(text.split())
    for number, row in enumerate(rows, start=1):
        told = explain(text, row, number, len(rows), paragraphs.split(text))
        lines = told.split("The article says:")[1]
        for marked in re.findall(r"\[\[(.*?)\]\]", " ".join(lines.split())):
            assert " ".join(marked.split()) in flat
