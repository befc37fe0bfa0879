"""Titles that stand before a name."""

from __future__ import annotations

import pytest
from hypothesis import given

from quotes import namefind, titlebefore
from quotes.records import Phrase
from tests.helpers import ARTICLES, cases, folded

READERS = (titlebefore.before, titlebefore.before_comma, titlebefore.origin_before)


def titles(text: str) -> list[tuple[str, Phrase]]:
    """Return (name, title) for every title that stands before a name of `text`."""
    narrative, _ = folded(text)
    found = []
    for mention in namefind.find(narrative):
        tokens = narrative.sentences[mention.sentence[0]][mention.sentence[1]].tokens
        for read in READERS:
            phrase = read(tokens, mention)
            if phrase is not None:
                found.append((mention.span.of(text), phrase))
    return found


@pytest.mark.parametrize(("text", "expected"), cases("titlebefore", "titles"))
def test_the_title_of_ana_pell(text: str, expected: list[str] | None) -> None:
    found = [[phrase.span.of(text), phrase.rule] for name, phrase in titles(text) if name == "Ana Pell"]
    assert found == ([expected] if expected else [])


@given(ARTICLES)
def test_a_title_stands_before_its_name(text: str) -> None:
    for name, phrase in titles(text):
        assert 0 <= phrase.span.start < phrase.span.end <= text.rindex(name)
