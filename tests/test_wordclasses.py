"""What one token can be in a name or a source."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes import wordclasses
from quotes.narrative import Token
from tests.helpers import place_of, tokens_of


def token(word: str) -> Token:
    return Token(word, 0, len(word))


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Pell", True),
        ("O’Neill", True),
        ("J.", True),
        ("NATO", True),
        ("@anapell", True),
        ("Émile", True),
        ("pell", False),
        ("The", False),
        ("However", False),
        ("Monday", False),
        ("1984", False),
        (",", False),
        ("@", False),
    ],
)
def test_namelike_is_a_capital_that_is_no_function_word(word: str, expected: bool) -> None:
    assert wordclasses.is_namelike(token(word)) is expected


def test_a_quotation_is_never_namelike() -> None:
    tokens = tokens_of("“Pell Street” is long.")
    assert tokens[0].is_quotation
    assert not wordclasses.is_namelike(tokens[0])


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Pell's", True),
        ("Pell’s", True),
        ("PELL’S", True),
        ("nurses'", True),
        ("nurses’", True),
        ("Pells", False),
        ("Moss", False),
        ("’s-Hertogenbosch", False),
        ("O’Neill", False),
    ],
)
def test_possessive_in_either_apostrophe(word: str, expected: bool) -> None:
    assert wordclasses.is_possessive(token(word)) is expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Sen.", True),
        ("senator", True),
        ("Director", True),
        ("spokeswoman", True),
        ("MAYOR", True),
        ("director-general", True),
        ("Pell-Moss", False),
        ("north-east", False),
        ("general", True),
        ("Pell", False),
        ("council", False),
        ("the", False),
        ("said", False),
    ],
)
def test_title_word_is_an_honorific_or_a_role_in_any_case(word: str, expected: bool) -> None:
    assert wordclasses.is_title_word(token(word)) is expected


@pytest.mark.parametrize("word", ["senator", "spokeswoman", "police", "researchers", "report", "letter"])
def test_heads_are_roles_groups_and_documents(word: str) -> None:
    assert word in wordclasses.HEADS


@pytest.mark.parametrize("word", ["bridge", "lamp", "ana", "said", "the"])
def test_things_and_names_are_no_heads(word: str) -> None:
    assert word not in wordclasses.HEADS


def test_pronouns_are_no_determiners() -> None:
    assert not wordclasses.PRONOUNS & wordclasses.DETERMINERS


def test_abbreviated_honorific_keeps_its_stop_and_its_class() -> None:
    tokens = tokens_of("She met Gov. Pell.")
    assert wordclasses.is_title_word(tokens[place_of(tokens, "Gov.")])


@given(st.text(min_size=1, max_size=12))
def test_any_word_has_an_answer(word: str) -> None:
    made = token(word)
    assert wordclasses.is_title_word(made) in (True, False)
    assert wordclasses.is_possessive(made) in (True, False)
    assert not (wordclasses.is_namelike(made) and made.low in wordclasses.FUNCTION_WORDS)
