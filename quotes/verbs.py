"""Reporting verbs in all their forms, and what a reporting expression in a sentence is.

Verbs come from `lexicon/reporting_verbs.txt`, those whose forms are nouns too from `noun_verbs`, the words that may
stand between a source and its verb from `reporting_adverbs`.
"""

from __future__ import annotations

from dataclasses import dataclass

from quotes import lexicon
from quotes.phrases import NounPhrase

ADVERBS = lexicon.words("reporting_adverbs")

NOUN_VERBS = lexicon.words("noun_verbs")

BE = frozenset("is are was were been be being".split())


@dataclass(frozen=True, slots=True)
class Verb:
    """One form of a reporting verb."""

    lemma: str
    use: str
    form: str
    """base, third, past or gerund."""
    rest: tuple[str, ...]
    """Words that follow the first one, as in “points out”."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A reporting expression `tokens[first:last]` and its source, where one was read."""

    first: int
    last: int
    lemma: str
    use: str
    form: str
    source: NounPhrase | None
    order: str
    """Where the source stands: subject (before), inverted (after), relative, shared (the sentence's subject)."""


def _load_verbs() -> dict[str, tuple[Verb, ...]]:
    table: dict[str, list[Verb]] = {}
    for lemma, forms, use, _origin in lexicon.table("reporting_verbs"):
        for place, form in enumerate(forms.split()):
            first, *rest = form.split("_")
            kind = "gerund" if first.endswith("ing") and place else ("base", "third")[place] if place < 2 else "past"
            table.setdefault(first, []).append(Verb(lemma, use, kind, tuple(rest)))
    return {first: tuple(sorted(verbs, key=lambda verb: -len(verb.rest))) for first, verbs in table.items()}


VERBS = _load_verbs()
