"""A row is proven word for word, or what is wrong with it is said."""

from __future__ import annotations

from typing import Any

import pytest

from quotes import extract
from quotes.table import text_sha256
from quotes.verify import Proof, check

TEXT = "Ada Holt is the harbour master.\n\n“We leave at dawn,” said Ms. Holt. 🙂 “It is late,” she added."


def problems(rows: list[dict[str, Any]], texts: dict[str, str] | None = None) -> list[str]:
    proof = Proof()
    known = {text_sha256(TEXT): TEXT} if texts is None else texts
    found = list(check(rows, known.get, proof))
    assert proof.proven == proof.rows - len(found)
    return [f"{problem.row}: {problem.words}" for problem in found]


def changed(**fields: Any) -> list[dict[str, Any]]:
    first, second = extract(TEXT)
    return [first, {**second, **fields}]


def test_rows_as_found_are_proven() -> None:
    rows = extract(TEXT)
    proof = Proof()
    assert list(check(rows, {text_sha256(TEXT): TEXT}.get, proof)) == []
    assert str(proof) == "2 of 2 rows stand verbatim in 1 texts"


def test_the_flat_form_is_proven_too() -> None:
    assert problems([{k: v for k, v in row.items() if not isinstance(v, list)} for row in extract(TEXT)]) == []


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"quote": "It is late."}, "quote is 'It is late.', but the text has 'It is late,'"),
        ({"start": 0, "quote_id": None}, "quote is 'It is late,', but the text has 'Ada Holt is the harbour"),
        ({"end": 10_000}, "quote lies outside the text"),
        ({"start": -1}, "quote lies outside the text"),
        ({"start": "5"}, "quote lacks its words or its offsets"),
        ({"quote": None}, "quote lacks its words or its offsets"),
        ({"mention": "he"}, "mention is 'he', but the text has 'she'"),
        ({"mention_start": None}, "mention lacks its words or its offsets"),
        ({"cue": "said"}, "cue is 'said', but the text has 'added'"),
        ({"quote_id": "0" * 16}, "its quote_id is not that of this place"),
        ({"prefix": "x"}, "before it the text has not 'x'"),
        ({"suffix": "x"}, "after it the text has not 'x'"),
        ({"titles": [{"text": "mayor", "start": 0, "end": 5}]}, "titles is 'mayor', but the text has 'Ada H'"),
        ({"text_sha256": "0" * 64}, "its text is not there to check it against"),
        ({"text_sha256": None}, "its text is not there to check it against"),
        ({"text_sha256": "../../etc/passwd"}, "its text is not there to check it against"),
    ],
)
def test_what_is_wrong_is_said(fields: dict[str, Any], message: str) -> None:
    (found,) = problems(changed(**fields))
    assert found.startswith(f"2: {message}")


def test_a_text_that_was_changed_proves_nothing() -> None:
    assert problems(extract(TEXT), {text_sha256(TEXT): TEXT + " "}) == [
        f"{n}: the text is not the one that it was found in (its SHA-256 differs)" for n in (1, 2)
    ]
