"""How sure a row is, and when a person should look."""

from __future__ import annotations

import math

from hypothesis import given, settings

from quotes.confidence import NAME_FROM, REVIEW_BELOW, UNSURE, probability, rate, signals
from quotes.records import Attribution, Resolution
from tests.helpers import ARTICLES, Reading, read


def rated(reading: Reading) -> tuple[Resolution, ...]:
    return rate(reading.narrative.text, reading.spans, reading.attributions, reading.resolutions)


def with_score(text: str, score: float) -> Resolution:
    """Return what is made of the first quotation of `text` where the attributor is only so sure of its source."""
    reading = read(text)
    told = reading.attributions[0]
    attribution = Attribution("x", score, told.mention, told.cue, told.type)
    return rate(text, reading.spans[:1], [attribution], reading.resolutions[:1])[0]


def test_a_plain_row_is_sure_and_wants_no_look() -> None:
    made = rated(read("“It is late and we go home,” said Ana Pell."))[0]
    assert made.confidence >= REVIEW_BELOW
    assert made.review == ()


def test_an_unsure_source_wants_a_look_and_a_bad_one_is_not_named() -> None:
    text = "“It is late and we go home,” said Ana Pell."
    sure, unsure, bad = (with_score(text, score) for score in (0.99, 0.4, 0.005))
    assert sure.confidence > unsure.confidence > NAME_FROM
    assert unsure.review[-1] == "low confidence"
    assert (bad.speaker, bad.rule, bad.alternatives[0][0]) == (None, UNSURE, "Ana Pell")
    assert bad.review == ("no source that is sure enough to name",)


def test_words_that_nobody_says_want_a_look_where_they_are_speech() -> None:
    made = rated(read("“It is late and we go home.”"))[0]
    assert made.review == ("nobody found who says it",)
    assert rated(read("Her novel “Late Again” sold well."))[0].review == ()


@given(ARTICLES)
@settings(max_examples=100)
def test_whatever_the_text(text: str) -> None:
    reading = read(text)
    for span, attribution, before, after in zip(
        reading.spans, reading.attributions, reading.resolutions, rated(reading), strict=True
    ):
        assert 0.0 <= after.confidence <= 1.0
        assert after.speaker in (before.speaker, None)
        if before.speaker is not None:
            values = signals(text, span, attribution, before)
            assert all(math.isfinite(value) for value in values.values())
            assert (probability(values) < NAME_FROM) is (after.speaker is None)
            assert bool(after.review) is (probability(values) < REVIEW_BELOW)
