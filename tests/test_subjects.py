"""Whose verb it is: the subject right before it, across an apposition, or of the whole sentence."""

from __future__ import annotations

import pytest
from hypothesis import given

from quotes.cues import find
from quotes.subjects import sentence_subject, shared_subject, subject
from quotes.verbs import VERBS
from tests.helpers import ARTICLES, cases, folded, place_of, tokens_of


@pytest.mark.parametrize(("text", "expected"), cases("subjects", "sentence_subject"))
def test_sentence_subject(text: str, expected: str | None) -> None:
    tokens = tokens_of(text)
    phrase = sentence_subject(tokens)
    assert (phrase and phrase.mention(tokens).of(text)) == expected


@pytest.mark.parametrize(("text", "expected"), cases("subjects", "subject"))
def test_subject_of_the_last_verb(text: str, expected: list[str | None]) -> None:
    tokens = tokens_of(text)
    at = len(tokens) - 1
    phrase, order = subject(tokens, at - 1, VERBS[tokens[at].low][0], find(tokens[:at]))
    assert [phrase and phrase.mention(tokens).of(text), order] == expected


def test_a_verb_at_the_start_has_none() -> None:
    assert subject(tokens_of("Asked twice"), -1, VERBS["asked"][0], ()) == (None, "subject")


def test_shared_subject_is_that_of_the_last_verb_before() -> None:
    text = "The lamp failed when Pell said no and sighed"
    tokens = tokens_of(text)
    before = place_of(tokens, "and")
    earlier = find(tokens[:before])
    phrase = shared_subject(tokens, before, earlier)
    assert phrase is not None
    assert phrase.mention(tokens).of(text) == "Pell"
    alone = shared_subject(tokens, before, ())
    assert alone is not None
    assert alone.mention(tokens).of(text) == "The lamp"


@given(ARTICLES)
def test_subjects_stand_in_the_narrative(text: str) -> None:
    narrative, _ = folded(text)
    for sentence in (s for paragraph in narrative.sentences for s in paragraph):
        phrase = sentence_subject(sentence.tokens)
        if phrase is not None:
            head = sentence.tokens[phrase.head_first : phrase.head_last]
            assert head
            assert not any(token.is_quotation for token in head)
