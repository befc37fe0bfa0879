"""The choice between rules and reader, and its probability."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes import decide
from quotes.decide import (
    CALIBRATION,
    choose,
    features,
    logit,
    mention_of_answer,
    probability,
    questions,
)
from quotes.errors import ModelError
from quotes.hits import NAME, Hit, mention_of
from quotes.reader import MODEL, Answer
from quotes.records import Candidate, QuotedSpan, Span

SPAN = QuotedSpan(Span(1, 13), Span(0, 1), Span(13, 14), "closed", "pair")
WORDS = "“Go home now,” he said, and Ana Pell said it too"
TITLED = "“Late Again” ran on, and then Roe met Pell by the door"
ROE, PELL = Span(20, 23), Span(30, 34)


def answer(mention: Span | None, score: float = 0.9, **fields: object) -> Answer:
    return replace(Answer(mention, None, None, score, 0.05, 0.95), **fields)


WEIGHTS = {"reader": {"reader": 1.0, "agree": 2.0}, "rules": {"against": 1.0}}


@pytest.fixture
def weights(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decide, "_weights", lambda: WEIGHTS)
    monkeypatch.setattr(decide, "score", lambda rule: 0.8)


@pytest.mark.usefixtures("weights")
@pytest.mark.parametrize(
    ("hit", "read", "side"),
    [
        (Hit("said-after", ROE), answer(ROE), "both"),
        (Hit("said-after", ROE), answer(Span(22, 29)), "both"),
        (Hit("said-after", ROE), answer(PELL, 0.9), "reader"),
        (Hit("said-after", ROE), answer(PELL, 0.6), "rules"),
        (Hit("said-after", ROE), answer(None, 0.9, spoken=0.2), "reader"),
        (Hit("said-after", ROE), answer(None, 0.9, spoken=0.8), "rules"),
        (Hit("said-after-inverted", ROE), answer(PELL, 0.9), "rules"),
        (Hit("said-after-inverted", ROE), answer(None, 0.9, spoken=0.1), "reader"),
        (Hit("dash-signature", ROE), answer(None, 0.9, spoken=0.1), "rules"),
        (Hit(NAME, None), answer(None, 0.9), "both"),
        (None, answer(PELL, 0.1), "reader"),
        (Hit(NAME, None), answer(PELL, 0.99, spoken=0.99), "rules"),
    ],
)
def test_choose(hit: Hit | None, read: Answer, side: str) -> None:
    (choice,) = choose(WORDS, [SPAN], {0: hit} if hit else {}, {0: read}).values()
    assert choice.side == side
    assert (choice.hit is not None) == (side != "reader")


@pytest.mark.usefixtures("weights")
def test_agreement_raises_the_probability() -> None:
    alone, agreed = (choose(WORDS, [SPAN], hits, {0: answer(ROE)})[0] for hits in ({}, {0: Hit("said-after", ROE)}))
    assert agreed.probability > alone.probability


def test_mentions_follow_the_quotations_that_are_carried_on() -> None:
    hits = {
        0: Hit("said-after", ROE),
        1: Hit("continued", None, carried_from=0),
        2: Hit("continued", None, carried_from=1),
    }
    assert mention_of(hits, 2) == ROE
    assert mention_of(hits, 7) is None
    answers = {0: answer(PELL), 1: answer(None, same_as=0)}
    assert mention_of_answer(answers, 1) == PELL


def test_a_circle_of_quotations_ends() -> None:
    hits = {0: Hit("continued", None, carried_from=1), 1: Hit("continued", None, carried_from=0)}
    assert mention_of(hits, 0) is None
    answers = {0: answer(None, same_as=1), 1: answer(None, same_as=0)}
    assert mention_of_answer(answers, 0) is None


def test_features() -> None:
    rival = Candidate(PELL, 0.2, "reader")
    values = features(
        answer(ROE, others=(rival,)), ROE, Hit(NAME, None), None, replace(SPAN, boundary="unclosed"), "Late Again"
    )
    assert values["reader"] == pytest.approx(logit(0.9))
    assert values["runner_up"] == pytest.approx(logit(0.2))
    assert (values["agree"], values["silent"], values["named"], values["broken"], values["titled"]) == (0, 0, 1, 1, 1)


@given(st.floats(0, 1), st.floats(0, 1))
def test_the_shipped_weights_give_probabilities(score: float, spoken: float) -> None:
    values = features(answer(ROE, score, spoken=spoken), ROE, None, None, SPAN, WORDS)
    assert 0 < probability("reader", values) < 1
    assert 0 < probability("rules", values) < 1


def test_more_of_the_reader_is_more_sure() -> None:
    low, high = (probability("reader", features(answer(ROE, p), ROE, None, None, SPAN, WORDS)) for p in (0.3, 0.99))
    assert low < high


def test_the_shipped_weights_name_features_that_exist() -> None:
    known = set(features(answer(ROE), ROE, None, None, SPAN, WORDS))
    shipped = json.loads((MODEL / CALIBRATION).read_text(encoding="utf-8"))
    assert {name for side in ("reader", "rules") for name in shipped[side]} <= known
    assert set(shipped) == {"reader", "rules", "row"}


def test_damaged_weights_are_an_error_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decide, "MODEL", tmp_path)
    decide._weights.cache_clear()
    try:
        with pytest.raises(ModelError, match="install quotes again") as caught:
            probability("reader", {})
        assert "\n" not in str(caught.value)
    finally:
        decide._weights.cache_clear()


@pytest.mark.usefixtures("weights")
@pytest.mark.parametrize(("spoken", "side"), [(0.9, "rules"), (0.99, "reader")])
def test_a_title_is_spoken_only_where_the_reader_is_sure(spoken: float, side: str) -> None:
    span = replace(SPAN, words=Span(1, 11), closer=Span(11, 12))
    (choice,) = choose(TITLED, [span], {0: Hit(NAME, None)}, {0: answer(PELL, 0.99, spoken=spoken)}).values()
    assert choice.side == side


def test_the_reader_is_not_asked_where_a_plain_rule_fired() -> None:
    hits = {
        0: Hit("said-after", ROE),
        1: Hit("same-paragraph", ROE, carried_from=0),
        2: Hit("cue-before", ROE),
        3: Hit("same-paragraph", ROE, carried_from=2),
    }
    inner = replace(SPAN, outer=4)
    assert questions([SPAN] * 5 + [inner], hits) == {2, 3, 4}


@pytest.mark.usefixtures("weights")
def test_what_was_not_asked_has_the_score_of_its_rule() -> None:
    (choice,) = choose(WORDS, [SPAN], {0: Hit("said-after", ROE)}, {}).values()
    assert (choice.side, choice.probability, choice.answer) == ("rules", 0.8, None)
