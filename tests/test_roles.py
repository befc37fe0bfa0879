"""What states a role, and what a description is about."""

from __future__ import annotations

import pytest

from quotes.narrative import Token
from quotes.roles import bare_role, head_of, is_role, is_roles
from tests.helpers import cases, folded


@pytest.mark.parametrize(("text", "expected"), cases("roles", "words"))
def test_roles(text: str, expected: bool) -> None:
    assert is_role(Token(text, 0, len(text))) is expected


@pytest.mark.parametrize(("text", "expected"), cases("roles", "heads"))
def test_head_of_a_description(text: str, expected: str) -> None:
    ((sentence,),) = folded(text)[0].sentences
    head = head_of(sentence.tokens)
    assert head is not None
    assert head.text == expected


def test_no_words_no_head() -> None:
    assert head_of(()) is None


@pytest.mark.parametrize(("word", "expected"), [("co-chair", "chair"), ("ex-mayor", "mayor"), ("mayor's", "mayor")])
def test_prefixes_come_off(word: str, expected: str) -> None:
    assert bare_role(word) == expected


@pytest.mark.parametrize(
    ("word", "expected"), [("senators", True), ("Sens.", True), ("senator", False), ("lamps", False)]
)
def test_roles_in_the_plural(word: str, expected: bool) -> None:
    assert is_roles(Token(word, 0, len(word))) is expected
