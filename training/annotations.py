"""Our annotations of training articles: where they lie, and how they are read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from quotes.evaluate import read_jsonl

SPEAKERS = Path(__file__).parent / "speakers.jsonl"
"""Who says each quotation (`training/coreference.py` says in what form)."""
REFERENTS = Path(__file__).parent / "referents.jsonl"
"""Whom pronouns and descriptions stand for (`training/referent_data.py`)."""


def by_article(path: Path) -> dict[str, dict[str, Any]]:
    """Return the entries of a file of annotations by the name of the article."""
    return {entry["doc_id"]: entry for entry in read_jsonl(path)}
