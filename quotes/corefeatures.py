"""Named features of a candidate for what a mention stands for: its place, its part in the story, who spoke before.

Consumes a question and what the walk over the narrative saw of each candidate; produces numbers by name, which
`coreference.py` weighs.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quotes.described import PAIR
from quotes.names import Name
from quotes.pronouns import Event
from quotes.questions import Question
from quotes.wordclasses import ORGANIZATION_WORDS

Features = dict[str, float]
OBJECTS = {"m": frozenset("he him his he's".split()), "f": frozenset("she her she's".split())}
ACTING = ("source", "subject")
"""Roles of who acts in a clause."""
FAR = 4
"""Sentences or paragraphs from which on a distance counts as far."""
MANY = 50
"""Mentions of a name that are looked at for its forms."""
LEAST = -5.0
"""Least logarithm of a share of presence."""


@dataclass(frozen=True, slots=True)
class Story:
    """What else is known of a candidate's part in the article."""

    ahead: Sequence[Event]
    """Its next events after the mention."""
    first_paragraph: int
    """Where it is first brought up; -1 where it never is."""
    first_as_source: int | None
    """Offset at which it first says something by a reporting verb."""


Seen = Sequence[tuple[Name, Sequence[Event], Story]]
"""Each fitting name with its events before the mention, and its story."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What the candidates of one question are measured against."""

    question: Question
    sentence: int
    """Number of the mention's sentence."""
    presence: Mapping[int, float]
    """Presence of each name at the mention, by its `id`."""
    total: float
    best: float
    nearest: Name | None
    """The first subject of the last sentence before that has one."""
    since: Mapping[Name, Event]
    """Who was named since the last quotation, in order."""
    here: Sequence[tuple[Name, Event]]
    """Who was named before the mention in its paragraph, in order."""
    above: Sequence[tuple[Name, Event]]
    """Who was named in the paragraph before."""
    known: int
    """How many candidates named in these two paragraphs an honorific or a role gives the mention's gender."""


def scene_of(question: Question, sentence: int, presence: Mapping[int, float], seen: Seen) -> Scene:
    """Return what the candidates `seen` are measured against."""
    shares = [presence.get(id(name), 0.0) for name, _, _ in seen]
    here = _named_in(seen, question.paragraph)
    above = _named_in(seen, question.paragraph - 1) if question.paragraph else []
    near = {n for n, _ in (*here, *above)}
    known = sum(question.gender is not None and n.stated_pronoun == question.gender for n in near)
    return Scene(
        question,
        sentence,
        presence,
        sum(shares),
        max(shares, default=0.0),
        _nearest_subject(seen, sentence),
        _named_since(seen, question),
        here,
        above,
        known,
    )


def of_candidate(scene: Scene, name: Name, past: Sequence[Event], story: Story) -> Features:
    """Return the features of a candidate; `past` are its events before the mention."""
    question, sentence = scene.question, scene.sentence
    features = _of_events(question, name, past, story, sentence)
    share = scene.presence.get(id(name), 0.0)
    features["presence"] = max(LEAST, math.log(share / scene.total)) if share else LEAST
    features["most_present"] = float(share == scene.best and share > 0)
    features["absent"] = float(share == 0)
    features["nearest_subject"] = float(name is scene.nearest)
    if name is scene.nearest:
        apart = sentence - max(e.sentence for e in past if e.role in ACTING and e.sentence < sentence)
        is_here = past[-1].paragraph == question.paragraph
        features["subject_right_before"] = float(apart == 1)
        features["subject_right_before_here"] = float(apart == 1 and is_here)
    spoke_last = bool(question.spoken) and question.spoken[-1][2] is name
    if name in scene.since:
        features |= _since_features(scene.since, name, spoke_last=spoke_last)
    if spoke_last:
        features |= _last_speaker_features(scene, name)
    features |= _paragraph_features("here", scene.here, name, spoke_last=spoke_last)
    if not scene.here:
        features |= _paragraph_features("above", scene.above, name, spoke_last=spoke_last)
    if question.kind in ("role", "body"):
        features |= _description_features(question, name)
    features["alone_of_known_gender"] = float(scene.known == 1 and features["gender_known"] > 0)
    features["beside_known_gender"] = float(scene.known > 0 and features["gender_known"] == 0)
    return features


def of_nobody(question: Question, count: int) -> Features:
    """Return the features of the answer that it is none of the `count` candidates."""
    features = {"nobody": 1.0, "nobody_few": float(count < 2)}
    if question.kind in ("role", "body"):
        features["nobody_bare"] = float(len(question.words) == 1)
        features["nobody_possessive"] = float(question.determiner in ("his", "her", "their", "its"))
    return features


def _last_speaker_features(scene: Scene, name: Name) -> Features:
    """What speaks against the last speaker: that others acted since."""
    others = [n for n, event in scene.since.items() if n is not name and event.role in ACTING]
    return {
        "spoke_last_others_act": float(bool(others)),
        "spoke_last_only_others_act": float(bool(others) and name not in scene.since),
        "spoke_last_nobody_named": float(not scene.since),
        "spoke_last_others_here": float(bool(scene.here) and all(n is not name for n, _ in scene.here)),
    }


def _nearest_subject(before: Seen, sentence: int) -> Name | None:
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


def _named_since(before: Seen, question: Question) -> dict[Name, Event]:
    """Return who was named since the last quotation, with their first event there, in order."""
    last = question.spoken[-1][0] if question.spoken else -1
    found = [
        (past[at], name)
        for name, past, _ in before
        if (at := bisect_right(past, last, key=lambda e: e.start)) < len(past)
    ]
    return {name: event for event, name in sorted(found, key=lambda pair: pair[0].start)}


def _first_in(past: Sequence[Event], paragraph: int) -> Event | None:
    """Return the first event by name in a paragraph."""
    at = bisect_left(past, paragraph, key=lambda e: e.paragraph)
    return next((e for e in past[at:] if e.is_name and e.paragraph == paragraph), None)


def _named_in(before: Seen, paragraph: int) -> list[tuple[Name, Event]]:
    """Return who was named before the mention in a paragraph, with their first event there, in order."""
    found = [
        (event.start, name, event) for name, past, _ in before if (event := _first_in(past, paragraph)) is not None
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


def _of_events(question: Question, name: Name, past: Sequence[Event], story: Story, sentence: int) -> Features:
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
    features["after_in_sentence"] = float(any(e.sentence == sentence and e.start > question.start for e in story.ahead))
    features["gender_known"] = float(question.gender is not None and name.stated_pronoun == question.gender)
    if question.kind == "person" and question.gender is not None and name.stated_pronoun is None:
        features |= _voted(question.gender, name)
    features["pair"] = float(name.head == PAIR)
    features["single"] = float(name.head is None and len(name.fullest.words) == 1 and name.pronoun is None)
    features["linked"] = float(name.stated_pronoun is None and all(m.is_linked for m in name.mentions[:MANY]))
    features["described"] = float(name.head is not None)
    features["titled"] = float(bool(question.told.get(id(name))))
    features["surname_used"] = float(
        len(name.fullest.words) > 1 and any(len(m.words) == 1 for m in name.mentions[:MANY])
    )
    said = story.first_as_source
    features["ever_source"] = float(said is not None)
    features["source_before"] = float(said is not None and said < question.start)
    features["body"] = float(name.is_body)
    features["in_headline"] = float(story.first_paragraph == 0)
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
