"""What a rule looks at: the cues before a quotation, and what a hit rests on."""

from __future__ import annotations

import pytest

from quotes import cues
from quotes.hits import Context, hit_on, nearest_before
from tests.helpers import folded, words_of


def context_of(text: str) -> Context:
    """Return the first quotation of a one-sentence text."""
    narrative, spans = folded(text)
    tokens = narrative.sentences[0][0].tokens
    at = next(i for i, token in enumerate(tokens) if token.is_quotation)
    return Context(text, tokens, tuple(cues.find(tokens)), at, spans[0], True, True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ana Pell said it was “late”.", "said"),
        ("Ana Pell said that Ira Moss called it “late”.", "called"),
        ("Ana Pell said Moss feels it is “late”.", "said"),
        ("It was “late”, Ana Pell said.", None),
    ],
)
def test_the_verb_that_reports(text: str, expected: str | None) -> None:
    context = context_of(text)
    cue = nearest_before(context)
    assert (cue and " ".join(t.text for t in context.tokens[cue.first : cue.last])) == expected


def test_a_hit_names_the_list_of_its_cue() -> None:
    context = context_of("According to Ana Pell it is “late”.")
    (cue,) = context.cues
    assert cue.source is not None
    hit = hit_on("according-to", context.tokens, cue.source, cue)
    assert (hit.cue_list, words_of(context.text, hit.mention)) == ("reporting_phrases", "Ana Pell")
    assert hit_on("turn", context.tokens, cue.source).cue is None


@pytest.mark.parametrize(("text", "expected"), [("Pell said “late”, too.", ","), ("Pell said “late” too.", "too")])
def test_what_follows_past_a_comma(text: str, expected: str) -> None:
    context = context_of(text)
    assert context.tokens[context.at + 1].text == expected
    assert context.tokens[context.after()].text == "too"
