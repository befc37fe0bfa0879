"""What is asked about a mention, and what rules a candidate out."""

from __future__ import annotations

import pytest

from quotes.cast import Cast
from quotes.questions import Question, fits, gender_of, words_of
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
