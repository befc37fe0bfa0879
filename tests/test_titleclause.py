"""Titles that a clause states."""

from __future__ import annotations

import pytest
from hypothesis import given

from quotes import titleclause
from tests.helpers import ARTICLES, cases, titles_beside, titles_of_ana_pell

READERS = (titleclause.relative, titleclause.copula, titleclause.origin)


@pytest.mark.parametrize(("text", "expected"), cases("titleclause", "titles"))
def test_the_title_of_ana_pell(text: str, expected: list[str] | None) -> None:
    assert titles_of_ana_pell(text, READERS) == ([expected] if expected else [])


@given(ARTICLES)
def test_a_title_stands_after_its_name(text: str) -> None:
    for name, phrase in titles_beside(text, READERS):
        assert text.index(name) < phrase.span.start < phrase.span.end <= len(text)
