"""Whom a mention stands for: a log-linear choice among the people and bodies of the article, or none of them.

Consumes what a walk over the narrative saw of each name (`pronouns.walk`), the mention, and who spoke before; produces
the candidates with probabilities. Each candidate is scored by a weighted sum of named features of its place, form and
part in the story (the mention-ranking model of Denis and Baldridge 2008, over the cues of centering theory); the
weights, in `lexicon/coreference_weights.txt`, were learned on annotated training articles (`make coreference`). Gender
comes only from honorifics, roles and pronouns that can mean nobody else, never from a given name.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from quotes import lexicon
from quotes.names import Name
from quotes.pronouns import FORMS, Event, Walk, is_person
from quotes.records import Span
from quotes.wordclasses import DOCUMENTS, GROUPS, ORGANIZATION_WORDS, ROLES

Kind = Literal["person", "thing", "several", "role", "body"]
"""What is looked for: he or she; it; they; “the senator”; “the agency”."""
Features = dict[str, float]
WORD = re.compile(r"[^\W_]+")
OBJECTS = {"m": frozenset("he him his he's".split()), "f": frozenset("she her she's".split())}
ACTING = ("source", "subject")
"""Roles of who acts in a clause."""
FAR = 4
"""Sentences or paragraphs from which on a distance counts as far."""
LEAST = -5.0
"""Least logarithm of a share of presence."""


@dataclass(frozen=True, slots=True)
class Question:
    """A mention that is to be tied to somebody, and what is known around it."""

    start: int
    paragraph: int
    kind: Kind
    gender: str | None = None
    """m or f, where the mention tells."""
    words: tuple[str, ...] = ()
    """Content words of a description, in lower case, head last."""
    determiner: str = ""
    """First word of a description, in lower case."""
    quoted: frozenset[str] = frozenset()
    """Words of the quotations that rest on the mention, in lower case."""
    spoken: tuple[tuple[int, int, Name], ...] = ()
    """(offset, paragraph, speaker) of the quotations before it, in order."""
    told: Mapping[int, frozenset[str]] = field(default_factory=dict)
    """Words of the titles that the article states of each name, by its `id`; for a description only."""


@cache
def weights() -> dict[str, float]:
    """Return the weight of each feature, by name."""
    return {name: float(value) for name, value in lexicon.table("coreference_weights")}


def rank(question: Question, walk: Walk, names: Sequence[Name]) -> list[tuple[Name | None, float]]:
    """Return the candidates with probabilities that sum to 1, likeliest first; None stands for somebody else."""
    found = candidates(question, walk, names)
    known = weights()
    scores = [sum(known.get(f, 0.0) * value for f, value in features.items()) for _, features in found]
    top = max(scores)
    odds = [math.exp(score - top) for score in scores]
    total = sum(odds)
    ranked = [(name, odd / total) for (name, _), odd in zip(found, odds, strict=True)]
    return sorted(ranked, key=lambda pair: -pair[1])


def candidates(question: Question, walk: Walk, names: Sequence[Name]) -> list[tuple[Name | None, Features]]:
    """Return everybody that the mention could stand for with their features; the last one is None, for nobody."""
    presence = walk.at.get(question.start, {})
    fitting = [name for name in names if _fits(question, name)]
    seen = [(name, walk.events.get(id(name), [])) for name in fitting]
    before = [(name, events[: bisect_left(events, question.start, key=_start)], events) for name, events in seen]
    total = sum(presence.get(id(name), 0.0) for name in fitting)
    best = max((presence.get(id(name), 0.0) for name in fitting), default=0.0)
    sentence = walk.sentences.get(question.start, 0)
    nearest = _nearest_subject(before, sentence)
    since = _named_since(before, question)
    here = _named_in(before, question.paragraph)
    above = _named_in(before, question.paragraph - 1) if question.paragraph else []
    found: list[tuple[Name | None, Features]] = []
    for name, past, events in before:
        if not past and not _follows_in_sentence(events, question, sentence):
            continue
        features = _features(question, name, past, events, sentence)
        share = presence.get(id(name), 0.0)
        features["presence"] = max(LEAST, math.log(share / total)) if share else LEAST
        features["most_present"] = float(share == best and share > 0)
        features["absent"] = float(share == 0)
        features["nearest_subject"] = float(name is nearest)
        if name is nearest:
            apart = sentence - max(e.sentence for e in past if e.role in ACTING and e.sentence < sentence)
            features["subject_right_before"] = float(apart == 1)
            is_here = past[-1].paragraph == question.paragraph
            features["subject_right_before_here"] = float(apart == 1 and is_here)
        spoke_last = bool(question.spoken) and question.spoken[-1][2] is name
        if name in since:
            features |= _since_features(since, name, spoke_last=spoke_last)
        if spoke_last:
            others = [n for n, event in since.items() if n is not name and event.role in ACTING]
            features["spoke_last_others_act"] = float(bool(others))
            features["spoke_last_only_others_act"] = float(bool(others) and name not in since)
            features["spoke_last_nobody_named"] = float(not since)
            features["spoke_last_others_here"] = float(bool(here) and all(n is not name for n, _ in here))
        features |= _paragraph_features("here", here, name, spoke_last=spoke_last)
        if not here:
            features |= _paragraph_features("above", above, name, spoke_last=spoke_last)
        if question.kind in ("role", "body"):
            features |= _description_features(question, name)
        found.append((name, _tagged(features, question.kind)))
    nobody = {
        "nobody": 1.0,
        "nobody_few": float(len(found) < 2),
    }
    if question.kind in ("role", "body"):
        nobody["nobody_bare"] = float(len(question.words) == 1)
        nobody["nobody_possessive"] = float(question.determiner in ("his", "her", "their", "its"))
    found.append((None, _tagged(nobody, question.kind)))
    return found


def _start(event: Event) -> int:
    return event.start


def _tagged(features: Features, kind: Kind) -> Features:
    """Return the features under their names and under those of the kind of mention, so that both are learned."""
    return features | {f"{kind}:{name}": value for name, value in features.items() if value}


def _fits(question: Question, name: Name) -> bool:
    """Whether the name can be meant at all."""
    kind = question.kind
    if kind == "person":
        if name.is_plural or name.stated_pronoun not in (None, question.gender):
            return False
        return name.head not in DOCUMENTS | GROUPS if name.head else is_person(name)
    if kind == "several":
        return name.is_plural or name.is_body or (name.head is None and not is_person(name))
    if kind == "thing":
        return not name.is_plural and (name.is_body or name.head in DOCUMENTS or _may_be_body(name))
    if kind == "body":
        return name.is_body or _may_be_body(name)
    if name.is_plural or (question.gender and name.stated_pronoun not in (None, question.gender)):
        return False
    return name.head in ROLES if name.head else is_person(name)


def _may_be_body(name: Name) -> bool:
    return name.head is None and name.stated_pronoun is None


def _follows_in_sentence(events: Sequence[Event], question: Question, sentence: int) -> bool:
    """Whether the name comes only after the mention, in its sentence: “When she called, Roe …”."""
    return bool(events) and events[0].sentence == sentence and question.kind == "person"


def _nearest_subject(before: Sequence[tuple[Name, Sequence[Event], Sequence[Event]]], sentence: int) -> Name | None:
    """Return the first subject of the last sentence before this one that has one among the candidates."""
    best: tuple[int, int, Name] | None = None
    for name, past, _ in before:
        for event in reversed(past):
            if event.sentence == sentence:
                continue
            if event.role in ACTING:
                key = (event.sentence, -event.start)
                if best is None or key > best[:2]:
                    best = (*key, name)
                continue
            if best is not None and event.sentence < best[0]:
                break
    return best[2] if best else None


def _named_since(
    before: Sequence[tuple[Name, Sequence[Event], Sequence[Event]]], question: Question
) -> dict[Name, Event]:
    """Return who was named since the last quotation, with their first event there, in order."""
    last = question.spoken[-1][0] if question.spoken else -1
    found = [(event, name) for name, past, _ in before if (event := next((e for e in past if e.start > last), None))]
    return {name: event for event, name in sorted(found, key=lambda pair: pair[0].start)}


def _named_in(
    before: Sequence[tuple[Name, Sequence[Event], Sequence[Event]]], paragraph: int
) -> list[tuple[Name, Event]]:
    """Return who was named before the mention in a paragraph, with their first event there, in order."""
    found = [
        (event.start, name, event)
        for name, past, _ in before
        if (event := next((e for e in past if e.paragraph == paragraph and e.is_name), None))
    ]
    return [(name, event) for _, name, event in sorted(found, key=lambda entry: entry[0])]


def _paragraph_features(place: str, named: Sequence[tuple[Name, Event]], name: Name, *, spoke_last: bool) -> Features:
    """What it tells that a name stands in the mention's paragraph (`here`) or in the one before (`above`)."""
    if all(n is not name for n, _ in named):
        return {}
    acting = [n for n, event in named if event.role in ACTING]
    features = {
        place: 1.0,
        f"only_{place}": float(len(named) == 1),
        f"first_{place}": float(name is named[0][0]),
        f"{place}_not_spoke_last": float(not spoke_last),
        f"only_{place}_not_spoke_last": float(len(named) == 1 and not spoke_last),
    }
    if acting and name in acting:
        features[f"acts_{place}"] = 1.0
        features[f"first_acts_{place}"] = float(name is acting[0])
        features[f"only_acts_{place}"] = float(len(acting) == 1)
        features[f"last_acts_{place}"] = float(name is acting[-1])
    return features


