"""The people and bodies of one article: who they are by name or description, their titles, and whom a mention means.

Consumes the narrative and the attributions; produces speakers, and the questions that `coreference.py` answers.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace

from quotes import coreference, described, lexicon, namefind, pronouns, titles
from quotes import names as registry
from quotes.names import Name, NameMention
from quotes.narrative import Narrative
from quotes.questions import Kind, Question, gender_of, words_of
from quotes.records import Attribution, Span, Speaker, SpeakerType
from quotes.roles import AGENT, NO_AGENTS
from quotes.wordclasses import DOCUMENTS, GROUPS, HEADS, LINKS, ORGANIZATION_WORDS, ROLES

TITLE_FORMS: dict[str, set[str]] = {}
for _description, _form in lexicon.table("title_forms"):
    TITLE_FORMS.setdefault(_description, set()).add(_form)
GENDERED_ROLES = {entry[0]: entry[1] for entry in lexicon.table("gendered_roles")}
DETERMINERS = frozenset("the his her their its this that these those".split())
TITLE_FROM = 0.5
"""Probability from which a description is taken for a title of whom it means."""
NO_TITLES = frozenset("first second third last next other only future new two".split())
"""First words of descriptions that are no titles."""
NO_POSSESSIVES = frozenset("the this that these those".split())
APPOSED_TO = re.compile(r",\s+")
"""What stands between a name and a description of its bearer behind it."""
APPOSED_BY = re.compile(r",\s+(?:(?:the|a|an|his|her|its|their)\s+)?(?:[a-z][\w’'-]*\s+){0,3}")
"""What stands between a description and the name of whom it describes behind it."""
CLOSES_APPOSITION = re.compile(r"[,.;)]")
"""What ends a description behind a name; a verb would make it the subject: “in Brin, the mayor said”."""
ENDS_APPOSITION = re.compile(r",\s")
"""What ends such a name; a verb would make it the subject of another clause: “the senator, Roe said, was late”."""
RECENT = 12
"""Quotations before one whose speakers are looked at."""


class Cast:
    """The people and bodies of one article, built once and asked for each mention in order."""

    def __init__(self, narrative: Narrative, attributions: Sequence[Attribution] = ()) -> None:
        self.narrative = narrative
        self.names = registry.join(namefind.find(narrative))
        self._speakers: dict[int, Speaker] = {}
        for name in self.names:
            if not name.is_body:
                known = self.speaker(name)
                name.is_titled = bool(known.titles)
                name.stated_pronoun = name.stated_pronoun or _told_by_role(narrative.text, known)
        self._told = {id(name): self._title_words(name) for name in self.names if not name.is_body}
        self._holders: dict[str, list[Name]] = {}
        self._by_surname: dict[str, list[Name]] = {}
        for name in self.names:
            self._by_surname.setdefault(registry.core(name.fullest.words)[-1], []).append(name)
        found = described.find(narrative)
        new, taken_up = self._described(found)
        self.everybody = [*self.names, *new, *described.pairs(narrative, self.names)]
        mentions = {a.mention.start for a in attributions if a.mention is not None}
        mentions.update(c.mention.start for a in attributions for c in a.alternatives)
        self._takings = sorted(m.span for d in found for m in d.mentions if _can_title(m))
        mentions.update(span.start for span in self._takings)
        self.walk = pronouns.walk(narrative, self.everybody, mentions, taken_up)
        self._appositions = {
            title.span.start: name
            for name in self.names
            if not name.is_body
            for title in self.speaker(name).titles
            if title.rule in ("title-after", "title-before-comma")
        }
        self._quoted = _quoted(narrative, attributions)
        self._offsets = {
            t.quotation: t.start for p in narrative.sentences for s in p for t in s.tokens if t.quotation is not None
        }
        self._descriptions = {m.span.start: d for d in self.everybody if d.head is not None for m in d.mentions}
        self._spoken: list[tuple[int, int, Name]] = []
        self._paragraphs = [p.start for p in narrative.paragraphs]
        self._places = sorted(((m.span, name) for name in self.names for m in name.mentions), key=lambda p: p[0])

    def _title_words(self, name: Name) -> frozenset[str]:
        """Return the words of the titles that the article states of a person, and what descriptions make of them."""
        stated = " ".join(p.span.of(self.narrative.text).lower() for p in self.speaker(name).titles)
        words = set(re.findall(r"[^\W_]+", stated))
        return frozenset(words | {short for short, forms in TITLE_FORMS.items() if forms & words})

    def _described(self, all_found: Sequence[Name]) -> tuple[list[Name], list[tuple[NameMention, list[Name]]]]:
        """Return those brought in by a description that fits nobody named, and the descriptions that take up names."""
        holders = self._holders
        for name in self.names:
            for word in self._told.get(id(name), ()):
                holders.setdefault(word, []).append(name)
        new: list[Name] = []
        taken_up: list[tuple[NameMention, list[Name]]] = []
        for found in all_found:
            if found.mentions[0].words[0] != "the" or found.head not in holders:
                new.append(found)
                continue
            for mention in found.mentions:
                known = [n for n in holders[found.head] if n.first_start < mention.span.start]
                if known:
                    taken_up.append((mention, known))
        return new, taken_up

    def words_of(self, name: Name) -> str:
        """Return the fullest name, or the description, as written."""
        return name.fullest.span.of(self.narrative.text)

    def paragraph(self, offset: int) -> int:
        """Return the index of the paragraph that `offset` stands in."""
        return max(0, bisect_right(self._paragraphs, offset) - 1)

    def spoke(self, offset: int, name: Name, gender: str | None = None) -> None:
        """Note that `name` says the quotation at `offset`, the next one in order.

        `gender` is m or f where a pronoun was surely taken for the name: it then tells for later ones.
        """
        self._spoken.append((offset, self.paragraph(offset), name))
        if gender is not None:
            m, f = name.votes
            name.votes = (m + (gender == "m"), f + (gender == "f"))

    def quotation_at(self, index: int, mention: Span | None) -> int:
        """Return where quotation `index` stands, or where its mention does where it is inside another one."""
        return self._offsets.get(index, mention.start if mention else 0)

    def described_at(self, mention: Span) -> Name | None:
        """Return who is brought in, or taken up, by the description at `mention`."""
        return self._descriptions.get(mention.start)

    def named(self, mention: Span) -> Name | None:
        """Return the name that `mention` gives: the first in it, or, outside the narrative, the one its words fit."""
        place = bisect_right(self._places, mention.start, key=lambda p: p[0].end)
        if place < len(self._places) and self._places[place][0].overlaps(mention):
            return self._places[place][1]
        words = re.findall(r"[^\W_]+", mention.of(self.narrative.text).lower())
        last = registry.core(words)[-1:] if words else ()
        fitting = self._by_surname.get(last[0], ()) if last else ()
        return next((n for n in fitting if registry.compatible(words, n.fullest.words)), None)

    def apposed(self, mention: Span) -> Name | None:
        """Return the person whose name stands beside a description; None where none does.

        “Ann Roe, a nurse, …” and “a nurse, the widowed Ann Roe, …”.
        """
        text = self.narrative.text
        place = bisect_left(self._places, mention.start, key=lambda p: p[0].start)
        is_closed = CLOSES_APPOSITION.match(text, mention.end) is not None
        if place and is_closed and APPOSED_TO.fullmatch(text, self._places[place - 1][0].end, mention.start):
            name = self._places[place - 1][1]
            if pronouns.is_person(name):
                return name
        if place < len(self._places):
            span, name = self._places[place]
            is_beside = APPOSED_BY.fullmatch(text, mention.end, span.start) and ENDS_APPOSITION.match(text, span.end)
            if is_beside and pronouns.is_person(name) and len(name.fullest.words) > 1:
                return name
        return None

    def last_named(self, name: Name, mention: Span) -> tuple[Span, ...]:
        """Return the last place before `mention` that gives the name, where it is another than the fullest."""
        before = [m.span for m in name.mentions if m.span.end <= mention.start]
        return (before[-1],) if before and before[-1] != name.fullest.span else ()

    def call(self, name: Name, speaker: Speaker) -> None:
        """Let `speaker` stand for somebody only described, whose description the attributor read to its end."""
        self._speakers[id(name)] = speaker

    def bearers(self, surname: str) -> list[Name]:
        """Return the people of the article whose full name ends in `surname`, in lower case."""
        return [n for n in self._by_surname.get(surname, ()) if not n.is_body and len(n.fullest.words) > 1]

    def speaker(self, name: Name) -> Speaker:
        """Return the speaker behind `name`, with the titles that the article states."""
        key = id(name)
        if key not in self._speakers:
            text, best = self.narrative.text, name.fullest
            if name.head is not None:
                words = best.span.of(text)
                told = "group" if name.head == described.PAIR else described_type(words.lower())
                self._speakers[key] = Speaker(words, best.span, told, names=(best.span,))
            else:
                stated, affiliations = titles.of_name(self.narrative, name)
                kind: SpeakerType = "organization" if name.is_body else "person"
                forms = {m.span.of(text): m.span for m in reversed(name.mentions)} | {best.span.of(text): best.span}
                found = tuple(sorted(forms.values()))
                words = " ".join(best.span.of(text).split())
                self._speakers[key] = Speaker(words, best.span, kind, stated, affiliations, found)
        return self._speakers[key]

    def question(self, mention: Span) -> Question | None:
        """Return what is asked about a mention; None where it is no pronoun or description."""
        text = self.narrative.text
        words = [w.strip(".,").lower() for w in mention.of(text).replace("’", "'").split()]
        found = kind_of(words)
        if found is None:
            return None
        kind, content, gender = found
        return Question(
            mention.start,
            self.paragraph(mention.start),
            kind,
            gender,
            content,
            words[0],
            words[0] not in NO_POSSESSIVES,
            words_of(text, self._quoted.get(mention, [])),
            tuple(self._spoken[-RECENT:]),
            self._told,
        )

    def add_descriptions(self) -> None:
        """Add to the titles of those who speak what the article calls them elsewhere; once all have spoken.

        “The Vermont senator” is a title where it can hardly mean anybody else.
        """
        text, spoken = self.narrative.text, self._spoken
        speaking = {id(name) for *_, name in spoken}
        found: dict[int, list[Span]] = {}
        for span in self._takings:
            self._spoken = spoken[: bisect_left(spoken, span.start, key=lambda known: known[0])][-RECENT:]
            question = self.question(span)
            if question is None:
                continue
            best, share = self.rank(question)[0]
            if best is None or best.head is not None or id(best) not in speaking or share < TITLE_FROM:
                continue
            # What is stated of somebody else is no news of this one.
            bearers = self._holders.get(question.words[-1], ())
            holders = [n for n in bearers if self._told[id(n)].issuperset(question.words)]
            if not holders or any(n is best for n in holders):
                start = span.start + len("the ")
                found.setdefault(id(best), []).append(Span(start, span.end))
        self._spoken = spoken
        for key, spans in found.items():
            known = self._speakers[key]
            self._speakers[key] = replace(known, titles=titles.with_descriptions(text, known.titles, spans))

    def _pool(self, question: Question) -> list[Name]:
        """Return whom the question can mean: who was brought up lately, and who bears the role that it names."""
        near = dict(self.walk.near.get(question.start, {}))
        near.update((id(name), name) for _, _, name in question.spoken)
        if question.words:
            holders = self._holders.get(question.words[-1], ())
            before = bisect_right(holders, question.start, key=lambda n: n.first_start)
            near.update((id(name), name) for name in holders[max(0, before - pronouns.LATELY) : before])
        return list(near.values())

    def candidates(self, question: Question) -> Sequence[tuple[Name | None, Mapping[str, float]]]:
        """Return everybody whom the question can mean, with their features."""
        return coreference.candidates(question, self.walk, self._pool(question))

    def rank(self, question: Question) -> list[tuple[Name | None, float]]:
        """Return everybody whom the question can mean, likeliest first; None stands for somebody else.

        “A judge” in “Ira Moss, a judge,” is Ira Moss: what is likely of the one is likely of the other.
        """
        shares: dict[int, tuple[Name | None, float]] = {}
        for name, share in coreference.rank(question, self.walk, self._pool(question)):
            bearer = self._appositions.get(name.fullest.span.start, name) if name and name.head else name
            shares[id(bearer)] = (bearer, share + shares.get(id(bearer), (None, 0.0))[1])
        return sorted(shares.values(), key=lambda pair: -pair[1])


def _can_title(mention: NameMention) -> bool:
    """Whether a description can state a title: “the Vermont senator”, but not “the man” or “the last speaker”."""
    found = kind_of(mention.words)
    if found is None or found[0] != "role" or mention.words[0] != "the":
        return False
    _, content, _ = found
    if any(w.endswith(("'s", "s'", "’s", "s’")) for w in mention.words):
        return False  # “commands the state's guard”
    return len(content) > 1 and content[-1] not in titles.TIES and content[0] not in NO_TITLES


def kind_of(words: Sequence[str]) -> tuple[Kind, tuple[str, ...], str | None] | None:
    """Return (kind, content words, gender) of a mention of these words in lower case; None for a name."""
    if not words:
        return None
    first = words[0]
    if len(words) == 1:
        if first in ("he", "she", "him", "her", "his", "himself", "herself"):
            return "person", (), gender_of(first)
        if first in ("it", "its"):
            return "thing", (), None
        if first in ("they", "them", "their"):
            return "several", (), None
    if len(words) == 1 or not (first in DETERMINERS or first.endswith("'s")):
        return None
    content = list(words[1:])
    end = next((i for i, w in enumerate(content) if i and w in LINKS | {"who", "which", "that", "whose"}), len(content))
    content = [w.removesuffix("'s") for w in content[:end]]
    head = content[-1]
    if head in ROLES or role_by_ending(head):
        return "role", tuple(content), GENDERED_ROLES.get(head)
    if head in ORGANIZATION_WORDS:
        return "body", tuple(content), None
    return None


def role_by_ending(head: str) -> bool:
    """Whether a noun says what somebody does by its ending: “negotiator”, “columnist”."""
    return bool(AGENT.search(head)) and head not in NO_AGENTS


def _told_by_role(text: str, speaker: Speaker) -> str | None:
    """Return m or f where a title of the speaker tells: “spokeswoman”, “wife of the mayor”; None where two disagree."""
    told = set()
    for title in speaker.titles:
        words = re.findall(r"[^\W_]+(?:['’]s)?", title.span.of(text).lower())
        known = [GENDERED_ROLES[w] for w in words if w in GENDERED_ROLES]
        if known:
            told.add(known[-1] if title.rule == "title-before" else known[0])
    return told.pop() if len(told) == 1 else None


def _quoted(narrative: Narrative, attributions: Sequence[Attribution]) -> dict[Span, list[Span]]:
    """Return for each mention the quotations that rest on it."""
    if not attributions:
        return {}
    whole = {
        t.quotation: Span(t.start, t.end) for p in narrative.sentences for s in p for t in s.tokens if t.is_quotation
    }
    found: dict[Span, list[Span]] = {}
    for i, attribution in enumerate(attributions):
        root = attribution if attribution.carried_from is None else attributions[attribution.carried_from]
        if i in whole and root.mention is not None:
            found.setdefault(root.mention, []).append(whole[i])
    return found


def described_type(low: str) -> SpeakerType:
    """Return what kind of speaker a description in lower case is of."""
    words = [w.strip(".,").removesuffix("'s") for w in low.split()]
    head = next((w for w in reversed(words) if w in HEADS or w in ORGANIZATION_WORDS), "")
    first = next((w for w in words if w in HEADS or w in ORGANIZATION_WORDS), "")
    if first in DOCUMENTS:
        return "document"
    if first in GROUPS or head in GROUPS:
        return "group"
    if head in ORGANIZATION_WORDS and first in ORGANIZATION_WORDS:
        return "organization"
    return "unnamed" if first else "unknown"
