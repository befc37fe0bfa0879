"""Fit what `quotes/decide.py` and `quotes/confidence.py` weigh, on articles that the reader never saw.

    python -m training.calibrate TRAIN.jsonl MODEL_FOLDER --hold-out N

Writes `calibration.json`. Every Nth article of TRAIN, and of those that we wrote, was left out of training. For each of
its quotations the rules and the reader answer; an answer is right where its mention overlaps the annotated source, or
where both are none. The side `reader` is fitted on all quotations, the side `rules` on those where the two differ. The
confidence of whole rows (`row`) is fitted on our annotations of speakers (`training/speakers.jsonl`): on those left
out, and on the rows of the others that the reader had no part in; whom mentions stand for is learned anew for each of
five parts from the others.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from quotes import carry, coreference, paragraphs, rules
from quotes.attributor import attribute, ruled
from quotes.cast import Cast
from quotes.confidence import signals
from quotes.decide import CALIBRATION, Features, features, mention_of_answer, questions
from quotes.hits import mention_of
from quotes.names_match import same_speaker
from quotes.narrative import fold
from quotes.reader import MANIFEST, Reader
from quotes.records import Span
from quotes.segmenter import segment
from quotes.speakers import confirmed, resolve, unclear
from training import coreference as learned
from training.material import Material, gather
from training.reader_data import Article

STRENGTH = 1.0
"""Inverse strength of the ridge that holds the weights small."""
ROW_STRENGTH = 0.1
"""The same for rows, which have many signals."""
SEEN = 8
"""Cases that a feature must stand in to be weighed."""
FOLDS = 5
Case = tuple[Features, bool, bool, bool, float]
"""Features, whether the reader is right, whether a rule fired, whether the rules are right, and what it counts for."""
Row = tuple[Features, bool, float]
"""Features of a row, whether it is right, and what it counts for."""


def cases(known: Material, reader: Reader) -> Iterator[Case]:
    """Yield a case for each quotation of the articles that were left out."""
    articles = known.left_out()
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
            if quotation is None or (quotation["attributed"] and not quotation["source"]):
                continue  # speech of which the corpus gives no source
            sources = [Span(*pair) for pair in quotation.get("source") or []]
            told, ruled = mention_of_answer(answers, i), mention_of(hits, i)

            def right(mention: Span | None, sources: list[Span] = sources) -> bool:
                return not sources if mention is None else any(mention.overlaps(s) for s in sources)

            values = features(answer, told, hits.get(i), ruled, spans[i], spans[i].words.of(text))
            yield values, right(told), i in hits, right(ruled), known.counts_for(article)


def row_cases(known: Material, articles: Sequence[Article], reader: Reader) -> Iterator[Row]:
    """Yield each annotated row of `articles` with a speaker.

    Of articles that the reader was trained on only the rows that it had no part in.
    """
    for article in articles:
        if article["doc_id"] not in known.speakers:
            continue
        text = article["text"]
        parts = paragraphs.split(text)
        spans = segment(text, parts).spans
        narrative = fold(text, parts, spans)
        hits = ruled(narrative, spans)
        asked = questions(spans, hits)
        answers = reader.begin(text, parts, spans, asked).results()
        attributions = attribute(narrative, spans, answers, hits)
        cast = Cast(narrative, attributions)
        mentions = unclear(cast, spans, attributions)
        read = reader.refer(text, parts, spans, cast.people(), mentions).results()
        attributions = confirmed(cast, spans, attributions, read)
        gold = {entry[0]: entry for entry in known.speakers[article["doc_id"]]["quotations"]}
        for i, (span, made, found) in enumerate(
            zip(spans, attributions, resolve(cast, attributions, read), strict=True)
        ):
            entry = gold.get(span.words.start)
            root = made if made.carried_from is None else attributions[made.carried_from]
            has_part = i in asked or root.mention in mentions
            if found.speaker is None or entry is None or (has_part and article["doc_id"] not in known.held):
                continue
            _, kind, name, *_ = entry
            right = kind == "s" and name is not None and same_speaker(text[slice(*name)], found.speaker.name)
            yield signals(text, span, made, found), right, known.counts_for(article)


def all_row_cases(known: Material, reader: Reader) -> Iterator[Row]:
    """Yield the rows of all annotated articles, each part's with weights that were learned on the others."""
    articles = [article for article in known.articles if article["doc_id"] in known.speakers]
    data = [learned.examples(article, known.speakers[article["doc_id"]]) for article in articles]
    counted = [[known.counts_for(article)] * len(made) for article, made in zip(articles, data, strict=True)]
    kept = coreference.weights
    read = {name: weight for name, weight in kept().items() if name.split(":")[-1].startswith("read")}
    for part in range(FOLDS):
        rest = [i for i in range(len(data)) if i % FOLDS != part]
        found = learned.fit([e for i in rest for e in data[i]], [w for i in rest for w in counted[i]])
        coreference.weights = lambda found=found | read: found  # type: ignore[assignment]
        yield from row_cases(known, articles[part::FOLDS], reader)
    coreference.weights = kept


def fit(found: list[Row], strength: float = STRENGTH) -> dict[str, float]:
    """Return the weights of a logistic model of being right."""
    counts = Counter(name for values, _, _ in found for name in values)
    names = sorted(name for name, n in counts.items() if n >= SEEN)
    x = np.array([[values.get(name, 0.0) for name in names] for values, _, _ in found])
    y = np.array([right for _, right, _ in found])
    counted = np.array([weight for _, _, weight in found])
    model = LogisticRegression(C=strength, fit_intercept=False, max_iter=5000).fit(x, y, counted)
    return {name: round(float(w), 4) for name, w in zip(names, model.coef_[0], strict=True)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("train", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--hold-out", type=int, required=True)
    args = parser.parse_args()
    known = gather(args.train, args.hold_out)
    reader = Reader(args.folder)
    found = list(cases(known, reader))
    differ = [(values, ruled, weight) for values, _, fired, ruled, weight in found if fired and not values["agree"]]
    read = [(values, right, weight) for values, right, _, _, weight in found]
    weights = {"reader": fit(read), "rules": fit(differ)}
    weights["row"] = fit(list(all_row_cases(known, reader)), ROW_STRENGTH)
    written = json.dumps(weights, indent=2) + "\n"
    (args.folder / CALIBRATION).write_text(written, encoding="utf-8")
    manifest = json.loads((args.folder / MANIFEST).read_text(encoding="utf-8"))
    manifest["sha256"][CALIBRATION] = hashlib.sha256(written.encode()).hexdigest()
    (args.folder / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    both = [(right, ruled) for values, right, fired, ruled, _ in found if fired and not values["agree"]]
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
