"""What is asked about a mention, and what rules a candidate out."""

from __future__ import annotations

import pytest

from quotes.cast import Cast
from quotes.questions import Question, can_lead, can_title, fits, from_owner, gender_of, words_of
from quotes.records import Span
from tests.helpers import folded


@pytest.mark.parametrize(("word", "expected"), [("he", "m"), ("her", "f"), ("they", None), ("pell", None)])
def test_gender_of_a_pronoun(word: str, expected: str | None) -> None:
    assert gender_of(word) == expected


def test_words_of_quotations() -> None:
    assert words_of("“It’s Late”", [Span(1, 10)]) == {"it", "s", "late"}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (Question(0, 0, "person", "f"), {"Ana Pell", "Kim"}),
        (Question(0, 0, "person", "m"), {"Moss", "Kim"}),
        (Question(0, 0, "body", words=("council",), determiner="the"), {"Brin Council", "Kim"}),
        (Question(0, 0, "role", words=("judge",), determiner="the"), set()),
    ],
)
def test_who_can_be_meant(question: Question, expected: set[str]) -> None:
    text = "Then Ms. Pell, Mr. Moss, Kim and the Brin Council met. Ana Pell slept."
    cast = Cast(folded(text)[0])
    assert {cast.words_of(n) for n in cast.names if fits(question, n)} == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("ira moss's wife", "moss's wife"),
        ("brin's tax commissioner", "brin's tax commissioner"),
        ("the mayor's wife", "the mayor's wife"),
        ("one of moss's lawyers", "one of moss's lawyers"),
        ("ana pell", "ana pell"),
    ],
)
def test_a_description_from_its_owner_on(words: str, expected: str) -> None:
    assert " ".join(from_owner(words.split())) == expected


@pytest.mark.parametrize(
    ("words", "title", "lead"),
    [
        ("the vermont senator", True, False),
        ("the director", True, False),
        ("the best candidate", False, False),
        ("the friend", False, False),
        ("the lamp", False, False),
        ("a former mayor of brin", False, True),
        ("a nurse", False, True),
        ("a friend", False, False),
    ],
)
def test_what_can_be_a_title(words: str, title: bool, lead: bool) -> None:
    assert (can_title(words.split()), can_lead(words.split())) == (title, lead)
