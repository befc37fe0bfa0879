"""Titles from what the article calls somebody elsewhere."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from quotes import titling
from quotes.attributor import attribute
from quotes.cast import Cast
from quotes.records import Span
from quotes.referents import Referents
from quotes.speakers import resolve, unclear
from tests.helpers import ARTICLES, folded, read


def titles_of(text: str, *answers: tuple[str, str, float]) -> list[tuple[str, str]]:
    """Return the titles of who speaks last; `answers` are (description, name, share) as the reader points to it."""
    narrative, spans = folded(text)
    attributions = attribute(narrative, spans)
    pointed = {
        Span(text.index(words), text.index(words) + len(words)): Referents(
            ((Span(text.index(name), text.index(name) + len(name)), share),), 1 - share
        )
        for words, name, share in answers
    }
    speaker = resolve(Cast(narrative, attributions), attributions, pointed)[-1].speaker
    assert speaker is not None
    return [(title.span.of(text), title.rule) for title in speaker.titles]


SENATOR = "“It is late,” said Ana Pell.\n\nThe Brin senator walked home.\n\n“We go home,” Pell added."


def test_by_the_rules_alone() -> None:
    assert titles_of(SENATOR) == [("Brin senator", "title-description")]


@pytest.mark.parametrize(("share", "expected"), [(0.9, [("Brin senator", "title-description")]), (0.1, [])])
def test_not_where_the_reader_points_to_another(share: float, expected: list[tuple[str, str]]) -> None:
    assert titles_of(SENATOR, ("The Brin senator", "Ana Pell", share)) == expected


@pytest.mark.parametrize(("share", "expected"), [(0.95, [("director", "title-description")]), (0.8, [])])
def test_one_word_only_where_the_reader_is_certain(share: float, expected: list[tuple[str, str]]) -> None:
    text = "“It is late,” said Ana Pell.\n\nThe director walked home.\n\n“We go home,” Pell added."
    assert titles_of(text) == []
    assert titles_of(text, ("The director", "Ana Pell", share)) == expected


LEAD = "A former mayor of Brin says it is late.\n\n“We go home,” Ana Pell said."


@pytest.mark.parametrize(("share", "expected"), [(0.9, [("A former mayor of Brin", "title-description")]), (0.6, [])])
def test_whom_the_lead_describes_before_naming_them(share: float, expected: list[tuple[str, str]]) -> None:
    assert titles_of(LEAD) == []
    assert titles_of(LEAD, ("A former mayor of Brin", "Ana Pell", share)) == expected


def test_whom_an_article_describes_after_naming_them_is_another() -> None:
    text = "“We go home,” Ana Pell said.\n\nA former mayor of Brin slept.\n\n“It is late,” Pell said."
    assert titles_of(text, ("A former mayor of Brin", "Ana Pell", 0.95)) == []


def test_by_whose_somebody_is() -> None:
    text = "“It is late,” said Ana Pell.\n\nIra Moss’s former coach walked home.\n\n“We go home,” Pell added."
    assert titles_of(text, ("Ira Moss’s former coach", "Ana Pell", 0.9)) == [
        ("Ira Moss’s former coach", "title-description")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (SENATOR, ["The Brin senator"]),
        (LEAD, ["A former mayor of Brin"]),
        ("Mayor Ana Pell said: “It is late.” The Brin senator slept.", []),
    ],
)
def test_the_reader_is_asked_where_no_role_is_stated(text: str, expected: list[str]) -> None:
    narrative, spans = folded(text)
    attributions = attribute(narrative, spans)
    cast = Cast(narrative, attributions)
    asked = unclear(cast, spans, attributions)
    assert [span.of(text) for span in asked] == expected
    assert cast.read_for_title == frozenset(asked)


@settings(max_examples=50)
@given(ARTICLES)
def test_titles_stand_in_the_text(text: str) -> None:
    made = read(text)
    for resolution in made.resolutions:
        for title in resolution.speaker.titles if resolution.speaker else ():
            assert 0 <= title.span.start < title.span.end <= len(text)
    assert titling.asked(Cast(made.narrative, made.attributions)) == []  # nobody has spoken yet
