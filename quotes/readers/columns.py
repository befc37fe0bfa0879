"""Which column of a table holds what: the article's text, its name, what is known of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from quotes.errors import InputError

TEXT = "text body articlebody articletext bodytext content articlecontent fulltext maintext maincontent story".split()
"""Names of columns that hold articles, likeliest first; only letters and digits count."""
KEY = "id docid documentid articleid storyid uuid guid key slug url link".split()
"""Names of columns that name articles, likeliest first."""
KNOWN: dict[str, tuple[str, ...]] = {
    "headline": ("headline", "title", "heading"),
    "byline": ("byline", "author", "authors", "writer"),
    "published": ("published", "publishedat", "datepublished", "publicationdate", "pubdate", "publishdate", "date"),
    "url": ("url", "canonicalurl", "link", "permalink"),
    "site": ("site", "sitename", "outlet", "publisher", "publication", "newspaper"),
}
"""Names of columns that hold what a row says of its article."""
LONG = 200
"""Mean characters from which a column of any name can be the articles, where no other is half as long."""
OURS = frozenset(("quote_id", "text_sha256"))
"""Columns by which a table is one of quotations, not of articles."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Names of the columns of a table."""

    text: str
    key: str | None
    known: dict[str, str] = field(default_factory=dict)
    """Fields of `Article` to columns."""
    guessed: bool = False
    """Whether the text column was guessed."""


def choose(
    names: Sequence[str], sample: Sequence[Mapping[str, object]], text: str | None = None, key: str | None = None
) -> Columns:
    """Return which of the columns `names` hold what.

    `sample` are the first rows; `text` and `key` are the caller's choice. Raises InputError, with a message that lacks
    the file's name, where a column that was asked for is missing, or none is obviously the text.
    """
    for asked, option in ((text, "--text-column"), (key, "--id-column")):
        if asked is not None and asked not in names:
            raise InputError(f"has no column {asked!r} for {option}; it has {_listed(names)}")
    if OURS.issubset(names) and text is None:
        raise InputError("is a table of quotations, not of articles; quotes convert reads it")
    plain = {re.sub(r"[\W_]", "", name.casefold()): name for name in reversed(names)}
    chosen = text or next((plain[name] for name in TEXT if name in plain), None) or _longest(names, sample)
    if chosen is None:
        raise InputError(f"no column is obviously the text; name it with --text-column: {_listed(names)}")
    known = {
        what: plain[name]
        for what, candidates in KNOWN.items()
        if (name := next((c for c in candidates if c in plain and plain[c] != chosen), None))
    }
    if key is None:
        key = next((plain[name] for name in KEY if name in plain and plain[name] != chosen), None)
    return Columns(chosen, key, known, guessed=text is None)


def _longest(names: Sequence[str], sample: Sequence[Mapping[str, object]]) -> str | None:
    if not sample:
        return names[0] if len(names) == 1 else None
    means = sorted(
        ((sum(len(str(row.get(name) or "")) for row in sample) / len(sample), name) for name in names), reverse=True
    )
    if not means or means[0][0] < LONG or (len(means) > 1 and means[1][0] > means[0][0] / 2):
        return None
    return means[0][1]


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(map(str, names[:12]))
    return f"{shown}, … ({len(names)} in all)" if len(names) > 12 else shown
