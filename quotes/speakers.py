"""Join mentions that are one person or body: canonical name, type, titles.

Consumes the narrative and the attributions; produces one `Resolution` a quoted span. Names join by surname and
compatible given names; pronouns and descriptions go to whom `coreference.py` finds likeliest in the article's cast.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace

from quotes import names as registry
from quotes import pronouns, titling
from quotes.cast import LEAD, Cast
from quotes.described import PAIR, described_type
from quotes.kinds import quotation_type
from quotes.names import Name
from quotes.phrases import read_back
from quotes.questions import Question, can_lead, gender_of, is_told
from quotes.records import ABSTAINED, Attribution, QuotedSpan, Resolution, Span, Speaker
from quotes.referents import Referents
from quotes.scores import score
from quotes.unclosed import TURN
from quotes.wordclasses import DEMONYMS, FUNCTION_WORDS, HEADS, HONORIFICS, LINKS, PAPERS, PRONOUNS

CLEAR = 0.8
"""Probability from which it is clear whom a pronoun or a description stands for."""
SURE = 0.95
"""Probability from which a pronoun tells which one goes with a name."""
CONFIRMED = "confirmed"
"""What is put behind the name of the rule of a source that was held back and is named all the same."""
CONFIRMED_FROM = 0.9
"""Probability of who speaks from which a source is named that was held back: right in 13 of 16 cases."""
KNOWN = "description-known"
"""Name of the rule for a description of somebody of whom the article says it elsewhere, too."""
BY_READER = "description-read"
"""Name of the rule for one that the reader points to somebody for, of whom the article says no such thing."""
NAMED_LATER = "description-named-later"
"""Name of the rule for “a former mayor says” at the top, whom the reader points to by the name that follows."""
NAMED_LATER_FROM = 0.9
"""Share of the reader's answer from which it is followed."""
JOINT = "name-joint"
"""Name of the rule for two who are named in one breath and speak together."""
TURN_LABEL = "turn-label"
"""Name of the rule for the name before a turn of a transcript, “ROE: …”, whom the narrative does not name."""
LEAST = 0.3
"""Probability below which nobody is named for one."""


def unclear(cast: Cast, spans: Sequence[QuotedSpan], attributions: Sequence[Attribution]) -> tuple[Span, ...]:
    """Return what the reader is asked about, in order.

    These are the pronouns and descriptions among the mentions that the other signs leave unclear, the words of the
    quotations whose source was held too unsure to name, and descriptions that can be titles. Where the others are
    clear, the reader's word changed nothing for the better: of 449 such mentions 427 were right without it and 424
    with it, of 97 others 44 and 68.
    """
    asked = {span.words for span, a in zip(spans, attributions, strict=True) if _is_held_back(a)}
    known = _tied(cast, attributions, {})
    for_title = titling.asked(cast)
    cast.forget()
    for attribution, (resolution, _) in zip(attributions, known, strict=True):
        mention = attribution.mention
        is_clear = resolution.speaker is not None and resolution.score >= CLEAR
        if mention is None or attribution.carried_from is not None or is_clear:
            continue
        is_asked = cast.question(mention) is not None or _can_be_named_later(cast, mention)
        if is_asked and _by_itself(cast, mention) is None:
            asked.add(mention)
    cast.read_for_title = frozenset(for_title) - asked
    return tuple(sorted(asked | cast.read_for_title))


OWNS = re.compile(r"(?:['’]s?)?\s+([a-z][\w-]*)")
"""What makes of a name another's: “the Moss campaign”, “Moss’s office”."""


def _is_held_back(attribution: Attribution) -> bool:
    return attribution.rule == ABSTAINED and bool(attribution.alternatives)


