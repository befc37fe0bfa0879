"""Noun phrases that can name a source, read from their last word backwards and from their first word forwards."""

from __future__ import annotations

import pytest
from hypothesis import given

from quotes.narrative import Token
from quotes.phrases import NounPhrase, read_back, read_forward
from tests.helpers import ARTICLES, cases, folded, place_of, text_of, tokens_of


def as_read(text: str, tokens: tuple[Token, ...], phrase: NounPhrase | None) -> list[str] | None:
    """Return a phrase as its kind, its words and its mention."""
    if phrase is None:
        return None
    return [phrase.kind, text_of(tokens, phrase.first, phrase.last), phrase.mention(tokens).of(text)]


@pytest.mark.parametrize(("text", "expected"), cases("phrases", "read_back"))
def test_phrase_that_ends_at_the_last_word(text: str, expected: list[str] | None) -> None:
    tokens = tokens_of(text)
    assert as_read(text, tokens, read_back(tokens, len(tokens) - 1)) == expected


@pytest.mark.parametrize(("text", "expected"), cases("phrases", "read_forward"))
def test_phrase_that_begins_at_the_first_word(text: str, expected: list[str] | None) -> None:
    tokens = tokens_of(text)
    assert as_read(text, tokens, read_forward(tokens, 0)) == expected


def test_read_back_takes_nothing_before_its_floor() -> None:
    text = "the mayor of Brin"
    tokens = tokens_of(text)
    last = len(tokens) - 1
    assert as_read(text, tokens, read_back(tokens, last, place_of(tokens, "Brin"))) == ["name", "Brin", "Brin"]


def test_read_forward_takes_nothing_from_its_ceiling_on() -> None:
    text = "Ana Pell Moss said"
    tokens = tokens_of(text)
    assert as_read(text, tokens, read_forward(tokens, 0, place_of(tokens, "Moss"))) == ["name", "Ana Pell", "Ana Pell"]
    assert read_forward(tokens, 2, 2) is None


def test_mention_leaves_out_the_possessive_in_either_apostrophe() -> None:
    for text in ("Ana Pell’s", "Ana Pell's"):
        tokens = tokens_of(text)
        phrase = read_back(tokens, len(tokens) - 1)
        assert phrase is not None
        assert phrase.mention(tokens).of(text) == "Ana Pell"


def test_mention_keeps_the_s_of_a_name() -> None:
    text = "Brody's said it fell"
    tokens = tokens_of(text)
    phrase = read_back(tokens, 0)
    assert phrase is not None
    assert phrase.mention(tokens).of(text) == "Brody's"


@given(ARTICLES)
def test_phrases_hold_the_place_they_are_read_from(text: str) -> None:
    narrative, _ = folded(text)
    for sentence in (s for paragraph in narrative.sentences for s in paragraph):
        tokens = sentence.tokens
        for place in range(len(tokens)):
            back, forward = read_back(tokens, place), read_forward(tokens, place)
            if back is not None:
                assert 0 <= back.first <= back.head_first < back.head_last <= back.last <= place + 1
            if forward is not None:
                assert place == forward.first <= forward.head_first < forward.head_last <= forward.last <= len(tokens)
            for phrase in (back, forward):
                if phrase is not None:
                    assert not any(token.is_quotation for token in tokens[phrase.head_first : phrase.head_last])
                    assert phrase.mention(tokens).of(text).strip() != ""
