"""Learn how much the reader's answer counts beside the other signs of whom a mention stands for.

    python -m training.coreference_read TRAIN.jsonl MODEL_FOLDER --hold-out N

Run after `training/coreference.py`, whose weights it keeps: it writes those of the features `read…` of
`quotes/coreference.py` beside them. They are fitted on every Nth article, which the reader never saw, with the other
weights learned on the articles in between, so that neither side has seen what it is judged on.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from quotes import lexicon, paragraphs
from quotes.attributor import attribute, ruled
from quotes.cast import Cast
from quotes.corefeatures import Features
from quotes.coreference import SCALE, read_features, weighed
from quotes.decide import questions
from quotes.names import Name
from quotes.narrative import fold
from quotes.questions import Question
from quotes.reader import Reader
from quotes.records import Span
from quotes.segmenter import segment
from quotes.speakers import CLEAR
from training import coreference as learned
from training.material import gather

RIDGE = 1.0
"""Strength of the ridge that draws the weights to their prior."""
PRIOR = {SCALE: 0.5, "read": 0.5}
"""What the weights are drawn to: half of each side's say."""
TABLE = "coreference_weights"


@dataclass(frozen=True, slots=True)
class Case:
    """One mention: for each candidate the score by the other signs and what the reader says, and who is right."""

    kind: str
    scores: np.ndarray
    read: list[Features]
    right: np.ndarray


def cases(
    articles: list[dict[str, Any]],
    annotated: dict[str, dict[str, Any]],
    told: dict[str, list[Any]],
    reader: Reader,
    known: dict[str, float],
) -> list[Case]:
    """Return the mentions of `articles` that the reader was asked about; `known` are the other signs' weights.

    Those that quotations rest on, and all others of the narrative (`told`): few quotations rest on an unclear one.
    """
    found: list[Case] = []
    for article in articles:
        text = article["text"]
        parts = paragraphs.split(text)
        spans = segment(text, parts).spans
        narrative = fold(text, parts, spans)
        hits = ruled(narrative, spans)
        answers = reader.begin(text, parts, spans, questions(spans, hits)).results()
        attributions = attribute(narrative, spans, answers, hits)
        marks = [(Span(start, end), Span(*name) if name else None) for start, end, name in told[article["doc_id"]]]
        cast = Cast(narrative, attributions, [mention.start for mention, _ in marks])
        mentions = sorted({*(a.mention for a in attributions if a.mention), *(mention for mention, _ in marks)})
        read = reader.refer(text, parts, spans, cast.people(), mentions).results()
        entry = annotated[article["doc_id"]]
        for _, question, speaker in learned.asked(article, entry, cast, spans, attributions, read):
            if question.read is None:
                continue
            candidates = cast.candidates(question)
            _, features, right = learned.example_of(cast, question, speaker)
            found.append(_case(question, candidates, features, right, known))
        for mention, who in marks:
            question = cast.question(mention, read.get(mention), later=True)
            if question is None or question.read is None:
                continue
            candidates = cast.candidates(question)
            right = [name is not None and who is not None and _is_at(name, who) for name, _ in candidates]
            right[-1] = right[-1] or not any(right)
            found.append(_case(question, candidates, [f for _, f in candidates], right, known))
    return [case for case in found if is_unclear(case)]


def is_unclear(case: Case) -> bool:
    """Whether the other signs alone leave it unclear whom a mention means: the reader is asked only then."""
    odds = np.exp(case.scores - case.scores.max())
    return float(odds.max() / odds.sum()) < CLEAR


def _is_at(name: Name, span: Span) -> bool:
    return any(m.span.overlaps(span) for m in name.mentions)


def _case(
    question: Question,
    candidates: Sequence[tuple[Name | None, Mapping[str, float]]],
    features: Sequence[Mapping[str, float]],
    right: list[bool],
    known: Mapping[str, float],
) -> Case:
    read = [read_features(question, name) for name, _ in candidates]
    return Case(question.kind, np.array([weighed(f, known) for f in features]), read, np.array(right))


def fit(found: list[Case], counted: Sequence[float] | None = None) -> dict[str, float]:
    """Return the weights of the reader's answer, and of all other signs together.

    `counted` is what each case counts for, None for 1.
    """
    names = [SCALE, *sorted({f for case in found for features in case.read for f in features})]
    prior = np.array([PRIOR.get(name, 0.0) for name in names])
    best = learned.likeliest([(_columns(case, names), case.right) for case in found], prior, RIDGE, counted)
    return {name: float(w) for name, w in zip(names, best, strict=True)}


def _columns(case: Case, names: list[str]) -> np.ndarray:
    rest = [[features.get(name, 0.0) for name in names[1:]] for features in case.read]
    return np.column_stack([case.scores, np.array(rest)])


def judge(found: list[Case], weights: dict[str, float]) -> list[tuple[str, float, bool, bool]]:
    """Return (kind, probability of the best, whether it is right, whether it names somebody) for each case."""
    names, known = list(weights), np.array(list(weights.values()))
    return [learned.verdict(case.kind, _columns(case, names) @ known, case.right) for case in found]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("train", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--hold-out", type=int, required=True)
    args = parser.parse_args()
    material = gather(args.train, args.hold_out)
    speakers = material.speakers
    articles = [a for a in material.articles if a["doc_id"] in speakers]
    rest = [a for a in articles if a["doc_id"] not in material.held]
    held = [a for a in articles if a["doc_id"] in material.held]
    data = [(a, learned.examples(a, speakers[a["doc_id"]])) for a in rest]
    counted = [material.counts_for(a) for a, made in data for _ in made]
    known = learned.fit([e for _, made in data for e in made], counted)
    told = {name: entry["mentions"] for name, entry in material.referents.items()}
    reader = Reader(args.folder)
    judged = [(a, cases([a], speakers, told, reader, known)) for a in held if a["doc_id"] in told]
    found = [case for _, made in judged for case in made]
    weights = fit(found, [material.counts_for(a) for a, made in judged for _ in made])
    alone = dict.fromkeys(weights, 0.0)
    print("the other signs alone")
    learned.report(judge(found, alone | {SCALE: 1.0}))
    print("the reader alone")
    learned.report(judge(found, alone | {"read": 1.0}))
    print("both")
    learned.report(judge(found, weights))
    kept = {n: float(v) for n, v in lexicon.table(TABLE) if not n.split(":")[-1].startswith("read")}
    learned.write(kept | weights)


if __name__ == "__main__":
    main()