def confirmed(
    cast: Cast, spans: Sequence[QuotedSpan], attributions: Sequence[Attribution], read: Mapping[Span, Referents]
) -> tuple[Attribution, ...]:
    """Return the attributions with those sources named that were held back, but whom the reader points to by itself.

    The two answer different questions from different views of the text: where the source stands, and who speaks.
    """
    made = []
    for span, attribution in zip(spans, attributions, strict=True):
        answer = read.get(span.words) if _is_held_back(attribution) else None
        first, *others = attribution.alternatives or (None,)
        name = cast.places.named(first.mention) if answer is not None and first is not None else None
        if first is None or answer is None or name is None or _share(cast, answer, name) < CONFIRMED_FROM:
            made.append(attribution)
            continue
        kind = quotation_type(span.words.of(cast.narrative.text), has_source=True)
        sure, rule = score(CONFIRMED), f"{first.rule}+{CONFIRMED}"
        made.append(Attribution(rule, sure, first.mention, None, kind, alternatives=tuple(others)))
    return tuple(made)


def _share(cast: Cast, answer: Referents, name: Name) -> float:
    return cast.places.shares(answer).get(id(name), 0.0)


def resolve(
    cast: Cast, attributions: Sequence[Attribution], read: Mapping[Span, Referents] | None = None
) -> tuple[Resolution, ...]:
    """Return the speaker of every attribution, parallel to `attributions`.

    `cast` is that of the article and these attributions, in which nobody has spoken yet. `read` is what the reader
    says of mentions that are unclear (`unclear`).
    """
    tied = _tied(cast, attributions, read or {})
    titling.add(cast, read or {})
    return tuple(
        resolution if name is None or resolution.speaker is None else replace(resolution, speaker=cast.speaker(name))
        for resolution, name in tied
    )


def _tied(
    cast: Cast, attributions: Sequence[Attribution], read: Mapping[Span, Referents]
) -> list[tuple[Resolution, Name | None]]:
    """Return for each attribution its resolution, and the member of the cast that speaks."""
    narrative = cast.narrative
    resolved: list[Resolution] = []
    who: list[Name | None] = []
    known: dict[Span, tuple[Resolution, Name | None]] = {}
    for i, attribution in enumerate(attributions):
        name: Name | None = None
        origin = attribution.carried_from
        if origin is not None and origin < len(resolved):
            resolution, name = resolved[origin], who[origin]
        elif origin is not None:
            resolution = Resolution(None, "carried-back", 1.0)
        elif attribution.mention is None:
            resolution = Resolution(None, "no-mention", 1.0, _candidates(cast, attribution, read))
        else:
            # One mention means one person, however many quotations rest on it.
            if attribution.mention not in known:
                known[attribution.mention] = _mention(cast, attribution.mention, read)
            resolution, name = known[attribution.mention]
        if name is not None:
            place = attribution.mention or (attributions[origin].mention if origin is not None else None)
            told = _gender(attribution, narrative.text) if resolution.score >= SURE and origin is None else None
            cast.spoke(cast.quotation_at(i, place), name, told)
        who.append(name)
        resolved.append(resolution)
    for i in range(len(resolved) - 1, -1, -1):
        origin = attributions[i].carried_from
        if origin is not None and origin > i:
            resolved[i], who[i] = resolved[origin], who[origin]
    return list(zip(resolved, who, strict=True))


def _gender(attribution: Attribution, text: str) -> str | None:
    """Return m or f where the mention is a pronoun that tells."""
    return gender_of(attribution.mention.of(text).lower()) if attribution.mention is not None else None


def _candidates(cast: Cast, attribution: Attribution, read: Mapping[Span, Referents]) -> tuple[tuple[str, float], ...]:
    """Return the speakers of the sources that the attributor held too unsure to name."""
    named = [(_mention(cast, c.mention, read)[0], c.score) for c in attribution.alternatives]
    return tuple((found.speaker.name, round(found.score * s, 4)) for found, s in named if found.speaker is not None)


