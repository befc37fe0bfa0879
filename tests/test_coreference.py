"""Whom a pronoun or a description stands for, by the learned weights, in cases where a reader would not hesitate."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings

from quotes import coreference
from quotes.cast import Cast
from tests.helpers import ARTICLES, cases, read


def rankings(text: str) -> list[list[tuple[str | None, float]]]:
    """Return for each mention that asks a question the candidates' names with their shares, likeliest first."""
    reading = read(text, abstain=False)
    cast = Cast(reading.narrative, reading.attributions)
    found = []
    for attribution in reading.attributions:
        question = cast.question(attribution.mention) if attribution.mention else None
        if question is not None:
            found.append([(cast.words_of(n) if n is not None else None, share) for n, share in cast.rank(question)])
    return found


@pytest.mark.parametrize(("text", "expected"), cases("coreference", "best"))
def test_the_last_mention_means(text: str, expected: str | None) -> None:
    resolved = read(text, abstain=False).resolutions[-1]
    name = resolved.speaker.name if resolved.speaker else None
    if expected is None:
        assert name not in ("Ana Pell", "Ira Moss")
    else:
        assert name == expected


@given(ARTICLES)
@settings(max_examples=60)
def test_shares_are_probabilities_and_nobody_is_always_possible(text: str) -> None:
    for ranking in rankings(text):
        shares = [share for _, share in ranking]
        assert math.isclose(sum(shares), 1.0, abs_tol=1e-9)
        assert shares == sorted(shares, reverse=True)
        assert [name for name, _ in ranking].count(None) == 1


@pytest.mark.parametrize(("first", "second"), [("Mary", "John"), ("Fatima", "Omar"), ("Kim", "Odile")])
def test_no_given_name_decides(first: str, second: str) -> None:
    text = "{} Pell thanked {} Moss, a nurse. “It is late,” she said."

    def by_surname(made: str) -> list[list[tuple[str | None, float]]]:
        return [[(name and name.split()[-1], round(s, 9)) for name, s in ranking] for ranking in rankings(made)]

    assert by_surname(text.format(first, second)) == by_surname(text.format(second, first)) != []


def test_every_weight_is_a_finite_number() -> None:
    weights = coreference.weights()
    assert len(weights) > 100
    assert all(math.isfinite(value) for value in weights.values())
