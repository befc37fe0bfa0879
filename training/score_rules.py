"""Measure how often each rule is right and write `quotes/lexicon/rule_scores.txt`.

    python training/score_rules.py TRAIN.jsonl DEV.jsonl...

Attribution rules are measured on TRAIN (the mention overlaps the annotated source; for `no-source`, there is none);
the rules that tie a mention to a speaker on the DEV sets, which name speakers, among the rows whose mention is right,
the shipped reader's mentions included.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from quotes import paragraphs
from quotes.attributor import attribute, ruled
from quotes.cast import Cast
from quotes.decide import questions
from quotes.evaluate import read_jsonl
from quotes.names_match import same_speaker
from quotes.narrative import fold
from quotes.reader import shared
from quotes.records import Attribution, Span
from quotes.segmenter import segment
from quotes.speakers import resolve
from training.annotations import SPEAKERS, by_article

TARGET = Path(__file__).parent.parent / "quotes" / "lexicon" / "rule_scores.txt"
PRIOR, STRENGTH = 0.8, 8
"""A rule is taken to be right this often until it was seen some times: as many unseen cases count."""
BY_NAME = frozenset(("name", "surname", "name-beside", "turn-label"))
"""Rules of the speakers stage for mentions that say by themselves whom they mean."""
HEADER = """# How often each rule was right where it fired, smoothed towards 0.8 by eight cases; `make rules` writes it.
# Attribution rules on the training articles; rules of the speakers stage on the development articles.
# columns: rule, share right, times fired
"""


def mention_of(attributions: tuple[Attribution, ...], index: int) -> Span | None:
    """Return the mention that attribution `index` rests on, its own or the one that it is carried on from."""
    attribution = attributions[index]
    while attribution.mention is None and attribution.carried_from is not None:
        attribution = attributions[attribution.carried_from]
    return attribution.mention


def count(articles: Iterable[dict[str, Any]], right: Counter[str], fired: Counter[str], *, speakers: bool) -> None:
    """Add to `right` and `fired` what the rules do on the articles.

    Where our own annotations say who speaks, a name that means another is wrong and one that means them right, whatever
    the corpus gives as the source: in transcripts, it leaves the names before the turns out.
    """
    told = by_article(SPEAKERS)
    for article in articles:
        text = article["text"]
        parts = paragraphs.split(text)
        spans = segment(text, parts).spans
        narrative = fold(text, parts, spans)
        hits = ruled(narrative, spans)
        asked = questions(spans, hits)
        answers = shared().read([(text, parts, spans, asked)])[0] if speakers else None
        attributions = attribute(narrative, spans, answers, hits, abstain=False)
        resolutions = resolve(Cast(narrative, attributions), attributions)
        spoken = _speakers(text, told.get(article["doc_id"]))
        gold = {q["start"]: q for q in article["quotations"] if not q.get("skip")}
        for i, span in enumerate(spans):
            quotation = gold.get(span.words.start)
            if quotation is None:
                continue
            sources = [Span(*pair) for pair in quotation.get("source") or []]
            mention = mention_of(attributions, i)
            hit = not sources if mention is None else any(mention.overlaps(source) for source in sources)
            if not sources and mention is not None and quotation.get("mention"):
                # Sets without offsets of the source have its words.
                hit = mention.of(text).lower() in quotation["mention"].lower()
            found = resolutions[i].speaker
            if span.words.start in spoken and not speakers and found is not None:
                is_named = resolutions[i].rule in BY_NAME
                hit = same_speaker(spoken[span.words.start], found.name) or (hit and not is_named)
            if not speakers:
                fired[attributions[i].rule] += 1
                right[attributions[i].rule] += hit
            elif hit and mention is not None and quotation.get("speaker"):
                names = [quotation["speaker"], *quotation.get("speaker_alt", [])]
                fired[resolutions[i].rule] += 1
                right[resolutions[i].rule] += found is not None and any(same_speaker(n, found.name) for n in names)


def _speakers(text: str, annotated: dict[str, Any] | None) -> dict[int, str]:
    """Return who speaks by our annotations of an article, by where the quotation begins."""
    quotations = annotated["quotations"] if annotated else ()
    return {start: text[slice(*name)] for start, kind, name, *_ in quotations if kind == "s" and name}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("train", type=Path)
    parser.add_argument("dev", type=Path, nargs="+")
    args = parser.parse_args()
    right: Counter[str] = Counter()
    fired: Counter[str] = Counter()
    count(read_jsonl(args.train), right, fired, speakers=False)
    for dev in args.dev:
        count(read_jsonl(dev), right, fired, speakers=True)
    lines = [
        f"{rule}\t{(right[rule] + PRIOR * STRENGTH) / (n + STRENGTH):.4f}\t{n}" for rule, n in sorted(fired.items())
    ]
    TARGET.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
