"""Who each pronoun of an article stands for: one walk over the narrative that keeps how present each person is.

Consumes the narrative and its names; produces, for each “he”, “she”, “it” or “they”, the names that it can stand for,
with shares that sum to 1. A name gains presence where it is named, more so as a subject, and loses it sentence by
sentence (the idea of centering theory, Grosz, Joshi and Weinstein 1995). Gender is never guessed from a given name:
only honorifics, and pronouns that can mean nobody else, count as evidence.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from quotes import cues, lexicon
from quotes.clauseroles import is_subject, role_of
from quotes.names import Name, NameMention, is_ordinary
from quotes.narrative import Narrative, Sentence, Token
from quotes.wordclasses import DOCUMENTS

SUBJECT = 3.0
"""Presence that a person gains as the subject of a clause."""
SUBORDINATE = 1.5
"""Presence that a person gains as the subject of a clause that begins with “because”, “when” or the like."""
REPORTING = 2.0
"""Presence that a person gains beside that as the subject of a reporting verb."""
MENTION = 1.2
"""Presence that a person gains by any other mention."""
INTRODUCED = 1.5
"""Presence that a person gains when first named in full with something said about them."""
POSSESSIVE = 0.8
"""Presence that a person gains by a mention in 's."""
PRONOUN = 1.5
"""Presence that a person gains by a pronoun that stands for them."""
SENTENCE_DECAY = 0.4
"""Share of presence left after each sentence."""
PARAGRAPH_DECAY = 0.65
"""Share of presence left after each paragraph."""
KNOWN_GENDER = 2.0
"""Factor for a person whose pronoun is known and fits, against one whose is not known."""
LATELY = 40
"""Names brought up last that a mention can mean: the work on one stays bounded however long the text."""
SINGLE_WORD = 0.5
"""Factor for a name of one word that has no honorific: it may be a place or a thing."""
"""Tokens of “from the …” between a name and its verb at most."""
LINKED = 0.3
"""Factor for a name without honorific that is only ever met after “from”, “of”, “at” or “in”: a body or a place."""
FORGOTTEN = 0.05
"""Presence under which a person cannot be meant."""
CLEAR = 0.9
"""Share from which it is clear whom a pronoun stands for: right 92 times of 100 on the dev sets, below it 67."""
TIE_RATIO = 3
"""How many times more often one pronoun must go with a name than the other to be tied to it."""
FORMS = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
PLURAL = frozenset(("they", "them", "their"))
NEUTER = frozenset(("it", "its"))
SUBORDINATORS = frozenset(
    "though although while when as after before if because since until once in despite unless".split()
)
PARTY = re.compile(r"[rdi]-[a-z]")
"""“R-Iowa” as it is compared."""
PLACES = lexicon.words("places")

Ranking = list[tuple[Name, float]]


@dataclass(frozen=True, slots=True)
class Event:
    """One place where the narrative brings up a name, by its words or by a pronoun."""

    start: int
    paragraph: int
    sentence: int
    """Number of the sentence in the whole article."""
    role: str
    """source (of a reporting verb), subject, possessive or other."""
    is_name: bool
    """Whether it is by its words."""


def walk(
    narrative: Narrative,
    names: Sequence[Name],
    asked: Collection[int] = (),
    taken_up: Sequence[tuple[NameMention, Sequence[Name]]] = (),
) -> Walk:
    """Return what a walk over the narrative saw of `names`; sets `tied` of those whose pronouns the article shows.

    `asked` are offsets at which the presence of everybody is wanted. `taken_up` are descriptions with the names that
    they can take up (“the senator”); each counts for the one most present.
    """
    _tie(narrative, names)
    mentions: dict[tuple[int, int], list[tuple[NameMention, Sequence[Name]]]] = {}
    for name in names:
        for mention in name.mentions:
            mentions.setdefault(mention.sentence, []).append((mention, (name,)))
    for mention, fitting in taken_up:
        mentions.setdefault(mention.sentence, []).append((mention, fitting))
    walked = Walk(asked)
    for p, paragraph in enumerate(narrative.sentences):
        for s, sentence in enumerate(paragraph):
            walked.sentence(sentence, sorted(mentions.get((p, s), ()), key=lambda pair: pair[0].span.start))
        walked.decay(PARAGRAPH_DECAY)
    return walked


