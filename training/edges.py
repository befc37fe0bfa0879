"""Learn where quotations end and begin, for those with a mark missing: writes `quotes/lexicon/edge_weights.txt`.

    python training/edges.py TRAIN.jsonl

Each quotation of TRAIN with both marks is one example: of the places between its words and the words after it, up to
its paragraph's end, the right one. A logistic model of “ends here, given that it did not end before” is fitted by
AdaGrad with a little weight decay, seeded; features seen fewer than `MIN_COUNT` times are left out.
"""

from __future__ import annotations

import argparse
import math
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

from quotes import edges, paragraphs
from quotes.evaluate import read_jsonl
from quotes.unclosed import clause_end
from quotes.unopened import FOLLOWED

TARGET = Path(__file__).parent.parent / "quotes" / "lexicon" / "edge_weights.txt"
HEADER = """# Weights of features that say where quotations with a mark missing end or begin; `make edges` writes them.
# e: for an end, s: for a start; the features are those of `quotes/edges.py`.
# columns: feature, weight
"""
MIN_COUNT = 12
MIN_WORD = 25
EPOCHS, RATE, DECAY = 12, 0.15, 2e-6

Example = list[tuple[list[str], bool]]


def examples(article: dict[str, Any], vocabulary: frozenset[str] | None) -> list[Example]:
    """Return for each quotation of the article its places in order, the last one the right one."""
    text, made = article["text"], []
    parts = paragraphs.split(text)
    for q in article["quotations"]:
        start, end = q["start"], q["end"]
        if q.get("boundary") != "closed" or not parts:
            continue
        limit = parts[paragraphs.index_of(parts, start)].end
        # What a reader of the broken text would see: the same without the closing mark and what it opened next.
        closer = end + (len(text[end:]) - len(text[end:].lstrip()))
        broken = text[:closer] + text[closer + 1 : limit]
        reopened = min((i for i in (broken.find(m, closer) for m in '“"') if i >= 0), default=len(broken))
        words = edges.words_after(broken, start, reopened)
        before = edges.word_before(text, start)
        clause = clause_end(broken, start, reopened)
        example: Example = []
        for i, word in enumerate(words):
            is_end = word.end() >= end
            features = edges.end_features(broken, before, words, i, reopened, clause, vocabulary)
            example.append(([f"e:{f}" for f in features], is_end))
            if is_end:
                break
        if example and example[-1][1]:
            made.append(example)
    return made


def start_examples(article: dict[str, Any], vocabulary: frozenset[str] | None) -> list[Example]:
    """Return for each quotation of the article its places from the last word backwards, the last one the right one."""
    text, made = article["text"], []
    parts = paragraphs.split(text)
    ends: dict[int, int] = {}
    for q in sorted(article["quotations"], key=lambda q: int(q["start"])):
        start, end = q["start"], q["end"]
        if q.get("boundary") != "closed" or not parts:
            continue
        number = paragraphs.index_of(parts, start)
        floor, limit = max(parts[number].start, ends.get(number, 0)), parts[number].end
        mark_end = end + (len(text[end:]) - len(text[end:].lstrip())) + 1
        ends[number] = mark_end
        # Without the opening mark, as a reader of the broken text would see it.
        broken = text[: start - 1] + " " + text[start:]
        followed = FOLLOWED.match(broken, mark_end) is not None
        words = edges.words_before(broken, floor, mark_end - 1)
        after = edges.WORD.search(broken, mark_end, limit)
        following = after.group() if after else ""
        example: Example = []
        for i in range(len(words) - 1, -1, -1):
            is_start = words[i].start() <= start
            features = edges.start_features(broken, words, i, following, followed, floor, vocabulary)
            example.append(([f"s:{f}" for f in features], is_start))
            if is_start:
                break
        if example and example[-1][1]:
            made.append(example)
    return made


def fit(data: list[Example]) -> dict[str, float]:
    """Return the weights of the features of `data`."""
    counts = Counter(f for example in data for features, _ in example for f in features)
    weights = {f: 0.0 for f, n in counts.items() if n >= MIN_COUNT}
    squares = dict.fromkeys(weights, 1e-6)
    rng = Random(0)
    places = [([f for f in features if f in weights], label) for example in data for features, label in example]
    for _ in range(EPOCHS):
        rng.shuffle(places)
        for features, label in places:
            total = sum(weights[f] for f in features)
            error = 1 / (1 + math.exp(-max(-30.0, min(30.0, total)))) - label
            for f in features:
                gradient = error + DECAY * weights[f]
                squares[f] += gradient * gradient
                weights[f] -= RATE * gradient / math.sqrt(squares[f])
    return weights


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("train", type=Path)
    articles = read_jsonl(parser.parse_args().train)
    weights: dict[str, float] = {}
    for make in (examples, start_examples):
        raw = [example for article in articles for example in make(article, None)]
        words = Counter(f for example in raw for features, _ in example for f in features if f[2:4] in ("w=", "x="))
        vocabulary = frozenset(f.split("=", 1)[1] for f, n in words.items() if n >= MIN_WORD)
        weights |= fit([example for article in articles for example in make(article, vocabulary)])
        print(f"{len(raw)} quotations, {len(weights)} weights")
    lines = [f"{f}\t{w:.3f}" for f, w in sorted(weights.items()) if abs(w) >= 0.02]
    TARGET.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
