"""One row a speaker of a document."""

from __future__ import annotations

from hypothesis import given, settings

import quotes
from quotes.schema import SPEAKERS
from quotes.speakertable import speaker_rows
from tests.helpers import ARTICLES

TEXT = (
    "“Nobody told me of it, and so I stay.”\n\nLamps failed all night.\n\n"
    "“It is late,” said Ana Pell, a nurse.\n\n“No, it is early,” said Ira Moss.\n\n“We go home,” Pell added."
)


def table(text: str, doc_id: str = "text") -> list[dict[str, object]]:
    return speaker_rows(quotes.extract(text, doc_id=doc_id, attributor="rules"))


def test_one_row_a_speaker_in_order_and_nobody_last() -> None:
    rows = table(TEXT)
    assert [(row["speaker"], row["quotations"], row["words"]) for row in rows] == [
        ("Ana Pell", 2, 6),
        ("Ira Moss", 1, 4),
        (None, 1, 9),
    ]


def test_names_titles_and_places() -> None:
    first = table(TEXT)[0]
    assert (first["names"], first["title"], first["first_paragraph"], first["last_paragraph"]) == (
        "Ana Pell; Pell",
        "a nurse",
        3,
        5,
    )


def test_the_same_name_in_two_documents_is_two_rows() -> None:
    rows = speaker_rows(
        [*quotes.extract(TEXT, doc_id="a", attributor="rules"), *quotes.extract(TEXT, doc_id="b", attributor="rules")]
    )
    assert [row["doc_id"] for row in rows] == ["a", "a", "a", "b", "b", "b"]


def test_no_rows_no_speakers() -> None:
    assert speaker_rows([]) == []


@given(ARTICLES)
@settings(max_examples=60)
def test_nothing_is_lost(text: str) -> None:
    rows = quotes.extract(text, attributor="rules")
    made = speaker_rows(rows)
    assert sum(row["quotations"] for row in made) == len(rows)
    assert sum(row["to_review"] for row in made) == sum(row["needs_review"] for row in rows)
    assert all(list(row) == [column.name for column in SPEAKERS] for row in made)
