"""W3C Web Annotation, as JSON-LD: the nested form, for annotation servers and viewers.

Consumes rows; produces an AnnotationCollection whose one page holds an annotation a row, and the other way round. The
words stand in the selectors of its target, the speaker in its body, and every field of the row once more in terms of
our own, so that it comes back exactly.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from quotes.errors import InputError
from quotes.formats.base import Options, to_json
from quotes.records import Record
from quotes.schema import Column

ANNO = "http://www.w3.org/ns/anno.jsonld"
NEEDS = ("quote_id", "doc_id", "quote", "start", "end")
"""Columns that an annotation is made from."""
_FIELD = "quotes:"
"""What stands before the name of a field of ours."""


def write(rows: Sequence[Record], options: Options, first: bool) -> bytes:
    """Return a collection of all rows as annotations."""
    seen: Counter[str] = Counter()
    items = []
    for row in rows:
        # The same words of the same text, read under two names, are two annotations.
        seen[row["quote_id"]] += 1
        times = seen[row["quote_id"]]
        items.append(_annotation(row, options, f"urn:quotes:{row['quote_id']}" + (f":{times}" if times > 1 else "")))
    collection = {
        "@context": [ANNO, _context(options.columns)],
        "id": "urn:quotes:collection",
        "type": "AnnotationCollection",
        "label": "Quotations and who said them",
        "total": len(items),
        f"{_FIELD}columns": options.names(),
        "first": {"id": "urn:quotes:page", "type": "AnnotationPage", "startIndex": 0, "items": []},
    }
    head, tail = to_json(collection).split('"items": []')
    # An annotation a line, to look at and to compare.
    lines = ",\n".join(map(to_json, items))
    return f'{head}"items": [\n{lines}\n]{tail}\n'.encode()


def read(path: Path, columns: tuple[Column, ...], guarded: bool) -> list[Record]:
    """Return the rows of a collection that `write` made; raises InputError where it is none."""
    collection = json.loads(path.read_bytes())
    try:
        names = collection[f"{_FIELD}columns"]
        items = collection["first"]["items"]
        return [{name: item.get(_FIELD + name) for name in names} for item in items]
    except (TypeError, KeyError, AttributeError):
        raise InputError(f"{path}: is no collection of annotations that quotes wrote") from None


def _annotation(row: Record, options: Options, name: str) -> dict[str, Any]:
    selector = {"type": "TextQuoteSelector", "exact": row["quote"]}
    selector |= {key: row[key] for key in ("prefix", "suffix") if row.get(key)}
    return {
        "id": name,
        "type": "Annotation",
        "motivation": "identifying",
        "body": _bodies(row),
        "target": {
            "source": _iri(row),
            "selector": [selector, {"type": "TextPositionSelector", "start": row["start"], "end": row["end"]}],
        },
        **{_FIELD + name: row[name] for name in options.names() if row[name] is not None},
    }


def _bodies(row: Record) -> list[dict[str, str]]:
    """Return what the annotation says of the words: who spoke, with what title, and what kind of quotation it is."""
    purposes = (("speaker", "identifying"), ("title", "describing"), ("type", "classifying"))
    return [
        {"type": "TextualBody", "purpose": purpose, "format": "text/plain", "value": row[name]}
        for name, purpose in purposes
        if row.get(name)
    ]


def _iri(row: Record) -> str:
    """Return the address of the text that the words stand in: its URL, its file, or a name where it has neither."""
    address = row.get("url") or row.get("source") or ""
    if address.startswith(("http://", "https://")):
        return quote(address.encode("utf-8", "backslashreplace"), safe=":/?#[]@!$&'()*+,;=%~")
    if address:
        return quote(address.encode("utf-8", "backslashreplace"))
    name = row.get("text_sha256") or row["doc_id"]
    return f"urn:quotes:document:{quote(name.encode('utf-8', 'backslashreplace'), safe='')}"


def _context(columns: Sequence[Column]) -> dict[str, Any]:
    """Return what our terms stand for; lists are JSON literals, since theirs are no terms of annotations."""
    terms: dict[str, Any] = {"quotes": "urn:quotes:field:"}
    terms[f"{_FIELD}columns"] = {"@id": "urn:quotes:field:columns", "@container": "@list"}
    for column in columns:
        if column.type == "list":
            terms[_FIELD + column.name] = {"@id": f"urn:quotes:field:{column.name}", "@type": "@json"}
    return {"@version": 1.1, **terms}
