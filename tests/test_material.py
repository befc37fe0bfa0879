"""What everything is trained on, and which of it the reader never sees."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from training import written
from training.annotations import SPEAKERS, by_article
from training.material import corrected, gather


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


def test_what_our_annotations_deny_is_no_source() -> None:
    text = "Ana Pell said Ira Moss called it “a sham”. She likes “Late Bells”. “So there,” Pell said. “Oh,” it was."
    at = text.index
    pell, moss = [0, 8], [at("Ira"), at(" called")]

    def quotation(words: str, source: list[int] | None) -> dict[str, Any]:
        made = {"start": at(words), "end": at(words) + len(words), "attributed": source is not None}
        return {**made, "source": [source] if source else [], "cue": []}

    quotations = [
        quotation("a sham", pell),
        quotation("Late Bells", pell),
        quotation("So there,", [at("Pell said"), at("Pell said") + 4]),
        quotation("Oh,", None),
    ]
    told = [[at("a sham"), "s", moss], [at("Late"), "w", None], [at("So there"), "s", pell], [at("Oh,"), "s", pell]]
    annotated = {"quotations": [[*entry, None, None] for entry in told]}
    article = {"doc_id": "a", "text": text, "quotations": quotations}
    found = corrected(article, annotated)["quotations"]
    assert [bool(q["source"]) for q in found] == [False, False, True, False]
    assert [q["attributed"] for q in found] == [True, False, True, True]
    assert corrected(article, None) == article
