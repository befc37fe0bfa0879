"""The reporting expressions of a sentence and whose they are."""

from __future__ import annotations

import pytest
from hypothesis import given

from quotes.cues import find
from tests.helpers import ARTICLES, cases, folded, text_of, tokens_of


@pytest.mark.parametrize(("text", "expected"), cases("cues", "found"))
def test_cues(text: str, expected: list[list[str | None]]) -> None:
    tokens = tokens_of(text)
    found = [
        [text_of(tokens, cue.first, cue.last), cue.source and cue.source.mention(tokens).of(text), cue.order]
        for cue in find(tokens)
    ]
    assert found == expected


@pytest.mark.parametrize(
    ("text", "lemma", "use", "form"),
    [
        ("Pell says no.", "say", "say", "third"),
        ("“No,” sighed Pell.", "sigh", "manner", "past"),
        ("Pell dubbed it late.", "dub", "call", "past"),
        ("Pell points out that it is late.", "point out", "say", "third"),
        ("Moss was accused of theft by Pell.", "accuse of", "call", "past"),
        ("It was late, according to Pell.", "according to", "according", "base"),
    ],
)
def test_a_cue_names_its_verb(text: str, lemma: str, use: str, form: str) -> None:
    (cue,) = find(tokens_of(text))
    assert (cue.lemma, cue.use, cue.form) == (lemma, use, form)


def test_no_tokens_no_cues() -> None:
    assert find(()) == []


@given(ARTICLES)
def test_cues_stand_in_order_and_apart(text: str) -> None:
    narrative, _ = folded(text)
    for sentence in (s for paragraph in narrative.sentences for s in paragraph):
        after = 0
        for cue in find(sentence.tokens):
            assert after <= cue.first < cue.last <= len(sentence.tokens)
            after = cue.last
            assert not any(token.is_quotation for token in sentence.tokens[cue.first : cue.last])
            if cue.source is not None:
                assert cue.source.head_last <= cue.first or cue.source.head_first >= cue.last
