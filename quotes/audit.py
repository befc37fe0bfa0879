"""`quotes check`: rows against the texts that a user has, kept ones or the articles themselves."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from quotes import texts
from quotes.documents import documents
from quotes.readers.base import Listener, Options
from quotes.records import Record
from quotes.table import text_sha256
from quotes.verify import Proof, check


def check_rows(
    name: str, rows: Sequence[Record], places: Sequence[str], listener: Listener, options: Options | None = None
) -> Proof:
    """Check `rows`, which messages call `name`, and tell `listener` of every one that is not proven.

    `places` are directories of kept texts, or articles in any form that can be read; `options` is how to read those.
    """
    folders = [place for place in places if Path(place).is_dir()]
    known: dict[str, str | None] = {}
    for sha in {str(row.get("text_sha256")) for row in rows}:
        known[sha] = next((text for folder in folders if (text := texts.find(folder, sha)) is not None), None)
    missing = {sha for sha, text in known.items() if text is None}
    if missing:
        for document in documents([p for p in places if not texts.is_store(p)], listener, options):
            sha = text_sha256(document.text)
            if sha in missing:
                known[sha] = document.text
    proof = Proof()
    for problem in check(rows, known.get, proof):
        listener.error(f"{name}: row {problem.row} ({problem.quote_id}): {problem.words}")
    return proof
