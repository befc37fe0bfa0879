"""Fit what `quotes/decide.py` weighs, on articles that the reader never saw; writes `calibration.json`.

    python -m training.calibrate TRAIN.jsonl MODEL_FOLDER --hold-out N [--dev DEV.jsonl ...]

Every Nth article of TRAIN was left out of training. For each of its quotations the rules and the reader answer; an
answer is right where its mention overlaps the annotated source, or where both are none. The side `reader` is fitted on
all quotations, the side `rules` on those where the two differ. Where development sets are given, which name speakers,
the confidence of whole rows is fitted on them, else it is kept as it was.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from quotes import carry, paragraphs, rules
from quotes.attributor import attribute, ruled
from quotes.decide import CALIBRATION, Features, features, logit, mention_of_answer, mention_of_hit, questions
from quotes.evaluate import read_jsonl
from quotes.names_match import same_speaker
from quotes.narrative import fold
from quotes.reader import MANIFEST, MODEL, Reader
from quotes.records import Span
from quotes.segmenter import segment
from quotes.speakers import resolve

STRENGTH = 1.0
"""Inverse strength of the ridge that holds the weights small."""

Case = tuple[Features, bool, bool, bool]
"""Features, whether the reader is right, whether a rule fired, whether the rules are right."""


def cases(articles: list[dict[str, Any]], reader: Reader) -> Iterator[Case]:
    """Yield a case for each quotation of the articles."""
    read = []
    for article in articles:
        parts = paragraphs.split(article["text"])
        read.append((article["text"], parts, segment(article["text"], parts).spans, None))
    for article, (text, parts, spans, _), answers in zip(articles, read, reader.read(read), strict=True):
        narrative = fold(text, parts, spans)
        hits = carry.apply(narrative, spans, rules.apply(narrative, spans))
        gold = {q["start"]: q for q in article["quotations"] if not q.get("skip")}
        for i, answer in answers.items():
            quotation = gold.get(spans[i].words.start)
            if quotation is None:
                continue
            sources = [Span(*pair) for pair in quotation.get("source") or []]
            told, ruled = mention_of_answer(answers, i), mention_of_hit(hits, i)

            def right(mention: Span | None, sources: list[Span] = sources) -> bool:
                return not sources if mention is None else any(mention.overlaps(s) for s in sources)

            values = features(answer, told, hits.get(i), ruled, spans[i], spans[i].words.of(text))
            yield values, right(told), i in hits, right(ruled)


def row_cases(articles: list[dict[str, Any]], reader: Reader) -> Iterator[tuple[Features, bool]]:
    """Yield (log odds of what the two stages say together, whether the speaker is right) for each row with one."""
    for article in articles:
        text = article["text"]
        parts = paragraphs.split(text)
        spans = segment(text, parts).spans
        narrative = fold(text, parts, spans)
        hits = ruled(narrative, spans)
        answers = reader.begin(text, parts, spans, questions(spans, hits)).answers()
        attributions = attribute(narrative, spans, answers, hits)
        gold = {q["start"]: q for q in article["quotations"]}
        for span, made, found in zip(spans, attributions, resolve(narrative, attributions), strict=True):
            quotation = gold.get(span.words.start)
            if found.speaker is None or quotation is None or quotation.get("skip"):
                continue
            names = [quotation.get("speaker"), *quotation.get("speaker_alt", [])]
            right = quotation["type"] == "speech" and any(same_speaker(n, found.speaker.name) for n in names)
            yield {"one": 1.0, "raw": logit(made.score * found.score)}, right


def fit(found: list[tuple[Features, bool]]) -> dict[str, float]:
    """Return the weights of a logistic model of being right."""
    names = list(found[0][0])
    x = np.array([[values[name] for name in names] for values, _ in found])
    y = np.array([right for _, right in found])
    model = LogisticRegression(C=STRENGTH, fit_intercept=False, max_iter=2000).fit(x, y)
    return {name: round(float(w), 4) for name, w in zip(names, model.coef_[0], strict=True)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("train", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--hold-out", type=int, required=True)
    parser.add_argument("--dev", type=Path, action="append", default=[])
    args = parser.parse_args()
    articles = list(read_jsonl(args.train))[:: args.hold_out]
    reader = Reader(args.folder)
    found = list(cases(articles, reader))
    differ = [(values, ruled) for values, _, fired, ruled in found if fired and not values["agree"]]
    weights = {"reader": fit([(values, right) for values, right, _, _ in found]), "rules": fit(differ)}
    shipped = MODEL / CALIBRATION
    kept = json.loads(shipped.read_text(encoding="utf-8")) if shipped.exists() else {}
    weights["row"] = kept.get("row", {"one": 0.0, "raw": 1.0})
    rows = [case for dev in args.dev for case in row_cases(list(read_jsonl(dev)), reader)]
    if rows:
        weights["row"] = fit(rows)
    written = json.dumps(weights, indent=2) + "\n"
    (args.folder / CALIBRATION).write_text(written, encoding="utf-8")
    manifest = json.loads((args.folder / MANIFEST).read_text(encoding="utf-8"))
    manifest["sha256"][CALIBRATION] = hashlib.sha256(written.encode()).hexdigest()
    (args.folder / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    both = [(right, ruled) for values, right, fired, ruled in found if fired and not values["agree"]]
    print(
        len(found),
        "quotations;",
        len(differ),
        "where the sides differ: reader right",
        sum(r for r, _ in both),
        "rules right",
        sum(r for _, r in both),
    )


if __name__ == "__main__":
    main()
