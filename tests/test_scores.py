"""The measured score of a rule."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes import lexicon
from quotes.scores import UNMEASURED, score

MEASURED = lexicon.table("rule_scores")


@pytest.mark.parametrize("entry", MEASURED, ids=lambda entry: entry[0])
def test_measured_rules_have_their_figure(entry: tuple[str, str, str]) -> None:
    rule, value, fired = entry
    assert score(rule) == float(value)
    assert int(fired) > 0


def test_a_rule_stands_in_the_table_once() -> None:
    rules = [rule for rule, _, _ in MEASURED]
    assert len(rules) == len(set(rules))


@pytest.mark.parametrize("rule", ["", "no such rule", "said", "SAID-AFTER"])
def test_an_unmeasured_rule_is_even_odds(rule: str) -> None:
    assert score(rule) == UNMEASURED == 0.5


@pytest.mark.parametrize("rule", ["said-after", "said-after-inverted", "said-colon", "name", "surname", "no-source"])
def test_common_rules_are_measured(rule: str) -> None:
    assert rule in {entry[0] for entry in MEASURED}


def test_plain_orders_are_surer_than_a_paragraph_before() -> None:
    assert score("said-after") > score("previous-paragraph-quotation") > score("previous-paragraph-subject")


@given(st.sampled_from([entry[0] for entry in MEASURED]) | st.text(max_size=20))
def test_scores_are_probabilities(rule: str) -> None:
    assert 0.0 <= score(rule) <= 1.0