def _since_features(since: Mapping[Name, Event], name: Name, *, spoke_last: bool) -> Features:
    first = next(iter(since))
    features = {"since": 1.0, "only_since": float(len(since) == 1), "first_since": float(name is first)}
    acting = [n for n, event in since.items() if event.role in ACTING]
    if name in acting:
        features["takes_over"] = float(not spoke_last)
        features["takes_over_alone"] = float(not spoke_last and len(acting) == 1)
        features["takes_over_by_saying"] = float(not spoke_last and since[name].role == "source")
        features["acts_since"] = 1.0
        features["only_acts_since"] = float(len(acting) == 1)
        features["last_acts_since"] = float(name is acting[-1])
    features[f"since_{since[name].role}"] = 1.0
    return features


def _far(distance: int) -> str:
    return str(distance) if distance < FAR else "far"


def _features(
    question: Question, name: Name, past: Sequence[Event], events: Sequence[Event], sentence: int
) -> Features:
    features: Features = {}
    if past:
        last = past[-1]
        features[f"sentences_{_far(sentence - last.sentence)}"] = 1.0
        features[f"paragraphs_{_far(question.paragraph - last.paragraph)}"] = 1.0
        features[f"last_{last.role}"] = 1.0
        named = next((e for e in reversed(past) if e.is_name), None)
        if named is not None:
            features[f"named_{_far(sentence - named.sentence)}"] = 1.0
        if last.sentence == sentence:
            features[f"same_sentence_{last.role}"] = 1.0
        elif last.paragraph == question.paragraph:
            features[f"same_paragraph_{last.role}"] = 1.0
            features["same_paragraph_source_or_subject"] = float(last.role in ACTING)
        subjects = [e for e in past if e.role in ACTING and sentence - e.sentence <= FAR]
        features["subjects"] = math.log1p(len(subjects))
        features["new"] = float(question.paragraph - past[0].paragraph <= 1)
        features["new_and_told"] = float(question.paragraph - past[0].paragraph <= 1 and len(name.fullest.words) > 1)
    else:
        features["only_after"] = 1.0
    features["mentions"] = math.log1p(len(past))
    features["after_in_sentence"] = float(any(e.sentence == sentence and e.start > question.start for e in events))
    features["gender_known"] = float(question.gender is not None and name.stated_pronoun == question.gender)
    if question.kind == "person" and question.gender is not None and name.stated_pronoun is None:
        features |= _voted(question.gender, name)
    features["single"] = float(name.head is None and len(name.fullest.words) == 1 and name.pronoun is None)
    features["linked"] = float(name.stated_pronoun is None and all(m.is_linked for m in name.mentions))
    features["described"] = float(name.head is not None)
    features["titled"] = float(bool(question.told.get(id(name))))
    features["surname_used"] = float(any(len(m.words) == 1 for m in name.mentions) and len(name.fullest.words) > 1)
    features["ever_source"] = float(any(e.role == "source" for e in events))
    features["source_before"] = float(any(e.role == "source" for e in past))
    features["body"] = float(name.is_body)
    features["in_headline"] = float(bool(events) and events[0].paragraph == 0)
    features["in_quotation"] = float(bool(question.quoted) and _is_named_in(name, question.quoted))
    if question.gender is not None and question.quoted & OBJECTS[question.gender]:
        features["spoken_of"] = 1.0
    features |= _spoken_features(question, name)
    if "spoken_of" in features:
        # Somebody of that pronoun is spoken of: likelier the one most present than the speaker.
        features["spoken_of_spoke_last"] = features.get("spoke_last", 0.0)
        features["spoken_of_mentions"] = features["mentions"]
        del features["spoken_of"]
    return features


