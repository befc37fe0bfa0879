"""One attribution a quoted span: what it rests on, how sure it is, and when it holds back."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given, settings

from quotes import attributor
from quotes.attributor import ABSTAIN_BELOW, attribute
from quotes.hits import NAME
from quotes.records import Attribution, QuotationType, Span
from quotes.scores import score
from tests.helpers import ARTICLES, cases, folded, read, words_of

PLAIN = "“It is late,” said Ana Pell. “We go home.”"


@pytest.mark.parametrize(("text", "expected"), cases("attributor", "articles"))
def test_articles(text: str, expected: list[list[str | None]]) -> None:
    """Each quotation's mention (that of the span it carries on, where it has none), cue and type."""
    narrative, spans = folded(text)
    made = attribute(narrative, spans, abstain=False)
    found = []
    for attribution in made:
        rests_on = attribution
        while rests_on.mention is None and rests_on.carried_from is not None:
            rests_on = made[rests_on.carried_from]
        found.append([words_of(text, rests_on.mention), words_of(text, attribution.cue), attribution.type])
    assert found == expected


def test_a_source_has_the_score_of_its_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attributor, "score", {"said-after-inverted": 0.9, "same-paragraph": 0.8}.__getitem__)
    assert [(a.rule, a.score) for a in read(PLAIN).attributions] == [
        ("said-after-inverted", 0.9),
        ("same-paragraph", 0.8),
    ]


def test_a_source_likelier_wrong_than_right_is_an_alternative_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attributor, "score", lambda rule: ABSTAIN_BELOW - 0.01)
    (made, _) = read(PLAIN).attributions
    assert (made.rule, made.mention, made.cue, made.carried_from) == ("abstained", None, None, None)
    (candidate,) = made.alternatives
    assert candidate.mention.of(PLAIN) == "Ana Pell"
    assert (candidate.rule, candidate.score) == ("said-after-inverted", ABSTAIN_BELOW - 0.01)


def test_even_odds_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attributor, "score", lambda rule: ABSTAIN_BELOW)
    assert all(made.mention for made in read(PLAIN).attributions)


def test_nothing_is_held_back_on_request(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attributor, "score", lambda rule: 0.1)
    (made, _) = read(PLAIN, abstain=False).attributions
    assert words_of(PLAIN, made.mention) == "Ana Pell"
    assert made.alternatives == ()


def test_a_held_back_carried_source_has_no_mention_to_offer(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "“It is late,” said Ana Pell.\n\n“We go home.”"
    monkeypatch.setattr(attributor, "score", lambda rule: 0.1 if rule.startswith("previous") else 0.9)
    made = read(text).attributions[1]
    assert (made.rule, made.mention, made.carried_from, made.alternatives) == ("abstained", None, None, ())


def test_a_quotation_inside_another_has_none_of_its_own() -> None:
    text = "“She told me, ‘Go home now,’ and I went,” said Ana Pell."
    outer, inner = read(text).attributions
    assert words_of(text, outer.mention) == "Ana Pell"
    assert (inner.rule, inner.mention, inner.cue) == ("no-source", None, None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“It is late,” said Ana Pell.", "reporting_verbs"),
        ("“It is late,” according to Ana Pell.", "reporting_phrases"),
        ("ANA PELL: “It is late.”", None),
        ("The “smart” lamps failed.", None),
    ],
)
def test_a_cue_names_its_word_list(text: str, expected: str | None) -> None:
    (made,) = read(text, abstain=False).attributions
    assert made.cue_list == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Her novel “Late Again” sold well.", ["work"]),
        ("Pell said the so-called “smart” lamps failed.", ["scare"]),
    ],
)
def test_a_name_of_something_is_nobody_s_words(text: str, expected: list[str]) -> None:
    made = read(text).attributions
    assert [attribution.type for attribution in made] == expected
    assert {(attribution.rule, attribution.mention, attribution.alternatives) for attribution in made} == {
        (NAME, None, ())
    }


def test_no_spans_no_attributions() -> None:
    narrative, spans = folded("Nobody said a word in Brin.")
    assert attribute(narrative, spans) == ()
    assert attribute(*folded("")) == ()


@given(ARTICLES)
@settings(max_examples=250)
def test_whatever_the_text(text: str) -> None:
    reading = read(text)
    assert len(reading.attributions) == len(reading.spans)
    outside = [
        Span(s.opener.start, s.closer.end if s.closer else s.words.end) for s in reading.spans if s.outer is None
    ]
    for span, made in zip(reading.spans, reading.attributions, strict=True):
        assert 0.0 <= made.score <= 1.0
        sourceless = made.rule in ("no-source", "abstained", NAME)
        assert made.score == score("no-source" if made.rule == "abstained" else made.rule)
        assert made.type in get_args(QuotationType)
        assert (made.mention is None and made.carried_from is None) == sourceless
        assert made.cue is not None or made.cue_list is None
        if not sourceless:
            assert made.score >= ABSTAIN_BELOW
            assert span.outer is None
        for candidate in made.alternatives:
            assert 0.0 <= candidate.score < ABSTAIN_BELOW
        rests_on = origin_of(reading.attributions, made)
        for mention in (made.mention, made.cue, *(candidate.mention for candidate in made.alternatives)):
            if mention is not None:
                assert 0 <= mention.start < mention.end <= len(text)
                assert mention.of(text) == mention.of(text).strip()
                if rests_on.rule != "turn-inside":
                    assert not any(mention.overlaps(quotation) for quotation in outside)


def origin_of(attributions: tuple[Attribution, ...], made: Attribution) -> Attribution:
    """Return the attribution whose speaker goes on in `made`, through every step."""
    for _ in attributions:
        if made.carried_from is None:
            return made
        made = attributions[made.carried_from]
    raise AssertionError("an attribution carries on itself")
