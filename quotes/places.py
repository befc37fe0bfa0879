"""Where an article's names and descriptions stand: whom a mention names, who is beside it, who issued a statement.

Consumes the narrative and the members of its cast; produces members of the cast.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from quotes import names as registry
from quotes import pronouns
from quotes.corefeatures import ACTING
from quotes.names import Name
from quotes.narrative import Narrative, Sentence
from quotes.pronouns import Walk
from quotes.records import Span
from quotes.referents import Referents

WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
APPOSED_TO = re.compile(r",\s+(?:\d{1,3},\s+)?(?:(?:now|then|once|formerly)\s+)?")
"""What stands between a name and a description of its bearer behind it: “Ana Pell, 44, now the mayor”."""
APPOSED_BY = re.compile(
    r",\s+(?:(?:the|a|an|his|her|its|their)\s+)?(?:[a-z][\w’'-]*\s+){0,3}(?:[A-Z][a-z]+\.?\s+){0,2}"
)
"""What stands between a description and the name of whom it describes behind it."""
CLOSES_APPOSITION = re.compile(r"[,.;)]")
"""What ends a description behind a name; a verb would make it the subject: “in Brin, the mayor said”."""
ENDS_APPOSITION = re.compile(r",\s|\s\(")
"""What ends such a name; a verb would make it the subject of another clause: “the senator, Roe said, was late”."""
STATEMENT = re.compile(r"(?:the|that|this)\s+(?:\w+\s+)?statement", re.IGNORECASE)
ISSUED_WITHIN = 8
"""Sentences before a mention, and paragraphs, in which it is looked for who issued a statement."""
NESTED = 3
"""Mentions over one token that are looked at: a name can stand in a description."""


class Places:
    """The places of an article's names and descriptions."""

    def __init__(self, narrative: Narrative, names: Sequence[Name], everybody: Sequence[Name]) -> None:
        """`names` are those of the registry, `everybody` those and who is only described."""
        self._narrative = narrative
        self._named = sorted(((m.span, name) for name in names for m in name.mentions), key=lambda p: p[0])
        self._all = sorted(((m.span, n) for n in everybody for m in n.mentions), key=lambda p: p[0].end)
        self._by_surname: dict[str, list[Name]] = {}
        for name in names:
            self._by_surname.setdefault(registry.core(name.fullest.words)[-1], []).append(name)

    def named(self, mention: Span) -> Name | None:
        """Return the name that `mention` gives: the first in it, or, outside the narrative, the one its words fit."""
        place = bisect_right(self._named, mention.start, key=lambda p: p[0].end)
        if place < len(self._named) and self._named[place][0].overlaps(mention):
            return self._named[place][1]
        words = WORD.findall(mention.of(self._narrative.text).lower().replace("’", "'"))
        last = registry.core(words)[-1:] if words else ()
        fitting = self._by_surname.get(last[0], ()) if last else ()
        return next((n for n in fitting if registry.compatible(words, n.fullest.words)), None)

    def apposed(self, mention: Span, *, before_who: bool = False) -> Name | None:
        """Return the person whose name stands beside a description; None where none does.

        “Ann Roe, a nurse, …” and “a nurse, the widowed Ann Roe, …”; `before_who`, “Ann Roe, a nurse who …”.
        """
        text = self._narrative.text
        place = bisect_left(self._named, mention.start, key=lambda p: p[0].start)
        is_closed = before_who or CLOSES_APPOSITION.match(text, mention.end) is not None
        if place and is_closed and APPOSED_TO.fullmatch(text, self._named[place - 1][0].end, mention.start):
            name = self._named[place - 1][1]
            if pronouns.is_person(name):
                return name
        place = bisect_left(self._named, mention.end, key=lambda p: p[0].start)
        if place < len(self._named):
            span, name = self._named[place]
            is_beside = APPOSED_BY.fullmatch(text, mention.end, span.start) and ENDS_APPOSITION.match(text, span.end)
            if is_beside and pronouns.is_person(name) and len(name.fullest.words) > 1:
                return name
        return None

    def bearers(self, surname: str) -> list[Name]:
        """Return the people of the article whose full name ends in `surname`, in lower case."""
        return [n for n in self._by_surname.get(surname, ()) if not n.is_body and len(n.fullest.words) > 1]

    def issuer(self, mention: Span, here: int, spoken: Sequence[tuple[int, int, Name]], walk: Walk) -> Name | None:
        """Return who issued “the statement”: who said something in one shortly before; None where that is not told.

        “Brin Bank declared in a statement: … The statement added …”; “Brin Bank issued a statement. …”. `here` is the
        mention's paragraph, `spoken` (offset, paragraph, speaker) of the quotations before it.
        """
        if not STATEMENT.fullmatch(mention.of(self._narrative.text)):
            return None
        for sentence in self._before(mention.start, here):
            if all(t.low != "statement" for t in sentence.tokens):
                continue
            first, last = sentence.tokens[0].start, min(sentence.tokens[-1].end, mention.start)
            at = bisect_left(spoken, first, key=lambda known: known[0])
            if at < len(spoken) and spoken[at][0] < last:
                return spoken[at][2]
            at = bisect_left(self._named, first, key=lambda p: p[0].start)
            while at < len(self._named) and self._named[at][0].start < last:
                name = self._named[at][1]
                events = walk.events.get(id(name), [])
                since, until = (bisect_left(events, offset, key=lambda e: e.start) for offset in (first, last))
                if any(event.role in ACTING for event in events[since:until]):
                    return name
                at += 1
        return None

    def _before(self, offset: int, paragraph: int) -> Iterator[Sentence]:
        """Yield the sentences that begin before `offset`, which stands in `paragraph`, the last one first."""
        left = ISSUED_WITHIN
        for number in range(paragraph, -1, -1):
            sentences = self._narrative.sentences[number]
            at = bisect_left(sentences, offset, key=lambda s: s.tokens[0].start)
            for sentence in reversed(sentences[max(0, at - left) : at]):
                yield sentence
                left -= 1
            if left <= 0 or paragraph - number >= ISSUED_WITHIN:
                return

    def shares(self, read: Referents) -> dict[int, float]:
        """Return the probability of each name, by its `id`, that the reader points to."""
        shares: dict[int, float] = {}
        for span, share in read.named:
            place = bisect_right(self._all, span.start, key=lambda p: p[0].end)
            near = self._all[place : place + NESTED]
            over = [name for known, name in near if known.overlaps(span)]
            if over:
                # Of “the Roe campaign's lawyer” the name's own token is Roe's.
                name = next((n for n in over if n.head is None), over[0])
                shares[id(name)] = shares.get(id(name), 0.0) + share
        return shares