def _mention(cast: Cast, mention: Span, read: Mapping[Span, Referents]) -> tuple[Resolution, Name | None]:
    """Return the speaker behind a mention, and the member of the cast that it is."""
    words = mention.of(cast.narrative.text)
    low = words.lower().replace("’", "'")
    if low in ("who", "which", "that"):
        return _relative(cast, mention)
    pair = cast.described_at(mention)
    if pair is not None and pair.head == PAIR and any(m.span == mention for m in pair.mentions):
        return Resolution(cast.speaker(pair), JOINT, score("name")), pair
    told = _by_itself(cast, mention)
    if told is not None:
        return told
    if TURN.match(cast.narrative.text, mention.start, mention.end + 1):
        return Resolution(cast.turn(mention), TURN_LABEL, score(TURN_LABEL)), None
    issuer = cast.issuer(mention)
    if issuer is not None:
        return _named(cast, issuer, "issuer", words), issuer
    question = cast.question(mention, None if mention in cast.read_for_title else read.get(mention))
    if question is not None:
        return _ranked(cast, question, mention, words)
    if low in PRONOUNS:
        rule = "pronoun-unresolved"
        return Resolution(None, rule, score(rule), review=(f"nobody fits “{low}”",)), None
    if mention in read and _can_be_named_later(cast, mention):
        later, share = titling.named_elsewhere(cast, mention, read[mention])
        if later is not None and share >= NAMED_LATER_FROM:
            return Resolution(cast.speaker(later), NAMED_LATER, round(share, 4)), later
    return _described(cast, mention, words)


def _can_be_named_later(cast: Cast, mention: Span) -> bool:
    words = mention.of(cast.narrative.text).lower().split()
    return cast.paragraph(mention.start) < LEAD and can_lead(words)


def _by_itself(cast: Cast, mention: Span) -> tuple[Resolution, Name] | None:
    """Return whom a mention names, or who is named beside it; None where it does not tell by itself."""
    words = mention.of(cast.narrative.text)
    if words.lower() in PRONOUNS:
        return None
    name = cast.places.named(mention)
    if name is not None and _is_name(words) and not _only_owns(name, mention, cast.narrative.text):
        same = len(name.mentions) > 1 and name.fullest.span != mention
        return _named(cast, name, "surname" if same else "name", words), name
    beside = cast.places.apposed(mention)
    return None if beside is None else (_named(cast, beside, "name-beside", words), beside)


def _ranked(cast: Cast, question: Question, mention: Span, words: str) -> tuple[Resolution, Name | None]:
    """Return the likeliest of those whom a pronoun or a description can stand for, the others as alternatives."""
    ranked = cast.rank(question)
    rule = {"person": "pronoun", "thing": "pronoun-thing", "several": "pronoun-plural"}.get(question.kind, KNOWN)
    best, share = ranked[0]
    if rule == KNOWN and best is not None and not is_told(question, best):
        known = cast.described_at(mention)
        if known is not None and known is not best and known.fullest.span.start < mention.start:
            return _described(cast, mention, words)  # “a tall baker … The tall baker said”
        rule = KNOWN if question.read is None else BY_READER
    others = tuple((cast.speaker(n).name, round(s, 4)) for n, s in ranked[:4] if n is not None and n is not best)[:2]
    if best is not None and best.head is not None and question.words:
        # Of two officials “the official” is the later.
        later = cast.described_at(mention)
        best = later if later is not None and later.head == best.head else best
    if question.words and (best is None or share < LEAST):
        return _described(cast, mention, words, others)
    if best is None or share < LEAST:
        nobody = (f"nobody fits “{words}” well enough",)
        return Resolution(None, "pronoun-unresolved", 1 - share if best else share, others, nobody), None
    review: tuple[str, ...] = ()
    if share < CLEAR:
        other = f"could also be {others[0][0]}" if others else "could also be somebody not named"
        review = (f"“{words}” {other}",)
    return Resolution(cast.speaker(best), rule, round(share, 4), others, review, cast.last_named(best, mention)), best


def _described(
    cast: Cast, mention: Span, words: str, others: tuple[tuple[str, float], ...] = ()
) -> tuple[Resolution, Name | None]:
    """Return the speaker that is only described; “the official” is the last one described by that word."""
    known = cast.described_at(mention)
    if known is not None and known.fullest.span.start < mention.start:
        rule = "description-repeated"
        return Resolution(cast.speaker(known), rule, score(rule), others), known
    made = Speaker(words, mention, described_type(words.lower()), names=(mention,))
    if known is not None:
        cast.call(known, made)
    return Resolution(made, "description", score("description"), others), known


