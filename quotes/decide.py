"""Choose between what the rules and what the reader say of a quotation's source, and how sure that is.

Consumes the rules' hits and the reader's answers; produces one `Choice` a quotation. The probability of each side is
a logistic function of named features, fitted on articles that the reader never saw (`model/calibration.json`).
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from quotes.errors import ModelError
from quotes.hits import LISTED, NAME, Hit, mention_of
from quotes.kinds import is_clause, is_title_case
from quotes.reader import MODEL, Answer
from quotes.records import QuotedSpan, Span
from quotes.scores import score

CALIBRATION = "calibration.json"
SURELY_SPOKEN = 0.95
"""How sure the reader must be that words in title case are spoken where a rule takes them for a name or title."""
SPOKEN = 0.5
"""How sure the reader must be that words are spoken for a rule's source to count where it finds none itself."""
CERTAIN = frozenset(
    "according-to after-question continued dash-signature headline-colon indirect-before lead-in lead-in-from "
    "lead-in-verb quoted-as said-after-inverted same-paragraph turn turn-inside".split()
)
"""Rules that were right more often than the reader where the two differ, on the development sets and our articles."""
FORMS = frozenset("after-question dash-signature lead-in lead-in-from turn".split())
"""Those of them that rest on the form of the paragraph, not on words: they stand even where the reader hears nobody."""
PLAIN = frozenset(("said-after", "said-after-inverted"))
"""Rules for “…,” said X: where they fire the reader is not asked. It differed from them in 5 of 676 cases."""
ALONE = 0.6
"""How often they then were."""
INSIDE = frozenset(("turn-inside",))
"""Rules whose source stands inside the quotation, where the reader does not look."""
Features = dict[str, float]
LIMIT = 0.0005
"""Probabilities nearer to 0 or 1 than this are taken for it, so that logits stay finite."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One side's answer for a quotation."""

    side: str
    """`reader`, `rules`, or `both` where they agree."""
    hit: Hit | None
    """The rule's hit where the rules' answer was taken."""
    answer: Answer | None
    probability: float


def logit(p: float) -> float:
    """Return the log odds of `p`."""
    p = min(1 - LIMIT, max(LIMIT, p))
    return math.log(p / (1 - p))


def mention_of_answer(answers: Mapping[int, Answer], index: int) -> Span | None:
    """Return the source of the answer for span `index`, its own or that of the quotation whose source it shares."""
    answer = answers.get(index)
    for _ in range(len(answers)):
        if answer is None or answer.mention is not None or answer.same_as is None:
            break
        answer = answers.get(answer.same_as)
    return answer.mention if answer is not None else None


def features(
    answer: Answer, source: Span | None, hit: Hit | None, ruled: Span | None, span: QuotedSpan, words: str
) -> Features:
    """Return what the probabilities rest on, by name.

    `source` and `ruled` are the mentions of the two sides, `words` those of the quotation.
    """
    named = hit is not None and hit.rule == NAME
    agree = source.overlaps(ruled) if source is not None and ruled is not None else source is None and ruled is None
    sure = logit(score(hit.rule)) if hit is not None else 0.0
    return {
        "one": 1.0,
        "reader": logit(answer.score),
        "runner_up": logit(max((c.score for c in answer.others), default=0.0)),
        "spoken": max(-4.0, min(4.0, logit(answer.spoken))),
        "agree": float(agree and hit is not None),
        "silent": float(hit is None),
        "against": 0.0 if agree or hit is None else sure,
        "named": float(named and source is not None),
        "none": float(source is None),
        "broken": float(span.boundary != "closed"),
        # A name or term that is given a source all the same.
        "titled": float(source is not None and len(words.split()) > 1 and is_title_case(words.rstrip(",."))),
        "fragment": float(source is not None and not is_clause(words)),
    }


@cache
def _weights() -> dict[str, dict[str, float]]:
    try:
        found: dict[str, dict[str, float]] = json.loads((MODEL / CALIBRATION).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise ModelError(f"{MODEL / CALIBRATION} is missing or damaged; install quotes again") from None
    return found


def weights_of(part: str) -> dict[str, float]:
    """Return the fitted weights of `reader`, `rules` or `row`, by name of the feature."""
    return _weights()[part]


def probability(side: str, values: Features) -> float:
    """Return the probability that the answer of `side` (`reader` or `rules`) is right."""
    weights = weights_of(side)
    return 1 / (1 + math.exp(-sum(weights.get(name, 0.0) * value for name, value in values.items())))


def questions(spans: Sequence[QuotedSpan], hits: Mapping[int, Hit]) -> frozenset[int]:
    """Return the indices of the top-level spans that the reader is to be asked about."""
    return frozenset(i for i, span in enumerate(spans) if span.outer is None and not _is_plain(hits, i))


def _is_plain(hits: Mapping[int, Hit], index: int) -> bool:
    hit = hits.get(index)
    if hit is not None and hit.rule == LISTED:
        return True
    if hit is not None and hit.rule == "same-paragraph" and hit.carried_from is not None:
        hit = hits.get(hit.carried_from)
    return hit is not None and hit.rule in PLAIN


def _is_certain(hit: Hit, source: Span | None, answer: Answer, words: str) -> bool:
    """Whether a rule's source stands whatever the reader says; also where only the rules say who speaks a clause."""
    if source is None and answer.spoken < SPOKEN and hit.rule not in FORMS:
        return False
    return hit.rule in CERTAIN or (source is None and is_clause(words) and score(hit.rule) >= SPOKEN)


def choose(
    text: str, spans: Sequence[QuotedSpan], hits: Mapping[int, Hit], answers: Mapping[int, Answer]
) -> dict[int, Choice]:
    """Return the choice for each span of `text` that has an answer or, where none was asked for, a hit, by index."""
    choices = {i: Choice("rules", hit, None, score(hit.rule)) for i, hit in hits.items() if i not in answers}
    for index, answer in answers.items():
        hit = hits.get(index)
        source, ruled = mention_of_answer(answers, index), mention_of(hits, index)
        words = spans[index].words.of(text)
        values = features(answer, source, hit, ruled, spans[index], words)
        read = probability("reader", values)
        if values["agree"]:
            certain = hit is not None and hit.rule in CERTAIN
            choices[index] = Choice("both", hit, answer, max(read, ALONE) if certain else read)
            continue
        if values["named"] and (answer.spoken < SURELY_SPOKEN or not values["titled"]):
            choices[index] = Choice("rules", hit, answer, score(NAME))
            continue
        if hit is not None and ruled is not None and _is_certain(hit, source, answer, words):
            choices[index] = Choice("rules", hit, answer, score(hit.rule) if hit.rule in INSIDE else ALONE)
            continue
        by_rule = probability("rules", values) if hit is not None else 0.0
        if by_rule > read:
            choices[index] = Choice("rules", hit, answer, by_rule)
        else:
            choices[index] = Choice("reader", None, answer, read)
    for index, hit in sorted(hits.items()):
        if hit.rule == LISTED and hit.carried_from in choices:
            choices[index] = Choice("rules", hit, None, choices[hit.carried_from].probability)
    return choices
