"""What everything is trained on: the articles of TRAIN with our annotations, and the articles that we wrote.

Of each the first of every N is left out of the reader's training, to calibrate and to judge on.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quotes.evaluate import read_jsonl
from training import written
from training.annotations import REFERENTS, SPEAKERS, by_article

Article = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Material:
    """Articles, those of TRAIN first, and what is known of them by the name of the article."""

    articles: tuple[Article, ...]
    held: frozenset[str]
    """Names of those that the reader never sees."""
    speakers: dict[str, dict[str, Any]]
    """Who says each quotation, as in `speakers.jsonl`."""
    referents: dict[str, dict[str, Any]]
    """Whom mentions stand for, as in `referents.jsonl`."""

    def left_out(self) -> list[Article]:
        """Return the articles that the reader never sees."""
        return [a for a in self.articles if a["doc_id"] in self.held]

    def learned(self) -> list[Article]:
        """Return the articles that the reader learns from."""
        return [a for a in self.articles if a["doc_id"] not in self.held]


def gather(train: Path, hold_out: int, *, own: bool = True) -> Material:
    """Return the material; every Nth article is left out, the first one first. `own` is whether ours are in it."""
    corpus = list(read_jsonl(train))
    speakers, referents = by_article(SPEAKERS), by_article(REFERENTS)
    ours: list[Article] = []
    for name, marked in written.load() if own else ():
        ours.append(written.article(name, marked))
        speakers[name], referents[name] = written.annotations(name, marked)
    held = frozenset(a["doc_id"] for a in (*corpus[::hold_out], *ours[::hold_out]))
    return Material((*corpus, *ours), held, speakers, referents)
