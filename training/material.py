"""What everything is trained on: the articles of TRAIN with our annotations, and the articles that we wrote.

Of each the first of every N is left out of the reader's training, to calibrate and to judge on.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quotes.evaluate import read_jsonl
from quotes.names_match import is_proper_name, same_speaker
from training import written
from training.annotations import REFERENTS, SPEAKERS, by_article
from training.reader_data import Article

HOLD_OUT = 10
"""Every so many articles of each kind are left out."""
OWN = 0.25
"""What a case of the articles that we wrote counts for where weights are fitted: they are harder than news is."""


@dataclass(frozen=True, slots=True)
class Material:
    """Articles, those of TRAIN first, and what is known of them by the name of the article."""

    articles: tuple[Article, ...]
    held: frozenset[str]
    """Names of those that the reader never sees."""
    ours: frozenset[str]
    """Names of those that we wrote."""
    speakers: dict[str, dict[str, Any]]
    """Who says each quotation, as in `speakers.jsonl`."""
    referents: dict[str, dict[str, Any]]
    """Whom mentions stand for, as in `referents.jsonl`."""

    def counts_for(self, article: Article) -> float:
        """Return what a case of `article` counts for where weights are fitted."""
        return OWN if article["doc_id"] in self.ours else 1.0

    def left_out(self) -> list[Article]:
        """Return the articles that the reader never sees."""
        return [a for a in self.articles if a["doc_id"] in self.held]

    def learned(self) -> list[Article]:
        """Return the articles that the reader learns from."""
        return [a for a in self.articles if a["doc_id"] not in self.held]


def gather(train: Path, hold_out: int, *, own: bool = True) -> Material:
    """Return the material; every Nth article is left out, the first one first. `own` is whether ours are in it."""
    speakers, referents = by_article(SPEAKERS), by_article(REFERENTS)
    corpus = [corrected(article, speakers.get(article["doc_id"])) for article in read_jsonl(train)]
    ours: list[Article] = []
    for name, marked in written.load() if own else ():
        ours.append(written.article(name, marked))
        speakers[name], referents[name] = written.annotations(name, marked)
    held = frozenset(a["doc_id"] for a in (*corpus[::hold_out], *ours[::hold_out]))
    return Material((*corpus, *ours), held, frozenset(a["doc_id"] for a in ours), speakers, referents)


def corrected(article: Article, annotated: dict[str, Any] | None) -> Article:
    """Return an article of TRAIN without the sources that our annotations deny.

    What is nobody's speech has no source; speech that the corpus attributes to nobody, and a source that names another
    speaker of the article than the one who uttered the words, tell nothing: they are left open.
    """
    if annotated is None:
        return article
    text = article["text"]
    told = {start: (kind, text[slice(*name)] if name else None) for start, kind, name, *_ in annotated["quotations"]}
    speakers = {name for _, name in told.values() if name}
    quotations: list[dict[str, Any]] = []
    for quotation in article["quotations"]:
        kind, name = told.get(quotation["start"], (None, None))
        changed = dict(quotation)
        if kind is not None and kind != "s":
            changed |= {"source": [], "cue": [], "attributed": False, "type": "other"}
        elif kind == "s" and (not quotation["source"] or _names_another(text, quotation["source"], name, speakers)):
            changed |= {"source": [], "cue": [], "attributed": True, "type": "speech"}
        quotations.append(changed)
    return {**article, "quotations": quotations}


def _names_another(text: str, source: list[list[int]], name: str | None, speakers: Collection[str]) -> bool:
    """Whether a source is the name of another of `speakers`."""
    words = " ".join(text[start:end] for start, end in source)
    if name is None or not is_proper_name(words) or same_speaker(name, words):
        return False
    return any(same_speaker(other, words) for other in speakers)
