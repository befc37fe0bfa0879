"""Titles that stand before a name."""

from __future__ import annotations

import pytest
from hypothesis import given

from quotes import titlebefore
from tests.helpers import ARTICLES, cases, titles_beside, titles_of_ana_pell

READERS = (titlebefore.before, titlebefore.before_comma, titlebefore.named, titlebefore.origin_before)


@pytest.mark.parametrize(("text", "expected"), cases("titlebefore", "titles"))
def test_the_title_of_ana_pell(text: str, expected: list[str] | None) -> None:
    assert titles_of_ana_pell(text, READERS) == ([expected] if expected else [])


@given(ARTICLES)
def test_a_title_stands_before_its_name(text: str) -> None:
    for name, phrase in titles_beside(text, READERS):
        assert 0 <= phrase.span.start < phrase.span.end <= text.rindex(name)
