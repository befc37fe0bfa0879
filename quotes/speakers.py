"""Join mentions that are one person or body: canonical name, type, titles.

Consumes the narrative, the attributions and the registry of names; produces one `Resolution` a quoted span. Names
join by surname and compatible given names; pronouns go to the nearest fitting speaker by in-text evidence (an
honorific's pronoun, never a guess from a given name); descriptions go to the one person whose title they repeat.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from quotes import lexicon, pronouns, titles
from quotes import names as registry
from quotes.names import Name
from quotes.narrative import Narrative, Token
from quotes.phrases import read_forward
from quotes.records import Attribution, Resolution, Span, Speaker, SpeakerType
from quotes.scores import score
from quotes.subjects import clause_end
from quotes.wordclasses import ADJECTIVES, DOCUMENTS, GROUPS, HEADS, HONORIFICS, ORGANIZATION_WORDS, PRONOUNS

TITLE_FORMS: dict[str, set[str]] = {}
for _description, _form in lexicon.table("title_forms"):
    TITLE_FORMS.setdefault(_description, set()).add(_form)
GENDERED_ROLES = {entry[0]: entry[1] for entry in lexicon.table("gendered_roles")}
POSSESSIVE = re.compile(r"['’]s?$")
PRESENT = 0.5
"""Share of presence from which a description is taken for the person most present."""
BARE, ADDING = 2, 3
"""Words, the article included, of a description that tells nothing new, and from which on it does."""
REVIEW_BELOW = 0.7
"""A row whose confidence is lower than this is marked for review."""


class Speakers:
    """The speakers of one article, built once and asked for each mention."""

    def __init__(self, narrative: Narrative) -> None:
        self.narrative = narrative
        self.names = registry.join(registry.find(narrative))
        self._speakers: dict[int, Speaker] = {}
        for name in self.names:
            if not name.is_body and name.stated_pronoun is None:
                name.stated_pronoun = _told_by_role(narrative.text, self.speaker(name))
        self.pronouns = pronouns.rank_all(narrative, self.names)
        self._places = sorted(((m.span, name) for name in self.names for m in name.mentions), key=lambda p: p[0])
        self._tokens: dict[str, list[tuple[Sequence[Token], int]]] | None = None
        self._described: list[Speaker] = []

    def named(self, mention: Span) -> Name | None:
        """Return the name that `mention` gives: the first in it, or, outside the narrative, the one its words fit."""
        place = bisect_right(self._places, mention.start, key=lambda p: p[0].end)
        if place < len(self._places) and self._places[place][0].overlaps(mention):
            return self._places[place][1]
        words = re.findall(r"[^\W_]+", mention.of(self.narrative.text).lower())
        return next((n for n in self.names if registry.compatible(words, n.fullest.words)), None)

    def bearers(self, surname: str) -> list[Name]:
        """Return the people of the article whose full name ends in `surname`, in lower case."""
        return [
            n
            for n in self.names
            if not n.is_body and len(n.fullest.words) > 1 and registry.surname(n.fullest.words) == surname
        ]

    def speaker(self, name: Name) -> Speaker:
        """Return the speaker behind `name`, with the titles that the article states."""
        key = id(name)
        if key not in self._speakers:
            stated, affiliations = titles.of_name(self.narrative, name)
            best = name.fullest
            kind: SpeakerType = "organization" if name.is_body else "person"
            self._speakers[key] = Speaker(best.span.of(self.narrative.text), best.span, kind, stated, affiliations)
        return self._speakers[key]

    def description(self, words: str, mention: Span) -> Resolution:
        """Return the speaker that is only described; “the official” is the last one described by that word."""
        content = words.lower().split()
        if content[0] == "the" and len(content) == BARE:
            for known in reversed(self._described):
                if content[-1] in known.name.lower().split() and known.name_span.start < mention.start:
                    return Resolution(known, "description-repeated", score("description-repeated"))
        introduced = self.introduced(content[-1], mention) if content[0] == "the" else None
        if introduced is not None and set(content[1:]) <= set(introduced.of(self.narrative.text).lower().split()):
            made = Speaker(introduced.of(self.narrative.text), introduced, _described_type(words.lower()))
            return Resolution(made, "description-repeated", score("description-repeated"))
        made = Speaker(words, mention, _described_type(words.lower()))
        self._described.append(made)
        return Resolution(made, "description", score("description"))

    def introduced(self, head: str, mention: Span) -> Span | None:
        """Return where the narrative brings in what “the `head`” takes up: “A senior official at the ministry”."""
        for tokens, i in reversed(self._occurrences(head)):
            if tokens[i].start >= mention.start:
                continue
            start = next((k for k in range(i, max(-1, i - 6), -1) if tokens[k].low in ("a", "an", "another")), None)
            phrase = None if start is None else read_forward(tokens, start, clause_end(tokens, start))
            if phrase is not None and phrase.kind == "description" and phrase.last > i:
                return phrase.mention(tokens)
        return None

    def _occurrences(self, word: str) -> list[tuple[Sequence[Token], int]]:
        """Return where `word` stands in the narrative, as a sentence's tokens and an index; indexed on first use."""
        if self._tokens is None:
            self._tokens = {}
            for paragraph in self.narrative.sentences:
                for sentence in paragraph:
                    for i, token in enumerate(sentence.tokens):
                        if token.is_word:
                            self._tokens.setdefault(token.low, []).append((sentence.tokens, i))
        return self._tokens.get(word, [])


