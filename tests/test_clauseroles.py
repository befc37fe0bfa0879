"""What part a name plays in its clause."""

from __future__ import annotations

import pytest
from hypothesis import given

from quotes.clauseroles import is_subject, role_of
from quotes.namefind import find
from tests.helpers import ARTICLES, cases, folded


@pytest.mark.parametrize(("text", "expected"), cases("clauseroles", "roles"))
def test_role_of_the_first_name(text: str, expected: str) -> None:
    narrative, _ = folded(text)
    mention = find(narrative)[0]
    assert role_of(narrative.sentences[mention.sentence[0]][mention.sentence[1]].tokens, mention) == expected


@given(ARTICLES)
def test_a_subject_is_one_by_either_way(text: str) -> None:
    narrative, _ = folded(text)
    for mention in find(narrative):
        tokens = narrative.sentences[mention.sentence[0]][mention.sentence[1]].tokens
        assert (role_of(tokens, mention) == "subject") is is_subject(tokens, mention)
