"""Value types that the stages hand to each other. Frozen, slotted, plain data; imports nothing of ours.

Offsets are Unicode code points into the document's text, end exclusive. No type carries a copy of the text
that an offset could give, except where a row needs it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Boundary = Literal["closed", "mismatched", "continued", "unclosed"]
MarkRole = Literal["opener", "closer", "none"]
QuotationType = Literal["direct", "mixed", "scare", "work", "unknown"]
SpeakerType = Literal["person", "organization", "group", "document", "unnamed", "unknown"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of the text: `text[start:end]`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the words that the span covers in `text`."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether `other` lies inside this span; equal spans contain each other."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Mark:
    """One entry of the ledger: a character (or pair, or entity) that could be a quotation mark, and its fate."""

    span: Span
    role: MarkRole
    rule: str
    quotation: int | None = None
    """Index of the quoted span that it opens or closes; None where it is no mark of one."""


@dataclass(frozen=True, slots=True)
class QuotedSpan:
    """What the segmenter found: the words between two marks, or after one that never closes."""

    words: Span
    opener: Span
    closer: Span | None
    boundary: Boundary
    rule: str
    """Name of the segmenter rule that set the span's end."""
    continues: int | None = None
    """Index of the quoted span that this one carries on (its opener re-opens an unfinished quotation)."""
    outer: int | None = None
    """Index of the quoted span around this one; None at the top level."""


@dataclass(frozen=True, slots=True)
class Segmentation:
    """All quoted spans of a text in order of their openers, and the ledger of its marks in order of position."""

    spans: tuple[QuotedSpan, ...]
    ledger: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A runner-up source and its score."""

    mention: Span
    score: float
    rule: str


@dataclass(frozen=True, slots=True)
class Attribution:
    """What the attributor found for one quoted span."""

    rule: str
    """Name of the rule (or model) that decided; `no-source` where none did."""
    score: float
    """Probability that `mention` is the source, as measured for the rule on held-out articles; 0..1."""
    mention: Span | None = None
    cue: Span | None = None
    type: QuotationType = "unknown"
    carried_from: int | None = None
    """Index of the quoted span whose speaker goes on in this one."""
    alternatives: tuple[Candidate, ...] = ()
    cue_list: str | None = None
    """Name of the word list that holds the cue."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A title or an affiliation as the article states it, and where."""

    span: Span
    rule: str


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person or body behind one or more mentions of an article."""

    name: str
    """The fullest name that the article gives, or the describing phrase where it gives none."""
    name_span: Span
    """Where the article gives that name."""
    type: SpeakerType
    titles: tuple[Phrase, ...] = ()
    affiliations: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True)
class Resolution:
    """What the speakers stage made of one quotation's mention."""

    speaker: Speaker | None
    rule: str
    """Name of the rule that tied the mention to the speaker."""
    score: float
    """Probability that the tie is right, given that the mention is; 0..1."""
    alternatives: tuple[tuple[str, float], ...] = ()
    review: tuple[str, ...] = ()
    """Reasons, in words, why a person should look."""


@dataclass(frozen=True, slots=True)
class Document:
    """An article as read: its text and what is known of it."""

    text: str
    doc_id: str
    source: str | None = None
    headline: str | None = None
    byline: str | None = None
    published: str | None = None
    warnings: tuple[str, ...] = field(default=())


Record = dict[str, Any]
"""One row of the table in its full, nested, JSON-like form; `table.COLUMNS` declares its fields."""


def to_plain(value: Any) -> Record:
    """Return a value type as nested dicts and lists of JSON-like values (what `spans.attrs` can hold)."""
    return asdict(value)
