"""The row schema, declared once: every field of a row, its type and what it means.

Everything that builds, writes, reads, checks or documents rows reads `COLUMNS`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

from quotes.records import Boundary, MarkRole, Method, QuotationType, SpeakerType

TYPES: tuple[str, ...] = get_args(QuotationType)
"""The types of quotations."""
METHODS: tuple[Method, ...] = get_args(Method)
"""The ways to find sources."""

CONTEXT = 40
"""Characters of text kept on each side of the words."""

ColumnType = Literal["string", "integer", "probability", "boolean", "list"]

_JSON_TYPES: dict[ColumnType, dict[str, Any]] = {
    "string": {"type": "string"},
    "integer": {"type": "integer", "minimum": 0},
    "probability": {"type": "number", "minimum": 0, "maximum": 1},
    "boolean": {"type": "boolean"},
    "list": {"type": "array"},
}


@dataclass(frozen=True, slots=True)
class Column:
    """One field of a row. A nullable string is never empty, so that CSV can write null as an empty cell."""

    name: str
    type: ColumnType
    description: str
    nullable: bool = False
    flat: bool = True
    """Whether CSV has it; otherwise only the nested form does."""
    enum: tuple[str, ...] = ()
    item: tuple[Column, ...] = ()
    """Fields of one entry, where the type is a list."""


_PHRASE = (
    Column("text", "string", "the words, verbatim"),
    Column("start", "integer", "offset of the first character"),
    Column("end", "integer", "offset after the last character"),
    Column("paragraph", "integer", "number of the paragraph that it stands in, from 1"),
    Column("rule", "string", "name of the rule that found it"),
)
_NAME = _PHRASE[:-1]
_ALTERNATIVE = (
    Column("speaker", "string", "name of the runner-up"),
    Column("score", "probability", "how likely it is"),
)
_STEP = (
    Column(
        "stage",
        "string",
        "which stage decided; cue names the word list that the reporting expression is in",
        enum=("segmenter", "attributor", "cue", "speakers", "title", "affiliation"),
    ),
    Column("rule", "string", "name of the rule that decided"),
    Column("start", "integer", "offset of what it rests on, null where it rests on no one place", nullable=True),
    Column("end", "integer", "offset after what it rests on", nullable=True),
    Column("text", "string", "the words it rests on, verbatim", nullable=True),
    Column("paragraph", "integer", "number of the paragraph that those stand in, from 1", nullable=True),
    Column("score", "probability", "how sure that decision is by itself, null where it has no figure", nullable=True),
)

COLUMNS: tuple[Column, ...] = (
    Column("quote_id", "string", "stable name of the span: a hash of the document's text, start and end"),
    Column("doc_id", "string", "name of the document: the stem of its file name"),
    Column("source", "string", "path or URL that the document came from", nullable=True),
    Column("quote", "string", "the words inside the marks, verbatim, outer spaces trimmed"),
    Column("start", "integer", "offset of the first character of the words, in Unicode code points"),
    Column("end", "integer", "offset after the last character of the words"),
    Column("open_mark", "string", "the opening mark as written"),
    Column("close_mark", "string", "the closing mark as written; empty where there is none"),
    Column(
        "boundary",
        "string",
        "closed; mismatched: closed by a wrong mark; continued: no closing mark and the next paragraph re-opens; "
        "unclosed: no closing mark and no such paragraph",
        enum=get_args(Boundary),
    ),
    Column("continues", "string", "quote_id of the span that this one carries on", nullable=True),
    Column(
        "type",
        "string",
        "direct: a clause or more; mixed: a fragment inside a sentence; scare: scare quotes; work: a title of a work",
        enum=get_args(QuotationType),
    ),
    Column("speaker", "string", "fullest name that the article gives; null: nobody is named", nullable=True),
    Column("speaker_type", "string", "what the speaker is; unknown where nobody is named", enum=get_args(SpeakerType)),
    Column("mention", "string", "the source as written", nullable=True),
    Column("mention_start", "integer", "offset of the mention", nullable=True),
    Column("mention_end", "integer", "offset after the mention", nullable=True),
    Column("title", "string", "the speaker's role or office as the article states it, verbatim", nullable=True),
    Column("affiliation", "string", "the speaker's body or place as the article states it, verbatim", nullable=True),
    Column("cue", "string", "the reporting expression, verbatim", nullable=True),
    Column("cue_start", "integer", "offset of the cue", nullable=True),
    Column("cue_end", "integer", "offset after the cue", nullable=True),
    Column("method", "string", "name of the rule or model that found the source"),
    Column("evidence", "string", "the chain from the mention to the speaker, in words", nullable=True),
    Column("confidence", "probability", "how likely the speaker is right; of nobody, where nobody is named"),
    Column("needs_review", "boolean", "whether a person should look"),
    Column("review_reason", "string", "why a person should look, joined by '; '", nullable=True),
    Column("paragraph", "integer", "number of the paragraph that the words start in, from 1"),
    Column("prefix", "string", f"up to {CONTEXT} characters of text before start"),
    Column("suffix", "string", f"up to {CONTEXT} characters of text after end"),
    Column("headline", "string", "headline of the document, where known", nullable=True),
    Column("byline", "string", "byline of the document, where known", nullable=True),
    Column("published", "string", "publication date of the document as given, where known", nullable=True),
    Column("text_sha256", "string", "SHA-256 of the document's text in UTF-8; the offsets are good for that text"),
    Column("url", "string", "canonical address of the document, where known", nullable=True),
    Column("site", "string", "name of the site that the document is from, where known", nullable=True),
    Column("titles", "list", "every title that the article states for the speaker", flat=False, item=_PHRASE),
    Column(
        "affiliations", "list", "every affiliation that the article states for the speaker", flat=False, item=_PHRASE
    ),
    Column("names", "list", "every form of the speaker's name that the article uses", flat=False, item=_NAME),
    Column("alternatives", "list", "runner-up speakers", flat=False, item=_ALTERNATIVE),
    Column("steps", "list", "every decision behind the row, by the rule's name", flat=False, item=_STEP),
    Column(
        "encoding", "string", "character encoding that the document's bytes were read in", nullable=True, flat=False
    ),
    Column("level", "integer", "1: an outer span; 2: inside one; and so on", flat=False),
    Column("outer", "string", "quote_id of the span around this one", nullable=True, flat=False),
)
"""The fields of a row, in order."""

FLAT: tuple[Column, ...] = tuple(column for column in COLUMNS if column.flat)
"""The fields of a row in CSV, in order."""


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of one row in its nested form, which is one line of JSONL."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "quotation",
        "description": "One quoted span of an article and who said it.",
        **_object_schema(COLUMNS),
    }


def _object_schema(columns: tuple[Column, ...]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {column.name: _column_schema(column) for column in columns},
        "required": [column.name for column in columns],
        "additionalProperties": False,
    }


def _column_schema(column: Column) -> dict[str, Any]:
    schema = {"description": column.description, **_JSON_TYPES[column.type]}
    if column.enum:
        schema["enum"] = list(column.enum)
    if column.item:
        schema["items"] = _object_schema(column.item)
    if column.nullable:
        schema["type"] = [schema["type"], "null"]
        if column.type == "string":
            schema["minLength"] = 1
    return schema


SPEAKERS: tuple[Column, ...] = (
    Column("doc_id", "string", "name of the document"),
    Column("source", "string", "path or URL that the document came from", nullable=True),
    Column("speaker", "string", "fullest name that the article gives; null: quotations of nobody named", nullable=True),
    Column("speaker_type", "string", "what the speaker is", enum=get_args(SpeakerType)),
    Column("names", "string", "every form of the name that the article uses, joined by '; '", nullable=True),
    Column("title", "string", "the most telling title, verbatim", nullable=True),
    Column("titles", "string", "every title that the article states, joined by '; '", nullable=True),
    Column("affiliation", "string", "the speaker's body or place, verbatim", nullable=True),
    Column("quotations", "integer", "how many quoted spans are the speaker's"),
    Column("words", "integer", "how many words those hold"),
    Column("to_review", "integer", "how many of them a person should look at"),
    Column("confidence", "probability", "mean confidence of those rows"),
    Column("first_start", "integer", "offset of the first of them"),
    Column("last_end", "integer", "offset after the last of them"),
    Column("first_paragraph", "integer", "paragraph of the first of them, from 1"),
    Column("last_paragraph", "integer", "paragraph of the last of them, from 1"),
)
"""The columns of the speakers table: one row a speaker of a document."""

LEDGER: tuple[Column, ...] = (
    Column("doc_id", "string", "name of the document"),
    Column("source", "string", "path or URL that the document came from", nullable=True),
    Column("start", "integer", "offset of the mark"),
    Column("end", "integer", "offset after the mark"),
    Column("mark", "string", "the mark as written"),
    Column("role", "string", "what became of it", enum=get_args(MarkRole)),
    Column("rule", "string", "name of the segmenter's rule that decided"),
    Column("level", "integer", "1 for a mark of an outer quotation, 2 for one inside it, …; 0 for a mark of none"),
    Column("quote_id", "string", "the quotation that it opens or closes", nullable=True),
    Column("paragraph", "integer", "number of the paragraph, from 1"),
    Column("prefix", "string", "the text before it"),
    Column("suffix", "string", "the text after it"),
)
"""The columns of the ledger: what became of every character that could be a quotation mark."""

TABLES: dict[str, tuple[Column, ...]] = {"quotations": COLUMNS, "speakers": SPEAKERS, "ledger": LEDGER}
"""The tables by name, each with all its columns."""
