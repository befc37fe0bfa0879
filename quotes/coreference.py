"""Whom a mention stands for: a log-linear choice among the people and bodies of the article, or none of them.

Consumes what a walk over the narrative saw of each name (`pronouns.walk`), the mention, and who spoke before; produces
the candidates with probabilities. Each candidate is scored by a weighted sum of named features of its place, form and
part in the story (the mention-ranking model of Denis and Baldridge 2008, over the cues of centering theory); the
weights, in `lexicon/coreference_weights.txt`, were learned on annotated training articles (`make coreference`). Gender
comes only from honorifics, roles and pronouns that can mean nobody else, never from a given name.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cache

from quotes import lexicon
from quotes.corefeatures import Features, Story, of_candidate, of_nobody, scene_of
from quotes.names import Name
from quotes.pronouns import Event, Walk
from quotes.questions import Kind, Question, fits

SCALE = "read_scale"
"""Name of the factor for all other features where the reader was asked: what they say it saw, too."""
FLOOR = 0.002
"""Least share that the reader's answer counts as."""
BEFORE, AHEAD = 200, 8
"""Events of a name before and after a mention that are looked at."""


@cache
def weights() -> dict[str, float]:
    """Return the weight of each feature, by name."""
    return {name: float(value) for name, value in lexicon.table("coreference_weights")}


def rank(question: Question, walk: Walk, names: Sequence[Name]) -> list[tuple[Name | None, float]]:
    """Return the candidates with probabilities that sum to 1, likeliest first; None stands for somebody else."""
    found = candidates(question, walk, names)
    known = weights()
    scores = [weighed(features, known) for _, features in found]
    if question.read is not None:
        scale = known.get(SCALE, 1.0)
        scores = [
            scale * s + weighed(read_features(question, name), known)
            for s, (name, _) in zip(scores, found, strict=True)
        ]
    top = max(scores)
    odds = [math.exp(score - top) for score in scores]
    total = sum(odds)
    ranked = [(name, odd / total) for (name, _), odd in zip(found, odds, strict=True)]
    return sorted(ranked, key=lambda pair: -pair[1])


def weighed(features: Mapping[str, float], known: Mapping[str, float]) -> float:
    """Return the sum of the features, each times its weight."""
    return sum(known.get(name, 0.0) * value for name, value in features.items())


def read_features(question: Question, name: Name | None) -> Features:
    """Return what the reader's answer says of a candidate; None stands for nobody of the cast."""
    read = question.read or {}
    share = question.read_nobody if name is None else read.get(id(name), 0.0)
    rest = sum(read.values()) + question.read_nobody
    features = {
        "read": math.log(max(share, FLOOR) / max(rest, FLOOR)),
        "read_unseen": float(share < FLOOR),
        "read_nobody": float(name is None),
    }
    return _tagged(features, question.kind)


def candidates(question: Question, walk: Walk, names: Sequence[Name]) -> list[tuple[Name | None, Features]]:
    """Return everybody that the mention could stand for with their features; the last one is None, for nobody."""
    seen = []
    for name in names:
        if fits(question, name):
            events = walk.events.get(id(name), [])
            at = bisect_left(events, question.start, key=_start)
            source = walk.first_as_source.get(id(name))
            ahead = events[at : at + AHEAD]
            seen.append((name, events[max(0, at - BEFORE) : at], Story(ahead, _start_of(events), source)))
    # An item of a digest brings in its people anew.
    of_item = [entry for entry in seen if any(e.start >= question.section for e in reversed(entry[1]))]
    if question.section and question.kind == "person" and of_item:
        seen = of_item
    sentence = walk.sentences.get(question.start, 0)
    scene = scene_of(question, sentence, walk.at.get(question.start, {}), seen)
    found: list[tuple[Name | None, Features]] = [
        (name, _tagged(of_candidate(scene, name, past, story), question.kind))
        for name, past, story in seen
        if past or _follows_in_sentence(story.ahead, question, sentence)
    ]
    found.append((None, _tagged(of_nobody(question, len(found)), question.kind)))
    return found


def _start_of(events: Sequence[Event]) -> int:
    """Return the paragraph of the first event; -1 where there is none."""
    return events[0].paragraph if events else -1


def _start(event: Event) -> int:
    return event.start


def _tagged(features: Features, kind: Kind) -> Features:
    """Return the features under their names and under those of the kind of mention, so that both are learned."""
    return features | {f"{kind}:{name}": value for name, value in features.items() if value}


def _follows_in_sentence(events: Sequence[Event], question: Question, sentence: int) -> bool:
    """Whether the name comes only after the mention, in its sentence: “When she called, Roe …”."""
    return bool(events) and events[0].sentence == sentence and question.kind == "person"
