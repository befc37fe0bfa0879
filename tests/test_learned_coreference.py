"""Learning whom mentions stand for (`training/coreference.py`)."""

from __future__ import annotations

from typing import Any

from training import coreference

TEXT = "Ana Pell thanked Ira Moss.\n\n“It is late,” she said. “We go home.”"


def article() -> tuple[dict[str, Any], dict[str, Any]]:
    late, home, she = TEXT.index("It is"), TEXT.index("We go"), TEXT.index("she")
    quotations = [{"start": start, "source": [[she, she + 3]]} for start in (late, home)]
    annotated = [[start, "s", [0, len("Ana Pell")], None, None] for start in (late, home)]
    return {"doc_id": "a", "text": TEXT, "quotations": quotations}, {"doc_id": "a", "quotations": annotated}


def test_one_example_a_mention_with_the_right_candidate() -> None:
    ((kind, features, right),) = coreference.examples(*article())
    assert kind == "person"
    assert len(features) == len(right) == 3
    assert sorted(right) == [False, False, True]
    assert not right[-1]  # somebody else than those two


def test_a_source_that_the_corpus_denies_is_no_example() -> None:
    corpus, annotated = article()
    for quotation in corpus["quotations"]:
        quotation["source"] = [[0, 3]]
    assert coreference.examples(corpus, annotated) == []


def test_what_tells_the_right_one_gets_the_weight() -> None:
    data: list[coreference.Example] = [
        ("person", [{"a": 1.0, "b": 0.0}, {"a": 0.0, "b": 1.0}], [True, False]) for _ in range(20)
    ]
    weights = coreference.fit(data)
    assert weights["a"] > 0 > weights["b"]
    assert all(right for _, _, right, _ in coreference.judge(data, weights))


def test_rare_features_are_left_out_and_floors_hold() -> None:
    weights = coreference.fit([("person", [{"a": 1.0}, {"a": 0.0}], [False, True])] * (coreference.SEEN - 1))
    assert "a" not in weights
    assert weights == coreference.LEAST
