"""Where names stand in the narrative, and what is none."""

from __future__ import annotations

import pytest
from hypothesis import given

from quotes.namefind import find
from tests.helpers import ARTICLES, cases, folded


@pytest.mark.parametrize(("text", "expected"), cases("namefind", "found"))
def test_names(text: str, expected: list[str]) -> None:
    assert [m.span.of(text) for m in find(folded(text)[0])] == expected


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
