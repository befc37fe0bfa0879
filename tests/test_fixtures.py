"""The articles that we wrote: whether their gold is sound, and whether the pipeline finds it.

What it gets wrong today stands in `known_failures.json`, as strict expected failures. An entry has a `doc_id`; either
`quote` (the first words of a gold quotation) or `"rows": "extra"` (the article has rows beside the gold ones); the
number of the `pattern`, or null; and a `reason`.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import quotes
from quotes.evaluate import read_gold, same_speaker, same_title

ROOT = Path(__file__).parent.parent
FIXTURES = ROOT / "fixtures"
PATTERNS = range(1, 25)
ARTICLES = {article["doc_id"]: article for article in read_gold(FIXTURES / "gold.jsonl")}
KNOWN_FAILURES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "known_failures.json").read_text("utf-8"))


@dataclass(frozen=True)
class Case:
    """A gold quotation of an article, or (where there is none) the rows that the article has beside its gold ones."""

    doc_id: str
    quotation: dict[str, Any] | None

    @property
    def label(self) -> str:
        if self.quotation is None:
            return self.doc_id
        return f"{self.doc_id}-{self.quotation['start']}-{' '.join(self.quotation['quote'].split()[:4])}"

    def is_meant_by(self, entry: dict[str, Any]) -> bool:
        """Whether an entry of `known_failures.json` speaks of this case."""
        if entry["doc_id"] != self.doc_id:
            return False
        if self.quotation is None:
            return entry.get("rows") == "extra"
        return "quote" in entry and self.quotation["quote"].startswith(entry["quote"])


QUOTATIONS = [Case(name, quotation) for name, article in ARTICLES.items() for quotation in article["quotations"]]
EXTRA = [Case(name, None) for name in ARTICLES]


def with_known_failures(cases: list[Case]) -> list[Any]:
    """Return the cases as parameters, those that are known to fail marked so."""
    return [
        pytest.param(
            case,
            id=case.label,
            marks=[
                pytest.mark.xfail(strict=True, raises=AssertionError, reason=reason_of(entry))
                for entry in KNOWN_FAILURES
                if case.is_meant_by(entry)
            ],
        )
        for case in cases
    ]


def reason_of(entry: dict[str, Any]) -> str:
    return f"pattern {entry['pattern']}: {entry['reason']}" if entry["pattern"] else entry["reason"]


@cache
def rows_of(doc_id: str) -> dict[tuple[int, int], dict[str, Any]]:
    """Return what the pipeline finds in an article, by offsets."""
    return {(row["start"], row["end"]): row for row in quotes.extract(ARTICLES[doc_id]["text"])}


@pytest.mark.parametrize("case", with_known_failures(QUOTATIONS))
def test_gold_quotation(case: Case) -> None:
    gold = case.quotation
    assert gold is not None
    row = rows_of(case.doc_id).get((gold["start"], gold["end"]))
    if gold["type"] != "speech":
        named = row["speaker"] if row else None
        assert named is None, f"{named!r} is given words that are no speech"
        return
    assert row is not None, f"no row with the offsets {gold['start']}-{gold['end']}"
    assert row["boundary"] == gold["boundary"]
    names = [name for name in (gold["speaker"], *gold.get("speaker_alt", ())) if name]
    if names:
        assert any(same_speaker(name, row["speaker"]) for name in names), f"{row['speaker']!r} for {names}"
    else:
        assert row["speaker"] is None, f"{row['speaker']!r} for nobody"
    if gold.get("title"):
        assert same_title(gold["title"], row["title"]), f"title {row['title']!r} for {gold['title']!r}"


@pytest.mark.parametrize("case", with_known_failures(EXTRA))
def test_no_rows_beside_the_gold_ones(case: Case) -> None:
    article = ARTICLES[case.doc_id]
    gold = {(quotation["start"], quotation["end"]) for quotation in article["quotations"] + article["nested"]}
    assert [row["quote"] for offsets, row in rows_of(case.doc_id).items() if offsets not in gold] == []


def test_known_failures_name_a_case_and_a_reason() -> None:
    for entry in KNOWN_FAILURES:
        assert any(case.is_meant_by(entry) for case in QUOTATIONS + EXTRA), entry
        assert entry["pattern"] is None or entry["pattern"] in PATTERNS, entry
        assert entry["reason"].strip(), entry
        assert ("quote" in entry) != ("rows" in entry), entry


def test_gold_is_current() -> None:
    command = [sys.executable, str(FIXTURES / "build.py"), "--check"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, f"run `make gold`\n{result.stderr}"


def test_every_article_is_annotated() -> None:
    assert {path.stem for path in (FIXTURES / "articles").iterdir()} == set(ARTICLES)
    assert len(ARTICLES) >= 15


@pytest.mark.parametrize("doc_id", ARTICLES)
def test_article_has_a_news_article_s_length(doc_id: str) -> None:
    assert 150 <= len(ARTICLES[doc_id]["text"].split()) <= 600


@pytest.mark.parametrize("doc_id", ARTICLES)
def test_gold_offsets_are_inside_the_text_and_apart(doc_id: str) -> None:
    article = ARTICLES[doc_id]
    for quotation in article["quotations"] + article["nested"]:
        assert 0 <= quotation["start"] < quotation["end"] <= len(article["text"])
        assert article["text"][quotation["start"] : quotation["end"]] == quotation["quote"]
    for before, after in pairwise(sorted((q["start"], q["end"]) for q in article["quotations"])):
        assert before[1] <= after[0]


@pytest.mark.parametrize("doc_id", ARTICLES)
def test_gold_says_what_it_may_say(doc_id: str) -> None:
    for quotation in ARTICLES[doc_id]["quotations"]:
        assert quotation["type"] in {"speech", "scare", "work", "other"}
        assert quotation["boundary"] in {"closed", "mismatched", "continued", "unclosed"}
        assert quotation["type"] == "speech" or not quotation["speaker"]


def test_every_pattern_is_covered_twice() -> None:
    """By two quotations, or by articles that show it where nothing is quoted."""
    covered: Counter[int] = Counter()
    for doc_id, article in ARTICLES.items():
        annotation = json.loads((FIXTURES / "annotations" / f"{doc_id}.json").read_text("utf-8"))
        shown = Counter(p for q in article["quotations"] + article["nested"] for p in q.get("patterns", ()))
        covered += Counter(dict.fromkeys(annotation["patterns"], 1)) | shown
    assert [pattern for pattern in PATTERNS if covered[pattern] < 2] == []
