"""The people and bodies of one article: who they are by name or description, their titles, and whom a mention means.

Consumes the narrative and the attributions; produces speakers, and the questions that `coreference.py` answers.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence

from quotes import coreference, described, lexicon, namefind, paragraphs, pronouns, titles
from quotes import names as registry
from quotes.names import Name, NameMention
from quotes.narrative import Narrative
from quotes.places import Places
from quotes.questions import GENDERED_ROLES, Question, can_lead, can_title, from_owner, kind_of, words_of
from quotes.records import Attribution, Span, Speaker, SpeakerType
from quotes.referents import Referents

TITLE_FORMS: dict[str, set[str]] = {}
for _description, _form in lexicon.table("title_forms"):
    TITLE_FORMS.setdefault(_description, set()).add(_form)
LEAD = 3
"""Paragraphs in which somebody can be described before they are named."""
NO_POSSESSIVES = frozenset("the this that these those".split())
READ_FROM = 0.05
"""Probability from which somebody whom the reader points to can be meant, wherever the article names them."""
RECENT = 12
"""Quotations before one whose speakers are looked at."""


class Cast:
    """The people and bodies of one article, built once and asked for each mention in order."""

    def __init__(
        self, narrative: Narrative, attributions: Sequence[Attribution] = (), asked: Collection[int] = ()
    ) -> None:
        """`asked` are offsets of mentions beside those of `attributions` that will be asked about."""
        self.narrative = narrative
        breaks = paragraphs.sections(narrative.text, narrative.paragraphs)
        self.names = registry.join(namefind.find(narrative), breaks)
        self._speakers: dict[int, Speaker] = {}
        self._turns: dict[str, Speaker] = {}
        for name in self.names:
            if not name.is_body:
                known = self.speaker(name)
                name.is_titled = bool(known.titles)
                name.stated_pronoun = name.stated_pronoun or _told_by_role(narrative.text, known)
        self._told = {id(name): self._title_words(name) for name in self.names if not name.is_body}
        self._holders: dict[str, list[Name]] = {}
        found = described.find(narrative)
        new, taken_up = self._described(found)
        self.everybody = [*self.names, *new, *described.pairs(narrative, self.names)]
        mentions = {a.mention.start for a in attributions if a.mention is not None}
        mentions.update(c.mention.start for a in attributions for c in a.alternatives)
        self.takings = sorted(m.span for d in found for m in d.mentions if can_title(m.words))
        """Descriptions that can be a title of somebody named before them."""
        mentions.update(span.start for span in self.takings)
        leads = (m.span for d in found for m in d.mentions if m.sentence[0] < LEAD and can_lead(m.words))
        self.leads = sorted({*described.owned(narrative), *leads})
        """Those that can be a title of somebody whom they bring in, and who is named elsewhere."""
        mentions.update(asked)
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
        self.read_for_title: frozenset[Span] = frozenset()
        """Descriptions that the reader is asked about as titles only."""
        self._spoken: list[tuple[int, int, Name]] = []
        self._by_id = {id(name): name for name in self.everybody}
        self._votes = [(name, name.votes) for name in self.everybody]
        self._paragraphs = [p.start for p in narrative.paragraphs]
        self._sections = [narrative.paragraphs[i].start for i in breaks]
        singles = [n for n in self.everybody if n.head != described.PAIR]
        self.places = Places(narrative, self.names, singles)

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

    def people(self) -> list[list[Span]]:
        """Return where each person is named, in order of who is named first."""
        people = [n for n in self.names if not n.is_body and pronouns.is_person(n)]
        return [[m.span for m in n.mentions] for n in sorted(people, key=lambda n: n.first_start)]

    def paragraph(self, offset: int) -> int:
        """Return the index of the paragraph that `offset` stands in."""
        return max(0, bisect_right(self._paragraphs, offset) - 1)

    def _section(self, offset: int) -> int:
        """Return where the item of the article begins that `offset` stands in."""
        at = bisect_right(self._sections, offset)
        return self._sections[at - 1] if at else 0

    def spoke(self, offset: int, name: Name, gender: str | None = None) -> None:
        """Note that `name` says the quotation at `offset`, the next one in order.

        `gender` is m or f where a pronoun was surely taken for the name: it then tells for later ones.
        """
        self._spoken.append((offset, self.paragraph(offset), name))
        if gender is not None:
            m, f = name.votes
            name.votes = (m + (gender == "m"), f + (gender == "f"))

    def forget(self) -> None:
        """Forget who spoke: the article is gone through once more."""
        self._spoken = []
        for name, votes in self._votes:
            name.votes = votes

    def quotation_at(self, index: int, mention: Span | None) -> int:
        """Return where quotation `index` stands, or where its mention does where it is inside another one."""
        return self._offsets.get(index, mention.start if mention else 0)

    def described_at(self, mention: Span) -> Name | None:
        """Return who is brought in, or taken up, by the description at `mention`."""
        return self._descriptions.get(mention.start)

    def issuer(self, mention: Span) -> Name | None:
        """Return who issued “the statement” at `mention`; None where that is not told."""
        return self.places.issuer(mention, self.paragraph(mention.start), self._spoken, self.walk)

    def last_named(self, name: Name, mention: Span) -> tuple[Span, ...]:
        """Return the last place before `mention` that gives the name, where it is another than the fullest."""
        before = [m.span for m in name.mentions if m.span.end <= mention.start]
        return (before[-1],) if before and before[-1] != name.fullest.span else ()

    def turn(self, mention: Span) -> Speaker:
        """Return the speaker before whose turns in a transcript the words of `mention` stand, the same for each."""
        words = mention.of(self.narrative.text)
        if words not in self._turns:
            kind = described.described_type(words.lower())
            self._turns[words] = Speaker(words, mention, "person" if kind == "unknown" else kind, names=(mention,))
        return self._turns[words]

    def call(self, name: Name, speaker: Speaker) -> None:
        """Let `speaker` stand for somebody only described, whose description the attributor read to its end."""
        self._speakers[id(name)] = speaker

    def speaker(self, name: Name) -> Speaker:
        """Return the speaker behind `name`, with the titles that the article states."""
        key = id(name)
        if key not in self._speakers:
            text, best = self.narrative.text, name.fullest
            if name.head is not None:
                words = best.span.of(text)
                told = "group" if name.head == described.PAIR else described.described_type(words.lower())
                self._speakers[key] = Speaker(words, best.span, told, names=(best.span,))
            else:
                stated, affiliations = titles.of_name(self.narrative, name)
                kind: SpeakerType = "organization" if name.is_body else "person"
                forms = {m.span.of(text): m.span for m in reversed(name.mentions)} | {best.span.of(text): best.span}
                found = tuple(sorted(forms.values()))
                words = " ".join(best.span.of(text).split())
                self._speakers[key] = Speaker(words, best.span, kind, stated, affiliations, found)
        return self._speakers[key]

    def question(self, mention: Span, read: Referents | None = None, *, later: bool = False) -> Question | None:
        """Return what is asked about a mention; None where it is no pronoun or description.

        `read` is whom the reader thinks that it stands for, where it was asked. `later` says that quotations behind
        the mention have been noted already.
        """
        spoken = self._spoken
        if later:
            spoken = spoken[: bisect_left(spoken, mention.start, key=lambda known: known[0])]
        text = self.narrative.text
        words = [w.strip(".,").lower() for w in mention.of(text).replace("’", "'").split()]
        found = kind_of(words, of_source=True)
        if found is None:
            return None
        kind, content, gender = found
        first = from_owner(words)[0]
        return Question(
            mention.start,
            self.paragraph(mention.start),
            kind,
            gender,
            content,
            first,
            first not in NO_POSSESSIVES,
            words_of(text, self._quoted.get(mention, [])),
            tuple(spoken[-RECENT:]),
            self._told,
            None if read is None else self.places.shares(read),
            0.0 if read is None else read.nobody,
            self._section(mention.start),
        )

    def has_spoken(self) -> list[Name]:
        """Return who spoke so far, in order of their quotations."""
        return [name for *_, name in self._spoken]

    def told(self, name: Name) -> frozenset[str]:
        """Return the words of the titles that the article states of a person; none of a body."""
        return self._told.get(id(name), frozenset())

    def told_all(self, words: Sequence[str]) -> list[Name]:
        """Return those of whom the article states titles that hold all of `words`, a description's."""
        return [name for name in self._holders.get(words[-1], ()) if self._told[id(name)].issuperset(words)]

    def member(self, key: int) -> Name:
        """Return the member of the cast with this `id`."""
        return self._by_id[key]

    def _pool(self, question: Question) -> list[Name]:
        """Return whom the question can mean: who was brought up lately, and who bears the role that it names."""
        near = dict(self.walk.near.get(question.start, {}))
        near.update((id(name), name) for _, _, name in question.spoken)
        if question.words:
            holders = self._holders.get(question.words[-1], ())
            before = bisect_right(holders, question.start, key=lambda n: n.first_start)
            near.update((id(name), name) for name in holders[max(0, before - pronouns.LATELY) : before])
        if question.read:
            near.update((key, self._by_id[key]) for key, share in question.read.items() if share >= READ_FROM)
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
