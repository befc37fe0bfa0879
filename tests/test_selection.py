"""Which rows come out, in what order and with which fields."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.errors import UsageError
from quotes.schema import COLUMNS
from quotes.selection import arranged, is_speaker, select
from tests.rows import ROWS, a_row, article_rows


def kept(rows: list[dict[str, Any]], **options: Any) -> list[dict[str, Any]]:
    """Return what comes out of rows that go in one by one."""
    chosen, found = select(**options), []
    with arranged(found.extend, chosen) as write:
        for row in rows:
            write([row] if chosen.keeps(row) else [])
    return found


@given(ROWS)
def test_nothing_asked_for_changes_nothing(rows: list[dict[str, Any]]) -> None:
    assert kept(rows) == rows


@pytest.mark.parametrize(
    ("name", "speaker", "expected"),
    [
        ("Ada Brink", "Ada Brink", True),
        ("Mr Brink", "Ada Brink", True),
        ("brink", "Ada Brink", True),
        ("ADA", "Ada Brink", True),
        ("A. Brink", "Ada Brink", True),
        ("harbour board", "the Harbour Board of Brin", True),
        ("Brin", "Ada Brink", False),
        ("rink", "Ada Brink", False),
        ("Bo Brink", "Ada Brink", False),
        ("a.x", "Ada Brink", False),
        ("Ada", None, False),
        ("O'Hara", "Sean O'Hara", True),
        ("O’Hara", "Sean O'Hara", True),
        ("o'hara", "Sean O’Hara", True),
        ("mary smith", "Martin Smith", False),
        ("Mr Smith", "Martin Smith", True),
        ("Jose Garcia", "José García Núñez", True),
        ("Zoe\u0308 Quillam", "Zoë Quillam", True),
        ("Jean Luc", "Jean-Luc Picot", True),
        ("B. Brink", "Ada Brink", False),
    ],
)
def test_whose_a_row_is(name: str, speaker: str | None, expected: bool) -> None:
    assert is_speaker(name, {"speaker": speaker}) is expected


def test_any_form_of_the_name_will_do() -> None:
    row = {"speaker": "Ada Brink", "names": [{"text": "Ada Brink"}, {"text": "Dame Ada"}, {"text": "the Brinkster"}]}
    assert is_speaker("brinkster", row)
    assert not is_speaker("Ada Brinkster", row)


def test_each_choice_alone_and_all_together() -> None:
    rows = [
        a_row(type="direct", speaker="Ada Brink", confidence=0.9, needs_review=False, start=1),
        a_row(type="direct", speaker="Bo Lund", confidence=0.9, needs_review=False, start=2),
        a_row(type="scare", speaker=None, confidence=0.9, needs_review=False, start=3),
        a_row(type="mixed", speaker="Ada Brink", confidence=0.5, needs_review=True, start=4),
    ]
    cases: list[tuple[dict[str, Any], list[int]]] = [
        ({"types": ["direct"]}, [1, 2]),
        ({"types": ["direct", "scare"]}, [1, 2, 3]),
        ({"speakers": ["brink"]}, [1, 4]),
        ({"speakers": ["brink", "Mr Lund"]}, [1, 2, 4]),
        ({"min_confidence": 0.9}, [1, 2, 3]),
        ({"min_confidence": 0.91}, []),
        ({"needs_review": True}, [4]),
        ({"needs_review": False}, [1, 2, 3]),
        ({"types": ["direct"], "speakers": ["ada"], "min_confidence": 0.6, "needs_review": False}, [1]),
    ]
    for options, expected in cases:
        assert [row["start"] for row in kept(rows, **options)] == expected, options


class TestSort:
    ROWS = (
        a_row(start=1, speaker="B", confidence=0.5),
        a_row(start=2, speaker=None, confidence=0.7),
        a_row(start=3, speaker="A", confidence=0.5),
        a_row(start=4, speaker="B", confidence=0.9),
    )

    @pytest.mark.parametrize(
        ("sort", "expected"),
        [
            (["speaker"], [3, 1, 4, 2]),
            (["-speaker"], [1, 4, 3, 2]),
            (["confidence"], [1, 3, 2, 4]),
            (["speaker,-confidence"], [3, 4, 1, 2]),
            (["speaker", "-confidence"], [3, 4, 1, 2]),
            (["-confidence, -start"], [4, 2, 3, 1]),
            (["needs_review"], [1, 2, 3, 4]),
        ],
    )
    def test_order(self, sort: list[str], expected: list[int]) -> None:
        assert [row["start"] for row in kept(list(self.ROWS), sort=sort)] == expected

    def test_by_a_field_that_does_not_come_out(self) -> None:
        assert kept(list(self.ROWS), sort=["-start"], columns="speaker") == [
            {"speaker": name} for name in ("B", "A", None, "B")
        ]

    def test_nothing_comes_out_before_the_last_row(self) -> None:
        found: list[dict[str, Any]] = []
        with arranged(found.extend, select(sort=["start"])) as write:
            write([a_row()])
            assert found == []
        assert len(found) == 1

    def test_a_failure_writes_nothing(self) -> None:
        found: list[dict[str, Any]] = []
        with pytest.raises(RuntimeError), arranged(found.extend, select(sort=["start"])) as write:  # noqa: PT012
            write([a_row()])
            raise RuntimeError
        assert found == []

    def test_all_rows_come_out(self) -> None:
        rows = article_rows()
        found = kept(rows, sort=["speaker", "-start"])
        assert found != rows
        assert sorted(map(str, found)) == sorted(map(str, rows))


def test_rows_pass_as_they_come_without_a_sort() -> None:
    found: list[dict[str, Any]] = []
    with arranged(found.extend, select(columns="start")) as write:
        write([a_row()])
        assert found == [{"start": 3}]


@given(st.permutations([column.name for column in COLUMNS]), st.integers(1, 5))
def test_columns_in_the_order_given(names: list[str], count: int) -> None:
    (row,) = kept([a_row()], columns=",".join(names[:count]))
    assert list(row) == names[:count]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"columns": "quote,speeker"}, "--columns: unknown column 'speeker'; use one of quote_id, doc_id, "),
        ({"columns": ""}, "unknown column ''"),
        ({"columns": "quote,quote"}, "twice"),
        ({"types": ["speech"]}, "unknown type 'speech'; use one of direct"),
        ({"speakers": [" "]}, "wants a name"),
        ({"sort": ["-size"]}, "--sort: unknown column 'size'"),
        ({"sort": ["titles"]}, "cannot be sorted by 'titles'"),
        ({"sort": ["quote"], "known": COLUMNS[:2]}, "use one of quote_id, doc_id"),
        ({"min_confidence": 0.1, "known": COLUMNS[:2]}, "no column 'confidence', which --min-confidence asks for"),
        ({"needs_review": False, "known": COLUMNS[:2]}, "--needs-review asks for"),
        ({"types": ["direct"], "known": COLUMNS[:2]}, "--type asks for"),
        ({"speakers": ["a"], "known": COLUMNS[:2]}, "--speaker asks for"),
    ],
)
def test_what_cannot_be_chosen(options: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        select(**options)
