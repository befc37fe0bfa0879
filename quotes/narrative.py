"""The article's own words: tokens and sentences with every quotation folded to one token.

Consumes the text, its paragraphs and quoted spans; produces tokens whose offsets are those of the text, so the way
back needs no map. Abbreviations that keep their full stop come from `lexicon/abbreviations.txt`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from quotes import lexicon
from quotes.nicknames import folded
from quotes.records import QuotedSpan, Span

WORD = re.compile(
    r"""
    (?:[^\W\d_]\.){2,}(?!\w)               # U.S., J.R.R.
    | [@#]?[^\W_]+(?:(?:&rsquo;|['’‘.&/·_-])[^\W_]+)*['’]?(?![^\W_])   # don't, al-Kadhimi, AT&T, 6.3, Jones'
    | [@#]?[^\W_]+
    """,
    re.VERBOSE,
)
TOKEN = re.compile(rf"(?:{WORD.pattern})|--+|\.\.+|[^\w\s]|_", re.VERBOSE)
SENTENCE_FINAL = frozenset(".!?…")
DOUBLE_MARKS = frozenset('"“”„‟«»＂')
CLOSING_MARKS = "\"'”’»›“‘`)]"
LONGEST = 300
"""Tokens after which a sentence ends in any case, so that work on one stays bounded where text has no full stops."""
ABBREVIATIONS = lexicon.words("abbreviations")
EM_DASHES = frozenset(("-", "--", "---", "–", "—", "―", "‒", "_"))


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a punctuation mark, or a whole quotation."""

    text: str
    start: int
    end: int
    quotation: int | None = None
    """Index of the top-level quoted span that the token stands for."""

    low: str = field(init=False, repr=False, compare=False)
    """The word in lower case, with a plain apostrophe and without the full stop of an abbreviation."""
    is_quotation: bool = field(init=False, repr=False, compare=False)
    """Whether the token stands for a quotation."""
    is_word: bool = field(init=False, repr=False, compare=False)
    """Whether the token is a word or number of the narrative."""
    is_capitalized: bool = field(init=False, repr=False, compare=False)
    """Whether the token is a word that begins with a capital, or a handle."""

    def __post_init__(self) -> None:
        # Every rule asks these of every token, many times: worked out once.
        text = self.text
        is_quotation = self.quotation is not None
        is_word = not is_quotation and (text.isalnum() or any(c.isalnum() for c in text))
        capital = is_word and (text[0].isupper() or (text[0] == "@" and len(text) > 1))
        object.__setattr__(self, "low", text.lower().replace("’", "'").rstrip(".") or text)
        object.__setattr__(self, "is_quotation", is_quotation)
        object.__setattr__(self, "is_word", is_word)
        object.__setattr__(self, "is_capitalized", capital)


@dataclass(frozen=True, slots=True)
class Sentence:
    """The tokens of one sentence, quotations folded."""

    tokens: tuple[Token, ...]
    paragraph: int
    """Index of the paragraph."""

    @property
    def quotations(self) -> tuple[int, ...]:
        """Indices of the quoted spans that stand in the sentence."""
        return tuple(t.quotation for t in self.tokens if t.quotation is not None)


@dataclass(frozen=True, slots=True)
class Narrative:
    """An article's sentences by paragraph."""

    text: str
    paragraphs: tuple[Span, ...]
    sentences: tuple[tuple[Sentence, ...], ...]
    """The sentences of each paragraph, parallel to `paragraphs`."""


def fold(text: str, paragraphs: Sequence[Span], spans: Sequence[QuotedSpan]) -> Narrative:
    """Return the narrative of `text`: its sentences, with each top-level quoted span one token."""
    top = folded(text, spans)
    at = 0
    sentences: list[tuple[Sentence, ...]] = []
    for number, paragraph in enumerate(paragraphs):
        inside: list[tuple[int, QuotedSpan]] = []
        while at < len(top) and top[at][1].opener.start < paragraph.end:
            inside.append(top[at])
            at += 1
        tokens = _tokens(text, paragraph, inside)
        sentences.append(tuple(Sentence(tuple(run), number) for run in _sentences(text, tokens, spans)))
    return Narrative(text, tuple(paragraphs), tuple(sentences))


def _tokens(text: str, paragraph: Span, inside: list[tuple[int, QuotedSpan]]) -> list[Token]:
    tokens: list[Token] = []
    cursor = paragraph.start
    for index, span in inside:
        tokens.extend(_plain_tokens(text, cursor, span.opener.start))
        end = span.closer.end if span.closer else span.words.end
        tokens.append(Token("“”", span.opener.start, end, index))
        cursor = end
    tokens.extend(_plain_tokens(text, cursor, paragraph.end))
    return tokens


def _plain_tokens(text: str, start: int, end: int) -> list[Token]:
    found: list[Token] = []
    for match in TOKEN.finditer(text, start, end):
        word = match.group()
        if word in DOUBLE_MARKS:
            continue  # a mark too many, which the ledger accounts for
        # An abbreviation's full stop belongs to it: it ends no sentence by itself.
        if word == "." and found and found[-1].end == match.start() and _is_abbreviation(found[-1].text):
            last = found.pop()
            found.append(Token(last.text + ".", last.start, match.end()))
        else:
            found.append(Token(word, match.start(), match.end()))
    return found


def _is_abbreviation(word: str) -> bool:
    low = word.lower()
    return (len(word) == 1 and word.isupper()) or low in ABBREVIATIONS or (low[1:2] == "-" and low[2:] in ABBREVIATIONS)


def _sentences(text: str, tokens: list[Token], spans: Sequence[QuotedSpan]) -> list[list[Token]]:
    runs: list[list[Token]] = []
    run: list[Token] = []
    for i, token in enumerate(tokens):
        run.append(token)
        if i + 1 < len(tokens) and (len(run) >= LONGEST or _ends_sentence(text, token, tokens[i + 1], spans)):
            runs.append(run)
            run = []
    if run:
        runs.append(run)
    return runs


def _ends_sentence(text: str, token: Token, following: Token, spans: Sequence[QuotedSpan]) -> bool:
    begins = (
        following.is_quotation or following.is_capitalized or following.text[0].isdigit() or following.text in "([•*"
    )
    if token.quotation is not None:
        words = spans[token.quotation].words
        last = text[words.start : words.end].rstrip(CLOSING_MARKS + " ")[-1:]
        return last in SENTENCE_FINAL and last != "" and begins
    if token.text in SENTENCE_FINAL:
        return begins
    if token.text in CLOSING_MARKS and text[token.start - 1] in SENTENCE_FINAL:
        return begins
    return False