def _voted(gender: str, name: Name) -> Features:
    """What the article's own pronouns tell of a person for whom no honorific or role does."""
    m, f = name.votes
    fitting, other = (m, f) if gender == "m" else (f, m)
    return {
        "pronouns_ratio": math.log((fitting + 0.5) / (other + 0.5)),
        "pronouns_only_fit": float(fitting > 0 and other == 0),
        "pronouns_only_differ": float(other > 0 and fitting == 0),
    }


def _is_named_in(name: Name, quoted: frozenset[str]) -> bool:
    """Whether the quotation itself names the person: seldom do people say their own names."""
    return name.head is None and name.fullest.words[-1] in quoted


def _spoken_features(question: Question, name: Name) -> Features:
    if not question.spoken:
        return {"nobody_spoke": 1.0}
    features: Features = {}
    _, paragraph, speaker = question.spoken[-1]
    if speaker is name:
        features["spoke_last"] = 1.0
        features[f"spoke_last_{_far(question.paragraph - paragraph)}"] = 1.0
    else:
        features["another_spoke_last"] = float(question.paragraph - paragraph <= 1)
        if any(known is name for _, _, known in question.spoken):
            features["spoke_before"] = 1.0
            second = next((n for _, _, n in reversed(question.spoken) if n is not speaker), None)
            features["spoke_before_that"] = float(second is name)
    return features


def _description_features(question: Question, name: Name) -> Features:
    """What a description shares with what the article says of the name."""
    head, rest = question.words[-1], question.words[:-1]
    told = question.told.get(id(name), frozenset())
    own = frozenset(name.fullest.words) if name.head is None else frozenset(name.mentions[0].words)
    features = {
        "head_told": float(head in told),
        "head_in_name": float(head in own),
        "head_is_its": float(name.head == head),
        "untold": float(not told),
        "told_otherwise": float(bool(told) and head not in told),
        "organization": float(name.is_body and bool(own & ORGANIZATION_WORDS)),
    }
    if rest:
        shared = sum(w in told or w in own for w in rest) / len(rest)
        features["rest_shared"] = shared
        features["rest_and_head"] = shared * float(head in told or head in own or name.head == head)
        features["adds"] = float(shared == 0)
    return features


def gender_of(pronoun: str) -> str | None:
    """Return m or f for a pronoun that tells, None for another."""
    return FORMS.get(pronoun)


def words_of(text: str, spans: Sequence[Span]) -> frozenset[str]:
    """Return the words of the quotations `spans`, in lower case."""
    return frozenset(w.lower() for span in spans for w in WORD.findall(span.of(text)))
