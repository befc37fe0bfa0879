"""Titles and affiliations beside a name: verbatim, with their offsets, and nothing that the article does not say."""

from __future__ import annotations

import pytest
from hypothesis import given

from quotes import namefind, names, titles
from quotes.names import Name
from quotes.narrative import Narrative
from quotes.records import Phrase
from tests.helpers import ARTICLES, cases, folded


def stated(text: str) -> tuple[Narrative, list[tuple[Name, tuple[Phrase, ...], tuple[Phrase, ...]]]]:
    """Return the narrative, and each name with its titles and affiliations."""
    narrative, _ = folded(text)
    found = names.join(namefind.find(narrative))
    return narrative, [(name, *titles.of_name(narrative, name)) for name in found]


def of_person(text: str, person: str) -> tuple[list[list[str]], list[list[str]]]:
    """Return the titles and affiliations of `person`, each as its words and its rule."""
    _, found = stated(text)
    (pair,) = [(t, a) for name, t, a in found if name.fullest.span.of(text) == person]
    return tuple([[phrase.span.of(text), phrase.rule] for phrase in phrases] for phrases in pair)


@pytest.mark.parametrize(("text", "expected"), cases("titles", "titles"))
def test_titles(text: str, expected: dict[str, list[list[str]]]) -> None:
    assert {person: of_person(text, person)[0] for person in expected} == expected


@pytest.mark.parametrize(("text", "expected"), cases("titles", "affiliations"))
def test_affiliations(text: str, expected: dict[str, list[list[str]]]) -> None:
    assert {person: of_person(text, person)[1] for person in expected} == expected


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Then Ana Pell, mayor of Brin, walked home.", "mayor of Brin"),
        ("Then Mayor Ana Pell walked home.", "Mayor"),
        ("The mayor’s dog met the mayor, Ana Pell, at home.", "the mayor"),
    ],
)
def test_offsets_are_those_of_the_title_beside_the_name(text: str, title: str) -> None:
    _, found = stated(text)
    (phrase,) = [phrase for _, phrases, _ in found for phrase in phrases]
    assert phrase.span.start == text.rindex(title)
    assert phrase.span.of(text) == title


def test_the_most_telling_title_comes_first() -> None:
    text = "Sen. Ana Pell slept. Later Pell, chairwoman of the water board, woke."
    told, _ = of_person(text, "Ana Pell")
    assert told == [["chairwoman of the water board", "title-after"], ["Sen.", "title-honorific"]]


def test_one_title_stated_twice_is_one() -> None:
    text = "Mayor Ana Pell slept. Then mayor Pell woke."
    told, _ = of_person(text, "Ana Pell")
    assert told == [["Mayor", "title-honorific"]]


@given(ARTICLES)
def test_titles_stand_in_the_narrative_outside_the_name(text: str) -> None:
    narrative, found = stated(text)
    quotations = [token for p in narrative.sentences for s in p for token in s.tokens if token.is_quotation]
    for name, told, affiliations in found:
        for phrase in (*told, *affiliations):
            assert phrase.span.of(text).strip() == phrase.span.of(text) != ""
            assert not any(phrase.span.overlaps(mention.span) for mention in name.mentions)
            assert all(phrase.span.end <= q.start or q.end <= phrase.span.start for q in quotations)
        words = [phrase.span.of(text).lower() for phrase in told]
        assert len(words) == len(set(words))
