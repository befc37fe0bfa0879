"""Which strings name the same speaker, and how far two phrases agree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.names_match import is_proper_name, name_words, same_speaker, same_title, token_f1

SAME = [
    ("Ana Pell", "Ana Pell", "the same name"),
    ("Ana Pell", "Pell", "a surname alone"),
    ("Ana Pell", "ANA PELL", "case"),
    ("Ana Pell", "Ms. Pell", "an honorific"),
    ("Ana Pell", "Senator Ana Pell", "an honorific before the whole name"),
    ("Ana Maria Pell", "Ana Pell", "a middle name"),
    ("Ana Pell", "A. Pell", "an initial"),
    ("Ira Moss Jr.", "Ira Moss", "a suffix"),
    ("Ira Moss", "Ira Moss III", "a suffix on the other side"),
    ("Ira Moss", "Ira Moss’s", "a possessive"),
    ("Minister Okoro", "Okoro", "an honorific that is a role"),
    ("a senior official at the ministry", "senior ministry official", "content words of a description"),
    ("a senior official in Brin", "the official", "exactly half of the words"),
    ("the ministry", "The Ministry", "an article and case"),
]
DIFFERENT = [
    ("Ana Pell", "Ana Moss", "another surname"),
    ("Ana Pell", "Ira Pell", "another given name"),
    ("Ana Pell", "Amy Pell", "another given name with the same initial"),
    ("Ana Pell", "Pell Moss", "a surname as a given name"),
    ("Ana Pell", "I. Pell", "another initial"),
    ("Ana Pell", "Ana", "a given name alone"),
    ("Pell", "", "nothing"),
    ("Ana Pell", None, "nobody"),
    (None, "Ana Pell", "nobody in gold"),
    ("Ana Pell", "the senator", "nothing but honorifics"),
    ("Jr", "Pell Jr", "nothing but a suffix"),
    ("a senior official", "a nurse at the clinic", "no word in common"),
    ("a very senior official in Brin", "the official", "less than half of the words"),
]


@pytest.mark.parametrize(("gold", "found"), [pytest.param(*case[:2], id=case[2]) for case in SAME])
def test_same_speaker(gold: str, found: str) -> None:
    assert same_speaker(gold, found)


@pytest.mark.parametrize(("gold", "found"), [pytest.param(*case[:2], id=case[2]) for case in DIFFERENT])
def test_different_speakers(gold: str | None, found: str | None) -> None:
    assert not same_speaker(gold, found)


@pytest.mark.parametrize(
    ("gold", "found", "expected"),
    [
        ("mayor of Brin", "mayor of Brin", 1.0),
        ("mayor of Brin", "the Mayor", 2 / 3),
        ("mayor of Brin", "head of the fire service", 0.0),
        ("chief chief", "chief", 2 / 3),
        ("of the", "of the", 0.0),
        ("mayor", None, 0.0),
        (None, None, 0.0),
    ],
)
def test_token_f1(gold: str | None, found: str | None, expected: float) -> None:
    assert token_f1(gold, found) == pytest.approx(expected)


def test_title_agrees_from_half_of_the_words() -> None:
    assert same_title("deputy fire chief", "fire inspector of Brin") is False
    assert same_title("deputy fire chief", "fire chief of Brin") is True


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Ana Pell", True), ("Bank of Brin", True), ("82nd Brigade", True), ("the mayor", False), ("the of", False)],
)
def test_proper_names_are_capitalised(text: str, expected: bool) -> None:
    assert is_proper_name(text) is expected


def test_name_words_leave_out_honorifics_and_possessives() -> None:
    assert name_words("the Rev. Dr. Jean-Luc O’Neil’s") == ["jean-luc", "o’neil"]


@given(st.text(max_size=30), st.text(max_size=30))
def test_order_does_not_matter(a: str, b: str) -> None:
    assert same_speaker(a, b) == same_speaker(b, a)
    assert token_f1(a, b) == token_f1(b, a)
    assert 0.0 <= token_f1(a, b) <= 1.0


@given(st.text(max_size=30))
def test_a_name_agrees_with_itself(name: str) -> None:
    assert same_speaker(name, name) == bool(name_words(name))
