"""Learn whom pronouns and descriptions stand for: writes `quotes/lexicon/coreference_weights.txt`.

    python -m training.coreference TRAIN.jsonl [--folds N]

Learned from are the articles of TRAIN and those that we wrote (`material.py`). Our annotations
(`training/speakers.jsonl`) say for quotations of TRAIN who speaks. A line is an article:
{"doc_id", "quotations": [[start, type, name, title, affiliation], …]}, where `start` is that of the corpus, `type` s
(speech), q (scare quotes, terms), w (work) or o (other), and the last three are [start, end] of the fullest name that
the article gives, of the title and of the body as it states them, or null; no text of the corpus is in it. Each
quotation whose mention is a pronoun or a description is one example: the candidates of `quotes/coreference.py`, and
which of them is right. Fitted is a softmax over the candidates with a ridge, by L-BFGS; it has one minimum. With
`--folds`, prints how often held-out examples are right, and writes nothing.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

from quotes import paragraphs
from quotes.attributor import attribute, ruled
from quotes.cast import Cast
from quotes.corefeatures import Features
from quotes.coreference import weighed
from quotes.names_match import same_speaker
from quotes.narrative import fold
from quotes.questions import Question, gender_of
from quotes.records import Attribution, QuotedSpan, Span
from quotes.referents import Referents
from quotes.segmenter import segment
from training.material import gather

TARGET = Path(__file__).parent.parent / "quotes" / "lexicon" / "coreference_weights.txt"
HEADER = """# Weights of the features that say whom pronouns and descriptions stand for; `make coreference` writes them.
# The features are those of `quotes/corefeatures.py`; with a kind before it, one counts for mentions of that kind.
# columns: feature, weight
"""
RIDGE = 2.0
"""Strength of the ridge, per weight."""
LEAST = {"person:alone_of_known_gender": 1.0, "several:pair": 2.5}
"""Weights that are no less: what tells for sure must count, rare as it is in training.

