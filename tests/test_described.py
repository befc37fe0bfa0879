"""Who is brought in without a name."""

from __future__ import annotations

import pytest
from hypothesis import given

from quotes import namefind
from quotes.described import find, is_plural, owned, pairs
from quotes.names import join
from tests.helpers import ARTICLES, cases, folded


@pytest.mark.parametrize(("text", "expected"), cases("described", "found"))
def test_descriptions(text: str, expected: list[list[str]]) -> None:
    assert [[m.span.of(text) for m in d.mentions] for d in find(folded(text)[0])] == expected


@pytest.mark.parametrize(
    ("head", "determiner", "expected"),
    [("nurse", "a", False), ("nurses", "two", True), ("officials", "the", True), ("police", "the", True)],
)
def test_several(head: str, determiner: str, expected: bool) -> None:
    assert is_plural(head, determiner) is expected


def test_two_in_one_breath() -> None:
    text = "Ana Pell and Ira Moss slept. Ana Pell and Moss’s dog woke."
    narrative, _ = folded(text)
    (pair,) = pairs(narrative, join(namefind.find(narrative)))
    assert (pair.fullest.span.of(text), pair.is_plural) == ("Ana Pell and Ira Moss", True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Brin’s tax commissioner slept.", ["Brin’s tax commissioner"]),
        ("They met Ira Moss’s former coach.", ["Ira Moss’s former coach"]),
        ("Brin’s harbour slept.", []),
        ("The mayor’s wife slept.", []),
    ],
)
def test_described_by_whose_they_are(text: str, expected: list[str]) -> None:
    assert [span.of(text) for span in owned(folded(text)[0])] == expected


@given(ARTICLES)
def test_each_has_a_head_that_its_words_hold(text: str) -> None:
    for found in find(folded(text)[0]):
        assert found.head in found.mentions[0].words
        assert found.mentions == sorted(found.mentions, key=lambda m: m.span)
