"""The naming part of a source as the reader gives it."""

from __future__ import annotations

import pytest

from quotes.mentions import Mentions
from quotes.records import Span
from tests.helpers import folded


@pytest.mark.parametrize(
    ("text", "source", "mention"),
    [
        ("“Go,” said Ana Pell.", "Ana Pell", "Ana Pell"),
        ("“Go,” said Ana Pell, who chairs the board.", "Ana Pell, who chairs the board.", "Ana Pell"),
        ("“Go,” said Mr. Pell, a baker, on Monday.", "Mr. Pell, a baker,", "Mr. Pell"),
        ("The mayor, Ana Pell, said: “Go.”", "The mayor, Ana Pell,", "Ana Pell"),
        ("Harbour spokeswoman Ana Pell said: “Go.”", "Harbour spokeswoman Ana Pell", "Ana Pell"),
        ("“Go,” she said.", "she", "she"),
        (
            "“Go,” a senior official at the ministry said.",
            "a senior official at the ministry",
            "a senior official at the ministry",
        ),
        ("A baker who knows them said: “Go.”", "A baker who knows them", "A baker"),
        ("“Go,” (Ana Pell) said.", "(Ana Pell)", "Ana Pell"),
        ("“Go,” said 12.", "12", "12"),
        ("Visiting children said: “Go.”", "Visiting children", "Visiting children"),
        ("Pell of Brin said: “Go.”", "Pell of Brin", "Pell"),
    ],
)
def test_of(text: str, source: str, mention: str) -> None:
    narrative, _ = folded(text)
    start = text.index(source)
    assert Mentions(narrative).of(Span(start, start + len(source))).of(text) == mention


def test_what_lies_outside_the_narrative_stays_as_it_is() -> None:
    narrative, _ = folded("“Go home,” she said.")
    assert Mentions(narrative).of(Span(1, 3)) == Span(1, 3)
    empty, _ = folded("")
    assert Mentions(empty).of(Span(0, 0)) == Span(0, 0)
