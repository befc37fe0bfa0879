"""Titles that stand after a name."""

from __future__ import annotations

import pytest
from hypothesis import given

from quotes import titleafter
from tests.helpers import ARTICLES, cases, titles_beside, titles_of_ana_pell

READERS = (lambda tokens, mention: titleafter.after(tokens, mention)[0],)


@pytest.mark.parametrize(("text", "expected"), cases("titleafter", "titles"))
def test_the_title_of_ana_pell(text: str, expected: list[str] | None) -> None:
    assert titles_of_ana_pell(text, READERS) == ([expected] if expected else [])


@given(ARTICLES)
def test_a_title_stands_after_its_name(text: str) -> None:
    for name, phrase in titles_beside(text, READERS):
        assert text.index(name) < phrase.span.start < phrase.span.end <= len(text)
