"""Marks in articles that were written for training."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.records import Span
from training.markup import Mention, read

RAW = "“It was late,”<1> [Ana Pell|A:1] {said:1}. [She|A] likes “Late Bells”<work>, as does [[her|A] brother|B]."


def test_the_text_has_no_marks() -> None:
    assert read(RAW).text == "“It was late,” Ana Pell said. She likes “Late Bells”, as does her brother."


def test_mentions_in_order_one_inside_another() -> None:
    found = read(RAW)
    told = [(m.span.of(found.text), m.who, m.group) for m in found.mentions]
    assert told == [("Ana Pell", "A", "1"), ("She", "A", None), ("her brother", "B", None), ("her", "A", None)]


def test_cues_and_tags_stand_where_they_stood() -> None:
    found = read(RAW)
    assert [(cue.of(found.text), group) for cue, group in found.cues] == [("said", "1")]
    assert [(found.text[:end][-1], tag) for end, tag in found.tags] == [("”", "1"), ("”", "work")]


def test_brackets_without_a_letter_are_the_articles_own() -> None:
    found = read("“No comment [at this stage].”<1> [They|A+B2:1] {[sic] said:1} so [again].")
    assert found.text == "“No comment [at this stage].” They [sic] said so [again]."
    assert found.mentions == (Mention(Span(30, 34), "A+B2", "1"),)


def test_a_mention_without_its_beginning_is_told() -> None:
    with pytest.raises(ValueError, match=r"no \[ before “\|A\]”"):
        read("Ana Pell|A] slept.")


@given(st.text(alphabet="[]|A:1{}<>“” x\n", max_size=60))
def test_any_text_is_read_or_told(raw: str) -> None:
    try:
        found = read(raw)
    except ValueError:
        return
    for mention in found.mentions:
        assert 0 <= mention.span.start <= mention.span.end <= len(found.text)
    assert all(0 <= end <= len(found.text) for end, _ in found.tags)
    assert all(cue.end <= len(found.text) for cue, _ in found.cues)
