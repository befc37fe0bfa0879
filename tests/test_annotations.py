"""Our annotations of training articles: every entry is whole and names an article once."""

from __future__ import annotations

from pathlib import Path

import pytest

from quotes.evaluate import read_jsonl
from training.annotations import REFERENTS, SPEAKERS, by_article


@pytest.mark.parametrize("path", [REFERENTS, SPEAKERS], ids=["referents", "speakers"])
def test_each_article_once(path: Path) -> None:
    entries = list(read_jsonl(path))
    assert len(by_article(path)) == len(entries) > 500


def test_mentions_are_in_order_and_apart() -> None:
    for entry in by_article(REFERENTS).values():
        starts = [start for start, _, _ in entry["mentions"]]
        assert starts == sorted(starts)
        assert all(start < end and (name is None or name[0] < name[1]) for start, end, name in entry["mentions"])