def _told_by_role(text: str, speaker: Speaker) -> str | None:
    """Return m or f where a title of the speaker tells: “spokeswoman”, “wife of the mayor”; None where two disagree."""
    told = set()
    for title in speaker.titles:
        words = re.findall(r"[^\W_]+(?:['’]s)?", title.span.of(text).lower())
        known = [GENDERED_ROLES[w] for w in words if w in GENDERED_ROLES]
        if known:
            told.add(known[-1] if title.rule == "title-before" else known[0])
    return told.pop() if len(told) == 1 else None


def resolve(narrative: Narrative, attributions: Sequence[Attribution]) -> tuple[Resolution, ...]:
    """Return the speaker of every attribution, parallel to `attributions`."""
    speakers = Speakers(narrative)
    resolved: list[Resolution] = []
    for attribution in attributions:
        if attribution.carried_from is not None and attribution.carried_from < len(resolved):
            resolution = resolved[attribution.carried_from]
        elif attribution.carried_from is not None:
            resolution = Resolution(None, "carried-back", 1.0)
        elif attribution.mention is None:
            resolution = Resolution(None, "no-mention", 1.0, _candidates(speakers, attribution))
        else:
            resolution = _mention(speakers, attribution.mention)
        resolved.append(_reviewed(attribution, resolution))
    for i in range(len(resolved) - 1, -1, -1):
        origin = attributions[i].carried_from
        if origin is not None and origin > i:
            resolved[i] = _reviewed(attributions[i], replace(resolved[origin], review=()))
    return tuple(resolved)


def _candidates(speakers: Speakers, attribution: Attribution) -> tuple[tuple[str, float], ...]:
    """Return the speakers of the sources that the attributor held too unsure to name."""
    named = [(_mention(speakers, c.mention), c.score) for c in attribution.alternatives]
    return tuple((found.speaker.name, round(found.score * s, 4)) for found, s in named if found.speaker is not None)


def _mention(speakers: Speakers, mention: Span) -> Resolution:
    text = speakers.narrative.text
    words = mention.of(text)
    low = words.lower().replace("’", "'")
    if low == "who":
        return _relative(speakers, mention)
    if low in PRONOUNS:
        return _pronoun(speakers, mention, low)
    name = speakers.named(mention)
    if name is not None and _is_name(words):
        same = len(name.mentions) > 1 and name.fullest.span != mention
        rule = "surname" if same else "name"
        return _named(speakers, name, rule, words)
    described = _described(speakers, mention, words)
    if described is not None:
        return Resolution(speakers.speaker(described), "title-repeated", score("title-repeated"))
    body = _body(speakers, mention, low)
    if body is not None:
        return Resolution(speakers.speaker(body), "body-repeated", score("body-repeated"))
    meant = _present(speakers, mention, low)
    if meant is not None:
        return meant
    return speakers.description(words, mention)


def _relative(speakers: Speakers, mention: Span) -> Resolution:
    """Return the person that “who” goes back to: the last named in full before it in its sentence, else the last."""
    number = bisect_right([p.start for p in speakers.narrative.paragraphs], mention.start) - 1
    sentences = speakers.narrative.sentences[number] if number >= 0 else ()
    start = max((s.tokens[0].start for s in sentences if s.tokens and s.tokens[0].start <= mention.start), default=0)
    named = [
        (len(name.fullest.words) > 1, m.span.start, name)
        for name in speakers.names
        if pronouns.is_person(name)
        for m in name.mentions
        if start <= m.span.start < mention.start and not m.is_linked
    ]
    if not named:
        return Resolution(None, "relative-unresolved", score("relative-unresolved"), review=("nobody fits “who”",))
    return Resolution(speakers.speaker(max(named, key=lambda n: n[:2])[2]), "relative", score("relative"))


def _body(speakers: Speakers, mention: Span, words: str) -> Name | None:
    """Return the body that “the agency” is short for: the one last named before it that has the word in its name."""
    determiner, *content = words.split()
    if determiner != "the" or len(content) != 1 or content[0] not in ORGANIZATION_WORDS:
        return None
    fits = [n for n in speakers.names if content[0] in n.fullest.words and n.first_start < mention.start]
    return max(fits, key=lambda n: n.last_before(mention.start), default=None)


