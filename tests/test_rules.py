"""Which rule finds the source of each quotation, and on what words it rests."""

from __future__ import annotations

import pytest
from hypothesis import given

from quotes import hits, rules
from quotes.records import Span
from tests.helpers import ARTICLES, cases, folded, words_of

Found = list[list[str | None] | None]


def found_in(text: str) -> Found:
    """Return for each top-level quotation its rule, mention and cue; None where no rule fires.

    What is a name and nobody's words has a rule that says so, and no mention.
    """
    narrative, spans = folded(text)
    hits = rules.apply(narrative, spans)
    return [
        None if (hit := hits.get(i)) is None else [hit.rule, words_of(text, hit.mention), words_of(text, hit.cue)]
        for i, span in enumerate(spans)
        if span.outer is None
    ]


@pytest.mark.parametrize(("text", "expected"), cases("rules", "after"))
def test_source_after_the_quotation(text: str, expected: Found) -> None:
    assert found_in(text) == expected


@pytest.mark.parametrize(("text", "expected"), cases("rules", "before"))
def test_source_before_the_quotation(text: str, expected: Found) -> None:
    assert found_in(text) == expected


@pytest.mark.parametrize(("text", "expected"), cases("rules", "several"))
def test_several_quotations(text: str, expected: Found) -> None:
    assert found_in(text) == expected


@pytest.mark.parametrize(("text", "expected"), cases("rules", "no_speech"))
def test_no_source_for_what_nobody_says(text: str, expected: Found) -> None:
    assert found_in(text) == expected


@pytest.mark.parametrize(
    ("curly", "other"),
    [("“”", '""'), ("“”", "„“"), ("“”", "«»"), ("“”", "””")],
    ids=["straight", "low", "guillemets", "wrong direction"],
)
def test_marks_make_no_difference(curly: str, other: str) -> None:
    for text in ("“It is late,” said Ana Pell.", "Ana Pell said: “It is late.”", "“No,” Ira Moss, 58, said."):
        assert found_in(text.translate(str.maketrans(curly, other))) == found_in(text) != [None]


def test_rules_read_one_sentence_at_a_time() -> None:
    """A verb of the sentence before or after is nothing to them; `carry` looks there."""
    assert found_in("Pell said it was late. “We go home now.” Moss said no.") == [None]


@given(ARTICLES)
def test_hits_are_of_top_level_spans_and_carry_nothing(text: str) -> None:
    narrative, spans = folded(text)
    for index, hit in rules.apply(narrative, spans).items():
        span = spans[index]
        assert span.outer is None
        assert hit.carried_from is None
        if hit.rule == hits.NAME:
            assert hit == hits.Hit(hits.NAME, None)
            continue
        assert hit.mention is not None
        whole = Span(span.opener.start, span.closer.end if span.closer else span.words.end)
        if hit.rule != "turn-inside":
            assert not hit.mention.overlaps(whole)
            assert hit.cue is None or not hit.cue.overlaps(whole)
