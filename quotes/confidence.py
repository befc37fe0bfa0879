"""How sure a row is: the probability that its speaker is right, from named signals of all stages.

Consumes the quoted spans, their attributions and resolutions; gives each resolution its confidence and, where that is
low, the reasons why a person should look. The weights (`row` in `model/calibration.json`) are those of a logistic
model, fitted on annotated training articles that the reader never saw (`training/calibrate.py`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace

from quotes.decide import logit, weights_of
from quotes.kinds import is_clause, is_title_case
from quotes.names_match import is_proper_name, name_words
from quotes.records import ABSTAINED, Attribution, QuotedSpan, Resolution
from quotes.wordclasses import is_speaking_noun

REVIEW_BELOW = 0.85
"""A named row whose confidence is lower than this is marked for review."""
NAME_FROM = 0.4
"""Below this nobody is named, the speaker is given as an alternative: far likelier wrong than right, and chosen on the
development sets."""
UNSURE = "too-unsure"
"""Name of the rule for that."""
SHORT = 3
"""Words up to which a quotation is short."""
WORD = re.compile(r"[^\W_]+")
NO_RUNNER_UP = -6.0


def signals(text: str, span: QuotedSpan, attribution: Attribution, resolution: Resolution) -> dict[str, float]:
    """Return by name what the confidence of a row with a speaker rests on."""
    words = span.words.of(text)
    rule = attribution.rule.split("+")[0]
    speaker = resolution.speaker
    found = {
        "one": 1.0,
        "source": logit(attribution.score),
        "tie": logit(resolution.score),
        "product": logit(attribution.score * resolution.score),
        "agreed": float(attribution.rule.endswith("+reader")),
        f"rule:{rule}": 1.0,
        f"tie:{resolution.rule}": 1.0,
        "carried": float(attribution.carried_from is not None),
        "broken": float(span.boundary not in ("closed", "continued")),
        "fragment": float(not is_clause(words)),
        "short": float(len(WORD.findall(words)) <= SHORT),
        "title_case": float(is_title_case(words.rstrip(",."))),
        "runner_up": max((logit(s) for _, s in resolution.alternatives), default=NO_RUNNER_UP),
        "source_runner_up": max((logit(c.score) for c in attribution.alternatives), default=NO_RUNNER_UP),
    }
    if speaker is not None:
        name = name_words(speaker.name)
        found["single_name"] = float(speaker.type == "person" and len(name) == 1)
        found["body"] = float(speaker.type == "organization")
        found["document"] = float(speaker.type == "document")
        found["titled"] = float(bool(speaker.titles))
        found["says_own_name"] = float(
            speaker.type == "person" and bool(name) and name[-1] in {w.casefold() for w in WORD.findall(words)}
        )
        described = speaker.type not in ("person", "organization") and not is_proper_name(speaker.name)
        found["odd_noun"] = float(described and not is_speaking_noun(speaker.name))
    return found


def probability(values: dict[str, float]) -> float:
    """Return the probability that a row with these signals names the right speaker."""
    weights = weights_of("row")
    return 1 / (1 + math.exp(-sum(weights.get(name, 0.0) * value for name, value in values.items())))


def rate(
    text: str, spans: Sequence[QuotedSpan], attributions: Sequence[Attribution], resolutions: Sequence[Resolution]
) -> tuple[Resolution, ...]:
    """Return the resolutions with their confidence and the reasons why a person should look, where there are any."""
    return tuple(
        _rated(text, span, attribution, _with_others_once(resolution))
        for span, attribution, resolution in zip(spans, attributions, resolutions, strict=True)
    )


def _with_others_once(resolution: Resolution) -> Resolution:
    """Return the resolution with each runner-up once and without the speaker itself: two mentions can be one person."""
    others = dict(reversed(resolution.alternatives))
    if resolution.speaker is not None:
        others.pop(resolution.speaker.name, None)
    kept = sorted(others.items(), key=lambda other: -other[1])
    return replace(resolution, alternatives=tuple(kept))


def _rated(text: str, span: QuotedSpan, attribution: Attribution, resolution: Resolution) -> Resolution:
    if resolution.speaker is None:
        # The resolver has nothing to be right about: what stands is the attributor's own "nobody".
        why = resolution.review
        if attribution.type in ("direct", "mixed") and not why:
            unsure = attribution.rule == ABSTAINED
            why = ("no source that is sure enough to name" if unsure else "nobody found who says it",)
        # Where a mention stands for nobody known, somebody spoke all the same.
        sure = attribution.score * (resolution.score if attribution.mention is not None else 1.0)
        return replace(resolution, confidence=round(sure, 4), review=why)
    sure = probability(signals(text, span, attribution, resolution))
    if sure < NAME_FROM:
        others = ((resolution.speaker.name, round(sure, 4)), *resolution.alternatives)
        why = ("no source that is sure enough to name",)
        return Resolution(None, UNSURE, resolution.score, others, why, confidence=round(1 - sure, 4))
    if sure >= REVIEW_BELOW:
        return replace(resolution, confidence=round(sure, 4), review=())
    reasons = [*resolution.review]
    if attribution.carried_from is not None and attribution.rule.startswith("previous-paragraph"):
        reasons.append("carried on from the paragraph before")
    if span.boundary in ("unclosed", "mismatched"):
        reasons.append("its marks are broken")
    reasons.append("low confidence")
    return replace(resolution, confidence=round(sure, 4), review=tuple(dict.fromkeys(reasons)))
