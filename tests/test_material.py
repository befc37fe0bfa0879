"""What everything is trained on, and which of it the reader never sees."""

from __future__ import annotations

import json
from pathlib import Path

from training import written
from training.annotations import SPEAKERS, by_article
from training.material import gather


def corpus(tmp_path: Path, names: list[str]) -> Path:
    path = tmp_path / "train.jsonl"
    path.write_text("".join(json.dumps({"doc_id": name, "text": "Ana Pell slept."}) + "\n" for name in names))
    return path


def test_every_nth_of_each_kind_is_left_out(tmp_path: Path) -> None:
    ours = sorted(written.names())
    found = gather(corpus(tmp_path, ["a", "b", "c"]), 2)
    assert [a["doc_id"] for a in found.articles] == ["a", "b", "c", *ours]
    assert found.held == {"a", "c", *ours[::2]}
    assert [a["doc_id"] for a in found.left_out()] == ["a", "c", *ours[::2]]
    assert [a["doc_id"] for a in found.learned()] == ["b", *ours[1::2]]
    assert set(ours) <= set(found.speakers) & set(found.referents)


def test_the_corpus_alone(tmp_path: Path) -> None:
    found = gather(corpus(tmp_path, ["a", "b"]), 1, own=False)
    assert len(found.articles) == 2
    assert found.held == {"a", "b"}
    assert len(found.speakers) == len(by_article(SPEAKERS))
