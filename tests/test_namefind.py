"""Where names stand in the narrative, and what is none."""

from __future__ import annotations

import pytest
from hypothesis import given

from quotes.namefind import find
from tests.helpers import ARTICLES, cases, folded


@pytest.mark.parametrize(("text", "expected"), cases("namefind", "found"))
def test_names(text: str, expected: list[str]) -> None:
    assert [m.span.of(text) for m in find(folded(text)[0])] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ira Moss Sr. met Ira Moss Jr. here. Then the younger Mr. Moss slept.", ("moss", "jr")),
        ("Ira Moss Jr. slept. Then the elder Moss woke.", ("moss", "sr")),
        ("Ira Moss slept. Then the elder Mr. Moss woke.", ("moss",)),
    ],
)
def test_words_tell_the_older_from_the_younger(text: str, expected: tuple[str, ...]) -> None:
    assert find(folded(text)[0])[-1].words == expected


def test_a_name_in_s_is_a_body() -> None:
    assert [m.is_body for m in find(folded("Then Brody's said Ana Pell slept.")[0])] == [True, False]


@given(ARTICLES)
def test_mentions_are_words_of_their_sentence_in_order(text: str) -> None:
    narrative, _ = folded(text)
    found = find(narrative)
    assert [m.span.start for m in found] == sorted(m.span.start for m in found)
    for mention in found:
        tokens = narrative.sentences[mention.sentence[0]][mention.sentence[1]].tokens
        assert tokens[mention.first].start == mention.span.start
        assert mention.run_first <= mention.first <= mention.last
        assert mention.words
