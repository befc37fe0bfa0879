"""Who a pronoun stands for: the speakers and names before it, ranked by place and in-text evidence.

Consumes the narrative and its names; produces candidates with scores that sum to 1. Gender is never guessed from a
given name: only honorifics and earlier pronouns of the article count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from quotes.names import Name, NameMention
from quotes.narrative import Narrative
from quotes.paragraphs import index_of
from quotes.records import Span

AMBIGUOUS = 0.15
"""Two candidates closer than this are ambiguous."""
TIE_RATIO = 3
"""How many times more often one pronoun must go with a name than the other to be tied to it."""
REACH = 4
"""Paragraphs that a pronoun looks back."""
GENDER = {"he": "m", "she": "f"}


FORMS = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}


def tie(narrative: Narrative, names: Sequence[Name]) -> None:
    """Set `tied` of the names whose pronouns the article shows: where only one person is named in a sentence with one.

    The pronoun must come after the name, with nobody else named in that sentence or, for a sentence that begins
    with the pronoun, in the one before.
    """
    votes: dict[int, Counter[str]] = {}
    at: dict[tuple[int, int], list[Name]] = {}
    for name in names:
        if not name.is_body:
            for mention in name.mentions:
                at.setdefault(mention.sentence, []).append(name)
    for p, paragraph in enumerate(narrative.sentences):
        for s, sentence in enumerate(paragraph):
            here = {id(n): n for n in at.get((p, s), ())}
            for token in sentence.tokens:
                gender = FORMS.get(token.low) if token.is_word else None
                if gender is None:
                    continue
                people = here or {id(n): n for n in at.get((p, s - 1), ())}
                if len(people) == 1:
                    (person,) = people.values()
                    if any(m.span.end <= token.start for m in person.mentions):
                        votes.setdefault(id(person), Counter())[gender] += 1
    for name in names:
        counted = votes.get(id(name))
        if counted and name.pronoun is None:
            (best, most), *rest = counted.most_common(2)
            if not rest or most >= TIE_RATIO * rest[0][1]:
                name.tied = best


def rank(
    narrative: Narrative,
    names: Sequence[Name],
    mention: Span,
    pronoun: str,
    before: Sequence[tuple[Span, Name]],
) -> list[tuple[Name, float]]:
    """Return the names that `pronoun` at `mention` can stand for, best first, with their shares of the weight."""
    paragraph = index_of(narrative.paragraphs, mention.start)
    weights: list[tuple[Name, float]] = []
    for name in names:
        if not _fits(name, pronoun):
            continue
        near = [m for m in name.mentions if m.span.end <= mention.start and paragraph - m.sentence[0] <= REACH]
        if not near:
            continue
        weight = max(_weight(narrative, m, mention, paragraph) for m in near)
        weight += 0.1 * min(3, len(near))
        spoken = [place for place, speaker in before if speaker is name]
        if spoken:
            distance = paragraph - index_of(narrative.paragraphs, spoken[-1].start)
            weight += max(0.0, 1.2 - 0.3 * distance)
            if before[-1][1] is name:
                weight += 0.6
        if GENDER.get(pronoun) and name.pronoun == GENDER[pronoun]:
            weight += 0.8
        weights.append((name, weight))
    total = sum(w**2 for _, w in weights)
    ranked = sorted(weights, key=lambda item: -item[1])
    return [(name, w**2 / total) for name, w in ranked if total]


def _fits(name: Name, pronoun: str) -> bool:
    if pronoun in GENDER:
        return not name.is_body and name.pronoun in (None, GENDER[pronoun])
    if pronoun == "it":
        return name.is_body
    return pronoun == "they"


def _weight(narrative: Narrative, name: NameMention, mention: Span, paragraph: int) -> float:
    """Weigh one mention of a name: near, early in its sentence, subject rather than object."""
    gap = paragraph - name.sentence[0]
    weight = 2.0 / (1 + gap)
    sentence = narrative.sentences[name.sentence[0]][name.sentence[1]]
    if name.run_first <= 1:
        weight += 0.8 / (1 + gap)
    elif all(not t.is_word or not t.is_quotation for t in sentence.tokens) and name.run_first < 6:
        weight += 0.3 / (1 + gap)
    if gap == 0:
        same = sentence.tokens[0].start <= mention.start < sentence.tokens[-1].end
        weight += 0.3 if not same else 0.1
    return weight