def _present(speakers: Speakers, mention: Span, words: str) -> Resolution | None:
    """Return the person most present where a description adds to what is known: “the New York businessman”.

    “The judge” says too little for that, and one brought in as “a judge” is somebody else.
    """
    ranked = speakers.pronouns.get(mention.start, [])
    content = words.split()
    if content[0] != "the" or len(content) < ADDING or not ranked or ranked[0][1] < PRESENT:
        return None
    if speakers.introduced(content[-1], mention) is not None:
        return None
    others = tuple((speakers.speaker(n).name, round(s, 4)) for n, s in ranked[1:3])
    review = (f"takes “{words}” for {speakers.speaker(ranked[0][0]).name}",)
    rule = "description-present"
    return Resolution(speakers.speaker(ranked[0][0]), rule, score(rule), others, review)


def _named(speakers: Speakers, name: Name, rule: str, words: str) -> Resolution:
    """Return the speaker behind a mention by name; where another bears the surname, with a word of that one."""
    known = speakers.speaker(name)
    surname = registry.surname(name.fullest.words)
    given = [w.strip(".,") for w in words.split() if w.strip(".,").lower() not in HONORIFICS]
    rivals = [n for n in speakers.bearers(surname) if n is not name] if len(given) == 1 else []
    if not rivals:
        return Resolution(known, rule, score(rule))
    others = tuple((speakers.speaker(n).name, round((1 - score("shared-surname")) / len(rivals), 4)) for n in rivals)
    review = (f"several people named {given[0]}: {', '.join(other for other, _ in others)}",)
    return Resolution(known, "shared-surname", score("shared-surname"), others, review)


def _is_name(words: str) -> bool:
    return (
        any(w[0].isupper() for w in words.split() if w)
        and words.split()[0].lower() not in ("a", "an", "his", "her", "their", "its", "another", "one")
        and not any(w.lower() in HEADS and w[0].islower() for w in words.split())
    )


def _pronoun(speakers: Speakers, mention: Span, pronoun: str) -> Resolution:
    ranked = speakers.pronouns.get(mention.start, [])
    if not ranked:
        return Resolution(None, "pronoun-unresolved", score("pronoun-unresolved"), review=(f"nobody fits “{pronoun}”",))
    alternatives = tuple((speakers.speaker(n).name, round(s, 4)) for n, s in ranked[1:3])
    review: tuple[str, ...] = ()
    rule = "pronoun-plural" if pronoun in pronouns.PLURAL else "pronoun"
    if ranked[0][1] < pronouns.CLEAR:
        rule = "pronoun-unclear"
        review = (f"“{pronoun}” could also be {alternatives[0][0]}",)
    return Resolution(speakers.speaker(ranked[0][0]), rule, score(rule), alternatives, review)


def _described(speakers: Speakers, mention: Span, words: str) -> Name | None:
    """Return the person whose stated title a description repeats: “the senator”, “the prime minister”.

    Where several hold such a title, the one named last before the description.
    """
    determiner, *written = [w.strip(".,") for w in words.split()] or [""]
    if POSSESSIVE.search(determiner) and determiner[:1].isupper():
        written.insert(0, POSSESSIVE.sub("", determiner))
        determiner = "the"
    determiner, content = determiner.lower(), [w.lower() for w in written]
    if not content or determiner not in ("the", "his", "her", "their"):
        return None
    fits: list[tuple[int, int, Name]] = []
    for name in speakers.names:
        if not pronouns.is_person(name) or name.first_start >= mention.start:
            continue
        stated = " ".join(p.span.of(speakers.narrative.text).lower() for p in speakers.speaker(name).titles)
        told = set(re.findall(r"[^\W_]+", stated))
        matched = [bool(told & {w, *TITLE_FORMS.get(w, ())}) for w in content]
        # The head must be stated; a place or party may be news (“the Vermont senator”), a plain word may not.
        if matched[-1] and all(
            ok or w[0].isupper() or w.lower() in ADJECTIVES for ok, w in zip(matched, written, strict=True)
        ):
            fits.append((sum(matched), name.last_before(mention.start), name))
    return max(fits, key=lambda fit: fit[:2])[2] if fits else None


def _described_type(low: str) -> SpeakerType:
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


def _reviewed(attribution: Attribution, resolution: Resolution) -> Resolution:
    reasons = list(resolution.review)
    agreed = attribution.rule.endswith("+reader")
    if attribution.carried_from is not None and attribution.rule.startswith("previous-paragraph") and not agreed:
        reasons.append("carried on from the paragraph before")
    if resolution.speaker is None and attribution.type in ("direct", "mixed"):
        unsure = attribution.rule == "abstained"
        reasons.append("no source that is sure enough to name" if unsure else "nobody found who says it")
    elif resolution.speaker is not None and attribution.score * resolution.score < REVIEW_BELOW:
        reasons.append("low confidence")
    return Resolution(
        resolution.speaker, resolution.rule, resolution.score, resolution.alternatives, tuple(dict.fromkeys(reasons))
    )
