"""Learning how much the reader's answer counts (`training/coreference_read.py`)."""

from __future__ import annotations

import numpy as np
import pytest

from quotes.coreference import SCALE
from training.coreference_read import Case, fit, is_unclear, judge


def case(scores: list[float], read: list[float], right: int) -> Case:
    """Return a case of a pronoun: `read` is the logarithm of the reader's share of each candidate."""
    is_right = np.arange(len(scores)) == right
    return Case("person", np.array(scores), [{"read": value} for value in read], is_right)


def test_whoever_is_right_gets_the_say() -> None:
    told = [case([1.0, 0.0], [-3.0, -0.1], 1), case([0.0, 1.0], [-0.1, -3.0], 0)] * 20
    weights = fit(told)
    assert weights["read"] > weights[SCALE]
    assert all(right for _, _, right, _ in judge(told, weights))
    other = fit([case([3.0, 0.0], [-3.0, -0.1], 0), case([0.0, 3.0], [-0.1, -3.0], 1)] * 20)
    assert other[SCALE] > weights[SCALE]
    assert other["read"] < weights["read"]


def test_little_evidence_moves_little() -> None:
    weights = fit([case([1.0, 0.0], [-0.1, -3.0], 0)])
    assert weights["read"] == pytest.approx(0.5, abs=0.25)
    assert weights[SCALE] == pytest.approx(0.5, abs=0.25)


@pytest.mark.parametrize(("scores", "expected"), [([3.0, 0.0], False), ([0.5, 0.0], True), ([0.0], False)])
def test_only_the_unclear_is_learned_from(scores: list[float], expected: bool) -> None:
    assert is_unclear(case(scores, [0.0] * len(scores), 0)) is expected