def _relative(cast: Cast, mention: Span) -> tuple[Resolution, Name | None]:
    """Return who “who” or “which” goes back to: the noun phrase right before it, else the last person named.

    “Ana Pell, who …”; “Ana Pell, now the mayor of Brin, who …”; “a clerk who …” is that clerk.
    """
    text, rule = cast.narrative.text, "relative"
    is_who = mention.of(text).lower() == "who"
    sentences = cast.narrative.sentences[cast.paragraph(mention.start)] if cast.narrative.sentences else ()
    place = bisect_right(sentences, mention.start, key=lambda s: s.tokens[0].start) - 1
    tokens = sentences[place].tokens if place >= 0 else ()
    at = bisect_left(tokens, mention.start, key=lambda t: t.start)
    last = at - 2 if at > 1 and tokens[at - 1].text == "," else at - 1
    phrase = read_back(tokens, last) if last >= 0 else None
    if phrase is not None and phrase.kind == "name":
        name = cast.places.named(phrase.mention(tokens))
        is_placed = is_who and phrase.first > 0 and tokens[phrase.first - 1].low in LINKS
        if name is not None and not is_placed and (pronouns.is_person(name) or not is_who):
            return Resolution(cast.speaker(name), rule, score(rule)), name
    elif phrase is not None and phrase.kind == "description":
        before = phrase.mention(tokens)
        name = cast.places.apposed(before, before_who=True)
        if name is not None:
            return Resolution(cast.speaker(name), rule, score(rule)), name
        return _described(cast, before, before.of(text))
    start = tokens[0].start if tokens else 0
    named = [
        (len(name.fullest.words) > 1, m.span.start, name)
        for name in cast.names
        if pronouns.is_person(name)
        for m in name.mentions
        if start <= m.span.start < mention.start and not m.is_linked
    ]
    if not named or not is_who:
        rule = "relative-unresolved"
        return Resolution(None, rule, score(rule), review=(f"nobody fits “{mention.of(text)}”",)), None
    best = max(named, key=lambda n: n[:2])[2]
    return Resolution(cast.speaker(best), rule, score(rule)), best


def _named(cast: Cast, name: Name, rule: str, words: str) -> Resolution:
    """Return the speaker behind a mention by name; where another bears the surname, with a word of that one."""
    known = cast.speaker(name)
    surname = registry.surname(name.fullest.words)
    given = [w.strip(".,") for w in words.split() if w.strip(".,").lower() not in HONORIFICS]
    rivals = [n for n in cast.places.bearers(surname) if n is not name] if len(given) == 1 else []
    if not rivals:
        return Resolution(known, rule, score(rule))
    others = tuple((cast.speaker(n).name, round((1 - score("shared-surname")) / len(rivals), 4)) for n in rivals)
    review = (f"several people named {given[0]}: {', '.join(other for other, _ in others)}",)
    return Resolution(known, "shared-surname", score("shared-surname"), others, review)


def _only_owns(name: Name, mention: Span, text: str) -> bool:
    """Whether the name in a mention only tells whose the noun behind it is: “the Moss campaign”, no “Moss of Brin”."""
    inside = next((m.span for m in name.mentions if m.span.overlaps(mention)), None)
    owned = OWNS.match(text, inside.end, mention.end) if inside is not None else None
    return owned is not None and owned[1] not in LINKS | FUNCTION_WORDS


def _is_name(words: str) -> bool:
    low = words.lower().split()
    if low[0] == "the" and low[-1] in DEMONYMS and low[-1] not in PAPERS:
        return False
    return (
        any(w[0].isupper() for w in words.split() if w)
        and words.split()[0].lower() not in ("a", "an", "his", "her", "their", "its", "another", "one")
        and not any(w.lower() in HEADS and w[0].islower() for w in words.split())
    )
