"""Which column of a table holds what: the article's text, its name, what is known of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from quotes.errors import InputError
from quotes.readers import cells

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
FAR_LONGER = 5
"""Times that a column has to be longer on average than one whose name fits better, and is not LONG, to be chosen."""
SAMPLE = 50
"""Rows by which the columns are guessed."""
OURS = frozenset(("quote_id", "text_sha256"))
"""Columns by which a table is one of quotations, not of articles."""


class OwnTableError(InputError):
    """A table is one that this package wrote, of quotations."""


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
    names: Sequence[str],
    sample: Sequence[Mapping[str, object]],
    text: str | None = None,
    key: str | None = None,
    repeated: Collection[str] = (),
) -> Columns:
    """Return which of the columns `names` hold what.

    `sample` are the first rows; `text` and `key` are the caller's choice; `repeated` are names that several columns
    have. Raises InputError, with a message that lacks the file's name, where a column that was asked for is missing,
    none is obviously the text, or one that is needed shares its name; OwnTableError where it is a table of quotations.
    """
    if OURS.issubset(names) and (text is None or text not in names):
        raise OwnTableError("is a table of quotations, not of articles; quotes convert reads it")
    for asked, option in ((text, "--text-column"), (key, "--id-column")):
        if asked is not None and asked not in names:
            raise InputError(f"has no column {asked!r} for {option}; it has {listed(names)}")
    by_plain = {plain(name): name for name in reversed(names)}
    chosen = text or _by_name(by_plain, sample) or _longest(names, sample)
    if chosen is None:
        raise InputError(f"no column is obviously the text; name it with --text-column: {listed(names)}")
    known = {
        what: by_plain[name]
        for what, candidates in KNOWN.items()
        if (name := next((c for c in candidates if c in by_plain and by_plain[c] != chosen), None))
    }
    if key is None:
        key = next((by_plain[name] for name in KEY if name in by_plain and by_plain[name] != chosen), None)
    for needed in (chosen, key):
        if needed is not None and needed in repeated:
            raise InputError(f"has two columns named {needed!r}; rename one")
    return Columns(chosen, key, known, guessed=text is None)


def plain(name: str) -> str:
    """Return the letters and digits of a column's name, by which it is known."""
    return re.sub(r"[\W_]", "", name.casefold())


def _by_name(by_plain: Mapping[str, str], sample: Sequence[Mapping[str, object]]) -> str | None:
    """Return the column whose name fits; where that is short, one whose name fits less well and that is far longer."""
    fitting = [by_plain[name] for name in TEXT if name in by_plain]
    if not fitting:
        return None
    means = {name: _mean(name, sample) for name in fitting}
    longest = max(fitting, key=lambda name: means[name])
    is_short = means[fitting[0]] < LONG and means[fitting[0]] * FAR_LONGER < means[longest]
    return longest if is_short else fitting[0]


def _longest(names: Sequence[str], sample: Sequence[Mapping[str, object]]) -> str | None:
    if not sample:
        return names[0] if len(names) == 1 else None
    means = sorted(((_mean(name, sample), name) for name in names), reverse=True)
    if not means or means[0][0] < LONG or (len(means) > 1 and means[1][0] > means[0][0] / 2):
        return None
    return means[0][1]


def _mean(name: str, sample: Sequence[Mapping[str, object]]) -> float:
    """Return how many characters of text a column has on average."""
    return sum(len(cells.text(row.get(name))) for row in sample) / max(len(sample), 1)


def listed(names: Sequence[str]) -> str:
    """Return the names of columns as a message shows them."""
    shown = ", ".join(map(str, names[:12]))
    return f"{shown}, … ({len(names)} in all)" if len(names) > 12 else shown