class Walk:
    """How present each name is at one point of the narrative, and what was seen up to there."""

    def __init__(self, asked: Collection[int] = ()) -> None:
        self.presence: dict[int, float] = {}
        self.names: dict[int, Name] = {}
        self.found: dict[int, Ranking] = {}
        """What each pronoun can stand for, by its offset."""
        self.events: dict[int, list[Event]] = {}
        """Where each name is brought up, in order, by the name's `id`."""
        self.at: dict[int, dict[int, float]] = {}
        """Presence of each name at the offsets asked for."""
        self.sentences: dict[int, int] = {}
        """Number of the sentence that each offset asked for stands in."""
        self.near: dict[int, dict[int, Name]] = {}
        """Who can be meant at the offsets asked for: the names brought up last, and those of the sentence's rest."""
        self.first_as_source: dict[int, int] = {}
        """Where each name first stands as the source of a reporting verb, by the name's `id`."""
        self._lately: dict[int, Name] = {}
        self._asked = deque(sorted(asked))
        self._open: list[int] = []
        self._number = -1

    def decay(self, factor: float) -> None:
        """Let everybody's presence fade to the share `factor` of it; who is hardly present any more is forgotten."""
        self.presence = {key: value * factor for key, value in self.presence.items() if value * factor > FORGOTTEN}

    def gain(self, name: Name, amount: float) -> None:
        """Make a name more present."""
        self.names[id(name)] = name
        self.presence[id(name)] = self.presence.get(id(name), 0.0) + amount

    def _saw(self, name: Name, start: int, sentence: Sentence, role: str, *, is_name: bool) -> None:
        event = Event(start, sentence.paragraph, self._number, role, is_name)
        self.events.setdefault(id(name), []).append(event)
        if role == "source":
            self.first_as_source.setdefault(id(name), start)
        self._lately.pop(id(name), None)
        self._lately[id(name)] = name
        for offset in self._open:
            self.near[offset].setdefault(id(name), name)

    def _note_asked(self, until: int) -> None:
        while self._asked and self._asked[0] < until:
            offset = self._asked.popleft()
            self.at[offset], self.sentences[offset] = dict(self.presence), self._number
            self.near[offset] = dict(islice(reversed(self._lately.items()), LATELY))
            self._open.append(offset)

    def sentence(self, sentence: Sentence, mentions: Sequence[tuple[NameMention, Sequence[Name]]]) -> None:
        """Walk through a sentence; `mentions` are those in it, each with the names that it can be of."""
        tokens = sentence.tokens
        self._number += 1
        self._open = []
        ahead = _ahead(tokens, mentions)
        sources = {
            i
            for cue in (cues.find(tokens) if mentions else ())
            if cue.source is not None
            for i in range(cue.source.head_first, cue.source.head_last)
        }
        pending = list(mentions)
        for i, token in enumerate(tokens):
            self._note_asked(token.end)
            while pending and pending[0][0].first <= i:
                mention, fitting = pending.pop(0)
                name = max(fitting, key=lambda n: self.presence.get(id(n), 0.0))
                role = "source" if mention.last in sources else role_of(tokens, mention)
                self.gain(name, _gained(tokens, mention, role) + self._introduction(tokens, mention, name))
                self._saw(name, mention.span.start, sentence, role, is_name=len(fitting) == 1)
            low = token.low
            if not token.is_word or not (low in FORMS or low in PLURAL or low in NEUTER):
                continue
            ranking = self._ranking(low, ahead if i < 6 else None)
            if ranking:
                self.found[token.start] = ranking
                if low in FORMS:
                    self.gain(ranking[0][0], PRONOUN * ranking[0][1])
                    role = "source" if i in sources else "subject" if low in ("he", "she") else "other"
                    self._saw(ranking[0][0], token.start, sentence, role, is_name=False)
        self.decay(SENTENCE_DECAY)

    def _introduction(self, tokens: Sequence[Token], mention: NameMention, name: Name) -> float:
        """A person is brought on stage by a full name given for the first time with more after it, or by “, who …”."""
        after = [t.low for t in tokens[mention.last + 1 : mention.last + 3]]
        is_new = id(name) not in self.names and len(mention.words) > 1 and after[:1] == [","]
        return INTRODUCED if is_new or after == [",", "who"] else 0.0

    def _ranking(self, pronoun: str, ahead: Name | None) -> Ranking:
        weights: Ranking = []
        for key, presence in self.presence.items():
            name = self.names[key]
            fit = _fit(name, pronoun)
            if fit:
                weights.append((name, presence * fit))
        if ahead is not None and all(name is not ahead for name, _ in weights):
            fit = _fit(ahead, pronoun)
            if fit:
                weights.append((ahead, SUBJECT * fit))
        total = sum(weight**2 for _, weight in weights)
        weights.sort(key=lambda item: -item[1])
        return [(name, weight**2 / total) for name, weight in weights] if total else []


