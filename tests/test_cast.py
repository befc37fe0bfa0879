"""The people and bodies of an article."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from quotes.cast import Cast
from quotes.described import described_type
from quotes.questions import kind_of
from quotes.records import Span
from tests.helpers import ARTICLES, folded, read


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("she", "person"),
        ("it", "thing"),
        ("they", "several"),
        ("the brin senator", "role"),
        ("pell's brother", "role"),
        ("the council", "body"),
        ("the lamp", None),
        ("ana pell", None),
        ("a nurse", None),
        ("", None),
    ],
)
def test_kind_of_a_mention(words: str, kind: str | None) -> None:
    found = kind_of(words.split())
    assert (found and found[0]) == kind


@pytest.mark.parametrize(
    ("words", "expected"),
    [("a senior official", "unnamed"), ("the report", "document"), ("police", "group"), ("the lamp", "unknown")],
)
def test_type_of_a_description(words: str, expected: str) -> None:
    assert described_type(words) == expected


def test_a_mention_finds_its_name() -> None:
    text = "Ana Pell slept. Then Pell woke."
    cast = Cast(folded(text)[0])
    found = cast.places.named(Span(text.index("Pell woke"), text.index(" woke")))
    assert found is not None
    assert cast.words_of(found) == "Ana Pell"
    assert cast.last_named(found, Span(len(text), len(text) + 1)) == (Span(21, 25),)


def test_bearers_of_a_surname() -> None:
    cast = Cast(folded("Ana Pell thanked Ira Pell. Pell slept.")[0])
    assert [cast.words_of(n) for n in cast.places.bearers("pell")] == ["Ana Pell", "Ira Pell"]


def test_every_form_of_a_name_is_kept() -> None:
    text = "Ana Pell slept. “It is late,” said Pell. Ms. Pell woke."
    speaker = read(text).resolutions[0].speaker
    assert speaker is not None
    assert [span.of(text) for span in speaker.names] == ["Ana Pell", "Pell"]


@given(ARTICLES)
@settings(max_examples=60)
def test_speakers_are_verbatim(text: str) -> None:
    cast = Cast(folded(text)[0])
    for name in cast.everybody:
        speaker = cast.speaker(name)
        assert speaker.name == speaker.name_span.of(text)
        assert speaker.name_span in speaker.names
