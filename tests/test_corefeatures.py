"""Features of candidates: finite, named, and telling what they say."""

from __future__ import annotations

import math

from hypothesis import given, settings

from quotes.cast import Cast
from quotes.corefeatures import Features, of_nobody
from quotes.questions import Question
from tests.helpers import ARTICLES, read


def features_of(text: str) -> dict[str | None, Features]:
    """Return the features of everybody whom the last mention of `text` can mean, by name."""
    reading = read(text, abstain=False)
    cast = Cast(reading.narrative, reading.attributions)
    mention = reading.attributions[-1].mention
    question = cast.question(mention) if mention is not None else None
    assert question is not None
    return {cast.words_of(n) if n is not None else None: dict(found) for n, found in cast.candidates(question)}


def test_who_acts_right_before_stands_out() -> None:
    found = features_of("Lamps failed here.\n\nAna Pell thanked Ira Moss. “It is late,” she said.")
    assert found["Ana Pell"]["nearest_subject"] == found["Ana Pell"]["subject_right_before"] == 1.0
    assert found["Ira Moss"]["nearest_subject"] == 0.0
    assert found["Ana Pell"]["first_here"] == 1.0


def test_a_name_inside_the_quotation_is_noticed() -> None:
    found = features_of("Lamps failed here.\n\nAna Pell thanked Ira Moss. “Moss is late,” she said.")
    assert (found["Ira Moss"]["in_quotation"], found["Ana Pell"]["in_quotation"]) == (1.0, 0.0)


def test_known_gender_counts_for_its_pronoun() -> None:
    found = features_of("Lamps failed here.\n\nMs. Pell thanked Ira Moss. “It is late,” she said.")
    assert (found["Pell"]["gender_known"], found["Ira Moss"]["gender_known"]) == (1.0, 0.0)
    assert found["Pell"]["alone_of_known_gender"] == 1.0


def test_what_a_description_shares_with_a_title() -> None:
    found = features_of("Ana Pell, a Brin judge, thanked Ira Moss, a nurse. “It is late,” the Brin judge said.")
    assert found["Ana Pell"]["head_told"] == found["Ana Pell"]["rest_shared"] == 1.0
    assert found["Ira Moss"]["head_told"] == 0.0


def test_nobody_has_features_of_its_own() -> None:
    assert of_nobody(Question(0, 0, "role", words=("judge",), determiner="the"), 5)["nobody_bare"] == 1.0
    assert of_nobody(Question(0, 0, "person"), 0) == {"nobody": 1.0, "nobody_few": 1.0}


@given(ARTICLES)
@settings(max_examples=60)
def test_features_are_finite(text: str) -> None:
    reading = read(text, abstain=False)
    cast = Cast(reading.narrative, reading.attributions)
    for attribution in reading.attributions:
        question = cast.question(attribution.mention) if attribution.mention else None
        if question is not None:
            for _, found in cast.candidates(question):
                assert all(math.isfinite(value) for value in found.values())