def _fit(name: Name, pronoun: str) -> float:
    """Return 0 where the pronoun cannot stand for the name, else how well the evidence fits."""
    gender = FORMS.get(pronoun)
    if gender is None:
        return float(name.is_body)  # “they” is nobody's alone
    if name.is_body or name.pronoun not in (None, gender):
        return 0.0
    if not is_person(name):
        return 0.0
    known = KNOWN_GENDER if name.pronoun == gender else 1.0
    if name.stated_pronoun is None and all(m.is_linked for m in name.mentions):
        known *= LINKED
    return known * (SINGLE_WORD if len(name.fullest.words) == 1 and name.pronoun is None else 1.0)


def is_person(name: Name) -> bool:
    """Whether the name can be a person's by its form: no body, place, party or people."""
    if name.head is not None:
        return not name.is_plural and name.head not in DOCUMENTS
    words = name.fullest.words
    if PARTY.match(words[0]):
        return False
    if name.is_body or " ".join(words) in PLACES:
        return False
    if name.is_titled and len(words) > 1:
        return True
    return not all(is_ordinary(w) or is_ordinary(w.removesuffix("s")) or w in PLACES for w in words)


def _gained(tokens: Sequence[Token], mention: NameMention, role: str) -> float:
    if role == "source":
        return SUBJECT + REPORTING
    if role == "subject":
        if mention.run_first > 1 and tokens[mention.run_first - 1].low in SUBORDINATORS:
            return SUBORDINATE
        return SUBJECT
    return POSSESSIVE if role == "possessive" else MENTION


def _ahead(tokens: Sequence[Token], mentions: Iterable[tuple[NameMention, Sequence[Name]]]) -> Name | None:
    """Return the subject that a pronoun before it can point to: “Though she called it …, Roe did not”."""
    if not tokens or tokens[0].low not in SUBORDINATORS:
        return None
    return next((n[0] for mention, n in mentions if mention.first > 2 and is_subject(tokens, mention)), None)


def _tie(narrative: Narrative, names: Sequence[Name]) -> None:
    """Count the pronouns that can mean nobody else, and set `tied` where they agree.

    One person is named in the pronoun's sentence before it, or in the sentence before; and acts there.
    """
    votes: dict[int, Counter[str]] = {}
    at: dict[tuple[int, int], dict[int, tuple[NameMention, Name]]] = {}
    for name in names:
        if is_person(name):
            for mention in name.mentions:
                at.setdefault(mention.sentence, {}).setdefault(id(name), (mention, name))
    for p, paragraph in enumerate(narrative.sentences):
        for s, sentence in enumerate(paragraph):
            where = (p, s) if (p, s) in at else (p, s - 1)
            people = at.get(where) or {}
            if len(people) != 1:
                continue
            ((mention, person),) = people.values()
            if not is_subject(paragraph[where[1]].tokens, mention):
                continue
            for token in sentence.tokens:
                gender = FORMS.get(token.low) if token.is_word else None
                if gender is not None and token.start > mention.span.start:
                    votes.setdefault(id(person), Counter())[gender] += 1
    for name in names:
        counted = votes.get(id(name))
        name.votes = (counted["m"], counted["f"]) if counted else (0, 0)
        if counted and name.pronoun is None:
            (best, most), *rest = counted.most_common(2)
            if not rest or most >= TIE_RATIO * rest[0][1]:
                name.tied = best
