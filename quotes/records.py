"""Value types that the stages hand to each other. Frozen, slotted, plain data; imports nothing of ours.

Offsets are Unicode code points into the document's text, end exclusive. No type carries a copy of the text
that an offset could give, except where a row needs it.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, get_args, overload

Boundary = Literal["closed", "mismatched", "continued", "unclosed"]
MarkRole = Literal["opener", "closer", "none"]
QuotationType = Literal["direct", "mixed", "scare", "work", "unknown"]
ROLES: tuple[MarkRole, ...] = get_args(MarkRole)
BOUNDARIES: tuple[Boundary, ...] = get_args(Boundary)
Method = Literal["reader", "rules"]
"""How sources are found: by the shipped model beside the rules, or by the rules alone."""
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
        return max(self.start, other.start) < min(self.end, other.end)

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


class Names:
    """The few names that stand in a long column, each kept once; the column holds their numbers."""

    __slots__ = ("_numbers", "names")

    def __init__(self, names: Iterable[str] = ()) -> None:
        """Begin with `names`, which have the numbers from 0 on."""
        self.names = list(names)
        self._numbers = {name: number for number, name in enumerate(self.names)}

    def number(self, name: str) -> int:
        """Return the number of `name`, a new one where it has none."""
        number = self._numbers.get(name)
        if number is None:
            number = self._numbers[name] = len(self.names)
            self.names.append(name)
        return number


class Ledger(Sequence[Mark]):
    """What became of every mark, in order: a sequence of `Mark`, kept in columns since a text can be nothing but marks.

    16 bytes a mark. The marks themselves are made when they are asked for.
    """

    __slots__ = ("_lengths", "_names", "_quotations", "_roles", "_rules", "_starts")

    def __init__(self, marks: Iterable[Mark] = ()) -> None:
        """Begin a ledger, of `marks` where some are given."""
        self._starts, self._lengths = array("q"), array("B")
        self._roles, self._rules, self._quotations = array("B"), array("H"), array("i")
        self._names = Names()
        for mark in marks:
            self.append(mark.span.start, mark.span.end, mark.role, mark.rule, mark.quotation)

    def append(self, start: int, end: int, role: MarkRole, rule: str, quotation: int | None = None) -> None:
        """Add the next mark, `start` to `end`; `quotation` is the index of the span that it opens or closes."""
        self._starts.append(start)
        self._lengths.append(end - start)
        self._roles.append(ROLES.index(role))
        self._rules.append(self._names.number(rule))
        self._quotations.append(-1 if quotation is None else quotation)

    def change(self, index: int, role: MarkRole | None, rule: str | None, quotation: int | None) -> None:
        """Set the quotation of entry `index`, and its role and rule where they are given."""
        if role is not None:
            self._roles[index] = ROLES.index(role)
        if rule is not None:
            self._rules[index] = self._names.number(rule)
        self._quotations[index] = -1 if quotation is None else quotation

    def quotation(self, index: int) -> int | None:
        """Return the index of the span that entry `index` opens or closes."""
        number = self._quotations[index]
        return None if number < 0 else number

    def columns(self) -> list[list[Any]]:
        """Return the ledger as JSON-like columns; `from_columns` reads them."""
        numbers = (self._starts, self._lengths, self._roles, self._rules, self._quotations)
        return [*(column.tolist() for column in numbers), list(self._names.names)]

    @classmethod
    def from_columns(cls, columns: Sequence[Sequence[Any]]) -> Ledger:
        """Return the ledger that `columns` was made of."""
        made = cls()
        made._starts, made._lengths = array("q", columns[0]), array("B", columns[1])
        made._roles, made._rules, made._quotations = (
            array("B", columns[2]),
            array("H", columns[3]),
            array("i", columns[4]),
        )
        made._names = Names(columns[5])
        return made

    def __len__(self) -> int:
        return len(self._starts)

    @overload
    def __getitem__(self, index: int) -> Mark: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Mark, ...]: ...
    def __getitem__(self, index: int | slice) -> Mark | tuple[Mark, ...]:
        if isinstance(index, slice):
            return tuple(self[i] for i in range(*index.indices(len(self))))
        start = self._starts[index]
        span = Span(start, start + self._lengths[index])
        return Mark(span, ROLES[self._roles[index]], self._names.names[self._rules[index]], self.quotation(index))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))

    def __hash__(self) -> int:
        return hash((len(self), self._starts.tobytes()))

    def __repr__(self) -> str:
        return f"Ledger({list(self)!r})"


@dataclass(frozen=True, slots=True)
class Segmentation:
    """All quoted spans of a text in order of their openers, and the ledger of its marks in order of position."""

    spans: Sequence[QuotedSpan]
    ledger: Ledger


@dataclass(frozen=True, slots=True)
class Candidate:
    """A runner-up source and its score."""

    mention: Span
    score: float
    rule: str


ABSTAINED = "abstained"
"""Rule of an attribution whose source was held too unsure to name."""


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
    names: tuple[Span, ...] = ()
    """Where each form of the name that the article uses stands first, the fullest one included."""


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
    via: tuple[Span, ...] = ()
    """Mentions between the quotation's own and the fullest name: the last name before a pronoun."""
    confidence: float = 0.0
    """Probability that the row's speaker is right, or, where nobody is named, that nobody is; 0..1."""


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
    url: str | None = None
    site: str | None = None
    encoding: str | None = None


Record = dict[str, Any]
"""One row of the table in its full, nested, JSON-like form; `table.COLUMNS` declares its fields."""
