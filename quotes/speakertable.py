"""One row a speaker of a document: who speaks, under which names and titles, how much and where.

Consumes the rows of quotations; produces rows with the keys of `schema.SPEAKERS`. The same name in two documents stays
two rows: that it is one person is for a checker to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from quotes.records import Record
from quotes.schema import SPEAKERS

NEEDED = (
    "doc_id source quote start end speaker speaker_type title affiliation confidence needs_review paragraph text_sha256"
).split()
"""Columns of quotations that their speakers are made from; `names` and `titles` too, where the rows have them."""


def speaker_rows(rows: Iterable[Record]) -> list[Record]:
    """Return one row for each speaker of each document, in order of their first quotation.

    `rows` are those of quotations; in their flat form, they tell no other names and titles. Quotations of nobody named
    make one row a document, the last.
    """
    groups: dict[tuple[str, str | None, str | None, str], list[Record]] = {}
    for row in rows:
        key = (row["doc_id"], row["source"], row["speaker"], row["text_sha256"])
        groups.setdefault(key, []).append(row)
    made = [_of_one(group) for group in groups.values()]
    order = {key[:2] + key[3:]: i for i, key in reversed([*enumerate(groups)])}
    keys = [key[:2] + key[3:] for key in groups]
    ranked = sorted(zip(made, keys, strict=True), key=lambda pair: (order[pair[1]], pair[0]["speaker"] is None))
    return [row for row, _ in ranked]


def _of_one(rows: Sequence[Record]) -> Record:
    first, last = rows[0], max(rows, key=lambda row: int(row["end"]))
    names = dict.fromkeys(name["text"] for row in rows for name in row.get("names", ()))
    titles = dict.fromkeys(title["text"] for row in rows for title in row.get("titles", ()))
    made = {
        "doc_id": first["doc_id"],
        "source": first["source"],
        "speaker": first["speaker"],
        "speaker_type": first["speaker_type"],
        "names": "; ".join(names) or None,
        "title": first["title"],
        "titles": "; ".join(titles) or None,
        "affiliation": first["affiliation"],
        "quotations": len(rows),
        "words": sum(len(row["quote"].split()) for row in rows),
        "to_review": sum(row["needs_review"] for row in rows),
        "confidence": round(sum(row["confidence"] for row in rows) / len(rows), 4),
        "first_start": first["start"],
        "last_end": last["end"],
        "first_paragraph": first["paragraph"],
        "last_paragraph": last["paragraph"],
    }
    return {column.name: made[column.name] for column in SPEAKERS}