A role or honorific tells the pronoun; “they” are rather two people named in one breath than a body.
"""
SEEN = 5
"""Examples that a feature must differ in to be kept."""

Example = tuple[str, list[Features], list[bool]]
"""Kind, features of the candidates, which of them are right."""


def examples(article: dict[str, Any], annotated: dict[str, Any]) -> list[Example]:
    """Return the examples of one article."""
    text = article["text"]
    parts = paragraphs.split(text)
    spans = segment(text, parts).spans
    narrative = fold(text, parts, spans)
    attributions = attribute(narrative, spans, None, ruled(narrative, spans), abstain=False)
    cast = Cast(narrative, attributions)
    return [
        example_of(cast, question, speaker)
        for _, question, speaker in asked(article, annotated, cast, spans, attributions)
    ]


def asked(
    article: dict[str, Any],
    annotated: dict[str, Any],
    cast: Cast,
    spans: Sequence[QuotedSpan],
    attributions: Sequence[Attribution],
    read: Mapping[Span, Referents] | None = None,
) -> Iterator[tuple[Span, Question, str]]:
    """Yield (mention, what is asked, the right speaker's name) for the article's mentions that need an answer.

    Those who speak are noted in `cast` on the way, as the annotations give them; `read` is as in `Cast.question`.
    """
    text = article["text"]
    gold: dict[int, str | None] = {}
    for start, kind, name, *_ in annotated["quotations"]:
        gold[start] = text[slice(*name)] if kind == "s" and name else None
    sources = {q["start"]: q["source"] for q in article["quotations"]}
    known: set[Span] = set()
    for span, attribution in zip(spans, attributions, strict=True):
        speaker = gold.get(span.words.start)
        mention = attribution.mention
        source = sources.get(span.words.start)
        right_mention = (
            mention is not None
            and bool(source)
            and all(mention.start < end and start < mention.end for start, end in source or ())
        )
        if speaker and right_mention and mention is not None and mention not in known:
            known.add(mention)
            question = cast.question(mention, (read or {}).get(mention))
            if question is not None:
                yield mention, question, speaker
        if speaker:
            who = next((n for n in cast.everybody if same_speaker(speaker, cast.words_of(n))), None)
            if who is not None:
                told = gender_of(mention.of(text).lower()) if mention is not None and right_mention else None
                cast.spoke(span.words.start, who, told)


def example_of(cast: Cast, question: Question, speaker: str) -> Example:
    """Return the example of one question whose answer is `speaker`."""
    found = cast.candidates(question)
    right = [name is not None and same_speaker(speaker, cast.words_of(name)) for name, _ in found]
    if not any(right):
        right[-1] = True
    return question.kind, [dict(features) for _, features in found], right


def fit(data: list[Example], counted: Sequence[float] | None = None) -> dict[str, float]:
    """Return the weights of the features of `data`; `counted` is what each of them counts for, None for 1."""
    counts: Counter[str] = Counter()
    for _, found, _ in data:
        varied = {f for features in found for f in features}
        counts.update(f for f in varied if len({features.get(f, 0.0) for features in found}) > 1)
    names = sorted(f for f, n in counts.items() if n >= SEEN)
    place = {f: i for i, f in enumerate(names)}
    rows: list[tuple[np.ndarray, np.ndarray]] = []
    for _, found, right in data:
        x = np.zeros((len(found), len(names)))
        for k, features in enumerate(found):
            for f, value in features.items():
                if f in place:
                    x[k, place[f]] = value
        rows.append((x, np.array(right)))

    best = likeliest(rows, np.zeros(len(names)), RIDGE, counted)
    weights = {f: float(w) for f, w in zip(names, best, strict=True)}
    return weights | {f: max(least, weights.get(f, 0.0)) for f, least in LEAST.items()}


def likeliest(
    rows: Sequence[tuple[np.ndarray, np.ndarray]],
    prior: np.ndarray,
    ridge: float,
    counted: Sequence[float] | None = None,
) -> np.ndarray:
    """Return the weights under which the right candidates are likeliest, drawn to `prior` by a ridge.

    A row is the features (candidates, weights) of one example and which candidates are right; `counted` is what each
    counts for, None for 1.
    """
    worth = [1.0] * len(rows) if counted is None else counted

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        total, slope = ridge * float(((w - prior) ** 2).sum()), 2 * ridge * (w - prior)
        for (x, right), count in zip(rows, worth, strict=True):
            z = x @ w
            p = np.exp(z - z.max())
            p /= p.sum()
            hit = max(float(p[right].sum()), 1e-12)
            total -= count * float(np.log(hit))
            # Derivative of the logarithm of the summed share of all right candidates.
            slope = slope + count * (x.T @ (p - np.where(right, p / hit, 0.0)))
        return total, slope

    found: np.ndarray = minimize(loss, prior, jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    return found


def verdict(kind: str, scores: np.ndarray, right: Sequence[bool] | np.ndarray) -> tuple[str, float, bool, bool]:
    """Return (kind, probability of the best, whether it is right, whether it names somebody) of one example."""
    p = np.exp(scores - scores.max())
    p /= p.sum()
    best = int(p.argmax())
    return kind, float(p[best]), bool(right[best]), best != len(p) - 1


def judge(data: list[Example], weights: dict[str, float]) -> list[tuple[str, float, bool, bool]]:
    """Return (kind, probability of the best, whether it is right, whether it names somebody) for each example."""
    return [
        verdict(kind, np.array([weighed(features, weights) for features in found]), right)
        for kind, found, right in data
    ]


def report(judged: list[tuple[str, float, bool, bool]]) -> None:
    """Print how often the best candidate is right, by kind."""
    for kind in sorted({k for k, *_ in judged}):
        mine = [j for j in judged if j[0] == kind]
        named = [j for j in mine if j[3]]
        sure = sorted(named, key=lambda j: -j[1])[: int(len(named) * 0.8)]
        print(
            f"{kind:10} {len(mine):5} right {sum(j[2] for j in mine) / len(mine):.3f}"
            f"  named {len(named):4} right {sum(j[2] for j in named) / max(1, len(named)):.3f}"
            f"  surest 80 % {sum(j[2] for j in sure) / max(1, len(sure)):.3f}"
        )


def write(weights: dict[str, float]) -> None:
    """Write the weights where the package looks for them."""
    lines = [f"{name}\t{value:.3f}" for name, value in sorted(weights.items()) if abs(value) >= 0.0005]
    TARGET.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("train", type=Path)
    parser.add_argument("--folds", type=int, default=0)
    args = parser.parse_args()
    found = gather(args.train, 1)
    articles = [a for a in found.articles if a["doc_id"] in found.speakers]
    data = [examples(a, found.speakers[a["doc_id"]]) for a in articles]
    counted = [[found.counts_for(a)] * len(made) for a, made in zip(articles, data, strict=True)]
    if args.folds:
        judged = []
        for fold_number in range(args.folds):
            rest = [i for i in range(len(data)) if i % args.folds != fold_number]
            held = [e for i, made in enumerate(data) if i % args.folds == fold_number for e in made]
            judged += judge(held, fit([e for i in rest for e in data[i]], [w for i in rest for w in counted[i]]))
        report(judged)
        return
    weights = fit([e for made in data for e in made], [w for made in counted for w in made])
    report(judge([e for made in data for e in made], weights))
    write(weights)


if __name__ == "__main__":
    main()
